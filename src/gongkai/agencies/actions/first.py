"""The first accounts of an installation, made by the system itself, since nobody is there yet who could make them."""

from collections.abc import Sequence

from django.db import transaction

from gongkai.agencies.actions.accounts import Issued, issue_account
from gongkai.agencies.actions.acting import Actor, journal, save, told
from gongkai.agencies.actions.people import appoint
from gongkai.agencies.models import Person, User
from gongkai.agencies.roles import Role
from gongkai.audit.actions import SYSTEM
from gongkai.kernel.clock import today


@transaction.atomic
def first_administrators(named: Sequence[tuple[Role, str, str]]) -> list[Issued]:
    """The administrators of the installation (三员): role, name, user name of each; none where there are accounts."""
    if User.objects.exists():
        return []
    system, made = Actor(None), []
    for role, name, username in named:
        person = Person(name=name)
        save(person)
        journal("agencies.add_person", SYSTEM, person.public_id, None, told({"name": name}))
        appoint(system, person, role, agency=None, from_on=today())
        made.append(issue_account(system, person, username=username))
    return made
