"""Cells as a page declares them, with spans that may be absurd, to cells of a grid that never overlap."""

from dataclasses import dataclass, field
from itertools import accumulate, groupby

from gongkai.documents.blocks import Cell, Style
from gongkai.documents.limits import Limits, TooLarge

_EDGE = " \t\n\r\f\xa0"


@dataclass(slots=True)
class SourceCell:
    """A cell as declared: how many rows (0: to the end of its section) and columns, and its lines of text."""

    rows: int
    columns: int
    header: bool
    lines: list[tuple[str, Style]]


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
    width = max(
        [sum([cell.columns if cell.columns <= limits.columns else 1 for cell in row.cells]) for row in rows], default=0
    )
    _check(width, len(rows), limits)
    cells: list[Cell] = []
    for _, group in groupby(rows, key=lambda row: row.section):
        cells += _section(list(group), cells[-1].row + 1 if cells else 0, width, line, limits)
    height = cells[-1].row + 1 if cells else 0
    return tuple(cells), height * max([cell.column + cell.columns for cell in cells], default=0)


def _section(rows: list[SourceRow], first: int, width: int, line: int, limits: Limits) -> list[Cell]:
    """The cells of one section, its first row being row `first` of the grid."""
    cells: list[Cell] = []
    # Where each row goes once those without cells are gone; a span counts only the rows that stay.
    row_of = list(accumulate([1 if row.cells else 0 for row in rows], initial=first))
    free: list[int] = []  # for each column, the first of `rows` that no cell from above covers
    for index, row in enumerate(rows):
        place = row_of[index]
        column = 0
        for cell in row.cells:
            while column < len(free) and free[column] > index:
                column += 1
            columns = 1 if cell.columns == 1 else _columns(cell, free, column, index, width)
            end = column + columns
            if end > len(free):
                _check(end, 1, limits)
                free += [0] * (end - len(free))
            height = 1
            if cell.rows != 1:
                below = min(index + cell.rows, len(rows)) if cell.rows else len(rows)
                free[column:end] = [below] * columns
                height = row_of[below] - place
            lines = cell.lines
            text = "" if not lines else lines[0][0] if len(lines) == 1 else "\n".join([text for text, _ in lines])
            cells.append(Cell(text.strip(_EDGE), place, column, height, columns, line, None, cell.header))
            column = end
    return cells


def _columns(cell: SourceCell, free: list[int], column: int, index: int, width: int) -> int:
    """How many columns a cell at `column` of row `index` takes."""
    wanted = min(cell.columns, width)
    for columns in range(1, wanted):
        if column + columns < len(free) and free[column + columns] > index:
            return columns
    return max(wanted, 1)


def _check(width: int, height: int, limits: Limits) -> None:
    if width > limits.columns:
        raise TooLarge(f"表格有 {width} 列，超过 {limits.columns} 列的上限；请拆分后再读。")
    if width * height > limits.cells:
        raise TooLarge(f"表格有 {height} 行 {width} 列，超过 {limits.cells} 个单元格的上限；请拆分后再读。")
