"""A Word table as the cells of a grid: spans, vertical merges, rows that begin or end late, rows deleted or hidden."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.blocks import Cell, Hidden
from gongkai.documents.docx_styles import is_on
from gongkai.documents.docx_survey import (
    ACROSS,
    CONTAINERS,
    DELETED,
    DOWN,
    GONE_ROW,
    LATE,
    SPAN,
    Marks,
    P,
    T,
)
from gongkai.documents.docx_text import Words
from gongkai.documents.limits import Limits, TooLarge
from gongkai.documents.numbering import W
from gongkai.documents.xml import whole

_TR, _TC, _TRPR, _TCPR = f"{W}tr", f"{W}tc", f"{W}trPr", f"{W}tcPr"
_GONE = dict.fromkeys(DELETED, "修订中删去的文字") | {GONE_ROW: "隐藏的行"}
_VAL = f"{W}val"
_LONG = re.compile("[^。]{80}。")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows and their cells, as nodes, and by tag whatever in it says more than words.

    `nested` says that a table stands within it.
    """

    node: etree._Element
    marks: Marks
    nested: bool
    rows: list[etree._Element]
    row_cells: list[list[etree._Element]]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return sum(map(len, self.row_cells))

    @property
    def is_layout(self) -> bool:
        """Whether it only lays out the page: with tables inside, of one cell, or one column of long prose."""
        if self.size == 1 or self.nested:
            return True
        if any(len(cells) > 1 for cells in self.row_cells):
            return False
        texts = ("".join(part.text or "" for part in node.iter(T)) for node in self.node.iter(P))
        return any(_LONG.search(text) for text in texts)

    @property
    def contents(self) -> list[etree._Element]:
        """What is in the cells, in reading order."""
        return [child for cells in self.row_cells for cell in cells for child in cell]

    def cells(self, words: Words, line: int, limits: Limits) -> list[Cell]:
        """The cells in their places. Raises TooLarge over `limits.columns`."""
        grid: list[Cell] = []
        open_above: dict[int, int] = {}
        spans, merges = _spans(self.marks)
        late = _skipped(self.marks.get(LATE, ()))
        plain = {} if words.numbering.lists or not CONTAINERS.isdisjoint(self.marks) else words.survey.cells
        for index, (row, cells) in enumerate(zip(self.rows, self.row_cells, strict=True)):
            column = late.get(row, 0)
            above, open_above = open_above, {}
            for cell in cells:
                span, merge = spans.get(cell, 1), merges.get(cell, "")
                if column + span > limits.columns:
                    raise TooLarge(f"表格超过{limits.columns}列的上限，没有读取")
                if merge == "continue" and column in above and grid[above[column]].columns == span:
                    grid[above[column]] = _taller(grid[above[column]])
                    open_above[column] = above[column]
                elif span:
                    if merge:
                        open_above[column] = len(grid)
                    told = plain.get(cell)
                    text = told.strip() if type(told) is str else self._text(cell, words)
                    grid.append(Cell(text, index, column, 1, span, line))
                column += span
        return grid

    def _text(self, cell: etree._Element, words: Words) -> str:
        """The text of a cell of any kind; its text boxes are left to follow the table."""
        told = [text for node in _children(cell, P) if (text := words.of(node)) is not None]
        return _joined([*told, words.rest()])


def table_of(node: etree._Element, words: Words) -> Table:
    """The rows and cells of a table; rows that a revision deletes, and hidden ones, are told as hidden."""
    marks, nested = words.survey.marks[node], node in words.survey.nested
    children = _children if not CONTAINERS.isdisjoint(marks) else _own_children
    rows = children(node, _TR)
    if not _GONE.keys().isdisjoint(marks):
        rows = [row for row in rows if not _is_gone(row, words)]
    return Table(node, marks, nested, rows, [children(row, _TC) for row in rows])


def _own_children(node: etree._Element, tag: str) -> list[etree._Element]:
    return list(node.iterchildren(tag))


def _children(node: etree._Element, tag: str) -> list[etree._Element]:
    """The children of that kind, looked for through content controls."""
    found: list[etree._Element] = []
    waiting = list(reversed(node))
    while waiting:
        child = waiting.pop()
        if child.tag == tag:
            found.append(child)
        elif child.tag in CONTAINERS:
            waiting.extend(reversed(child))
    return found


def _is_gone(row: etree._Element, words: Words) -> bool:
    properties = row.find(_TRPR)
    marks = properties if properties is not None else ()
    kind = next((_GONE[mark.tag] for mark in marks if mark.tag in _GONE and is_on(mark)), None)
    if kind is None:
        return False
    text = " ".join(filter(None, (part.text for part in row.iter(T, f"{W}delText"))))
    if text:
        words.hidden.append(Hidden(kind, f"第{words.line}段", text))
    return True


def _spans(marks: Marks) -> tuple[dict[etree._Element, int], dict[etree._Element, str]]:
    """Of each cell that says so: how many columns it spans, and its part in a vertical merge (restart, continue)."""
    spans = {
        cell: max(1, whole(mark.get(_VAL), 1)) for mark in marks.get(SPAN, ()) if (cell := _cell_of(mark)) is not None
    }
    merges = {
        cell: str(mark.get(_VAL, "continue")) for mark in marks.get(DOWN, ()) if (cell := _cell_of(mark)) is not None
    }
    _merge_across(marks.get(ACROSS, ()), spans)
    return spans, merges


def _merge_across(marks: Iterable[etree._Element], spans: dict[etree._Element, int]) -> None:
    """The older way to merge: cells that continue the one before them; they keep no column of their own."""
    first: etree._Element | None = None
    for mark in marks:
        cell = _cell_of(mark)
        if cell is None:
            continue
        if mark.get(_VAL, "continue") == "restart":
            first = cell
        elif first is not None and first.getparent() is cell.getparent():
            spans[first] = spans.get(first, 1) + spans.get(cell, 1)
            spans[cell] = 0


def _cell_of(mark: etree._Element) -> etree._Element | None:
    properties = mark.getparent()
    return properties.getparent() if properties is not None and properties.tag == _TCPR else None


def _joined(texts: list[str]) -> str:
    return texts[0].strip() if len(texts) == 1 else "\n".join(text for text in texts if text.strip()).strip()


def _skipped(marks: Iterable[etree._Element]) -> dict[etree._Element, int]:
    """How many columns rows leave free before their first cell."""
    found: dict[etree._Element, int] = {}
    for mark in marks:
        properties = mark.getparent()
        row = properties.getparent() if properties is not None and properties.tag == _TRPR else None
        if row is not None:
            found[row] = whole(mark.get(_VAL), 0)
    return found


def _taller(cell: Cell) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.rows + 1, cell.columns, cell.line)
