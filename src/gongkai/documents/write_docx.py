"""Blocks to Word (WordprocessingML), page and type as GB/T 9704-2012 lays them down.

The page is A4 with a type area of 156 mm × 225 mm and a grid of 22 lines (580 twips) by 28 characters; what does not
change from file to file stands in `docx_parts/`. A grid's caption becomes the table's accessible title, no prose.
"""

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.letter_shape import head_points, signature_place
from gongkai.documents.table_shape import Shape, column_widths, is_square, shape_of

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
    "word/footer_first.xml": "footer_first.xml",
    "word/header.xml": "header.xml",
}
_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading1",
    Style.SUBHEADING: "Heading2",
    Style.BODY: "BodyText",
    Style.NOTE: "Note",
    Style.LETTERHEAD: "Letterhead",
    Style.DOCUMENT_NUMBER: "DocumentNumber",
    Style.ADDRESSEE: "Addressee",
    Style.ATTACHMENTS: "Attachments",
    Style.SIGNATURE: "Signature",
    Style.PART_TITLE: "PartTitle",
    Style.QR_CODE: "Note",
}
# The width of the type area in twips: 28 characters of 15.8 points.
_WIDTH = 8848
_CHARACTER = 316
_SLACK = 2
# Up to this many columns a table is set in 五号 (10.5 pt), beyond in 小五 (9 pt) with narrower margins.
_ROOMY_COLUMNS = 6
_MARGINS = {True: 80, False: 30}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_GAP = '<w:p><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p>'


def write_docx(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as a .docx file; the same blocks give the same bytes."""
    parts = {name: _part(file) for name, file in _PARTS.items()}
    parts["docProps/core.xml"] = _part("core.xml").format(title=escape(title))
    section = _part("letter_section.xml" if any(map(_is_letterhead, blocks)) else "section.xml")
    parts["word/document.xml"] = _part("document.xml").format(body=_body(blocks), section=section)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(_entry(name), text)
    return file.getvalue()


@cache
def _part(file: str) -> str:
    return files("gongkai.documents").joinpath("docx_parts", file).read_text(encoding="utf-8")


def _entry(name: str) -> ZipInfo:
    """An entry whose bytes depend on neither the clock nor the operating system."""
    entry = ZipInfo(name, _EPOCH)
    entry.create_system = 0
    entry.compress_type = ZIP_DEFLATED
    return entry


def _body(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    after_table = False
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if isinstance(block, Paragraph):
            parts.append(_styled(block, following))
            after_table = False
        elif block.cells:
            # Two tables without a paragraph between them would become one.
            parts += [_GAP, _table(block)] if after_table else [_table(block)]
            after_table = True
    # Word wants a paragraph behind the last table.
    return "".join([*parts, _GAP] if after_table else parts)


def _is_letterhead(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.LETTERHEAD


def _styled(paragraph: Paragraph, following: Block | None) -> str:
    """A paragraph of the body in its style; what a letter's style can't tell stands beside it."""
    text, style = paragraph.text, _STYLES[paragraph.style]
    match paragraph.style:
        case Style.LETTERHEAD:
            size = 2 * head_points(text)
            return _paragraph(text, style, looks=f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>')
        case Style.SIGNATURE:
            return _paragraph(text, style, _signature_indents(text))
        case Style.BODY | Style.ATTACHMENTS if isinstance(following, Paragraph) and following.style is Style.SIGNATURE:
            # A signature never stands alone on a page.
            return _paragraph(text, style, "<w:keepNext/>")
        case _:
            return _paragraph(text, style)


def _signature_indents(text: str) -> str:
    place = signature_place(text)
    # More than the words take, on both sides: some fonts have wider figures, and set them apart from the characters.
    slack = min(place.right, _SLACK)
    left = _WIDTH - round((place.width + place.right + max(1, slack)) * _CHARACTER)
    return f'<w:ind w:left="{max(0, left)}" w:right="{round((place.right - slack) * _CHARACTER)}"/>'


def _paragraph(text: str, style: str, properties: str = "", *, looks: str = "") -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n")]
    run = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    words = f"<w:r>{run}{'<w:br/>'.join(lines)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{words}</w:p>'


def _table(grid: Grid) -> str:
    shape = shape_of(grid)
    widths = column_widths(grid, _WIDTH)
    roomy = grid.width <= _ROOMY_COLUMNS
    caption = f'<w:tblCaption w:val="{escape(grid.caption)}"/>' if grid.caption else ""
    margin = _MARGINS[roomy]
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>{caption}</w:tblPr>'
    )
    columns = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    rows = "".join([_row(shape, row, widths, roomy) for row in range(len(shape.places))])
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(shape: Shape, row: int, widths: list[int], roomy: bool) -> str:
    repeated = "<w:tblHeader/>" if row < shape.head else ""
    height = 400 if roomy else 340
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeated}</w:trPr>'
    cells = shape.places[row]
    parts: list[str] = []
    column = 0
    while column < len(cells):
        cell = cells[column]
        parts.append(_cell(shape, cell, row, sum(widths[column : column + cell.columns]), roomy))
        column += cell.columns
    return f"<w:tr>{properties}{''.join(parts)}</w:tr>"


def _cell(shape: Shape, cell: Cell, row: int, width: int, roomy: bool) -> str:
    first = cell.row == row
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ('<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>") if cell.rows > 1 else ""
    style = _cell_style(shape, cell, roomy)
    paragraphs = "".join([_paragraph(line, style) for line in (cell.text if first else "").split("\n")])
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )


def _cell_style(shape: Shape, cell: Cell, roomy: bool) -> str:
    if shape.is_form:
        return "FormText"
    if shape.is_label(cell):
        return "TableText" if roomy else "TableTextSmall"
    if roomy:
        return "TableFigure"
    return "TableSquareSmall" if is_square(cell) else "TableFigureSmall"
