"""What every document is made of: paragraphs and grids, each knowing where it stood in its source.

Readers of all formats turn bytes into this one stream; writers of all formats turn it back into bytes. Nothing here
knows what a report, a notice or a ledger is.

Paragraphs and cells are structs: a document has thousands of them, and a struct is built several times as fast as a
frozen dataclass. They hold texts and numbers only, so the garbage collector need not look at them.
`msgspec.structs.replace` gives changed copies.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from msgspec import Struct


class Style(StrEnum):
    """What a paragraph is on paper (GB/T 9704-2012 §7): readers leave BODY where the source does not tell.

    LETTERHEAD and what follows it here are of letters (§10.1), and no reader tells them. A PART_TITLE begins a page. A
    text in QR_CODE is drawn as one by those writers that can draw, and written out by the others.
    """

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    NOTE = "note"
    LETTERHEAD = "letterhead"
    DOCUMENT_NUMBER = "document_number"
    ADDRESSEE = "addressee"
    ATTACHMENTS = "attachments"
    SIGNATURE = "signature"
    PART_TITLE = "part_title"
    QR_CODE = "qr_code"


LINED = frozenset({Style.TITLE, Style.ATTACHMENTS, Style.SIGNATURE, Style.PART_TITLE})
"""In these a line feed only breaks the line: they are one paragraph of several lines."""


class Paragraph(Struct, frozen=True, gc=False):
    """A run of text without its line end (段落).

    `line` counts from 1: the physical line of a text file, else the number of the block (empty paragraphs count, a
    grid is one block). `column` is the place, from 1 and in characters as decoded, of the first character of `text`:
    1 unless the paragraph was cut out of a longer one. `page` counts from 1 and is known for PDF only.
    """

    text: str
    line: int = 1
    column: int = 1
    page: int | None = None
    style: Style = Style.BODY

    def where(self, offset: int = 0) -> str:
        """`LINE:COLUMN` of the character at `offset`."""
        return f"{self.line}:{self.column + offset}"


class Cell(Struct, frozen=True, gc=False):
    """One cell of a grid (单元格). `row` and `column` count from 0; `rows` and `columns` say how far it spans.

    `text` joins the cell's paragraphs by line feeds. `line` and `page` say where it stood, as in Paragraph; in a text
    file that is the physical line, elsewhere the number of the grid's block. `header` marks what writers give scope.
    """

    text: str
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    line: int = 1
    page: int | None = None
    header: bool = False


@dataclass(frozen=True)
class Grid:
    """A table (表格): its cells once each, in reading order. Cells never overlap; places may be left empty.

    `ragged` says that the columns are only as sure as the counting of separators (text files), not drawn or declared.
    `widths` are relative column widths for writers; empty means even. In a form to be filled in (`is_form`) all words
    stand left.
    """

    cells: tuple[Cell, ...]
    line: int = 1
    page: int | None = None
    caption: str = ""
    ragged: bool = False
    widths: tuple[float, ...] = field(default=(), compare=False)
    is_form: bool = field(default=False, compare=False)

    @cached_property
    def height(self) -> int:
        """How many rows there are."""
        return max([cell.row + cell.rows for cell in self.cells], default=0)

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max([cell.column + cell.columns for cell in self.cells], default=0)

    @cached_property
    def rows(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The grid with spans expanded: a spanning cell stands, as the same object, in each place it covers."""
        places: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                places[row][cell.column : cell.column + cell.columns] = [cell] * cell.columns
        return tuple(tuple(row) for row in places)

    @cached_property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each row from left to right, a spanning cell once in each row that it touches."""
        lines: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            if cell.rows == 1:
                lines[cell.row].append(cell)
            else:
                for row in range(cell.row, cell.row + cell.rows):
                    lines[row].append(cell)
        for line in lines:
            line.sort(key=_column)
        return tuple(map(tuple, lines))


_column = attrgetter("column")


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something a reader of the printed page would not see (隐藏内容): comment, tracked change, hidden sheet …"""

    kind: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its blocks in reading order, and what could not be seen or should not be there.

    `kind` is the format by content (`text`, `markdown`, `html`, `docx`, `xlsx`, `pdf`); `textless_pages` are the
    pages, from 1, that hold pictures but no text (扫描页).
    """

    blocks: tuple[Block, ...]
    kind: str = "text"
    textless_pages: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The prose: every block that is not a grid."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
