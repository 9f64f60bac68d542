"""Blocks to a spreadsheet of one sheet, to be read, printed on A4 and calculated with: figures are numbers.

All tables share the columns of the widest one; the columns of the others take several of them, merged. Prose stands
in rows merged over the whole width, an empty row parts it from a table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.table_shape import column_widths, shape_of

_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,8})\.(\d{1,6})")
_LONGEST = 32_767
_TOO_LONG = "有一段文字长 {length} 个字符，超过电子表格单元格 32767 个字符的上限；请改写成 docx 格式。"

_SHEET = "正文"
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no time zone, and XlsxWriter wants none
_PIXELS = 660
_SLACK = 12
_TABLE_POINTS = 10
_HIGHEST = 400.0
_MILLIMETRES = 25.4


@dataclass(frozen=True, slots=True)
class _Type:
    """How a kind of paragraph is set: size in points, line height in points, and the rest of its format."""

    font: str
    size: int
    line: int
    align: str = "left"


_TYPES = {
    Style.TITLE: _Type("方正小标宋简体", 18, 28, "center"),
    Style.HEADING: _Type("黑体", 14, 24),
    Style.SUBHEADING: _Type("楷体_GB2312", 14, 24),
    Style.BODY: _Type("仿宋_GB2312", 12, 20),
    Style.NOTE: _Type("宋体", 10, 16),
    Style.LETTERHEAD: _Type("方正小标宋简体", 22, 34, "center"),
    Style.DOCUMENT_NUMBER: _Type("仿宋_GB2312", 12, 20, "right"),
    Style.ADDRESSEE: _Type("仿宋_GB2312", 12, 20),
    Style.ATTACHMENTS: _Type("仿宋_GB2312", 12, 20),
    Style.SIGNATURE: _Type("仿宋_GB2312", 12, 20, "right"),
    Style.PART_TITLE: _Type("方正小标宋简体", 18, 28, "center"),
    Style.QR_CODE: _Type("宋体", 10, 16),
}


def write_xlsx(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as an .xlsx file; the same blocks give the same bytes. Raises ValueError for a text too long."""
    # Only writing spreadsheets needs it.
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _EPOCH})
        sheet = _Sheet(book, blocks)
        for block in blocks:
            if isinstance(block, Paragraph):
                sheet.add_paragraph(block)
            elif block.cells:
                sheet.add_grid(block)
    return file.getvalue()


class _Sheet:
    """The one sheet of a book, filled from top to bottom; `_row` is the next free row."""

    def __init__(self, book: Any, blocks: Sequence[Block]) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._row = 0
        self._after_grid = False
        grids = [block for block in blocks if isinstance(block, Grid) and block.cells]
        widest = max(grids, key=lambda grid: grid.width, default=Grid((Cell(""),)))
        self._pixels = column_widths(widest, max(_PIXELS, 36 * widest.width))
        self._sheet = book.add_worksheet(_SHEET)
        self._set_page()

    def _set_page(self) -> None:
        sheet = self._sheet
        sheet.set_paper(9)  # A4
        left, right, top, bottom = (side / _MILLIMETRES for side in (28, 26, 37, 35))
        sheet.set_margins(left, right, top, bottom)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_footer('&C&"宋体"&14— &P —')
        for column, pixels in enumerate(self._pixels):
            sheet.set_column_pixels(column, column, pixels)

    def add_paragraph(self, paragraph: Paragraph) -> None:
        if not paragraph.text:
            return
        if self._after_grid:
            self._row += 1
        self._after_grid = False
        kind = _TYPES[paragraph.style]
        look = self._format(
            font_name=kind.font, font_size=kind.size, align=kind.align, valign="vcenter", text_wrap=True
        )
        height = float(kind.line * _line_count(paragraph.text, sum(self._pixels) - _SLACK, kind.size))
        # A row has a greatest height: what is longer stands in several, merged.
        rows = int(-(-height // _HIGHEST))
        for row in range(self._row, self._row + rows):
            self._sheet.set_row(row, height / rows)
        self._write((self._row, 0, self._row + rows, len(self._pixels)), paragraph.text, look)
        self._row += rows

    def add_grid(self, grid: Grid) -> None:
        if self._row:
            self._row += 1
        shape = shape_of(grid)
        edges = self._edges(grid)
        cells = list({id(cell): cell for row in shape.places for cell in row}.values())
        heights = self._heights(cells, edges)
        for row, height in enumerate(heights, self._row):
            self._sheet.set_row(row, min(height, _HIGHEST))
        for cell in cells:
            top = self._row + cell.row
            place = (top, edges[cell.column], top + cell.rows, edges[cell.column + cell.columns])
            self._write_cell(place, cell, align="left" if shape.is_label(cell) else "center")
        self._row += grid.height
        self._after_grid = True

    def _heights(self, cells: list[Cell], edges: list[int]) -> list[float]:
        """The height of each row in points; what a spanning cell wants beyond its rows is added to the last of them."""
        heights = [0.0] * max(cell.row + cell.rows for cell in cells)
        for cell in sorted(cells, key=lambda cell: cell.rows):
            pixels = sum(self._pixels[edges[cell.column] : edges[cell.column + cell.columns]]) - _SLACK / 2
            needed = 4 + 1.4 * _TABLE_POINTS * _line_count(cell.text, pixels, _TABLE_POINTS)
            last = cell.row + cell.rows
            heights[last - 1] += max(0.0, needed - sum(heights[cell.row : last]))
        return heights

    def _edges(self, grid: Grid) -> list[int]:
        """Where, in columns of the sheet, each column of the grid begins, and where the last one ends."""
        ends = list(accumulate(self._pixels, initial=0))
        wanted = accumulate(column_widths(grid, ends[-1]), initial=0)
        edges = [min(range(len(ends)), key=lambda column: abs(ends[column] - x)) for x in wanted]
        for index in range(1, len(edges)):
            edges[index] = max(edges[index], edges[index - 1] + 1)
        edges[-1] = len(self._pixels)
        for index in reversed(range(len(edges) - 1)):
            edges[index] = min(edges[index], edges[index + 1] - 1)
        return edges

    def _write_cell(self, place: tuple[int, int, int, int], cell: Cell, *, align: str) -> None:
        look = {"font_name": "宋体", "font_size": _TABLE_POINTS, "valign": "vcenter", "text_wrap": True, "border": 1}
        number = None if cell.header else _NUMBER.fullmatch(cell.text)
        if number is None:
            self._write(place, cell.text, self._format(align=align, **look))
            return
        decimals = f"0.{'0' * len(number[1])}" if number[1] else "0"
        value = float(cell.text) if number[1] else int(cell.text)
        self._write(place, value, self._format(align=align, num_format=decimals, **look))

    def _write(self, place: tuple[int, int, int, int], value: str | float, look: Any) -> None:
        top, left, below, right = place
        if (below - top, right - left) != (1, 1):
            self._sheet.merge_range(top, left, below - 1, right - 1, "", look)
        if not isinstance(value, str):
            self._sheet.write_number(top, left, value, look)
        elif not value:
            self._sheet.write_blank(top, left, None, look)
        elif len(value) > _LONGEST:
            raise ValueError(_TOO_LONG.format(length=len(value)))
        else:
            self._sheet.write_string(top, left, value, look)

    def _format(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _line_count(text: str, pixels: float, points: int) -> int:
    """How many lines a text takes at that width: Chinese characters are as wide as high, others half."""
    full = points * 96 / 72
    widths = [sum(full if east_asian_width(mark) in "WFA" else full / 2 for mark in line) for line in text.split("\n")]
    return sum(max(1, int(-(-width // max(pixels, full)))) for width in widths)
