"""Accounts, kept by the security administrator: opened, switched off, given a new password, freed of a lost phone."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from gongkai.agencies.accounts import is_last_security_admin
from gongkai.agencies.actions.acting import Actor, changed, journal, save, told
from gongkai.agencies.models import Appointment, Person, User
from gongkai.agencies.permissions import MANAGE_ACCOUNTS
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import now
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for

_GROUPS, _GROUP = 4, 4
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""No letters that are mistaken for one another when read out or typed."""
ONE_TIME_DAYS = 7
"""How long a one-time password may wait for its owner."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An account with its one-time password, which is kept nowhere and shown once."""

    user: User
    password: str

    @property
    def lines(self) -> list[str]:
        """The password as a page shows it."""
        return [self.password]


@transaction.atomic
def issue_account(actor: Actor, person: Person, *, username: str) -> Issued:
    """Gives a person a login (账号). It is of no use until an own password and a second factor are set up."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    if User.objects.filter(person=person).exists():
        raise ActionRefused([Reason("has_account", f"{person.name}已有账号", "请在账号列表中查找")])
    user = User(username=User.normalize_username(username), person=person)
    issued = Issued(user, _one_time_password(user))
    save(user)
    journal("agencies.open_account", author, user.public_id, None, told({"username": username, "person": person}))
    return issued


@transaction.atomic
def renew_password(actor: Actor, user: User) -> Issued:
    """Gives an account another one-time password; what was signed in with the old one ends."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    refuse_for(reasons_against_helping(actor, user))
    issued = Issued(user, _one_time_password(user))
    user.save(update_fields=["password", "one_time_until"])
    journal("agencies.renew_password", author, user.public_id, None, {})
    return issued


@transaction.atomic
def switch_account(actor: Actor, user: User, *, is_active: bool) -> None:
    """Switches a login on or off (启用、停用). Switched off, all its sessions end for good."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    if not is_active:
        _hold_security_admins()
        refuse_for(reasons_against_switching_off(user))
    changes = changed(user, {"is_active": is_active})
    if changes:
        user.save(update_fields=["is_active"])
        _end_sessions(user)
        journal("agencies.switch_account", author, user.public_id, None, changes)


@transaction.atomic
def reset_second_factor(actor: Actor, user: User) -> None:
    """Takes away every second factor, as for a lost phone; at the next sign-in a new one is set up."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    refuse_for(reasons_against_helping(actor, user))
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
    journal("agencies.reset_second_factor", author, user.public_id, None, {})


@transaction.atomic
def end_sessions(actor: Actor, user: User) -> None:
    """Signs an account out everywhere, at once."""
    author = actor.author(MANAGE_ACCOUNTS, None)
    _end_sessions(user)
    journal("agencies.end_sessions", author, user.public_id, None, {})


def reasons_against_switching_off(user: User) -> list[Reason]:
    """The last security administrator stays: nobody else could switch an account on again."""
    if not is_last_security_admin(user):
        return []
    return [Reason("last", "这是最后一名可以登录的安全管理员，不能停用", "请先任用另一名安全管理员，并为其开立账号")]


def reasons_against_helping(actor: Actor, user: User) -> list[Reason]:
    """Nobody resets his own: that is done with the old password and the old second factor."""
    if actor.user is None or actor.user.pk != user.pk:
        return []
    return [Reason("own", "不能重置自己的账号", "请在“登录与安全”中自行更换，或由另一名安全管理员办理")]


def _one_time_password(user: User) -> str:
    """Sets a password of 78 bits that waits some days for its owner to choose another."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    password = "-".join(groups)
    user.set_password(password)
    user.one_time_until = now() + timedelta(days=ONE_TIME_DAYS)
    return password


def _hold_security_admins() -> None:
    """Two of them who switch each other off at once come one after the other."""
    held = Appointment.objects.filter(role=Role.SECURITY_ADMIN).values("person")
    list(User.objects.select_for_update().filter(person__in=held).order_by("pk"))


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
