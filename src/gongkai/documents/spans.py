"""Cells as a page declares them, with spans that may be absurd, to cells of a grid that never overlap."""

from itertools import accumulate, groupby

from msgspec import Struct, field

from gongkai.documents.blocks import Cell, Style
from gongkai.documents.limits import Limits, TooLarge

_EDGE = " \t\n\r\f\xa0"


class SourceCell(Struct, gc=False):
    """A cell as declared: how many rows (0: to the end of its section) and columns, and its lines of text."""

    rows: int
    columns: int
    header: bool
    lines: list[tuple[str, Style]]


class SourceRow(Struct, gc=False):
    """A row as declared; rows of the same `section` (thead, tbody, tfoot) share spans.

    A cell without attributes that holds a single word or nothing, as most of a report's do, is kept as its source: the
    word behind `d>` or `h>` (of `<td>` and `<th>`). `wider` is how many columns the cells declare beyond one for each;
    a span over the limit of columns counts as one.
    """

    section: int
    wider: int = 0
    cells: list[SourceCell | str] = field(default_factory=list)


def lines_of(cell: SourceCell | str) -> list[tuple[str, Style]]:
    """The lines of text of a cell."""
    if isinstance(cell, str):
        return [(cell[2:], Style.BODY)] if len(cell) > 2 else []
    return cell.lines


def placed(rows: list[SourceRow], line: int, limits: Limits) -> tuple[tuple[Cell, ...], int]:
    """The cells in their places, and how many places the grid has; rows without cells are left out.

    As in browsers a cell takes the next free column and spans end with their section. A span of columns over the limit
    means all of the table's width; one that would run into a cell from above ends before it. Raises TooLarge over
    `limits.columns` or `limits.cells`.
    """
    width = max([len(row.cells) + row.wider for row in rows], default=0)
    _check(width, len(rows), limits)
    cells: list[Cell] = []
    widest = 0
    for _, group in groupby(rows, key=lambda row: row.section):
        widest = max(widest, _section(list(group), cells, width, line, limits))
    height = cells[-1].row + 1 if cells else 0
    return tuple(cells), height * widest


def _section(rows: list[SourceRow], cells: list[Cell], width: int, line: int, limits: Limits) -> int:
    """Adds the cells of one section below those that are there; how many columns its widest row has."""
    # Where each row goes once those without cells are gone; a span counts only the rows that stay.
    row_of = list(accumulate([1 if row.cells else 0 for row in rows], initial=cells[-1].row + 1 if cells else 0))
    free: list[int] = []  # for each column, the first of `rows` that no cell from above covers
    widest = 0
    for index, row in enumerate(rows):
        place = row_of[index]
        column = 0
        while free and free[-1] <= index:
            free.pop()
        for cell in row.cells:
            while column < len(free) and free[column] > index:
                column += 1
            if isinstance(cell, str):
                cells.append(Cell(cell[2:], place, column, 1, 1, line, None, cell[0] == "h"))
                column += 1
                continue
            columns = 1 if cell.columns == 1 else _columns(cell, free, column, index, width)
            end = column + columns
            height = 1
            if cell.rows != 1:
                _check(end, 1, limits)
                free += [0] * (end - len(free))
                below = min(index + cell.rows, len(rows)) if cell.rows else len(rows)
                free[column:end] = [below] * columns
                height = row_of[below] - place
            text = "\n".join([text for text, _ in cell.lines])
            cells.append(Cell(text.strip(_EDGE), place, column, height, columns, line, None, cell.header))
            column = end
        if column > widest:
            widest = column
            _check(widest, 1, limits)
    return widest


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
