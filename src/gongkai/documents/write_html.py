"""Blocks to one self-contained web page: readable on a phone, by a screen reader, and printed as GB/T 9704-2012 asks.

Nothing is fetched from outside. A table scrolls in a region of its own that the keyboard reaches, named by its caption.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.letter_shape import head_points, signature_place
from gongkai.documents.qr import qr_svg
from gongkai.documents.table_shape import Shape, column_widths, is_square, shape_of

_TAGS = {
    Style.TITLE: ("<h1>", "</h1>"),
    Style.HEADING: ("<h2>", "</h2>"),
    Style.SUBHEADING: ("<h3>", "</h3>"),
    Style.BODY: ("<p>", "</p>"),
    Style.NOTE: ('<p class="gk-note">', "</p>"),
    Style.LETTERHEAD: ('<p class="gk-letterhead" style="--gk-head:{points}pt">', "</p>"),
    Style.DOCUMENT_NUMBER: ('<p class="gk-number">', "</p>"),
    Style.ADDRESSEE: ('<p class="gk-addressee">', "</p>"),
    Style.ATTACHMENTS: ('<p class="gk-attachments">', "</p>"),
    Style.SIGNATURE: ('<p class="gk-signature" style="--gk-right:{right:g}em">', "</p>"),
    Style.PART_TITLE: ('<h1 class="gk-part">', "</h1>"),
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
        title=escape(title, quote=False),
        kind=_kind(blocks),
        screen=_part("screen.css"),
        print=_part("print.css"),
        body="\n".join(parts),
    )


@cache
def _part(file: str) -> str:
    return files("gongkai.documents").joinpath("html_parts", file).read_text(encoding="utf-8")


def _kind(blocks: Sequence[Block]) -> str:
    """The class of the whole page: a letter has another first page in print."""
    return "gk-letter" if any(_is_letterhead(block) for block in blocks) else "gk-plain"


def _is_letterhead(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.LETTERHEAD


def _paragraph(paragraph: Paragraph) -> str:
    text = paragraph.text
    if not text:
        return ""
    match paragraph.style:
        case Style.LETTERHEAD:
            return _tagged(Style.LETTERHEAD, text, points=head_points(text))
        case Style.SIGNATURE:
            return _tagged(Style.SIGNATURE, text, right=signature_place(text).right)
        case Style.QR_CODE:
            return _qr_code(text)
        case style:
            return _tagged(style, text)


def _tagged(style: Style, text: str, **places: float) -> str:
    start, end = _TAGS[style]
    return f"{start.format_map(places)}{_escaped(text)}{end}"


def _qr_code(text: str) -> str:
    picture = b64encode(qr_svg(text)).decode()
    source = f"data:image/svg+xml;base64,{picture}"
    return f'<p class="gk-note gk-qr"><img alt="二维码，内容如下" src="{source}">{_escaped(text)}</p>'


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _table(grid: Grid, number: int) -> str:
    shape = shape_of(grid)
    name = grid.caption or f"第{number}个表格"
    wide = " gk-table--form" if grid.is_form else " gk-table--wide" if grid.width > _ROOMY_COLUMNS else ""
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
    kind = "gk-label" if shape.is_label(cell) else "gk-square" if is_square(cell) else ""
    looks = f' class="{kind}"' if kind else ""
    if not cell.header:
        return f"<td{spans}{looks}>{text}</td>"
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
