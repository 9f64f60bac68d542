"""Telling somebody once (告知一次): the reminder's row decides which of several workers writes the message."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.mailboxes import PERSON
from gongkai.agencies.permissions import holders
from gongkai.inforequests.choices import Part
from gongkai.inforequests.models import Item, Party, Reminder
from gongkai.kernel.clock import now, today
from gongkai.outbox.actions import Recipient, write
from gongkai.outbox.wording import Fact, Template

PARTY = "inforequests.party"
"""The kind of recipient that a letter's party is; the id is the party's public id."""
TO_APPLICANT = (PARTY,)
_CASE = "case"
_ABOUT_DUE = ("arrived", "unread")
"""Reminders that are about the arrival and tell the due day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is to be told about an item once: its `kind`, the day that it is about, by which text, to which roles.

    `about` is the public id of the notice or assignment that it is about; `unit` narrows the roles to a unit's people.
    What is urgent goes out at once, the rest with the day's digest.
    """

    item: Item
    kind: str
    template: Template
    roles: tuple[str, ...]
    for_on: date
    about: str = ""
    unit: int | None = None
    is_urgent: bool = False


def tell_once(news: News) -> bool:
    """Writes the message to each who holds one of the roles; False where it was told already."""
    item, template = news.item, news.template
    key = {"item": item, "kind": news.kind, "for_on": news.for_on, "about": news.about}
    if Reminder.objects.filter(**key).exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.create(**key, at=now())
            facts: dict[str, Fact] = {"number": item.register_number}
            if "day" in template.slots:
                facts["day"] = item.due_on if news.kind in _ABOUT_DUE and item.due_on is not None else news.for_on
            for recipient in _recipients(news):
                write(template, to=recipient, target=_target(news), facts=facts, is_urgent=news.is_urgent)
    except IntegrityError:
        return False
    return True


def _target(news: News) -> str:
    """What the link of a text leads to: the case, or the notice that it is about."""
    if news.template.is_public:
        return ""
    return news.item.public_id if news.template.url_name == _CASE else news.about


def _recipients(news: News) -> list[Recipient]:
    """The applicant where he gave an address; else whoever holds one of the roles, delegates and successors too.

    Who was handed the case is told in place of the others of his role.
    """
    item, roles = news.item, news.roles
    if roles == TO_APPLICANT:
        parties = Party.objects.filter(request=item.request, part=Part.APPLICANT, order=1)
        return [Recipient(PARTY, party.public_id) for party in parties if party.email]
    held = [row for role in roles for row in holders(role, item.agency, today()) if news.unit in (None, row.unit_id)]
    if item.turn_person_id is not None and item.turn_role in roles:
        held = [row for row in held if row.role != item.turn_role or row.person_id == item.turn_person_id]
    return [Recipient(PERSON, one) for one in dict.fromkeys(row.person.public_id for row in held)]
