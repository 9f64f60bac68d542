"""The office's addresses for the organisation, and the door to it."""

from allauth.account import views as account
from django.urls import include, path

from gongkai.agencies.views import home

urlpatterns = [
    path("", home.index, name="office"),
    path("sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
