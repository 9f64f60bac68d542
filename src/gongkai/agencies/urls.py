"""The office's addresses for the organisation, and the door to it."""

from allauth.account import views as account
from django.urls import include, path

from gongkai.agencies.views import accounts, exchange, home, journal

urlpatterns = [
    path("", home.index, name="office"),
    path("sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/open/", accounts.candidates, name="account_candidates"),
    path("accounts/open/<str:person_id>/", accounts.issue, name="account_issue"),
    path("accounts/<str:public_id>/", accounts.detail, name="account"),
    path("accounts/<str:public_id>/password/", accounts.renew_password, name="account_renew_password"),
    path("accounts/<str:public_id>/switch-off/", accounts.switch_off, name="account_switch_off"),
    path("accounts/<str:public_id>/switch-on/", accounts.switch_on, name="account_switch_on"),
    path("accounts/<str:public_id>/second-factor/", accounts.reset_second_factor, name="account_reset_second_factor"),
    path("accounts/<str:public_id>/sessions/", accounts.end_sessions, name="account_end_sessions"),
    path("journal/", journal.index, name="journal"),
    path("journal/installation/", journal.installation, name="journal_installation"),
    path("journal/<str:public_id>/", journal.agency, name="journal_agency"),
    path("agencies/", include("gongkai.agencies.agency_urls")),
    path("organisation/", exchange.index, name="exchange"),
    path("organisation/export/", exchange.export_all, name="exchange_export"),
    path("organisation/blank/", exchange.blank, name="exchange_blank"),
    path("organisation/import/", exchange.upload, name="exchange_upload"),
    path("organisation/import/<id:upload_id>/", exchange.trial, name="exchange_trial"),
    path("organisation/import/<id:upload_id>/apply/", exchange.confirm, name="exchange_confirm"),
]
