"""Reading logins: who has one, whether it has a second factor, who could get one."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q

from gongkai.agencies.models import Appointment, Person, User
from gongkai.agencies.permissions import in_force
from gongkai.agencies.queries import name_of
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def with_second_factor(users: "QuerySet[User]") -> "QuerySet[User]":
    """The users, each with `has_second_factor`. Recovery codes alone are none."""
    return users.annotate(
        second_factor_found=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=_FACTORS))
    )


def accounts(words: str = "") -> "QuerySet[User]":
    """All accounts with person and present appointments; with words, those whose user or person is named so."""
    found = with_second_factor(User.objects.exclude(person=None)).select_related("person")
    for word in words.split():
        found = found.filter(Q(username__icontains=word) | Q(person__name__icontains=word))
    return found.prefetch_related(Prefetch("person__appointments", _current(), to_attr="current")).order_by("username")


def people_without_account(words: str) -> "QuerySet[Person]":
    """People of that name who have no account yet."""
    found = Person.objects.filter(user=None)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return found.prefetch_related(Prefetch("appointments", _current(), to_attr="current")).order_by("name", "pk")


def roles_in_words(appointments: "Iterable[Appointment]") -> list[str]:
    """青禾县水利局经办人."""
    on = today()
    return [f"{name_of(row.agency, on) if row.agency else ''}{row.get_role_display()}" for row in appointments]


def is_last_security_admin(user: User) -> bool:
    """Whether nobody else with a working account is security administrator."""
    held = in_force(Appointment.objects.filter(role=Role.SECURITY_ADMIN), today())
    if not held.filter(person=user.person_id).exists():
        return False
    others = held.filter(delegated_from=None, person__user__is_active=True)
    return not others.exclude(person=user.person_id).exists()


def _current() -> "QuerySet[Appointment]":
    """Appointments of today with their agencies and the agencies' names."""
    return in_force(Appointment.objects.all(), today()).select_related("agency").prefetch_related("agency__names")
