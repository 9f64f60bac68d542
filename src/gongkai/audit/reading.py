"""Pages of the journal, and all about a subject, with what changed where that was not erased: two queries each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.audit.models import Entry
from gongkai.audit.subjects import NotOpened, keys_of, opened_values

Changes = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read. `changes` is None where the values were erased."""

    number: int
    at: datetime
    actor: str
    role: str
    act: str
    subject: str
    changes: Changes | None


def page(
    chain: str, *, before: int | None = None, since: datetime | None = None, until: datetime | None = None, size: int
) -> list[Told]:
    """The newest entries of a chain, at most `size`: those numbered below `before`, written from `since` to `until`."""
    rows = Entry.objects.filter(chain=chain).select_related("values_row").order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    found = list(rows[:size])
    keys = keys_of({row.subject for row in found if row.macs})
    return [_told(row, keys) for row in found]


def about(chain: str, subject: str) -> list[Told]:
    """Every entry of a chain about a subject, oldest first."""
    rows = list(Entry.objects.filter(chain=chain, subject=subject).select_related("values_row").order_by("number"))
    keys = keys_of([subject])
    return [_told(row, keys) for row in rows]


def _told(row: Entry, keys: Mapping[str, bytes]) -> Told:
    return Told(row.number, row.at, row.actor, row.role, row.act, row.subject, _changes(row, keys))


def _changes(row: Entry, keys: Mapping[str, bytes]) -> Changes | None:
    """None where they were erased, or can't be opened; which of the two, `gongkai audit verify --values` tells."""
    if not row.macs:
        return {}
    sealed, key = getattr(row, "values_row", None), keys.get(row.subject)
    if sealed is None or key is None:
        return None
    try:
        told = opened_values(key, bytes(sealed.sealed), row.subject)
    except NotOpened:
        return None
    return {field: tuple(json.loads(pair)) for field, pair in told.items()}
