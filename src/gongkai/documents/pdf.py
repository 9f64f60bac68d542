"""PDF files: paragraphs and drawn tables from PDFium's characters and rules; pages without text are named."""

from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from gongkai.documents.blocks import Block, Cell, Document, Grid, Hidden, Paragraph
from gongkai.documents.limits import Damaged, Encrypted, Limits, TooLarge
from gongkai.documents.pdf_grid import DrawnTable, tables_of
from gongkai.documents.pdf_page import page_of
from gongkai.documents.pdf_text import (
    Measure,
    TextLine,
    continues,
    measure_of,
    paragraphs_of,
    together,
    without_furniture,
)

_SAME_EDGE = 3.0


def read_pdf(data: bytes, limits: Limits) -> Document:
    """The document in a PDF file. Raises `documents.limits.Unreadable` with one line that says why not.

    Pages that hold no text become `textless_pages`; scanned pages are never silently empty.
    """
    import pypdfium2  # heavy, and only needed here

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if any(word in str(error).lower() for word in ("password", "security")):
            raise Encrypted("PDF 文件有密码保护，请解除密码后再试") from error
        raise Damaged("PDF 文件已损坏，无法打开，请重新导出") from error
    try:
        return _document(pdf, limits)
    except pypdfium2.PdfiumError as error:
        raise Damaged("PDF 文件已损坏，有的页面无法打开，请重新导出") from error
    finally:
        pdf.close()


def _document(pdf: Any, limits: Limits) -> Document:
    if len(pdf) > limits.pages:
        raise TooLarge(f"PDF 有{len(pdf)}页，超过{limits.pages}页的上限，请拆分后再试")
    pages: list[_ReadPage] = []
    textless: list[int] = []
    left = limits.characters
    for index in range(len(pdf)):
        page = page_of(pdf, index, left)
        left -= len(page.chars)
        if left <= 0:
            raise TooLarge(f"PDF 的文字超过{limits.characters}个字符的上限，请拆分后再试")
        page = replace(page, chars=without_furniture(page.chars, page.height))
        if page.chars:
            pages.append(_ReadPage(page.number, *tables_of(page)))
        elif page.is_drawn or index == 0:
            textless.append(index + 1)
    builder = _Builder(measure_of(page.lines for page in pages))
    for read in pages:
        builder.take(read)
    told = pdf.get_metadata_dict(skip_empty=True)
    hidden = tuple(Hidden("metadata", key.lower(), value) for key, value in told.items() if key in ("Author", "Title"))
    return Document(tuple(builder.blocks()), "pdf", tuple(textless), hidden)


@dataclass(frozen=True, slots=True)
class _ReadPage:
    number: int
    tables: list[DrawnTable]
    lines: list[TextLine]


class _Builder:
    """Puts the pages together: a table or a paragraph may go on over the page break."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._blocks: list[tuple[Block, DrawnTable | TextLine]] = []
        self._page_began = False

    def blocks(self) -> list[Block]:
        """The blocks with their numbers as lines."""
        return [_numbered(block, line) for line, (block, _) in enumerate(self._blocks, 1)]

    def take(self, page: _ReadPage) -> None:
        """Adds the blocks of a page from top to bottom."""
        self._page_began = True
        lines = page.lines
        for table in page.tables:
            self._add_lines([line for line in lines if line.top >= table.top], page.number)
            lines = [line for line in lines if line.top < table.top]
            self._add_table(table, page.number)
        self._add_lines(lines, page.number)

    def _add_lines(self, lines: list[TextLine], page: int) -> None:
        if not lines:
            return
        paragraphs = paragraphs_of(lines, self._measure)
        if self._page_began and self._goes_on(lines[0]):
            block, _ = self._blocks[-1]
            assert isinstance(block, Paragraph)
            text, _first = paragraphs.pop(0)
            self._blocks[-1] = (Paragraph(together([block.text, text]), page=block.page), lines[-1])
        self._page_began = False
        last = lines[-1]
        self._blocks += [(Paragraph(text, page=page), last) for text, _ in paragraphs]

    def _goes_on(self, first: TextLine) -> bool:
        """Whether a paragraph of the page before goes on in the first line of this one."""
        last = self._blocks[-1][1] if self._blocks else None
        if not isinstance(last, TextLine):
            return False
        return continues(last, replace(first, top=last.bottom, bottom=last.bottom - first.size), self._measure)

    def _add_table(self, table: DrawnTable, page: int) -> None:
        before = self._blocks[-1] if self._blocks else None
        if (
            self._page_began
            and before is not None
            and isinstance(before[1], DrawnTable)
            and _same_columns(before[1], table)
        ):
            grid = before[0]
            assert isinstance(grid, Grid)
            self._blocks[-1] = (_continued(grid, before[1], table), table)
        else:
            self._blocks.append((Grid(table.cells, page=page), table))
        self._page_began = False


def _same_columns(one: DrawnTable, other: DrawnTable) -> bool:
    return len(one.xs) == len(other.xs) and all(abs(a - b) <= _SAME_EDGE for a, b in zip(one.xs, other.xs, strict=True))


def _continued(grid: Grid, before: DrawnTable, table: DrawnTable) -> Grid:
    """The table with the part on the next page below it; header rows that were printed again are left out.

    A row that no rule closes on either page was cut by the page break: its two parts are one.
    """
    above = [_texts(row) for row in grid.lines]
    part = Grid(table.cells)
    is_cut = before.open_bottom and table.open_top and _shape(grid.lines[-1]) == _shape(part.lines[0])
    again = 0
    while (
        not is_cut and again < min(part.height, 5) and again < len(above) and _texts(part.lines[again]) == above[again]
    ):
        again += 1
    cells = list(grid.cells)
    shift = grid.height - again - is_cut
    last = {cell.column: index for index, cell in enumerate(cells) if is_cut and cell.row + cell.rows == grid.height}
    for cell in (cell for cell in table.cells if cell.row >= again):
        if is_cut and cell.row == 0:
            upper = cells[last[cell.column]]
            text = "\n".join(filter(None, (upper.text, cell.text)))
            cells[last[cell.column]] = structs.replace(upper, text=text, rows=upper.rows + cell.rows - 1)
        else:
            cells.append(structs.replace(cell, row=cell.row + shift))
    return Grid(tuple(cells), page=grid.page)


def _shape(row: tuple[Cell, ...]) -> list[tuple[int, int]]:
    return [(cell.column, cell.columns) for cell in row]


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _numbered(block: Block, line: int) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.text, line, page=block.page)
    cells = tuple(Cell(c.text, c.row, c.column, c.rows, c.columns, line, c.page) for c in block.cells)
    return Grid(cells, line, block.page)
