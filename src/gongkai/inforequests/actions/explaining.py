"""Takes in why somebody asks for so much (收到说明的理由): on the public face, or entered by the office."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.files import queries as files
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.inforequests.actions.acting import against_applicant, hold, journal, note, person_id_of, told
from gongkai.inforequests.actions.progress import APPLICANT
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.explaining import asked_of
from gongkai.inforequests.models import Handling, Item
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.kernel.adding import NewRow
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason, refuse_for

_ACT = CASE_ACTS["explained"]


@transaction.atomic
def record_explanation(
    actor: Actor | None,
    item: Item,
    *,
    on: date,
    text: str,
    file: Inspected | None = None,
    new: NewRow | None = None,
) -> Handling:
    """Notes what the applicant told of his reasons, for all that the letter asks about and that is not decided.

    No clock moves. `actor` is None where he tells it himself, today. `new` from the page that asks for it: sent twice,
    it is told once.
    """
    items = [hold(one) for one in _asked_together(item)]
    item = next(one for one in items if one.pk == item.pk)
    refuse_for(_against(actor, item, on, text))
    author = actor.author(HANDLE, item.agency) if actor is not None else APPLICANT
    who, new, request = actor or Actor(None), new or NewRow(), item.request
    file = replace(file, name=f"说明理由_{file.name}") if file is not None else None
    same = files.same_as(file, owner=request.public_id) if file is not None else [""]
    rows = item.handlings.filter(kind=HandlingKind.EXPLAINED, person=person_id_of(who), happened_on=on, opinion=text)
    before = new.among(rows.filter(file__in=same))
    if before is not None:
        return before
    stored = store(file, owner=request.public_id, subject=request.public_id) if file is not None else None
    asked = asked_of(item)
    values = {
        "notice": asked.notice if asked is not None else None,
        "opinion": text,
        "happened_on": on,
        "file": stored.public_id if stored is not None else "",
    }
    made = note(item, HandlingKind.EXPLAINED, who, author.role, public_id=new.public_id, **values)
    others = [one for one in items if one.pk != item.pk and not _ACT.against(one, today())]
    for one in others:
        note(one, HandlingKind.EXPLAINED, who, author.role, **values)
    journal("explained", author, item, told(on=on, files=1 if stored else "", items=len(others) + 1 if others else ""))
    return made


def _asked_together(item: Item) -> Sequence[Item]:
    """What the letter asks about, in the order in which it is held."""
    asked = asked_of(item)
    return list(asked.notice.items.order_by("id")) if asked is not None else [item]


def _against(actor: Actor | None, item: Item, on: date, text: str) -> list[Reason]:
    if actor is None:
        found = against_applicant(_ACT.against(item, today()))
    else:
        found = reasons_against(_ACT, item, actor, today())
    asked = asked_of(item)
    if found or asked is None:
        return found
    if not text.strip():
        return [Reason("text", "还没有写明理由", "请写明申请这些信息的理由")]
    if on > today():
        return [Reason("future", "说明理由的日期还没有到", "请核对日期")]
    if on < asked.sent_on:
        told = f"说明理由的日期早于告知书发出的{in_words(asked.sent_on)}"
        return [Reason("before", told, "请核对日期")]
    return []
