"""Drawn tables: how a table's cells come with their merged cells kept, lost, emptied or split over pages."""

import re
from collections.abc import Callable
from random import Random

from msgspec.structs import replace
from tests.report.renderings import SENTENCE, Drawn, Layout, document_of

from gongkai.documents.blocks import Block, Cell, Document, Grid, Paragraph
from gongkai.documents.html import read_html
from gongkai.documents.limits import DEFAULT


def _drawn(draw: Callable[[Grid, Random], list[Block]], *, lossless: bool = True) -> Layout:
    return Layout(lambda tables, source: document_of(tables, lambda grid: draw(grid, source)), lossless)


def _plain_grid(grid: Grid, _source: Random) -> list[Block]:
    return [replace_cells(grid, grid.cells)]


def _unmerged(grid: Grid, _source: Random) -> list[Block]:
    """Merged cells written as one cell and empty ones."""
    cells = [
        Cell(cell.text if (row, column) == (cell.row, cell.column) else "", row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    return [replace_cells(grid, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))]


def _repeated(grid: Grid, _source: Random) -> list[Block]:
    """Merged labels repeated in each place that they cover."""
    cells = [
        Cell(cell.text, row, cell.column, 1, cell.columns)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
    ]
    return [replace_cells(grid, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))]


def _packed(grid: Grid, _source: Random) -> list[Block]:
    """Merged cells lost: what stands in a row moves to the left."""
    rows: list[list[Cell]] = [[cell for cell in grid.lines[at] if cell.row == at] for at in range(grid.height)]
    cells = [Cell(cell.text, at, column) for at, row in enumerate(rows) for column, cell in enumerate(row)]
    return [replace_cells(grid, tuple(cells))]


def _head_lost(grid: Grid, source: Random) -> list[Block]:
    """One or more rows of the head lost their merged cells."""
    head = [at for at in range(grid.height) if all(cell.header for cell in grid.lines[at])]
    lost = {at for at in head if source.random() < 0.5}
    cells: list[Cell] = []
    for at in range(grid.height):
        column = 0
        for cell in grid.lines[at]:
            if cell.row == at:
                cells.append(Cell(cell.text, at, column if at in lost else cell.column, 1, cell.columns))
            column += cell.columns if cell.row == at else 0
    return [replace_cells(grid, _without_overlaps(cells))]


def _split(grid: Grid, source: Random) -> list[Block]:
    """A page break: two grids, the second with the head again, with an invented one, or with none."""
    at = source.randint(1, grid.height - 1) if grid.height > 1 else 0
    first = tuple(cell for cell in grid.cells if cell.row < at)
    rest = [cell for cell in grid.cells if cell.row >= at]
    head: list[Cell] = []
    if source.random() < 0.3:
        head = [cell for cell in grid.cells if cell.header and cell.row < 3 and cell.column + cell.columns > 3]
    elif source.random() < 0.3:
        head = [Cell(f"数据{column + 1}", 0, column) for column in range(grid.width)]
    height = max((cell.row + cell.rows for cell in head), default=0)
    below = (*head, *(replace(cell, row=cell.row - at + height) for cell in rest))
    clipped = tuple(replace(cell, rows=min(cell.rows, at - cell.row)) for cell in first)
    pages: list[Block] = [replace_cells(grid, clipped)] if clipped else []
    if source.random() < 0.5:
        pages.append(Paragraph("— 4 —"))
    return [*pages, replace_cells(grid, below)]


def total_first(grid: Grid, _source: Random) -> list[Block]:
    """The total before the applicants."""
    if grid.width != 10:
        return _plain_grid(grid, _source)
    moved = {9: 3} | {column: column + 1 for column in range(3, 9)}
    cells = [replace(cell, column=moved.get(cell.column, cell.column)) for cell in grid.cells]
    return [replace_cells(grid, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))]


def _without_column(grid: Grid, source: Random) -> list[Block]:
    """A column of figures is lost, its head too."""
    if grid.width != 10:
        return _plain_grid(grid, source)
    gone = source.randint(3, 9)
    kept = [cell for cell in grid.cells if not (cell.column == gone and cell.columns == 1)]
    return [
        replace_cells(
            grid, tuple(replace(c, column=c.column - (c.column > gone)) for c in kept if c.columns == 1 or c.column < 3)
        )
    ]


def _swapped_heads(grid: Grid, source: Random) -> list[Block]:
    """Rows in another order than the form's."""
    start = next(at for at in range(grid.height) if not all(cell.header for cell in grid.lines[at]))
    rows = [[cell for cell in grid.lines[at] if cell.header or cell.row == at] for at in range(grid.height)]
    order = [*range(start), *source.sample(range(start, grid.height), grid.height - start)]
    if grid.width != 10:
        order = list(range(grid.height))
    cells = [Cell(cell.text, to, cell.column, 1, cell.columns) for to, at in enumerate(order) for cell in rows[at]]
    return [replace_cells(grid, tuple(cells))]


def _labels_in_two_rows(grid: Grid, _source: Random) -> list[Block]:
    cells = [
        replace(cell, text=re.sub("^(商业|科研|社会公益|法律服务)(企业|机构|组织)$", "\\1\n\\2", cell.text))
        for cell in grid.cells
    ]
    return [replace_cells(grid, tuple(cells))]


def _mini(grid: Grid, _source: Random) -> list[Block]:
    """A small table for each row, under an invented head."""
    tables: list[Block] = []
    for at in range(grid.height):
        cells = [cell for cell in grid.lines[at] if cell.row == at]
        head = [] if all(cell.header for cell in cells) else [Cell(f"数据{i}", 0, i) for i in range(1, len(cells))]
        row = [Cell(cell.text, len(head) and 1, column) for column, cell in enumerate(cells)]
        tables += [replace_cells(grid, (*head, *row)), Paragraph("")]
    return tables


def _empty_and_column_lost(grid: Grid, source: Random) -> list[Block]:
    """Merged cells written as one cell and empty ones, and a column of figures lost."""
    [unmerged] = _unmerged(grid, source)
    assert isinstance(unmerged, Grid)
    gone = source.randint(3, grid.width - 1) if grid.width == 10 else None
    kept = [cell for cell in unmerged.cells if cell.column != gone]
    cells = [replace(cell, column=cell.column - (gone is not None and cell.column > gone)) for cell in kept]
    return [replace_cells(grid, tuple(cells))]


def _run_together(tables: Drawn, _source: Random) -> Document:
    """Tables 2 and 3 in one grid, the heading between them lost."""
    two, three = tables.grids[2], tables.grids[3]
    below = [replace(cell, row=cell.row + two.height) for cell in three.cells]
    whole = Drawn({2: Grid((*two.cells, *below)), 4: tables.grids[4]}, tables.year)
    document = document_of(whole, lambda grid: [grid])
    kept = [b for b in document.blocks if not (isinstance(b, Paragraph) and b.text.startswith(("三、", "四、")))]
    return Document(tuple(block for block in kept if block != Paragraph(SENTENCE)))


def _three_tables(tables: Drawn, _source: Random) -> Document:
    """Table 4 as three tables of five columns."""
    figures = [cell for cell in tables.grids[4].cells if not cell.header]
    outcomes = [cell.text for cell in tables.grids[4].cells if cell.header and cell.columns == 1][:5]

    def draw(grid: Grid) -> list[Block]:
        if grid is not tables.grids[4]:
            return [grid]
        blocks: list[Block] = []
        for index, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
            head = [Cell(text, 0, column) for column, text in enumerate(outcomes)]
            row = [Cell(c.text, 1, column) for column, c in enumerate(figures[index * 5 : index * 5 + 5])]
            blocks += [Paragraph(name), Grid((*head, *row))]
        return blocks

    return document_of(tables, draw)


def _page(tables: Drawn, source: Random) -> Document:
    """A web page: labels in several spans, figures in paragraphs, empty cells as such."""
    body = []
    for block in document_of(tables, lambda grid: [grid]).blocks:
        if isinstance(block, Paragraph):
            body.append(f"<p>{block.text}</p>")
            continue
        rows = [[cell for cell in block.lines[at] if cell.row == at] for at in range(block.height)]
        body.append(
            "<table>" + "".join(f"<tr>{''.join(_html_cell(c, source) for c in row)}</tr>" for row in rows) + "</table>"
        )
    return read_html(f"<html><body>{''.join(body)}</body></html>".encode(), DEFAULT)


def _html_cell(cell: Cell, source: Random) -> str:
    cut = source.randint(0, len(cell.text))
    spans = f" rowspan={cell.rows}" * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
    parts = [f"<span>{part}</span>" for part in (cell.text[:cut], cell.text[cut:]) if part]
    text = "".join(parts) if source.random() < 0.7 else f"<p><font><o:p></o:p>{cell.text or '&nbsp;'}</font></p>"
    return f"<td{spans}>{text}</td>"


def replace_cells(grid: Grid, cells: tuple[Cell, ...]) -> Grid:
    """The grid with other cells."""
    return Grid(cells, widths=grid.widths)


def _without_overlaps(cells: list[Cell]) -> tuple[Cell, ...]:
    taken: set[tuple[int, int]] = set()
    kept = []
    for cell in cells:
        places = {(cell.row, column) for column in range(cell.column, cell.column + cell.columns)}
        if not places & taken:
            kept.append(cell)
            taken |= places
    return tuple(kept)


DRAWN: dict[str, Layout] = {
    "G": Layout(_page),
    "J": _drawn(_mini),
    "two and three run together": Layout(_run_together),
    "table four in three": Layout(_three_tables),
    "drawn": _drawn(_plain_grid),
    "drawn, merged cells empty": _drawn(_unmerged),
    "drawn, merged cells repeated": _drawn(_repeated),
    "drawn, merged cells lost": _drawn(_packed),
    "drawn, head lost": _drawn(_head_lost, lossless=False),
    "drawn, page break": _drawn(_split),
    "drawn, total first": _drawn(total_first),
    "drawn, column lost": _drawn(_without_column, lossless=False),
    "drawn, merged cells empty, column lost": _drawn(_empty_and_column_lost, lossless=False),
    "drawn, other order": _drawn(_swapped_heads, lossless=False),
    "drawn, labels in two lines": _drawn(_labels_in_two_rows),
}
