"""The three tables of a report out of its lines: rows are found by their labels, figures by their order behind them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from gongkai.documents.blocks import Grid
from gongkai.findings import Finding, Severity
from gongkai.report.form import Form
from gongkai.report.model import Slot
from gongkai.report.reading.columns import columns_of, order_of
from gongkai.report.reading.labels import RowLabel, core, row_of
from gongkai.report.reading.lines import Line as SourceLine
from gongkai.report.reading.lines import words_at
from gongkai.report.reading.values import bare, is_blank, is_figure

_LABELS = 6
"""How many pieces a row's label may be in, group headings included."""
_FEE_ROWS = frozenset({"other_clarification_lapsed", "other_fee_unpaid"})
_OTHER = ("requests", "other_other")


class RawRow(Struct):
    """A row of table 2 or 3 as found: its label and the raw slots behind it.

    `by_column` has its slots in the order of the form where the head tells the columns for certain.
    `sure` is False where the figures may be those of a row above or below; `is_inline`: they stand on the label's own
    line, so that they can't. `is_stacked` while its cells come one on each line; `is_over` when a whole line gave
    them. `order` has the columns where the head has them in another order than the form.
    """

    label: RowLabel
    slots: list[Slot] = []
    by_column: list[Slot] = []
    sure: bool = True
    is_inline: bool = False
    is_stacked: bool = False
    is_over: bool = False
    order: tuple[str, ...] = ()


@dataclass
class TableReader:
    """Collects rows of tables 2 and 3 from a stream of table lines, labels and figures in any layout.

    Figures belong to the label on their own line, else to the label above them. Once figures stood there without a
    label, figures may stand above their labels: then rows are not sure until a label without figures parts them.
    """

    rows: dict[tuple[str, str], RawRow] = field(default_factory=dict)
    headers: list[Slot] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)
    _current: RawRow | None = None
    _columns_of: dict[int, list[int]] = field(default_factory=dict)
    _strays: int = 0
    _is_shifted: bool = False
    _order: tuple[str, ...] = ()

    def feed(self, line: SourceLine, slots: tuple[Slot, ...], words: dict[int, str]) -> None:
        """Takes the next line of the tables, in which those words stand at those places.

        A line of text may hold several rows; a row ends at the next label.
        """
        parts = () if line.grid is not None else tuple(_rows_of(slots))
        if len(parts) < 2:
            self._take(line, slots, words, is_alone=True)
            return
        for part in parts:
            self._take(line, part, words_at(part), is_alone=False)

    def feed_page_number(self, line: SourceLine, slots: tuple[Slot, ...]) -> None:
        """Takes “— 4 —”, the number of a page or a row of three cells: whose row it may be is not sure.

        It is no row where rows have seven cells, and none where cells come one on each line.
        """
        if any(table == "requests" or row.is_stacked for (table, _), row in self.rows.items()):
            return
        self.feed(line, slots, {})
        if self._current is not None and self._current.slots[-1:] == list(slots[-1:]):
            self._current.sure = False

    def interrupt(self) -> None:
        """Another text stands here: figures below it may belong to it as well as to a label above it."""
        if self._current is None:
            self._labels.clear()

    def close(self) -> None:
        """Ends the row in hand: the table is over."""
        self._current = None
        self._labels.clear()
        self._strays = 0
        self._is_shifted = False
        self._order = ()

    def _take(self, line: SourceLine, slots: tuple[Slot, ...], words: dict[int, str], *, is_alone: bool) -> None:
        texts = [slot.text for slot in slots]
        split = _label_end(words)
        for slot in slots[:split]:
            if slot.text.strip():
                self._label(slot)
        if line.grid is not None and not any(map(is_figure, texts)):
            self._order = order_of(texts) or self._order
        behind = slots[split:]
        if not behind:
            return
        told = any(map(str.strip, texts[split:]))
        if self._current is None and self._labels and (told or split or len(slots) == 1):
            self._start(is_inline=is_alone and split > 0)
            if told:
                self._labels.clear()
        if self._current is None or self._current.is_over:
            self._stray(behind)
        else:
            self._figures(self._current, line, behind, told=told, is_inline=split > 0)

    def _label(self, slot: Slot) -> None:
        if self._current is not None:
            self._current = None
            self._labels.clear()
        elif self._is_shifted and self._labels and row_of(self._named()) is not None:
            self._is_shifted = False
        if _OTHER in self.rows and (label := row_of((slot.text,))) and label.key in _FEE_ROWS:
            # “（六）其他处理” was the heading above these rows, and the figures below it are those of one of them.
            del self.rows[_OTHER]
            self._is_shifted = True
        self._strays = 0
        self._labels.append(slot.text)
        self.headers.append(slot)

    def _named(self) -> tuple[str, ...]:
        return tuple(self._labels[-_LABELS:])

    def _start(self, *, is_inline: bool) -> None:
        label = row_of(self._named())
        if label is None or not self._may_follow(label):
            return
        self._labels.clear()
        is_sure = is_inline or not self._is_shifted
        found = self.rows.get((label.table, label.key))
        if found is None or not found.sure or all(is_blank(slot.text) for slot in found.slots):
            self._current = self.rows[label.table, label.key] = RawRow(
                label, sure=is_sure, is_inline=is_inline, order=self._order
            )

    def _may_follow(self, label: RowLabel) -> bool:
        """“其他” and “总计” are column labels too: they name a row only behind the rows that lead to them."""
        if label.key not in ("other_other", "processed_total"):
            return True
        before = {key for table, key in self.rows if table == "requests"}
        if label.key == "other_other":
            is_named = core(label.found).endswith("其他处理") or bare(label.found).lstrip("(").startswith("六")
            return bool(before & _FEE_ROWS) or is_named
        return "granted" in before or len(before) > 4

    def _figures(self, row: RawRow, line: SourceLine, slots: tuple[Slot, ...], *, told: bool, is_inline: bool) -> None:
        if row.is_stacked and len(slots) > 1:
            if told:
                row.sure, self._is_shifted = False, True
            return
        columns = self._columns(line.grid) if line.grid is not None else []
        if columns and line.grid is not None and not row.slots:
            row.by_column = _by_column(line.grid, line.row, columns, line.slots)
        row.slots.extend(slots)
        row.is_stacked = len(slots) == 1 and not is_inline
        row.is_over = not row.is_stacked and (told or is_inline)

    def _stray(self, slots: tuple[Slot, ...]) -> None:
        """Figures without a label. A single one among rows of seven is rather the number of a page."""
        self._strays += sum(is_figure(slot.text) for slot in slots)
        is_wide = any(table == "requests" for table, _ in self.rows)
        self._is_shifted = self._is_shifted or self._strays > is_wide

    def _columns(self, grid: Grid) -> list[int]:
        """The columns of a grid, looked for once: its rows come one by one, and the grid outlives the reading."""
        if id(grid) not in self._columns_of:
            self._columns_of[id(grid)] = columns_of(grid)
        return self._columns_of[id(grid)]


def _rows_of(slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
    """The words of a text line, parted where a label follows a figure."""
    start = 0
    for index in range(1, len(slots)):
        if is_figure(slots[index - 1].text) and not is_figure(slots[index].text):
            yield slots[start:index]
            start = index
    yield slots[start:]


def _label_end(words: dict[int, str]) -> int:
    """How many slots at the start are labels: up to the last one that completes a row's label, or the last word."""
    if not words:
        return 0
    whole = _whole_label(tuple(words.values()))
    return list(words)[whole - 1] + 1


@lru_cache(maxsize=8192)
def _whole_label(words: tuple[str, ...]) -> int:
    """How many of the words at the start end in one that completes a row's label; all where none does."""
    for count in range(len(words), 0, -1):
        label = row_of(words[:count])
        if label is not None and label.exact and core(words[count - 1]):
            return count
    return len(words)


def _by_column(grid: Grid, row: int, columns: list[int], slots: tuple[Slot, ...]) -> list[Slot]:
    cells = grid.lines[row]
    if len(slots) != len(cells):
        return []
    by_place = dict(zip([cell.column for cell in cells], slots, strict=True))
    found = [by_place[column] for column in columns if column in by_place]
    return found if len(found) == len(columns) else []


def altered_labels(rows: Iterable[RawRow], form: Form) -> Iterator[Finding]:
    """F-LABEL for each row whose label is not in the wording of the form."""
    altered = [row for row in rows if not row.label.exact]
    if not altered:
        return
    official = {row.key: row.label for table in form.tables for block in table.blocks for row in block.rows}
    for row in altered:
        wanted = official.get(row.label.key, row.label.official)
        if core(row.label.found) == core(wanted):
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
