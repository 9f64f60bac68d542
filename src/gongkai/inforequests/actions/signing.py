"""Signing a notice (签发): the check before, its date and number, the document to be sealed, the legal step."""

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.queries import acting_for
from gongkai.audit.actions import Author
from gongkai.files.actions import store
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.noticing import Moment, make_step, note_all, reasons_in_law
from gongkai.inforequests.choices import HandlingKind, Stage
from gongkai.inforequests.letters_facts import document_of, findings_of
from gongkai.inforequests.models import Approval, Item, Notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.rules import search_missing
from gongkai.inforequests.steps import project
from gongkai.kernel.models import next_number
from gongkai.kernel.reasons import Reason, refuse_for


def reasons_against_issue(notice: Notice, items: Sequence[Item], on: date) -> list[Reason]:
    """Why a notice can't go out as it is: what the law has against it, no search, an error in its words."""
    found = reasons_in_law(notice, items, on=on)
    if KINDS[notice.kind].needs_search:
        found += [reason for item in items for reason in search_missing(item)]
    if KINDS[notice.kind].needs_decision and not notice.decisions.exists():
        found.append(Reason("no_decision", "还没有答复决定", "请从“作出答复”拟稿"))
    blocking = [one for one in findings_of(notice) if one.blocks]
    return found + [Reason(f"check.{one.rule}", one.message, "请修改后再送审", one.basis) for one in blocking]


def sign(notice: Notice, items: Sequence[Item], actor: Actor, author: Author, number: str, *, on: date) -> None:
    """Date and number, the document that goes to be sealed, and the legal step that the signature makes."""
    notice.signed_on, notice.number, notice.stage = on, number, Stage.SIGNED
    refuse_for(reasons_against_issue(notice, items, on))
    _keep_document(notice, items)
    notice.save()
    if number:
        note_all(notice, items, HandlingKind.NUMBERED, actor, author.role, opinion=number)
    make_step(notice, items, Moment.SIGNED, actor, author.role, on=on, evidence=number)


def _keep_document(notice: Notice, items: Sequence[Item]) -> None:
    name = f"{KINDS[notice.kind].name}.pdf"
    made = inspect_made(document_of(notice), name=name, purpose=Purpose.CASE)
    stored = store(made, owner=notice.public_id, subject=items[0].request.public_id)
    notice.final_file, notice.pages = stored.public_id, made.probed.pages


def number_ahead(notice: Notice, place: Approval | None, on: date) -> str:
    """The number of a notice that is about to be signed; the counter is locked before the case (lock order)."""
    if place is None or not KINDS[notice.kind].has_number:
        return ""
    is_last = not Approval.objects.filter(notice=notice, attempt=place.attempt, order__gt=place.order).exists()
    if not is_last:
        return ""
    agency = acting_for(notice.agency, on)
    series = f"inforequests.notice.{agency.public_id}.{on.year}"
    return f"{agency.document_code}公开〔{on.year}〕{next_number(series)}号"


def project_all(items: Sequence[Item]) -> None:
    """Writes the cached columns of each anew."""
    for item in items:
        project(item)
