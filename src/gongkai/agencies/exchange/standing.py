"""The organisation in memory, as it is on record: all rows, joined, found by public id or by their own key."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models

from gongkai.agencies.exchange.columns import Sheet
from gongkai.agencies.exchange.sheets import AGENCIES, SHEETS
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.audit.many import heads

Row = Any


class Standing:
    """Every row of the organisation. New rows get a negative key until they are saved, so that all can be compared."""

    def __init__(self) -> None:
        # The heads first: what is written while the rows are read is then seen to have been written.
        self.heads = heads()
        self.rows: dict[Sheet, list[Row]] = {}
        self._by_id: dict[Sheet, dict[str, Row]] = {}
        self._by_key: dict[Sheet, dict[tuple[Any, ...], list[Row]]] = {}
        self._of_agency: dict[tuple[Sheet, int], list[Row]] = defaultdict(list)
        self._appointments: dict[int, list[Row]] = defaultdict(list)
        self._next = 0
        by_pk: dict[type[models.Model], dict[int, Row]] = {}
        for sheet in SHEETS:
            rows: list[Row] = list(_recorded(sheet))
            by_pk[sheet.model] = {row.pk: row for row in rows}
            _join(sheet.model, rows, by_pk)
            self.rows[sheet] = rows
            self._by_id[sheet] = _ids(rows) if sheet.has_ids else {}
            self._by_key[sheet] = defaultdict(list)
            for row in rows:
                self._index(sheet, row)

    def by_id(self, sheet: Sheet, public_id: str) -> Row | None:
        """The row of that public id."""
        return self._by_id[sheet].get(public_id)

    def by_key(self, sheet: Sheet, key: tuple[Any, ...]) -> list[Row]:
        """The rows that are the same by their key: one, where nothing is entered twice."""
        return self._by_key[sheet].get(key, [])

    def add(self, sheet: Sheet, values: dict[str, Any]) -> Row:
        """A new row, not saved."""
        self._next -= 1
        row: Row = sheet.model(pk=self._next, **values)
        self.rows[sheet].append(row)
        if sheet.has_ids:
            self._by_id[sheet][row.public_id] = row
        self._index(sheet, row)
        return row

    def rekey(self, sheet: Sheet, row: Row) -> None:
        """A row is found by what it has become."""
        key = key_of(sheet, row)
        if row not in self._by_key[sheet][key]:
            self._by_key[sheet][key].append(row)

    def of_agency(self, sheet: Sheet, agency: Agency) -> list[Row]:
        """The rows of an agency."""
        return self._of_agency[sheet, agency.pk]

    def is_closed(self, agency: Agency) -> bool:
        """Whether the journal of an agency has its last entry: nothing can be written about it."""
        head = self.heads.get(agency.public_id)
        return head is not None and head.is_closed

    def appointments_of(self, person: Person) -> list[Appointment]:
        """All appointments of a person."""
        return self._appointments[person.pk]

    def _index(self, sheet: Sheet, row: Row) -> None:
        self._by_key[sheet][key_of(sheet, row)].append(row)
        if sheet.owner:
            self._of_agency[sheet, getattr(row, f"{sheet.owner}_id")].append(row)
        if isinstance(row, Appointment):
            self._appointments[row.person_id].append(row)

    def agency(self, code: str) -> Agency | None:
        """The agency of a code."""
        found = self.by_key(AGENCIES, (code,))
        return found[0] if found else None


def key_of(sheet: Sheet, row: Row) -> tuple[Any, ...]:
    """What makes a row the same as another: related rows by their keys."""
    return tuple(plain(getattr(row, field)) for field in sheet.key)


def plain(value: Any) -> Any:
    """A value as it is compared: related rows by their keys, texts without what a cell doesn't keep."""
    if isinstance(value, models.Model):
        return value.pk
    return normal(value) if isinstance(value, str) else value


def normal(text: str) -> str:
    """A text as it comes back from a cell."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def by_field(rows: Iterable[Row], *fields: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns (`agency_id`)."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(getattr(row, field) for field in fields)].append(row)
    return found


def _ids(rows: list[Row]) -> dict[str, Row]:
    return {str(row.public_id): row for row in rows}


def _recorded(sheet: Sheet) -> "models.QuerySet[Any]":
    """The rows on record that belong to an agency: who administers the installation is appointed elsewhere."""
    rows = sheet.model._default_manager.order_by("pk")
    if sheet.model is Appointment:
        return rows.exclude(agency=None)
    return rows


def _join(model: type[models.Model], rows: list[Row], by_pk: dict[type[models.Model], dict[int, Row]]) -> None:
    """Lets related rows be the same objects everywhere."""
    links = [field for field in model._meta.concrete_fields if field.is_relation]
    assert all(link.related_model in (Agency, Person, Unit, Appointment) for link in links)
    for link in links:
        known = by_pk[link.related_model]  # type: ignore[index]  # one of the four
        for row in rows:
            key = getattr(row, link.attname)
            if key is not None:
                setattr(row, link.name, known[key])
