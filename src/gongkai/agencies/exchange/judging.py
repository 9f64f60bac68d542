"""The rules of the actions, asked of rows that are not saved: the neighbours of a row are lines as much as records.

Each rule gives the reason that the action gives; tests/agencies/test_exchange_rules.py does both and compares.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.agencies.actions.acting import CLOSED, in_words
from gongkai.agencies.exchange import rules
from gongkai.agencies.exchange.columns import Is, Sheet
from gongkai.agencies.exchange.lines import Line, State
from gongkai.agencies.exchange.sheets import AGENCIES, NAMES, SUCCESSIONS
from gongkai.agencies.exchange.standing import Standing, plain
from gongkai.agencies.models import (
    Agency,
    AgencyName,
    Appointment,
    Channel,
    LeadingGroupMember,
    OfficeMember,
    Person,
    Post,
    Succession,
    Unit,
)
from gongkai.findings import Finding, Severity
from gongkai.kernel.reasons import Reason

_UNCHECKED = frozenset({"id", "public_id"})
_ON_PAGE = "请改回原来的内容，在机构页面办理"
_CLEARED = Reason("cleared", "已登记的终止日期不能改为空", "请填回原来的日期；确要恢复的请新增一行")


def finding(line: Line, rule: str, message: str, instead: str, heading: str = "", found: str = "") -> Finding:
    """A finding about a line, its place in words at the front."""
    where = f"{line.where}“{heading}”" if heading else line.where
    told = f"{where}：{message}；{instead}" if instead else f"{where}：{message}"
    place = f"{line.sheet.name}!{line.number}"
    return Finding(
        rule=f"import.{rule}", severity=Severity.ERROR, where=place, message=told, found=found, basis="", blocks=True
    )


def findings(standing: Standing, lines: list[Line], on: date, *, doubtful: set[int]) -> list[Finding]:
    """What stands against the new and changed rows; nothing is asked about an agency whose own line is wrong."""
    judge = _Judge(standing, lines, on, doubtful)
    return [one for line in lines for one in judge.of(line)]


def note_namesakes(units: Iterable[Unit]) -> None:
    """Marks the units whose agency had another of the same name."""
    called: dict[tuple[int, str], list[Unit]] = defaultdict(list)
    for unit in units:
        called[unit.agency_id, unit.name].append(unit)
    for same in called.values():
        for unit in same:
            unit.is_one_of_several = len(same) > 1  # type: ignore[attr-defined]  # for the export alone


class _Judge:
    """The rules, and the rows by what they are asked for."""

    def __init__(self, standing: Standing, lines: list[Line], on: date, doubtful: set[int]) -> None:
        self._standing, self._on, self._doubtful = standing, on, doubtful
        self._new = {line.row.pk for line in lines if line.sheet is AGENCIES and line.state is State.NEW}
        self._last_name = _last_names(standing)
        self._index: dict[tuple[type[models.Model], tuple[str, ...]], dict[tuple[Any, ...], list[Any]]] = {}
        self._unique = _unique_rows(standing, {line.sheet for line in lines})
        self._rules: dict[type[models.Model], Callable[[Line], Iterator[Reason]]] = {
            Agency: self._agency,
            AgencyName: self._name,
            Succession: self._succession,
            Unit: self._unit,
            Person: lambda _line: iter(()),
            Post: self._post,
            Appointment: self._appointment,
            OfficeMember: self._member,
            LeadingGroupMember: self._group_member,
            Channel: self._channel,
        }

    def of(self, line: Line) -> Iterator[Finding]:
        """What stands against a line."""
        row = line.row
        owner = row if isinstance(row, Agency) else getattr(row, line.sheet.owner, None)
        if owner is not None and owner.pk in self._doubtful:
            return
        found = list(_field_findings(line))
        yield from found
        if found:
            return
        reasons = list(self._against(line, owner))
        yield from (finding(line, reason.id, reason.message, reason.instead) for reason in reasons)
        if not reasons:
            yield from self._double(line)

    def _against(self, line: Line, owner: Agency | None) -> Iterator[Reason]:
        row = line.row
        if owner is not None and self._standing.is_closed(owner):
            yield CLOSED
            return
        if "to_on" in line.changes and line.changes["to_on"][1] is None:
            yield _CLEARED
        if getattr(row, "to_on", None) is not None:
            yield from rules.against_period(row)
        if owner is not None and not isinstance(row, Agency | Person | Succession):
            yield from rules.against_early(row, owner, line.sheet.heading_of("from_on"))
            yield from rules.against_late(row, owner)
        judge = self._rules.get(type(row))
        if judge is not None:
            yield from judge(line)

    def _agency(self, line: Line) -> Iterator[Reason]:
        row: Agency = line.row
        is_new = row.pk in self._new
        if is_new or {"parent", "government", "kind"} & line.changes.keys():
            on = row.from_on if is_new else self._on
            yield from rules.against_place(row, on, skip=self._doubtful)
        yield from rules.against_review(row)
        if is_new and not any(name.from_on == row.from_on for name in self._standing.of_agency(NAMES, row)):
            instead = f"请在“{NAMES.name}”表中补上从{in_words(row.from_on)}起的全称"
            yield Reason("nameless", "没有从设立日期起的名称", instead)
        if is_new and row.to_on is not None:
            into = self._standing.of_agency(SUCCESSIONS, row)
            children = self._by(Agency, "parent_id").get((row.pk,), [])
            departments = self._by(Agency, "government_id").get((row.pk,), [])
            yield from rules.against_having_ended(row, into, children, departments, self._on)

    def _name(self, line: Line) -> Iterator[Reason]:
        row: AgencyName = line.row
        last = self._last_name.get(row.agency_id)
        if last is not None and row.from_on < last:
            yield Reason("day", f"启用日期应晚于现名称的启用日期{in_words(last)}", "请核对日期")

    def _succession(self, line: Line) -> Iterator[Reason]:
        row: Succession = line.row
        if row.predecessor.pk not in self._new:
            yield Reason("merging", "原机构已登记，不能通过导入撤销", "请删去这一行，在机构页面办理合并")
        elif row.predecessor.to_on != row.on:
            yield Reason("succession_day", "承继日期与原机构的撤销日期不一致", "请核对两处日期")
        elif row.predecessor is row.successor:
            yield Reason("successor", "承继的机构不能是原机构", "请另选承继的机构")
        elif row.successor.from_on > row.on or (row.successor.to_on is not None and row.successor.to_on <= row.on):
            yield Reason("successor_closed", "承继的机构在那一天不存在", "请选择仍在的机构")

    def _unit(self, line: Line) -> Iterator[Reason]:
        row: Unit = line.row
        yield from rules.against_unit(row, self._by(Unit, "agency_id", "name")[row.agency_id, row.name])
        if "to_on" in line.changes and line.changes["to_on"][0] is not None:
            yield Reason("ended", f"该内设机构已于{in_words(line.changes['to_on'][0])}撤销", "无需再办")
        elif row.to_on is not None:
            yield from rules.against_closing(row, self._by(Appointment, "unit_id").get((row.pk,), []))

    def _post(self, line: Line) -> Iterator[Reason]:
        row: Post = line.row
        fields = ("person_id", "agency_id", "title")
        yield from rules.against_post(row, self._by(Post, *fields)[_of(row, *fields)])

    def _appointment(self, line: Line) -> Iterator[Reason]:
        row: Appointment = line.row
        yield from rules.against_appointing(row, self._standing.appointments_of(row.person))
        if line.state is State.NEW and row.delegated_from is not None:
            others = self._by(Appointment, "delegated_from_id")[(row.delegated_from_id,)]
            yield from rules.against_delegating(row, row.delegated_from, others)
        if line.changes:
            before, after = line.changes.get("to_on", (None, None))
            if before is not None and after is not None and before <= after:
                yield Reason("ended", f"该任用已于{in_words(before)}终止", "无需再办")
            elif after is not None:
                same = self._by(Appointment, "agency_id", "role")[row.agency_id, row.role]
                yield from rules.against_ending(row, after, same)
                given = self._by(Appointment, "delegated_from_id").get((row.pk,), [])
                yield from rules.against_outliving(after, given)

    def _member(self, line: Line) -> Iterator[Reason]:
        row: OfficeMember = line.row
        fields = ("agency_id", "person_id")
        yield from rules.against_membership(row, self._by(OfficeMember, *fields)[_of(row, *fields)])

    def _group_member(self, line: Line) -> Iterator[Reason]:
        row: LeadingGroupMember = line.row
        group = self._by(LeadingGroupMember, "agency_id")[(row.agency_id,)]
        yield from rules.against_membership(row, [other for other in group if other.person_id == row.person_id])
        yield from rules.against_second_leader(row, group)

    def _channel(self, line: Line) -> Iterator[Reason]:
        row: Channel = line.row
        yield from rules.against_channel(row, self._by(Channel, "agency_id", "kind")[row.agency_id, row.kind])

    def _by(self, model: type[models.Model], *fields: str) -> dict[tuple[Any, ...], list[Any]]:
        """All rows of a model by some columns."""
        if (model, fields) not in self._index:
            found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
            rows = next(rows for sheet, rows in self._standing.rows.items() if sheet.model is model)
            for row in rows:
                if row.pk not in self._doubtful or not isinstance(row, Agency):
                    found[_of(row, *fields)].append(row)
            self._index[model, fields] = found
        return self._index[model, fields]

    def _double(self, line: Line) -> Iterator[Finding]:
        """What the database holds unique: told before it refuses."""
        for fields, rows in self._unique[line.sheet]:
            key = fields(line.row)
            if key is not None and len(rows[key]) > 1:
                yield finding(line, "taken", "与已有的登记或本表另一行重复", "请核对后改用别的内容，或先终止原来的登记")
                return


def _of(row: Any, *fields: str) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in fields)


def _last_names(standing: Standing) -> dict[int, date]:
    """From when the newest name on record of each agency holds."""
    found: dict[int, date] = {}
    for name in standing.rows[NAMES]:
        if name.pk > 0:
            found[name.agency_id] = max(name.from_on, found.get(name.agency_id, name.from_on))
    return found


def _field_findings(line: Line) -> Iterator[Finding]:
    """What the fields themselves refuse: too long, no mail address, markup in a name."""
    row = line.row
    skipped = {field.name for field in row._meta.concrete_fields if field.is_relation} | _UNCHECKED
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            column = next((column for column in line.sheet.read if column.field == name), None)
            heading = column.heading if column else ""
            text = str(plain(getattr(row, name))) if column and column.kind is not Is.DAY else ""
            for message in messages:
                yield finding(line, f"invalid.{name}", message.rstrip("。"), "请核对后改正", heading, text)


Key = Callable[[Any], tuple[Any, ...] | None]


def _unique_rows(standing: Standing, sheets: set[Sheet]) -> dict[Sheet, list[tuple[Key, dict[Any, list[Any]]]]]:
    """For each unique constraint of a sheet's model its key, and the rows by it."""
    found: dict[Sheet, list[tuple[Key, dict[Any, list[Any]]]]] = {}
    for sheet in sheets:
        found[sheet] = []
        for key in _keys(sheet.model):
            rows: dict[Any, list[Any]] = defaultdict(list)
            for row in standing.rows[sheet]:
                value = key(row)
                if value is not None:
                    rows[value].append(row)
            found[sheet].append((key, rows))
    return found


def _keys(model: type[models.Model]) -> Iterator[Key]:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield _key((field.attname,), ())
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            attributes = {field.name: field.attname for field in model._meta.concrete_fields}
            columns = tuple(attributes[name] for name in constraint.fields)
            yield _key(columns, _plain_condition(constraint.condition))


def _plain_condition(condition: models.Q | None) -> tuple[tuple[str, Any], ...]:
    """A condition of plain equalities, as the models have it."""
    if condition is None:
        return ()
    assert condition.connector == models.Q.AND
    assert not condition.negated
    return tuple(child for child in condition.children if isinstance(child, tuple))


def _key(columns: tuple[str, ...], condition: tuple[tuple[str, Any], ...]) -> Key:
    def key(row: Any) -> tuple[Any, ...] | None:
        holds = all(getattr(row, name) == value for name, value in condition)
        return tuple(getattr(row, column) for column in columns) if holds else None

    return key
