"""Accounts: the security administrator opens them and helps who is locked out; nobody can lock everybody out."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests.agencies.people import PASSWORD, SYSTEM, a_person, a_user, an_agency, signed_in
from tests.agencies.test_races import refusal

from gongkai.agencies.actions.accounts import issue_account, renew_password, reset_second_factor, switch_account
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import appoint, end_appointment
from gongkai.agencies.models import Agency, User
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.kernel.clock import now
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


@pytest.fixture
def keeper(bureau: Agency) -> User:
    return a_user(Role.SECURITY_ADMIN, bureau, "何平")


@pytest.fixture
def desk(keeper: User) -> Client:
    return signed_in(keeper)


@pytest.fixture
def li(bureau: Agency) -> User:
    return a_user(Role.CLERK, bureau, "李强")


def refused(error: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in error.value.reasons]


def test_an_account_is_opened_and_its_password_shown_once(desk: Client, bureau: Agency) -> None:
    person = a_person(bureau, "李强")
    assert "李强" in desk.get(reverse("account_candidates"), {"q": "李"}).content.decode()
    answer = desk.post(reverse("account_issue", args=[person.public_id]), {"username": "liqiang"})
    user = User.objects.get(username="liqiang")
    password = answer.context["issued"].password
    assert user.check_password(password)
    assert password in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert user.one_time_until is not None
    assert timedelta(days=6) < user.one_time_until - now() <= timedelta(days=7)
    assert password not in desk.get(reverse("account", args=[user.public_id])).content.decode()
    assert password not in str(dict(desk.session))
    assert "李强" not in desk.get(reverse("account_candidates"), {"q": "李"}).content.decode()
    entry = Entry.objects.get(subject=user.public_id)
    assert (entry.act, entry.role) == ("agencies.open_account", "security_admin")


def test_a_username_is_given_once(desk: Client, bureau: Agency, li: User) -> None:
    person = a_person(bureau, "周平")
    answer = desk.post(reverse("account_issue", args=[person.public_id]), {"username": li.username})
    assert answer.status_code == 422
    assert f'value="{li.username}"' in answer.content.decode()
    assert User.objects.filter(username=li.username).count() == 1


def test_a_person_has_one_account(li: User) -> None:
    assert li.person is not None
    with pytest.raises(ActionRefused) as error:
        issue_account(SYSTEM, li.person, username="another")
    assert refused(error) == ["has_account"]


def test_only_the_security_administrator_keeps_accounts(bureau: Agency, li: User) -> None:
    for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.HEAD):
        with pytest.raises(ActionRefused) as error:
            switch_account(Actor(a_user(role, bureau, str(role))), li, is_active=False)
        assert refused(error) == ["role"]


def test_switched_off_the_sessions_end_for_good(desk: Client, li: User) -> None:
    client = signed_in(li)
    for name in ("account_switch_off", "account_switch_on"):
        assert desk.get(reverse(name, args=[li.public_id])).status_code == 200
        assert desk.post(reverse(name, args=[li.public_id])).status_code == 302
        assert client.get("/office/").status_code == 302
    assert signed_in(User.objects.get(pk=li.pk)).get("/office/").status_code == 200


def test_ended_sessions_end_at_once_and_others_go_on(desk: Client, li: User, keeper: User) -> None:
    first, second = signed_in(li), signed_in(li)
    desk.post(reverse("account_end_sessions", args=[li.public_id]))
    assert [client.get("/office/").status_code for client in (first, second, desk)] == [302, 302, 200]


def test_a_lost_phone_is_replaced(desk: Client, li: User) -> None:
    client = signed_in(li)
    assert desk.post(reverse("account_reset_second_factor", args=[li.public_id])).status_code == 302
    assert not Authenticator.objects.filter(user=li).exists()
    assert client.get("/office/").status_code == 302
    assert Entry.objects.get(act="agencies.reset_second_factor").subject == li.public_id


def test_a_forgotten_password_is_replaced_by_a_one_time_one(desk: Client, li: User) -> None:
    client = signed_in(li)
    answer = desk.post(reverse("account_renew_password", args=[li.public_id]))
    assert answer.context["issued"].password in answer.content.decode()
    assert not User.objects.get(pk=li.pk).check_password(PASSWORD)
    assert client.get("/office/").status_code == 302


def test_nobody_resets_his_own(keeper: User, bureau: Agency) -> None:
    a_user(Role.SECURITY_ADMIN, bureau, "另一人")
    for act in (renew_password, reset_second_factor):
        with pytest.raises(ActionRefused) as error:
            act(Actor(keeper), keeper)
        assert refused(error) == ["own"]


def test_the_last_security_administrator_is_not_switched_off(keeper: User, bureau: Agency, desk: Client) -> None:
    with pytest.raises(ActionRefused) as error:
        switch_account(SYSTEM, keeper, is_active=False)
    assert refused(error) == ["last"]
    assert "这是最后一名" in desk.get(reverse("account", args=[keeper.public_id])).content.decode()
    other = a_user(Role.SECURITY_ADMIN, bureau, "另一人")
    switch_account(SYSTEM, other, is_active=False)
    with pytest.raises(ActionRefused):
        switch_account(SYSTEM, keeper, is_active=False)
    switch_account(SYSTEM, other, is_active=True)
    switch_account(SYSTEM, keeper, is_active=False)


def test_the_last_security_administrator_who_can_sign_in_stays_appointed(keeper: User, bureau: Agency) -> None:
    assert keeper.person is not None
    row = keeper.person.appointments.get()
    appoint(SYSTEM, a_person(bureau, "没有账号"), Role.SECURITY_ADMIN, agency=None, from_on=bureau.from_on)
    with pytest.raises(ActionRefused) as error:
        end_appointment(SYSTEM, row, to_on=date(2026, 11, 1))
    assert refused(error) == ["last"]
    a_user(Role.SECURITY_ADMIN, bureau, "另一人")
    end_appointment(SYSTEM, row, to_on=date(2026, 11, 1))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_security_administrators_do_not_switch_each_other_off(keeper: User, bureau: Agency) -> None:
    other = a_user(Role.SECURITY_ADMIN, bureau, "另一人")
    first, second = (lambda user=user: switch_account(SYSTEM, user, is_active=False) for user in (keeper, other))
    assert refusal(first, second) == ["last"]
    assert User.objects.filter(is_active=True).get() == other


def test_the_list_tells_what_keeps_somebody_out(desk: Client, bureau: Agency, li: User) -> None:
    issue_account(SYSTEM, a_person(bureau, "甲"), username="fresh")
    a_user(None, bureau, "乙", has_second_factor=False)
    switch_account(SYSTEM, li, is_active=False)
    page = desk.get(reverse("accounts")).content.decode()
    for words in ("已停用", "待首次登录", "未设第二重验证", "没有任用", "青禾县水利局经办人"):
        assert words in page
    assert li.username not in desk.get(reverse("accounts"), {"q": "何平"}).content.decode()
