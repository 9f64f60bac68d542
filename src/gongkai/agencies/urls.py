"""The office's addresses for the organisation, and the door to it."""

from allauth.account import views as account
from django.urls import include, path

from gongkai.agencies.views import accounts, agency, home, journal, people

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
    path("agencies/", agency.index, name="agencies"),
    path("agencies/found/", agency.found, name="agency_found"),
    path("agencies/<str:public_id>/", agency.detail, name="agency"),
    path("agencies/<str:public_id>/change/", agency.change, name="agency_change"),
    path("agencies/<str:public_id>/rename/", agency.rename, name="agency_rename"),
    path("agencies/<str:public_id>/merge/", agency.merge, name="agency_merge"),
    path("agencies/<str:public_id>/units/open/", agency.open_unit, name="unit_open"),
    path("agencies/<str:public_id>/units/<str:unit_id>/close/", agency.close_unit, name="unit_close"),
    path("agencies/<str:public_id>/office/", people.set_office, name="office_set"),
    path("agencies/<str:public_id>/office/members/add/", people.add_office_member, name="office_member_add"),
    path("agencies/<str:public_id>/leading-group/add/", people.add_group_member, name="group_member_add"),
    path("agencies/<str:public_id>/channels/open/", people.open_channel, name="channel_open"),
    path("agencies/<str:public_id>/guide/write/", people.write_guide, name="guide_write"),
    path("agencies/<str:public_id>/people/add/", people.add, name="person_add"),
    path("agencies/<str:public_id>/people/<str:person_id>/", people.detail, name="person"),
    path("agencies/<str:public_id>/people/<str:person_id>/change/", people.change, name="person_change"),
    path("agencies/<str:public_id>/people/<str:person_id>/post/", people.give_post, name="person_post"),
    path("agencies/<str:public_id>/people/<str:person_id>/appoint/", people.appoint, name="person_appoint"),
    path("agencies/<str:public_id>/appointments/<str:appointment_id>/end/", people.end, name="appointment_end"),
    path(
        "agencies/<str:public_id>/appointments/<str:appointment_id>/delegate/",
        people.delegate,
        name="appointment_delegate",
    ),
]
