"""PDF files: paragraphs and drawn tables from PDFium's characters and rules; pages without text are named."""

from typing import Any

from gongkai.documents.blocks import Block, Cell, Document, Grid, Hidden, Paragraph
from gongkai.documents.limits import Damaged, Encrypted, Limits, TooLarge
from gongkai.documents.pdf_grid import DrawnTable, tables_of
from gongkai.documents.pdf_page import Page, page_of
from gongkai.documents.pdf_text import TextLine, continues, paragraphs_of, text_lines

_SAME_EDGE = 3.0


def read_pdf(data: bytes, limits: Limits) -> Document:
    """The document in a PDF file. Raises `documents.limits.Unreadable` with one line that says why not.

    Pages that hold no text become `textless_pages`; scanned pages are never silently empty.
    """
    import pypdfium2  # heavy, and only needed here

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
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
    builder = _Builder()
    textless: list[int] = []
    left = limits.characters
    for index in range(len(pdf)):
        page = page_of(pdf, index, left)
        left -= len(page.chars)
        if left <= 0:
            raise TooLarge(f"PDF 的文字超过{limits.characters}个字符的上限，请拆分后再试")
        if page.chars:
            builder.take(page)
        elif page.has_picture or index == 0:
            textless.append(index + 1)
    told = pdf.get_metadata_dict(skip_empty=True)
    hidden = tuple(Hidden("metadata", key.lower(), value) for key, value in told.items() if key in ("Author", "Title"))
    return Document(tuple(builder.blocks()), "pdf", tuple(textless), hidden)


class _Builder:
    """Puts the pages together: a table or a paragraph may go on over the page break."""

    def __init__(self) -> None:
        self._blocks: list[tuple[Block, DrawnTable | TextLine | None]] = []
        self._page_began = False

    def blocks(self) -> list[Block]:
        """The blocks with their numbers as lines."""
        return [_numbered(block, line) for line, (block, _) in enumerate(self._blocks, 1)]

    def take(self, page: Page) -> None:
        """Adds the blocks of a page from top to bottom."""
        self._page_began = True
        tables, rest = tables_of(page)
        lines = text_lines(rest, page.height)
        for table in tables:
            self._add_lines([line for line in lines if line.top >= table.top], page.number)
            lines = [line for line in lines if line.top < table.top]
            self._add_table(table, page.number)
        self._add_lines(lines, page.number)

    def _add_lines(self, lines: list[TextLine], page: int) -> None:
        if not lines:
            return
        paragraphs = paragraphs_of(lines)
        if self._page_began and self._goes_on(paragraphs[0][1], lines):
            block, _ = self._blocks[-1]
            assert isinstance(block, Paragraph)
            text, _first = paragraphs.pop(0)
            self._blocks[-1] = (Paragraph(block.text + text, page=block.page), lines[0])
        self._page_began = False
        last = lines[-1]
        self._blocks += [(Paragraph(text, page=page), last) for text, _ in paragraphs]

    def _goes_on(self, first: TextLine, lines: list[TextLine]) -> bool:
        """Whether a paragraph of the page before goes on in the first line of this one."""
        if not self._blocks or not isinstance(self._blocks[-1][0], Paragraph):
            return False
        last = self._blocks[-1][1]
        if not isinstance(last, TextLine) or len(lines) < 1:
            return False
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        moved = TextLine(first.text, first.left, first.right, last.bottom, last.bottom, first.size, first.is_row)
        return continues(last, moved, min(left, last.left), max(right, last.right))

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
            self._blocks[-1] = (_continued(grid, table), table)
        else:
            self._blocks.append((Grid(table.cells, page=page), table))
        self._page_began = False


def _same_columns(one: DrawnTable, other: DrawnTable) -> bool:
    return len(one.xs) == len(other.xs) and all(abs(a - b) <= _SAME_EDGE for a, b in zip(one.xs, other.xs, strict=True))


def _continued(grid: Grid, table: DrawnTable) -> Grid:
    """The table with the part on the next page below it; header rows that were printed again are left out."""
    above = [_texts(row) for row in grid.lines]
    part = Grid(table.cells)
    again = 0
    while again < min(part.height, 5) and again < len(above) and _texts(part.lines[again]) == above[again]:
        again += 1
    shift = grid.height - again
    kept = [
        Cell(c.text, c.row + shift, c.column, c.rows, c.columns, c.line, c.page) for c in table.cells if c.row >= again
    ]
    return Grid((*grid.cells, *kept), page=grid.page)


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _numbered(block: Block, line: int) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.text, line, page=block.page)
    cells = tuple(Cell(c.text, c.row, c.column, c.rows, c.columns, line, c.page) for c in block.cells)
    return Grid(cells, line, block.page)
