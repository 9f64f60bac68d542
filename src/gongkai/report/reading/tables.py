"""The three tables of a report out of its lines: rows are found by their labels, figures by their order behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.documents.blocks import Grid
from gongkai.findings import Finding, Severity
from gongkai.report.form import Form
from gongkai.report.model import Slot
from gongkai.report.reading.columns import columns_of
from gongkai.report.reading.labels import RowLabel, core, row_of
from gongkai.report.reading.lines import Line as SourceLine
from gongkai.report.reading.values import is_blank, is_figure

_COLUMNS = {"proactive": 3, "requests": 7}
"""How many figures a row has at most: what follows a full row on lines of its own is page furniture."""
_AFTER_FEE_ROWS = frozenset({"other_clarification_lapsed", "other_fee_unpaid"})


@dataclass
class RawRow:
    """A row of table 2 or 3 as found: its label, the raw slots behind it, and their columns where they are sure."""

    label: RowLabel
    slots: list[Slot] = field(default_factory=list)
    by_column: dict[str, Slot] = field(default_factory=dict)


@dataclass
class TableReader:
    """Collects rows of tables 2 and 3 from a stream of table lines, labels and figures in any layout."""

    rows: dict[tuple[str, str], RawRow] = field(default_factory=dict)
    headers: list[Slot] = field(default_factory=list)
    _labels: list[Slot] = field(default_factory=list)
    _current: RawRow | None = None
    _columns_of: dict[int, dict[str, int]] = field(default_factory=dict)

    def feed(self, line: SourceLine, slots: tuple[Slot, ...]) -> None:
        """Takes the next line of the tables. A line of text may hold several rows; a row ends at the next label."""
        for part in (slots,) if line.grid is not None else _rows_of(slots):
            self._take(line, part)

    def _take(self, line: SourceLine, slots: tuple[Slot, ...]) -> None:
        split = _label_end(slots)
        for slot in slots[:split]:
            if slot.text.strip():
                self._label(slot)
        behind = slots[split:]
        if not behind or not (self._labels or self._current):
            return
        if line.grid is not None and split and len(behind) > 1 and all(is_blank(slot.text) for slot in behind):
            self._start()
        if any(not is_blank(slot.text) or slot.text.strip() for slot in behind) or self._current or len(slots) == 1:
            self._figures(line, behind)

    def _columns(self, grid: Grid) -> dict[str, int]:
        """The columns of a grid, looked for once: its rows come one by one, and the grid outlives the reading."""
        if id(grid) not in self._columns_of:
            self._columns_of[id(grid)] = columns_of(grid)
        return self._columns_of[id(grid)]

    def close(self) -> None:
        """Ends the row in hand: the table is over."""
        self._current = None
        self._labels.clear()

    def _label(self, slot: Slot) -> None:
        if self._current is not None:
            self._current = None
            self._labels.clear()
        self._labels.append(slot)
        self.headers.append(slot)

    def _start(self) -> None:
        if self._current is not None or not self._labels:
            return
        label = row_of(tuple(slot.text for slot in self._labels[-6:]))
        if label is None or not self._may_follow(label):
            self._labels.clear()
            return
        found = self.rows.get((label.table, label.key))
        if found is not None and any(not is_blank(slot.text) for slot in found.slots):
            self._labels.clear()
            return
        self._current = self.rows[label.table, label.key] = RawRow(label)
        self._labels.clear()

    def _may_follow(self, label: RowLabel) -> bool:
        """“其他” and “总计” are column labels too: they name a row only behind the rows that lead to them."""
        if core(label.found) not in ("其他", "总计"):
            return True
        before = {key for table, key in self.rows if table == "requests"}
        return bool(before & _AFTER_FEE_ROWS) if label.key == "other_other" else "granted" in before or len(before) > 4

    def _figures(self, line: SourceLine, slots: tuple[Slot, ...]) -> None:
        self._start()
        if self._current is None:
            return
        row = self._current
        columns = self._columns(line.grid) if line.grid is not None else {}
        if columns and line.grid is not None and not row.slots:
            row.by_column = _by_column(line.grid, line.row, columns, line.slots)
        if len(row.slots) >= _COLUMNS[row.label.table]:
            return
        row.slots.extend(slots)


def _rows_of(slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
    """The words of a text line, parted where a label follows a figure."""
    start = 0
    for index in range(1, len(slots)):
        if is_figure(slots[index - 1].text) and not is_figure(slots[index].text):
            yield slots[start:index]
            start = index
    yield slots[start:]


def _label_end(slots: tuple[Slot, ...]) -> int:
    """How many slots at the start are labels: up to the last one that completes a row's label, or the last text."""
    texts = [i for i, slot in enumerate(slots) if not is_figure(slot.text) and slot.text.strip()]
    for last in reversed(texts):
        label = row_of(tuple(slot.text for slot in slots[: last + 1] if slot.text.strip() and not is_figure(slot.text)))
        if label is not None and label.exact and core(slots[last].text):
            return last + 1
    return texts[-1] + 1 if texts else 0


def _by_column(grid: Grid, row: int, columns: dict[str, int], slots: tuple[Slot, ...]) -> dict[str, Slot]:
    places = {cell.column: slot for cell, slot in zip(grid.lines[row], slots, strict=False)}
    if len(slots) != len(grid.lines[row]) or any(column not in places for column in columns.values()):
        return {}
    return {key: places[column] for key, column in columns.items()}


def fitted(slots: list[Slot], wanted: int) -> list[Slot] | None:
    """The slots of a row that has `wanted` columns, or None where it is not sure which figure stands where.

    Empty slots beyond the number are spacers of merged label cells (in front) or of a wider table (behind).
    """
    kept = list(slots)
    if wanted == 1:
        told = [slot for slot in kept if not is_blank(slot.text)]
        return told if len(told) == 1 else (kept[:1] if not told else None)
    while len(kept) > wanted and not kept[0].text.strip():
        kept.pop(0)
    while len(kept) > wanted and not kept[-1].text.strip():
        kept.pop()
    return kept if len(kept) == wanted else None


def altered_labels(rows: Iterable[RawRow], form: Form) -> Iterator[Finding]:
    """F-LABEL for each row whose label is not in the wording of the form."""
    official = {row.key: row.label for table in form.tables for block in table.blocks for row in block.rows}
    for row in rows:
        wanted = official.get(row.label.key, row.label.official)
        if row.label.exact or core(row.label.found) == core(wanted):
            continue
        yield Finding(
            rule="F-LABEL",
            severity=Severity.WARNING,
            where=f"{row.label.table}.{row.label.key}",
            message=f"表中项目名称与规定格式不一致，请改为“{wanted}”",
            expected=wanted,
            found=row.label.found,
            basis=form.basis,
            evidence=tuple(slot.place for slot in row.slots[:1]),
        )
