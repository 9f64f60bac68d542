"""Who looks at a letter (查阅), and who asks for the identity of its applicant (查看身份信息)."""

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.inforequests.actions.acting import journal, person_of, told
from gongkai.inforequests.models import Opening, Party, Request
from gongkai.inforequests.permissions import OPEN_IDENTITY
from gongkai.kernel.clock import now


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
