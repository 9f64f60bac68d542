"""From raw rows to the cells of the form: values, what stays blank, where each stood, and altered labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec.structs import replace

from gongkai.findings import Finding, Severity
from gongkai.report.form import CellForm, Form, TableForm
from gongkai.report.model import CellValue, Slot
from gongkai.report.reading.labels import COLUMN_LABELS, core, is_vocabulary
from gongkai.report.reading.placing import Slots, placed
from gongkai.report.reading.remedies import RemediesReader
from gongkai.report.reading.tables import RawRow, TableReader, altered_labels
from gongkai.report.reading.values import Reading, ReadValue, bare, read_value

_NOWHERE = Slot("")
_UNSURE = ReadValue(None, Reading.ODD)
_ALIKE = 0.6


@dataclass
class ReadCells:
    """The cells of a report as read, in the shapes of `Report`."""

    values: dict[str, CellValue] = field(default_factory=dict)
    blank: dict[str, str] = field(default_factory=dict)
    places: dict[str, Slot] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def read_cells(form: Form, tables: TableReader, remedies: RemediesReader) -> ReadCells:
    """Every cell of the form out of what was collected; cells of absent tables are None and not blank."""
    read = ReadCells()
    for table in form.tables:
        slots = remedies.cells(table) if table.key == "remedies" else _slots(table, tables)
        found = remedies.found if table.key == "remedies" else bool(slots)
        if not found:
            read.absent.add(table.key)
            read.values.update(dict.fromkeys((cell.id for cell in table.cells), None))
            continue
        for cell in table.cells:
            slot = slots.get(cell.id, _NOWHERE)
            result = read_value(slot.text, cell.kind) if slot.sure else _UNSURE
            read.values[cell.id] = result.value
            if slot.source is not None:
                read.places[cell.id] = slot
            if result.value is None:
                read.blank[cell.id] = slot.text.strip()
            elif result.reading is Reading.STRIPPED:
                read.findings.append(_stripped(cell, slot, result, form))
    read.findings.extend(altered_labels(tables.rows.values(), form))
    read.findings.extend(_altered_columns(form.tables[0], tables.headers, form))
    return read


def form_name(tables: TableReader, year: int | None) -> str:
    """Which form the tables follow: told by the columns of table 2, else by the year, else the form in force."""
    headers = "".join(core(slot.text) for slot in tables.headers)
    if any(sign in headers for sign in ("上一年项目数量", "对外公开总", "本年新制作", "政府集中采购")):
        return "2019"
    if "本年制发" in headers or "现行有效" in headers or "本年废止" in headers:
        return "2021"
    return "2019" if year is not None and year < 2021 else "2021"


def _slots(table: TableForm, tables: TableReader) -> dict[str, Slot]:
    """Cell id → slot. Rows of as many columns are placed together: what is sure in one tells of the others."""
    found: dict[str, Slot] = {}
    key = table.key.removesuffix("_2019")
    there = [(cells, raw) for cells in table.rows if (raw := tables.rows.get((key, cells[0].row.key))) is not None]
    _doubt(table, tables)
    widest = max(map(len, table.rows))
    for count in sorted({len(cells) for cells, _ in there}):
        rows = [(cells, raw) for cells, raw in there if len(cells) == count]
        kept = placed([raw.slots if raw.sure else () for _, raw in rows], count, widest=widest)
        for (cells, raw), slots in zip(rows, kept, strict=True):
            if len(raw.by_column) == count:
                found |= zip([cell.id for cell in cells], raw.by_column, strict=True)
            else:
                found |= zip(_ids(cells, raw.order), _in_order(raw, slots, count), strict=True)
    return found


def _doubt(table: TableForm, tables: TableReader) -> None:
    """Makes a row unsure whose next row has lost its label: the figures below may be that one's."""
    rows = [cells[0].row for cells in table.rows]
    key = table.key.removesuffix("_2019")
    doubtful = [
        (raw, following)
        for row, following in pairwise(rows)
        if (key, following.key) not in tables.rows
        and (raw := tables.rows.get((key, row.key))) is not None
        and not raw.is_inline
    ]
    told = {core(slot.text) for slot in tables.headers} - COLUMN_LABELS if doubtful else set()
    for raw, following in doubtful:
        if core(following.label) not in told:
            raw.sure = False


def _ids(cells: Sequence[CellForm], order: tuple[str, ...]) -> list[str]:
    """The ids of a row's cells, in the order of the form or in that of the head."""
    if len(order) != len(cells):
        return [cell.id for cell in cells]
    ids = {cell.column.key: cell.id for cell in cells}
    return [ids[key] for key in order]


def _in_order(raw: RawRow, kept: Slots | None, wanted: int) -> Slots:
    if kept and raw.sure:
        return kept
    # Fewer or more figures than columns: nobody can say which stands where, so each cell shows the row as it was.
    text = " ".join(bare(slot.text) for slot in raw.slots if slot.text.strip())
    unsure = replace(raw.slots[0], text=text, sure=False) if raw.slots else _NOWHERE
    return [unsure] * wanted


def _stripped(cell: CellForm, slot: Slot, result: ReadValue, form: Form) -> Finding:
    return Finding(
        rule="CELL-VALUE",
        severity=Severity.WARNING,
        where=cell.id,
        message=f"“{cell.name}”一格只填数字，请去掉单位或注记",
        expected=result.value,
        found=slot.text.strip(),
        basis=form.basis,
        evidence=(slot.place,),
    )


def _altered_columns(table: TableForm, headers: list[Slot], form: Form) -> Iterator[Finding]:
    columns = {core(column.label): column.label for block in table.blocks for column in block.columns}
    told = {core(slot.text) for slot in headers}
    missing = [label for wording, label in columns.items() if wording not in told]
    if not missing:
        return
    joined = "".join(core(slot.text) for slot in headers)
    pieces = {text: slot for slot in headers for text in (bare(slot.text), *map(bare, slot.text.split()))}
    for label in missing:
        found = _added(label, pieces) if core(label) in joined else _nearest(label, pieces)
        if found:
            yield Finding(
                rule="F-LABEL",
                severity=Severity.WARNING,
                where=table.key,
                message=f"表头与规定格式不一致，请改为“{label}”",
                expected=label,
                found=found,
                basis=form.basis,
                evidence=(pieces[found].place,),
            )


def _added(label: str, pieces: Mapping[str, Slot]) -> str:
    """The header that has the official label and other words behind it (现行有效件数（历史累计）)."""
    for text in pieces:
        rest = core(text).removeprefix(core(label))
        if rest and rest != core(text) and not is_vocabulary(rest):
            return text
    return ""


def _nearest(label: str, pieces: Mapping[str, Slot]) -> str:
    alike, text = max(((_likeness(label, piece), piece) for piece in pieces), default=(0.0, ""))
    return text if alike >= _ALIKE else ""


def _likeness(label: str, text: str) -> float:
    return SequenceMatcher(None, core(label), core(text), autojunk=False).ratio()
