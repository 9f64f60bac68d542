"""Blocks to one self-contained web page: readable on a phone, by a screen reader, and printed as GB/T 9704-2012 asks.

Nothing is fetched from outside. A table scrolls in a region of its own that the keyboard reaches, named by its caption.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.table_shape import Shape, column_widths, is_square, shape_of

_TAGS = {
    Style.TITLE: ("<h1>", "</h1>"),
    Style.HEADING: ("<h2>", "</h2>"),
    Style.SUBHEADING: ("<h3>", "</h3>"),
    Style.BODY: ("<p>", "</p>"),
    Style.NOTE: ('<p class="gk-note">', "</p>"),
}
# More columns than this are set small and scroll on a phone.
_ROOMY_COLUMNS = 6


def write_html(blocks: Sequence[Block], *, title: str) -> str:
    """The blocks as a web page in Chinese, complete with its style."""
    parts: list[str] = []
    tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(_paragraph(block))
        elif block.cells:
            tables += 1
            parts.append(_table(block, tables))
    return _part("page.html").format(
        title=escape(title, quote=False), screen=_part("screen.css"), print=_part("print.css"), body="\n".join(parts)
    )


@cache
def _part(file: str) -> str:
    return files("gongkai.documents").joinpath("html_parts", file).read_text(encoding="utf-8")


def _paragraph(paragraph: Paragraph) -> str:
    start, end = _TAGS[paragraph.style]
    return f"{start}{_escaped(paragraph.text)}{end}" if paragraph.text else ""


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _table(grid: Grid, number: int) -> str:
    shape = shape_of(grid)
    name = grid.caption or f"第{number}个表格"
    wide = " gk-table--wide" if grid.width > _ROOMY_COLUMNS else ""
    caption = f"<caption>{escape(grid.caption, quote=False)}</caption>" if grid.caption else ""
    head = f"<thead>\n{_rows(shape, 0, shape.head)}</thead>\n" if shape.head else ""
    bodies = "".join([f"<tbody>\n{_rows(shape, start, stop)}</tbody>\n" for start, stop in shape.groups])
    return (
        f'<div class="gk-table{wide}" role="region" aria-label="{escape(name)}" tabindex="0">\n'
        f"<table>{caption}\n{_columns(grid, shape)}{head}{bodies}</table>\n</div>"
    )


def _columns(grid: Grid, shape: Shape) -> str:
    """Column groups as the first row parts them, so that its headers may claim them, with the width of each column."""
    widths = column_widths(grid, 1000)
    groups = []
    for first in _anchors(shape, 0) if shape.head else ():
        groups.append(widths[first.column : first.column + first.columns])
    columns = [[f'<col style="width:{width / 10:g}%">' for width in group] for group in groups or [widths]]
    return "".join([f"<colgroup>{''.join(group)}</colgroup>\n" for group in columns])


def _rows(shape: Shape, start: int, stop: int) -> str:
    return "".join(
        [f"<tr>{''.join([_cell(shape, cell) for cell in _anchors(shape, row)])}</tr>\n" for row in range(start, stop)]
    )


def _anchors(shape: Shape, row: int) -> list[Cell]:
    """The cells that begin in this row, from left to right."""
    return [cell for column, cell in enumerate(shape.places[row]) if (cell.row, cell.column) == (row, column)]


def _cell(shape: Shape, cell: Cell) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    text = _escaped(cell.text)
    if not cell.header:
        return f"<td{spans}>{text}</td>"
    kind = "gk-label" if shape.is_label(cell) else "gk-square" if is_square(cell) else ""
    looks = f' class="{kind}"' if kind else ""
    return f'<th{spans} scope="{_scope(shape, cell)}"{looks}>{text}</th>'


def _scope(shape: Shape, cell: Cell) -> str:
    """What a header claims, as the HTML Standard reads it: a group only where `colgroup` or `tbody` really is one.

    An inner header that spans says `col` or `row`, which covers all that it spans.
    """
    if cell.row < shape.head:
        return "colgroup" if cell.row == 0 and cell.columns > 1 else "col"
    if shape.is_band(cell.row):
        return "rowgroup"
    if shape.is_heading_row(cell.row):
        return "col"
    group = (cell.row, cell.row + cell.rows)
    return "rowgroup" if cell.rows > 1 and cell.column == 0 and group in shape.groups else "row"
