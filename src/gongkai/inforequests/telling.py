"""Telling somebody once (告知一次): the reminder's row decides which of several workers writes the message."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from gongkai.agencies import queries as agencies
from gongkai.agencies.mailboxes import PERSON
from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import Part
from gongkai.inforequests.models import Item, Party, Reminder
from gongkai.kernel.clock import now, today
from gongkai.outbox.actions import Recipient, write
from gongkai.outbox.wording import Fact, Template

PARTY = "inforequests.party"
"""The kind of recipient that a letter's party is; the id is the party's public id."""
TO_APPLICANT = (PARTY,)
_ABOUT_DUE = ("arrived", "unread")
"""Reminders that are about the arrival and tell the due day."""


def unit(key: int) -> str:
    """The people of a unit, as one of the roles that are told."""
    return f"unit:{key}"


def tell_once(
    item: Item,
    kind: str,
    template: Template,
    roles: tuple[str, ...],
    *,
    for_on: date,
    about: str = "",
    is_urgent: bool = False,
) -> bool:
    """Writes the message to each who holds one of the roles; False where it was told already.

    `about` is the public id of the notice or assignment that it is about; the link leads there, else to the case.
    """
    if Reminder.objects.filter(item=item, kind=kind, for_on=for_on, about=about).exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.create(item=item, kind=kind, for_on=for_on, about=about, at=now())
            facts: dict[str, Fact] = {"number": item.register_number}
            if "day" in template.slots:
                facts["day"] = item.due_on if kind in _ABOUT_DUE and item.due_on is not None else for_on
            target = "" if template.is_public else about or item.public_id
            for recipient in _recipients(item, roles):
                write(template, to=recipient, target=target, facts=facts, is_urgent=is_urgent)
    except IntegrityError:
        return False
    return True


def _recipients(item: Item, roles: tuple[str, ...]) -> list[Recipient]:
    if roles == TO_APPLICANT:
        parties = Party.objects.filter(request=item.request, part=Part.APPLICANT, order=1)
        return [Recipient(PARTY, party.public_id) for party in parties if party.email]
    units = [int(role.removeprefix("unit:")) for role in roles if role.startswith("unit:")]
    held = agencies.appointments(item.agency, today())
    rows = held.filter(Q(role__in=roles) | Q(unit__in=units, role__in=(Role.UNIT_HANDLER, Role.SECTION_HEAD)))
    if item.turn_person_id is not None and item.turn_role in roles:
        rows = rows.filter(~Q(role=item.turn_role) | Q(person=item.turn_person_id))
    return [Recipient(PERSON, one) for one in dict.fromkeys(rows.values_list("person__public_id", flat=True))]
