"""Cells as a page declares them, with spans that may be absurd, to cells of a grid that never overlap."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from gongkai.documents.blocks import Cell, Style
from gongkai.documents.limits import Limits, TooLarge


@dataclass(slots=True)
class SourceCell:
    """A cell as declared: how many rows (0: to the end of its section) and columns, and its lines of text."""

    rows: int
    columns: int
    header: bool
    lines: list[tuple[str, Style]] = field(default_factory=list)


@dataclass(slots=True)
class SourceRow:
    """A row as declared; rows of the same `section` (thead, tbody, tfoot) share spans."""

    section: int
    cells: list[SourceCell] = field(default_factory=list)


def placed(rows: list[SourceRow], line: int, limits: Limits) -> tuple[tuple[Cell, ...], int]:
    """The cells in their places, and how many places the grid has; rows without cells are left out.

    As in browsers a cell takes the next free column and spans end with their section. A span of columns over the limit
    means all of the table's width; one that would run into a cell from above ends before it. Raises TooLarge over
    `limits.columns` or `limits.cells`.
    """
    width = max((sum(_sane(cell.columns, limits) for cell in row.cells) for row in rows), default=0)
    _check(width, len(rows), limits)
    cells: list[Cell] = []
    first = 0
    for _, section in groupby(rows, key=lambda row: row.section):
        group = list(section)
        # Where each row goes once those without cells are gone; a span counts only the rows that stay.
        kept = [first, *accumulate((1 if row.cells else 0 for row in group), initial=0)]
        ends = [first + count for count in kept[1:]]
        for index, column, rowspan, colspan, cell in _places(group, width, limits):
            text = "\n".join([text for text, _ in cell.lines]).strip(" \t\n\r\f\xa0")
            height = max(1, ends[index + rowspan] - ends[index])
            cells.append(Cell(text, ends[index], column, height, colspan, line, None, cell.header))
        first = ends[-1]
    return tuple(cells), first * width


def _sane(columns: int, limits: Limits) -> int:
    return columns if columns <= limits.columns else 1


def _check(width: int, height: int, limits: Limits) -> None:
    if width > limits.columns:
        raise TooLarge(f"表格有 {width} 列，超过 {limits.columns} 列的上限；请拆分后再读。")
    if width * height > limits.cells:
        raise TooLarge(f"表格有 {height} 行 {width} 列，超过 {limits.cells} 个单元格的上限；请拆分后再读。")


def _places(group: list[SourceRow], width: int, limits: Limits) -> Iterator[tuple[int, int, int, int, SourceCell]]:
    """Row, column, rows and columns of each cell of one section."""
    taken: list[int] = []  # for each column, the first row that is free again
    for index, row in enumerate(group):
        column = 0
        for cell in row.cells:
            while column < len(taken) and taken[column] > index:
                column += 1
            wanted = cell.columns if cell.columns <= limits.columns else width
            colspan = 1
            while colspan < wanted and (column + colspan >= len(taken) or taken[column + colspan] <= index):
                colspan += 1
            end = column + colspan
            if end > limits.columns:
                _check(end, len(group), limits)
            rowspan = min(cell.rows or len(group), len(group) - index)
            taken.extend([0] * (end - len(taken)))
            taken[column:end] = [index + rowspan] * colspan
            yield index, column, rowspan, colspan, cell
            column = end
