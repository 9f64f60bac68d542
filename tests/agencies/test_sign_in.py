"""The door: who gets in, what the journal tells of it, what a form loses when the login ends (nothing)."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from tests.agencies.people import PASSWORD, SECRET, SYSTEM, a_person, a_user, an_agency, give_second_factor, signed_in

from gongkai.agencies.actions.accounts import end_sessions, issue_account, switch_account
from gongkai.agencies.models import Agency, Person, User
from gongkai.agencies.roles import Role
from gongkai.agencies.sign_in_journal import NOBODY
from gongkai.audit.actions import INSTALLATION
from gongkai.audit.models import Entry
from gongkai.audit.queries import proof
from gongkai.config.settings import sign_in
from gongkai.kernel.clock import at, now

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
DOOR, FACTOR, OFFICE = "/office/sign-in/", "/office/account/second-factor/", "/office/"


@pytest.fixture(autouse=True)
def no_throttle() -> None:
    """What one test typed wrongly is not held against the next."""
    cache.clear()


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


@pytest.fixture
def wang(bureau: Agency) -> User:
    return a_user(Role.OFFICE_HEAD, bureau)


def code(*, before: int = 0) -> str:
    """What the phone shows now, or some half minutes before."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - before))


def told() -> list[tuple[str, str, str]]:
    """The installation's journal since the accounts were opened: act, actor, subject."""
    rows = Entry.objects.filter(chain=INSTALLATION).exclude(act="agencies.open_account").order_by("number")
    return [(row.act.removeprefix("agencies."), row.actor, row.subject) for row in rows]


def give_password(client: Client, user: User, password: str = PASSWORD) -> int:
    return client.post(DOOR, {"login": user.username, "password": password}).status_code


def test_password_and_second_factor_open_the_office(wang: User) -> None:
    client = Client()
    answer = client.post(f"{DOOR}?next=/office/agencies/", {"login": wang.username, "password": PASSWORD})
    assert answer.headers["Location"] == f"{FACTOR}authenticate/"
    assert client.get(OFFICE).status_code == 302
    answer = client.post(answer.headers["Location"], {"code": code()})
    assert answer.headers["Location"] == "/office/agencies/"
    assert client.get(OFFICE).status_code == 200
    assert told() == [("sign_in", wang.public_id, wang.public_id)]


def test_nobody_signs_himself_up() -> None:
    assert Client().get("/office/account/signup/").status_code == 404
    page = Client().get(DOOR).content.decode()
    assert "signup" not in page
    assert "password/reset" not in page


def test_an_unknown_name_is_answered_like_a_wrong_password(wang: User) -> None:
    known = Client().post(DOOR, {"login": wang.username, "password": "not the word at all"})
    unknown = Client().post(DOOR, {"login": "nobody-here", "password": "not the word at all"})
    assert (known.status_code, unknown.status_code) == (200, 200)
    words = [page.content.decode().replace(wang.username, "").replace("nobody-here", "") for page in (known, unknown)]
    assert "用户名或密码不正确" in words[0]
    assert "not the word at all" not in words[0]
    without_token = [[line for line in page.splitlines() if "csrfmiddlewaretoken" not in line] for page in words]
    assert without_token[0] == without_token[1]
    assert told() == [("sign_in_failed", NOBODY, wang.public_id), ("sign_in_failed", NOBODY, NOBODY)]


def test_too_many_wrong_passwords_are_refused_with_429(wang: User) -> None:
    client = Client()
    assert [give_password(client, wang, "not the word") for _ in range(6)] == [200] * 5 + [429]
    answer = client.post(DOOR, {"login": wang.username, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "尝试次数过多" in answer.content.decode()
    assert len(told()) == 5


def test_too_many_wrong_codes_are_refused_with_429(wang: User) -> None:
    client = Client()
    give_password(client, wang)
    answers = [client.post(f"{FACTOR}authenticate/", {"code": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert told() == [("second_factor_failed", NOBODY, wang.public_id)] * 5


def test_a_code_is_good_for_one_time(wang: User) -> None:
    shown = code()
    for expected in (302, 200):
        client = Client()
        give_password(client, wang)
        assert client.post(f"{FACTOR}authenticate/", {"code": shown}).status_code == expected


def test_a_code_is_good_for_its_half_minute_alone(wang: User) -> None:
    """So it is in the product; tests alone allow more."""
    with override_settings(MFA_TOTP_TOLERANCE=sign_in.MFA_TOTP_TOLERANCE):
        client = Client()
        give_password(client, wang)
        assert client.post(f"{FACTOR}authenticate/", {"code": code(before=1)}).status_code == 200


def test_an_account_that_is_switched_off_is_told_so_only_to_who_knows_its_password(wang: User) -> None:
    switch_account(SYSTEM, wang, is_active=False)
    assert "用户名或密码不正确" in Client().post(DOOR, {"login": wang.username, "password": "no"}).content.decode()
    answer = Client().post(DOOR, {"login": wang.username, "password": PASSWORD}, follow=True)
    assert "账号已停用" in answer.content.decode()
    assert [act for act, *_ in told()][1:] == ["sign_in_failed", "sign_in_refused"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_nobody_gets_further_than_setting_one_up(bureau: Agency, method: str) -> None:
    client = signed_in(a_user(Role.SYSTEM_ADMIN, bureau, has_second_factor=False))
    for name, arguments in (("office", []), ("agency_found", []), ("agency_rename", [bureau.public_id])):
        answer = getattr(client, method)(
            reverse(name, args=arguments), {"name": "青禾县水务局", "from_on": "2026-01-01"}
        )
        assert (answer.status_code, answer.headers["Location"]) == (302, FACTOR)
    assert "青禾县水务局" not in client.get(FACTOR).content.decode()
    assert bureau.names.count() == 1


def test_recovery_codes_alone_are_no_second_factor(bureau: Agency) -> None:
    user = a_user(Role.SYSTEM_ADMIN, bureau, has_second_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "", "used_mask": 0})
    assert signed_in(user).get(OFFICE).headers["Location"] == FACTOR


def test_secrets_of_second_factors_are_encrypted_at_rest(wang: User) -> None:
    assert SECRET not in str(Authenticator.objects.get(user=wang).data)


def test_a_one_time_password_is_good_for_choosing_ones_own(bureau: Agency) -> None:
    user, password = _issued(bureau)
    client = Client()
    assert give_password(client, user, password) == 302
    for path in (OFFICE, FACTOR, f"{FACTOR}totp/activate/"):
        assert client.get(path).headers["Location"] == "/office/account/password/"
    form = {"oldpassword": password, "password1": password, "password2": password}
    assert "不能与现在的密码相同" in client.post("/office/account/password/", form).content.decode()
    form.update(password1=PASSWORD, password2=PASSWORD)
    assert client.post("/office/account/password/", form).status_code == 302
    assert client.get(OFFICE).headers["Location"] == FACTOR
    assert [act for act, *_ in told()] == ["sign_in", "change_password"]


def test_a_one_time_password_that_waited_too_long_is_refused(bureau: Agency) -> None:
    user, password = _issued(bureau)
    with at(now() + timedelta(days=8)):
        answer = Client().post(DOOR, {"login": user.username, "password": password})
    assert answer.status_code == 403
    assert "一次性密码已过期" in answer.content.decode()
    assert [act for act, *_ in told()] == ["sign_in_refused"]


def test_sign_out_takes_a_post(wang: User) -> None:
    client = signed_in(wang)
    assert client.get("/office/account/sign-out/").status_code == 200
    assert client.get(OFFICE).status_code == 200
    assert client.post("/office/account/sign-out/").status_code == 302
    assert client.get(OFFICE).status_code == 302
    assert told() == [("sign_out", wang.public_id, wang.public_id)]


def test_changes_of_the_second_factor_are_journaled(bureau: Agency, django_capture_on_commit_callbacks: object) -> None:
    user = a_user(None, bureau, has_second_factor=False)
    client = Client()
    give_password(client, user)
    client.get(f"{FACTOR}totp/activate/")
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture that is a function
        form = {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))}
        assert client.post(f"{FACTOR}totp/activate/", form).status_code == 302
    client.post(f"{FACTOR}totp/deactivate/")
    acts = [act for act, *_ in told()]
    assert acts[:2] == ["sign_in", "add_second_factor"]
    assert acts[-2:] == ["remove_second_factor", "remove_second_factor"]
    assert list(proof(INSTALLATION, values=True)) == []


def test_changing_ones_second_factor_takes_the_password_again(wang: User) -> None:
    answer = signed_in(wang).post(f"{FACTOR}totp/deactivate/")
    assert answer.headers["Location"].startswith("/office/account/reauthenticate/")
    assert Authenticator.objects.filter(user=wang).exists()


def _issued(bureau: Agency) -> tuple[User, str]:
    issued = issue_account(SYSTEM, a_person(bureau, "李强"), username="liqiang")
    return issued.user, issued.password


class TestAFormWhoseLoginEnds:
    """What was typed comes back, to who typed it and to nobody else."""

    @pytest.fixture
    def path(self, bureau: Agency) -> str:
        return reverse("person_add", args=[bureau.public_id])

    @staticmethod
    def filled(client: Client, path: str) -> dict[str, str]:
        mark = client.get(path).context["request"].form_mark
        return {"name": "赵小刚", "phone": "0375-8051234", "shown_to": mark}

    @staticmethod
    def sign_in(client: Client, user: User) -> None:
        give_password(client, user)
        cache.clear()
        assert client.post(f"{FACTOR}authenticate/", {"code": code()}).status_code == 302

    def test_it_comes_back_unsent_after_sign_in(self, wang: User, path: str) -> None:
        client = signed_in(wang)
        form = self.filled(client, path)
        end_sessions(SYSTEM, wang)
        answer = client.post(path, form)
        assert answer.headers["Location"] == f"{DOOR}?next={path}"
        kept = str(dict(client.session))
        assert "赵小刚" not in kept
        assert "8051234" not in kept
        self.sign_in(client, wang)
        page = client.get(path).content.decode()
        assert 'value="赵小刚"' in page
        assert 'value="0375-8051234"' in page
        assert "已经恢复" in page
        assert not Person.objects.filter(name="赵小刚").exists()
        assert "kept_form" not in client.session
        assert "赵小刚" not in client.get(path).content.decode()

    def test_another_person_at_the_same_desk_does_not_see_it(self, wang: User, path: str, bureau: Agency) -> None:
        client = signed_in(wang)
        form = self.filled(client, path)
        end_sessions(SYSTEM, wang)
        client.post(path, form)
        self.sign_in(client, a_user(Role.OFFICE_HEAD, bureau, "周平"))
        assert "赵小刚" not in client.get(path).content.decode()
        assert "kept_form" not in client.session

    def test_it_is_kept_for_half_an_hour(self, wang: User, path: str) -> None:
        client = signed_in(wang)
        form = self.filled(client, path)
        end_sessions(SYSTEM, wang)
        client.post(path, form)
        assert client.session.get_expiry_age() <= 1800
        self.sign_in(client, wang)
        with at(now() + timedelta(minutes=31)):
            assert "赵小刚" not in client.get(path).content.decode()

    def test_what_was_never_shown_to_staff_is_not_kept(self, path: str) -> None:
        client = Client()
        for mark in ("", "forged:mark"):
            assert client.post(path, {"name": "赵小刚", "shown_to": mark}).status_code == 302
        assert "kept_form" not in client.session

    def test_a_page_from_before_the_last_sign_in_comes_back_too(self, wang: User, path: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(wang)
        form = {**self.filled(client, path), "csrfmiddlewaretoken": "x" * 64}
        assert client.post(path, form).status_code == 403
        answer = client.post(path, form, headers={"origin": "https://elsewhere.example"})
        assert answer.status_code == 403
        answer = client.post(path, form, headers={"origin": "http://testserver"})
        assert answer.headers["Location"] == path
        assert 'value="赵小刚"' in client.get(path).content.decode()
        assert not Person.objects.filter(name="赵小刚").exists()


@override_settings(FACE="public")
def test_the_door_is_not_there_on_the_public_face(wang: User) -> None:
    assert Client().get(DOOR).status_code == 404
    give_second_factor(a_user(None, an_agency("青禾县林业局"), "甲", has_second_factor=False))
    assert signed_in(wang).get(OFFICE).status_code == 404
