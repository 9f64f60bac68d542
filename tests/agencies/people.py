"""The smallest legal objects: an agency, a person, an appointment, a login with its second factor."""

from datetime import date
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import add_person, appoint, open_account
from gongkai.agencies.actions.tree import found_agency
from gongkai.agencies.models import Agency, Person, User
from gongkai.agencies.roles import INSTALLATION_ROLES, Kind, Level, Role

SYSTEM = Actor(None)
FOUNDED = date(2019, 3, 1)
PASSWORD = "five small boats at noon"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def an_agency(name: str = "青禾县水利局", *, parent: Agency | None = None, from_on: date = FOUNDED) -> Agency:
    """A county bureau."""
    kind, level, code = Kind.DEPARTMENT, Level.COUNTY, f"QH-{next(_numbers)}"
    return found_agency(SYSTEM, name=name, code=code, kind=kind, level=level, parent=parent, from_on=from_on)


def a_person(agency: Agency, name: str = "王敏") -> Person:
    """Somebody who works there."""
    return add_person(SYSTEM, agency, name=name)


def a_user(role: Role | None, agency: Agency, name: str = "王敏", *, has_second_factor: bool = True) -> User:
    """A login of somebody who holds that role at the agency (or at the installation) since it was founded."""
    person = a_person(agency, name)
    if role is not None:
        at = None if role in INSTALLATION_ROLES else agency
        appoint(SYSTEM, person, role, agency=at, from_on=agency.from_on)
    user = open_account(SYSTEM, person, username=f"user{next(_numbers)}", password=PASSWORD)
    if has_second_factor:
        give_second_factor(user)
    return user


def give_second_factor(user: User) -> Authenticator:
    """A phone with the secret `SECRET`."""
    authenticator: Authenticator = TOTP.activate(user, SECRET).instance
    return authenticator


def signed_in(user: User) -> Client:
    """A browser in which the user has signed in."""
    client = Client()
    client.force_login(user)
    return client
