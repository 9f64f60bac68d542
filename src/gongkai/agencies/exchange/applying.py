"""Writing an import: batch after batch, each one transaction with its journal, so that it can stop and go on.

For an auditor each row is an act of its own, in its agency's chain, under the subject that it has when it is entered by
hand, with the file and the line that it came from; beside them one entry for each batch in the installation's chain.
That second entry is also what remembers the batch: a file that is imported again goes on where it stopped.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import IntegrityError, models, transaction

from gongkai.agencies.actions.acting import Actor, changed, told
from gongkai.agencies.exchange.book import Book
from gongkai.agencies.exchange.columns import Sheet
from gongkai.agencies.exchange.lines import Line, Plan, State
from gongkai.agencies.exchange.planning import plan
from gongkai.agencies.exchange.sheets import AGENCIES, APPOINTMENTS, NAMES, SHEETS, SUCCESSIONS, UNITS
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.permissions import APPOINT, MANAGE_AGENCY, MANAGE_TREE
from gongkai.audit.actions import INSTALLATION, Author, Changes, close_chain
from gongkai.audit.appending import ChainClosed
from gongkai.audit.many import Note, heads, record_many, subjects_of
from gongkai.kernel.clock import today

BATCH = "agencies.import_batch"
_SHORT = 24
"""Letters of a file's digest in the journal: as a subject it leaves room for the number of the batch."""
_AT_ONCE = 500
_TRIES = 5
_LINKS_OF_AGENCY = ("parent", "government", "review_organ")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `plan` tells what is left and what stands against it."""

    plan: Plan
    written: int
    is_done: bool


class _Moved(Exception):
    """Somebody wrote to one of the agencies since the plan was made."""


def planned(book: Book) -> Plan:
    """The dry run of today, knowing what was written of the same file before."""
    return plan(book, today(), done=done_batches(book.digest))


def done_batches(digest: str) -> frozenset[int]:
    """The batches of a file that are written."""
    found = subjects_of(BATCH, _subject(digest, ""))
    return frozenset(int(subject.rpartition("-")[2]) for subject in found)


def apply(actor: Actor, book: Book, *, seconds: float = float("inf")) -> Progress:
    """Writes the batches that are left, until all are written or the time is over, then it can be called again.

    Nothing is written where a finding stands against it. Raises ActionRefused for somebody who may not do it.
    """
    until, written = monotonic() + seconds, 0
    with _uncollected():
        made = planned(book)
        for _ in range(_TRIES):
            if made.is_refused:
                break
            try:
                for number, lines in enumerate(made.batches):
                    written += _write(actor, made, number, lines) if any(line.is_writing for line in lines) else 0
                    if written and monotonic() > until and made.writing_count:
                        return Progress(made, written, is_done=False)
                _close(actor, made)
            except (_Moved, IntegrityError, ChainClosed):
                made = planned(book)
            else:
                return Progress(made, written, is_done=True)
    return Progress(made, written, is_done=False)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within, Python does not look for rings of garbage among a million rows that all stay: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(actor: Actor, made: Plan, number: int, lines: Sequence[Line]) -> int:
    """Writes a batch and remembers it; how many lines that were."""
    writing = [line for line in lines if line.is_writing]
    _write_at_once(actor, made, number, writing)
    for line in writing:
        line.state = State.DONE
    return len(writing)


@transaction.atomic
def _write_at_once(actor: Actor, made: Plan, number: int, writing: Sequence[Line]) -> None:
    author = _author(actor)
    _hold(made, writing)
    for sheet in SHEETS:
        of_sheet = [line for line in writing if line.sheet is sheet]
        if of_sheet:
            _insert(sheet, [line.row for line in of_sheet if line.state is State.NEW])
            _update(sheet, [line for line in of_sheet if line.state is State.CHANGED])
    notes = [_note(line, made.digest) for line in writing]
    counts = {sheet.name: sum(line.sheet is sheet for line in writing) for sheet in SHEETS}
    summary = told({"batch": f"{number + 1}/{len(made.batches)}", **{name: n for name, n in counts.items() if n}})
    record_many([*notes, Note(BATCH, _subject(made.digest, str(number)), INSTALLATION, summary)], author=author)
    made.standing.heads |= heads({note.chain for note in notes})


@transaction.atomic
def _close(actor: Actor, made: Plan) -> None:
    """The journals of agencies that have ended get their last entry."""
    author = _author(actor)
    for agency in made.closing:
        close_chain(agency.public_id, author=author)


def _author(actor: Actor) -> Author:
    """Who may import may found, keep and appoint everywhere."""
    for act in (MANAGE_AGENCY, APPOINT):
        actor.author(act, None)
    return actor.author(MANAGE_TREE, None)


def _hold(made: Plan, writing: Sequence[Line]) -> None:
    """Locks the agencies and people on record that are written about. Raises _Moved where somebody was faster."""
    agencies = {agency.pk: agency for line in writing for agency in _related(line.row, Agency) if agency.pk > 0}
    people = {person.pk for line in writing for person in _related(line.row, Person) if person.pk > 0}
    for model, held in ((Agency, sorted(agencies)), (Person, sorted(people))):
        for start in range(0, len(held), _AT_ONCE):
            rows: Any = model._default_manager.select_for_update(no_key=True).order_by("pk")
            list(rows.filter(pk__in=held[start : start + _AT_ONCE]).values_list("pk", flat=True))
    keys = {agency.public_id for agency in agencies.values()}
    if any(head != made.standing.heads.get(key) for key, head in heads(keys).items()):
        raise _Moved


def _related(row: Any, model: type[models.Model]) -> list[Any]:
    links = [getattr(row, field.name) for field in row._meta.concrete_fields if field.related_model is model]
    return [one for one in (row, *links) if isinstance(one, model)]


def _insert(sheet: Sheet, rows: list[Any]) -> None:
    """Inserts new rows; what they refer to is saved by now, but for agencies, which refer to one another."""
    links = [field for field in sheet.model._meta.concrete_fields if field.is_relation]
    later: list[tuple[Any, dict[str, Any]]] = []
    for row in rows:
        row.pk = None
        if sheet is AGENCIES:
            later.append((row, {name: getattr(row, name) for name in _LINKS_OF_AGENCY}))
            for name in _LINKS_OF_AGENCY:
                setattr(row, name, None)
        else:
            _refer_anew(row, links)
    if sheet is APPOINTMENTS:
        given = [row for row in rows if row.delegated_from is not None]
        _create(sheet, [row for row in rows if row.delegated_from is None])
        for row in given:
            _refer_anew(row, links)
        rows = given
    _create(sheet, rows)
    for row, linked in later:
        for name, other in linked.items():
            setattr(row, name, other)
    if later:
        referring = [row for row, linked in later if any(other is not None for other in linked.values())]
        sheet.model._default_manager.bulk_update(referring, _LINKS_OF_AGENCY, batch_size=_AT_ONCE)


def _refer_anew(row: Any, links: list[Any]) -> None:
    """Once what it refers to is saved, a row must take over its key."""
    for link in links:
        setattr(row, link.name, getattr(row, link.name))


def _create(sheet: Sheet, rows: list[Any]) -> None:
    sheet.model._default_manager.bulk_create(rows, batch_size=_AT_ONCE)


def _update(sheet: Sheet, lines: list[Line]) -> None:
    if lines:
        links = [field for field in sheet.model._meta.concrete_fields if field.is_relation]
        for line in lines:
            _refer_anew(line.row, links)
        fields = sorted({name for line in lines for name in line.changes})
        sheet.model._default_manager.bulk_update([line.row for line in lines], fields, batch_size=_AT_ONCE)


def _note(line: Line, digest: str) -> Note:
    """The entry for a line: the act, the subject and the values of the same thing done by hand, and its source."""
    row, sheet = line.row, line.sheet
    agency = row if isinstance(row, Agency) else getattr(row, sheet.owner)
    subject = agency if sheet.subject in ("", "agency", "predecessor") else getattr(row, sheet.subject, row)
    source = {"source": (None, f"{digest[:_SHORT]} {sheet.name}!{line.number}")}
    chain = agency.public_id if agency is not None else INSTALLATION
    if line.state is State.CHANGED:
        subject = agency if sheet.subject in ("", "agency") and not sheet.has_ids else row
        return Note(_changing(line), subject.public_id, chain, {**_told_changes(line), **source})
    values = {column.field: getattr(row, column.field) for column in sheet.read if hasattr(row, column.field)}
    values.pop("public_id", None)
    if sheet.owner != "":
        values.pop(sheet.owner, None)
    act = "agencies.delegate" if isinstance(row, Appointment) and row.delegated_from is not None else sheet.created
    if sheet is NAMES and row.from_on == agency.from_on:
        act = AGENCIES.created
    if sheet is SUCCESSIONS:
        values = {"into": row.successor, "to_on": row.on, "basis": row.basis}
    return Note(act, subject.public_id, chain, {**told(values), **source})


def _changing(line: Line) -> str:
    """The act that a change by hand would be."""
    if line.sheet is UNITS and "to_on" in line.changes:
        return "agencies.close_unit"
    if line.sheet is AGENCIES and set(line.changes) & {"review_organ", "review_organ_name", "review_organ_reason"}:
        return "agencies.set_review_organ"
    return line.sheet.changed


def _told_changes(line: Line) -> Changes:
    """What the fields were and became, written as `changed` writes it."""
    row = line.row
    for name, (before, _) in line.changes.items():
        setattr(row, name, before)
    return changed(row, {name: after for name, (_, after) in line.changes.items()})


def _subject(digest: str, number: str) -> str:
    return f"import-{digest[:_SHORT]}-{number}"
