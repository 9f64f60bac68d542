"""The accounts of the demo county: one password for all, and a second factor whose code the command shows."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import open_account
from gongkai.agencies.models import Appointment, Person, User
from gongkai.agencies.permissions import in_force
from gongkai.agencies.queries import name_of
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import today

PASSWORD = "green-grain-county-2026"  # noqa: S105  printed at every start; of use on this machine alone
_PERIOD = 30
_ENOUGH_SECONDS = 4
"""A code that is shown is good for as long at least: nobody types faster."""


class NoSuchAccount(Exception):
    """No account of that name, or no demo."""


def open_demo_account(person: Person, username: str) -> User:
    """A login with the password of the demo, and a phone of which only `code` tells what it shows."""
    user = open_account(Actor(None), person, username=username, password=PASSWORD)
    TOTP.activate(user, generate_totp_secret())
    return user


def code(username: str) -> str:
    """The six digits of an account's phone, good for some seconds at least. Raises NoSuchAccount."""
    if settings.GONGKAI_PROFILE != "demo":
        raise NoSuchAccount(username)
    found = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__username=username).first()
    if found is None:
        raise NoSuchAccount(username)
    rest = _PERIOD - time.time() % _PERIOD
    if rest < _ENOUGH_SECONDS:
        time.sleep(rest)
    secret = get_adapter().decrypt(found.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // _PERIOD)))


def told(command: str) -> str:
    """All accounts by agency, and how one signs in; `command` is what the program is started by."""
    on = today()
    held = in_force(Appointment.objects.filter(person__user__is_active=True), on)
    rows = (
        held.select_related("person__user", "agency")
        .prefetch_related("agency__names")
        .order_by("agency_id", "person_id")
    )
    groups: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        place = name_of(row.agency, on) if row.agency is not None else "整个系统（三员分立）"
        who = f"  {row.person.user.username:<14}{row.person}"
        groups.setdefault(place, {}).setdefault(who, []).append(_role_in_words(row))
    lines = [line for place, people in groups.items() for line in (place, *_lines(people))]
    return "\n".join(
        [
            "示范账号",
            *lines,
            "",
            f"密码都是 {PASSWORD}",
            f"验证码：另开一个终端，运行 {command} demo code 用户名",
        ]
    )


def account_of(role: Role, agency_code: str = "") -> str:
    """The user name of somebody who holds that role, at the agency of that code or at the installation."""
    held = in_force(Appointment.objects.filter(role=role, person__user__is_active=True), today())
    found = held.filter(agency__code=agency_code) if agency_code else held.filter(agency=None)
    return str(found.order_by("pk").values_list("person__user__username", flat=True)[0])


def _lines(people: dict[str, list[str]]) -> list[str]:
    return [f"{who}　{'、'.join(roles)}" for who, roles in people.items()]


def _role_in_words(row: Appointment) -> str:
    return f"{row.get_role_display()}（代行）" if row.delegated_from_id else str(row.get_role_display())
