"""The dry run: every line judged against what is on record and against the other lines; nothing is written."""

import hmac
from collections import Counter
from datetime import date
from typing import Any

from gongkai.agencies.exchange import judging
from gongkai.agencies.exchange.batches import batches_of
from gongkai.agencies.exchange.book import Book
from gongkai.agencies.exchange.columns import Column, Is, Sheet
from gongkai.agencies.exchange.lines import Line, Plan, State
from gongkai.agencies.exchange.references import References, delegator
from gongkai.agencies.exchange.sheets import AGENCIES, APPOINTMENTS, PEOPLE, SHEETS, UNITS
from gongkai.agencies.exchange.standing import Standing, plain
from gongkai.agencies.exchange.tables import Table, tables
from gongkai.agencies.exchange.values import Wrong, is_public_id, parsed
from gongkai.agencies.models import Agency, Person
from gongkai.findings import Finding
from gongkai.kernel import keys
from gongkai.kernel.ids import public_id_from


def plan(book: Book, on: date, *, done: frozenset[int] = frozenset()) -> Plan:
    """What an import of the workbook on a day would do; the batches `done` were written before."""
    digest = book.digest
    found, findings = tables(book)
    lines = {table.sheet: [Line(table.sheet, number, texts) for number, texts in table.lines] for table in found}
    batches = batches_of(lines)
    draft = _Draft(Standing(), digest, {line for number in done if number < len(batches) for line in batches[number]})
    for table in found:
        draft.take(table, lines[table.sheet])
    touched = [line for batch in batches for line in batch if line.is_writing]
    draft.findings += judging.findings(draft.standing, touched, on, doubtful=draft.doubtful)
    order = {sheet.name: index for index, sheet in enumerate(SHEETS)}
    findings += sorted(draft.findings, key=lambda finding: _place(finding.where, order))
    ended = [line.row for line in batches[0] if isinstance(line.row, Agency) and line.row.to_on is not None]
    closing = [agency for agency in ended if not draft.standing.is_closed(agency)]
    return Plan(digest, draft.standing, batches, findings, closing)


class _Draft:
    """The organisation with the lines laid over it, one after the other."""

    def __init__(self, standing: Standing, digest: str, done: set[Line]) -> None:
        self.standing = standing
        self.findings: list[Finding] = []
        self.doubtful: set[int] = set()
        self._references = References(standing, self.findings, self.doubtful)
        self._digest = digest
        self._done = done
        self._taken: dict[tuple[Sheet, int], Line] = {}
        self._namesakes: Counter[tuple[str, str]] = Counter()
        judging.note_namesakes(standing.rows[UNITS])

    def take(self, table: Table, lines: list[Line]) -> None:
        """Takes the lines of a sheet."""
        if table.sheet is AGENCIES:
            self._announce(lines)
        elif table.sheet is PEOPLE:
            self._namesakes.update((line.texts.get("登记机关编码", ""), line.texts.get("姓名", "")) for line in lines)
        elif table.sheet is APPOINTMENTS:
            # What a delegation comes from is taken before it.
            lines = sorted(lines, key=lambda line: bool(delegator(line)))
        for line in lines:
            if not self._take(table, line):
                self._references.note_wrong(line)
        if table.sheet is UNITS:
            judging.note_namesakes(self.standing.rows[UNITS])

    def _announce(self, lines: list[Line]) -> None:
        """Agencies refer to one another: all that are told are there before the first is taken."""
        for line in lines:
            code = line.texts.get("机构编码", "")
            if code and self.standing.agency(code) is None:
                agency = self.standing.add(AGENCIES, {"code": code, "public_id": self._id(line)})
                self.doubtful.add(agency.pk)

    def _take(self, table: Table, line: Line) -> bool:
        """Whether the line could be taken; findings tell why not."""
        before = len(self.findings)
        values = self._values(table, line)
        row = self._existing(line, values) if values is not None and len(self.findings) == before else None
        if line in self._done:
            # Written before: whatever has become of it since is left alone.
            del self.findings[before:]
            line.state, line.row = State.DONE, row
        elif values is None or len(self.findings) > before:
            return False
        elif row is None:
            line.state = State.NEW
            line.row = self.standing.add(table.sheet, {name: values[name] for name in values if name != "unit_agency"})
        else:
            self._meet(line, row, values)
        if line.row is None:
            return False
        if table.sheet is PEOPLE:
            self._references.note_person(line)
        self._taken.setdefault((table.sheet, line.row.pk), line)
        return len(self.findings) == before

    def _meet(self, line: Line, row: Any, values: dict[str, Any]) -> None:
        """The line is about a row that is there: on record, announced, or told by another line."""
        other = self._taken.get((line.sheet, row.pk))
        if other is not None:
            self._find(line, "twice", f"与第{other.number}行是同一条登记", "请删去一行，或写明两行的不同之处")
            return
        line.row = row
        if row.pk in self.doubtful and line.sheet is AGENCIES:
            self._fill(row, values)
            line.state = State.NEW
        else:
            self._lay_over(line, row, values)

    def _values(self, table: Table, line: Line) -> dict[str, Any] | None:
        """The values of a line; findings, or nothing, where there are none to be had."""
        values: dict[str, Any] = {}
        columns = [column for column in table.sheet.read if column.heading in table.headings]
        for column in columns:
            values |= self._own_value(line, column)
        return values if self._references.resolve(line, columns, values) else None

    def _own_value(self, line: Line, column: Column) -> dict[str, Any]:
        """What a cell that stands for itself tells."""
        text = line.texts.get(column.heading, "")
        if not text and column.required and not (column.kind is Is.PERSON_NAME and self._told_id(line, column)):
            self._find(line, "blank", "没有填写", "请填写", column)
        elif column.kind is Is.ID:
            return self._told_public_id(line, column, text)
        elif column.kind not in (Is.AGENCY, Is.PERSON_ID, Is.PERSON_NAME, Is.UNIT):
            try:
                return {column.field: parsed(column, text)}
            except Wrong as wrong:
                self._find(line, "value", wrong.message, wrong.instead, column, found=text)
        return {}

    def _told_id(self, line: Line, name: Column) -> str:
        """The id beside a name."""
        ids = (column for column in line.sheet.read if column.kind is Is.PERSON_ID and column.field == name.field)
        return next((line.texts.get(column.heading, "") for column in ids), "")

    def _told_public_id(self, line: Line, column: Column, text: str) -> dict[str, str]:
        if not text or is_public_id(text):
            return {"public_id": text} if text else {}
        if line.sheet is not PEOPLE:
            self._find(line, "id", f"“{text}”不是系统给出的编号", "新增的行请把编号留空", column, found=text)
        return {}

    def _existing(self, line: Line, values: dict[str, Any]) -> Any:
        """The row that a line is about; None for a new one, which then has its public id among the values."""
        sheet = line.sheet
        told = values.pop("public_id", "")
        if sheet.has_ids:
            row = (self.standing.by_id(sheet, told) if told else None) or self.standing.by_id(sheet, self._id(line))
            if row is not None:
                return row
        key = tuple(plain(values.get(name)) for name in sheet.key)
        rows = self.standing.by_key(sheet, key)
        if sheet is PEOPLE:
            rows = self._same_person(line, rows)
        if not rows and sheet.has_ids:
            values["public_id"] = told or self._id(line)
        return rows[0] if rows else None

    def _same_person(self, line: Line, rows: list[Person]) -> list[Person]:
        """Of those called so at that agency the one that is meant; findings where nobody could tell."""
        known = [row for row in rows if row.pk > 0]
        namesakes = self._namesakes[line.texts.get("登记机关编码", ""), line.texts.get("姓名", "")]
        if namesakes > 1 and not line.texts.get("编号"):
            self._find(line, "namesake", f"本表有{namesakes}位同名人员", "请在“编号”栏各编一个不同的号")
        elif (namesakes > 1 and known) or len(known) > 1:
            message = f"已登记有{len(known)}位同名人员，无法判断是不是同一人"
            instead = "请填写导出表格中的编号；确是另一人的，请先在该机构页面登记"
            self._find(line, "namesake", message, instead)
        return known if namesakes <= 1 else []

    def _lay_over(self, line: Line, row: Any, values: dict[str, Any]) -> None:
        """Sets what the line tells otherwise than the record."""
        line.state = State.SAME
        for column in line.sheet.read:
            name = column.field
            if name not in values or name == "unit_agency" or name in line.changes:
                continue
            before, after = getattr(row, name), values[name]
            if plain(before) == plain(after):
                continue
            if column.fixed:
                shown = "已登记的这一项" if before not in (None, "") else "已登记时没有填的这一项"
                self._find(line, "fixed", f"{shown}不能通过导入改动", "请改回原来的内容，在页面上办理", column)
                continue
            line.changes[name] = before, after
            setattr(row, name, after)
            line.state = State.CHANGED
        if line.changes:
            self.standing.rekey(line.sheet, row)

    def _fill(self, row: Any, values: dict[str, Any]) -> None:
        values.pop("public_id", None)
        for name, value in values.items():
            setattr(row, name, value)
        self.doubtful.discard(row.pk)

    def _id(self, line: Line) -> str:
        """The public id that this line of this file gives its row: the same again when the file is imported again."""
        if not line.own_id:
            text = f"{self._digest}\0{line.sheet.name}\0{line.number}".encode()
            line.own_id = public_id_from(hmac.digest(keys.named_key("index"), text, "sha256"))
        return line.own_id

    def _find(
        self, line: Line, rule: str, message: str, instead: str, column: Column | None = None, *, found: str = ""
    ) -> None:
        self.findings.append(judging.finding(line, rule, message, instead, column.heading if column else "", found))


def _place(where: str, order: dict[str, int]) -> tuple[int, int]:
    sheet, _, number = where.partition("!")
    return order.get(sheet, -1), int(number or 0)
