"""Who looks at a letter (查阅), asks for the identity of its applicant (查看身份信息), or looks for an applicant."""

from collections import Counter

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.acting import journal as agency_journal
from gongkai.agencies.models import Agency
from gongkai.agencies.queries import acting_for
from gongkai.inforequests.actions.acting import journal, person_of, told
from gongkai.inforequests.models import Item, Opening, Party, Request
from gongkai.inforequests.permissions import OPEN_IDENTITY
from gongkai.inforequests.queries import PAGE, of_applicant
from gongkai.kernel.clock import now, today


@transaction.atomic
def see_request(actor: Actor, request: Request, *, is_outside: bool = False) -> None:
    """Notes that an officer looked at a case (查阅); the office's own first look is one of the letter's stamps.

    `is_outside`: he oversees the office, so that it has not seen the letter yet.
    """
    person = person_of(actor)
    if person is None:
        return
    if request.seen_at is None and not is_outside:
        Request.objects.filter(pk=request.pk, seen_at=None).update(seen_at=now())
    Opening.objects.create(request=request, person=person, at=now())


@transaction.atomic
def open_identity(actor: Actor, request: Request, *, reason: str) -> list[Party]:
    """Opens who the applicant is: an act of its own with a reason, which the journal keeps (查看身份信息)."""
    author = actor.author(OPEN_IDENTITY, request.agency)
    person = person_of(actor)
    if person is not None:
        Opening.objects.create(request=request, person=person, at=now(), reason=reason)
    journal("open_identity", author, request, told(reason=reason))
    return list(request.parties.all())


@transaction.atomic
def find_applicant(actor: Actor, name: str) -> list[Item]:
    """Finds the cases of somebody by his whole name or number (按申请人查找), the newest first.

    This tells who an applicant is, as opening his identity does: the journal of the officer's agency, and of each whose
    cases were found, has who looked and how many of its cases he found. For whom he looked stands nowhere, in no form.
    """
    authority, on = actor.authority(today()), today()
    assert authority is not None  # the system looks for nobody
    items = list(of_applicant(name, authority)[:PAGE])
    own = [row.agency_id for row in authority.standings if row.role in OPEN_IDENTITY.scopes and row.agency_id]
    asked = {agency.pk: agency for agency in (*Agency.objects.filter(pk__in=own), *(item.agency for item in items))}
    chains = {key: acting_for(agency, on) for key, agency in asked.items()}
    authors = {chains[key].pk: actor.author(OPEN_IDENTITY, agency) for key, agency in asked.items()}
    counts = Counter(chains[item.agency_id].pk for item in items)
    # In one order: of two who look at once, neither holds the head that the other waits for.
    for agency in sorted(set(chains.values()), key=lambda one: one.public_id):
        changes = told(cases=counts[agency.pk])
        agency_journal("inforequests.find_applicant", authors[agency.pk], agency.public_id, agency, changes)
    return items
