"""A Word table as the cells of a grid: spans, vertical merges, rows that begin or end late, rows deleted or hidden."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.blocks import Cell, Hidden
from gongkai.documents.docx_styles import is_on
from gongkai.documents.docx_text import P, T, Words
from gongkai.documents.limits import Limits, TooLarge
from gongkai.documents.numbering import W
from gongkai.documents.xml import whole

TBL = f"{W}tbl"
CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""What stands around paragraphs, tables, rows or cells without being one."""

_TR, _TC, _TRPR, _TCPR = f"{W}tr", f"{W}tc", f"{W}trPr", f"{W}tcPr"
_SPAN, _DOWN, _ACROSS, _LATE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}gridBefore"
_GONE = {f"{W}del": "修订中删去的文字", f"{W}moveFrom": "修订中删去的文字", f"{W}hidden": "隐藏的行"}
_VAL = f"{W}val"
_MARKS = (TBL, _SPAN, _DOWN, _ACROSS, *_GONE, *CONTAINERS)
_Marks = Mapping[str, list[etree._Element]]
_LONG = re.compile("[^。]{80}。")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows and their cells, as nodes, and by tag whatever in it says more than words."""

    node: etree._Element
    marks: _Marks
    rows: list[etree._Element]
    row_cells: list[list[etree._Element]]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return sum(map(len, self.row_cells))

    @property
    def is_layout(self) -> bool:
        """Whether it only lays out the page: with tables inside, of one cell, or one column of long prose."""
        if self.size == 1 or len(self.marks[TBL]) > 1:
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
        texts = self._plain_texts(words)
        for index, (row, cells) in enumerate(zip(self.rows, self.row_cells, strict=True)):
            column = _skipped(row)
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
                    text = self._text(cell, words) if texts is None else texts.get(cell, "")
                    grid.append(Cell(text, index, column, 1, span, line))
                column += span
        return grid

    def _plain_texts(self, words: Words) -> dict[etree._Element, str] | None:
        """The text of each cell where all paragraphs are plain runs without numbers; else None."""
        if words.numbering.lists or not CONTAINERS.isdisjoint(self.marks):
            return None
        texts: dict[etree._Element, list[str]] = {}
        paragraphs: list[str] = []
        for node in self.node.iter(P, T):
            if node.tag == T:
                if paragraphs:
                    paragraphs[-1] += node.text or ""
            elif node in words.special:
                return None
            else:
                owner = node.getparent()
                assert owner is not None
                paragraphs = texts.setdefault(owner, [])
                paragraphs.append("")
        return {cell: _joined(told) for cell, told in texts.items()}

    def _text(self, cell: etree._Element, words: Words) -> str:
        """The text of a cell; its text boxes are left to follow the table."""
        told = [text for node in _children(cell, P) if (text := words.of(node)) is not None]
        return _joined([*told, words.rest()])


def table_of(node: etree._Element, words: Words) -> Table:
    """The rows and cells of a table; rows that a revision deletes, and hidden ones, are told as hidden."""
    marks: dict[str, list[etree._Element]] = {}
    for mark in node.iter(*_MARKS):
        marks.setdefault(str(mark.tag), []).append(mark)
    children = _children if not CONTAINERS.isdisjoint(marks) else _own_children
    rows = children(node, _TR)
    if not _GONE.keys().isdisjoint(marks):
        rows = [row for row in rows if not _is_gone(row, words)]
    return Table(node, marks, rows, [children(row, _TC) for row in rows])


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


def _spans(marks: _Marks) -> tuple[dict[etree._Element, int], dict[etree._Element, str]]:
    """Of each cell that says so: how many columns it spans, and its part in a vertical merge (restart, continue)."""
    spans = {
        cell: max(1, whole(mark.get(_VAL), 1)) for mark in marks.get(_SPAN, ()) if (cell := _cell_of(mark)) is not None
    }
    merges = {
        cell: str(mark.get(_VAL, "continue")) for mark in marks.get(_DOWN, ()) if (cell := _cell_of(mark)) is not None
    }
    _merge_across(marks.get(_ACROSS, ()), spans)
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


def _skipped(row: etree._Element) -> int:
    first = next(iter(row), None)
    if first is None or first.tag == _TC:
        return 0
    properties = row.find(_TRPR)
    before = properties.find(_LATE) if properties is not None else None
    return whole(before.get(_VAL), 0) if before is not None else 0


def _taller(cell: Cell) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.rows + 1, cell.columns, cell.line)
