"""The tables of a report as offices and their web sites print them: random figures, in a layout, with quirks.

The layouts are those of published reports (one line a row, one cell a line, PDF text, drawn tables with lost cells …).
Where a layout loses what says which figure stands where, a reader may leave cells null; no reader may guess.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from gongkai.documents.blocks import Block, Document, Grid, Paragraph
from gongkai.documents.limits import DEFAULT
from gongkai.documents.text import blocks_of_text
from gongkai.report.form import form
from gongkai.report.layout import blocks_of, table_grid
from gongkai.report.model import CellValue, Report

TITLE = "临溪县水利局{year}年政府信息公开工作年度报告"
SENTENCE = "全局认真落实条例要求，各项工作有序开展。"

Raw = tuple[str, CellValue]
"""What is printed in a cell, and the number that it says (None: none)."""


@dataclass(frozen=True)
class Row:
    """A row of a table: its label cells from the left (None where a cell from above covers the place), its figures."""

    labels: tuple[str | None, ...]
    figures: tuple[str, ...] = ()

    @property
    def own(self) -> list[str]:
        """The labels that stand in this row itself."""
        return [label for label in self.labels if label is not None]


@dataclass(frozen=True)
class Drawn:
    """A report's tables by their section as grids, with the figures and labels as they are to be printed.

    `lines` is the rest of the report, with the number of a section where its table stands; short prose if empty.
    """

    grids: dict[int, Grid]
    year: int
    lines: tuple[str | int, ...] = ()

    def rows(self, section: int) -> list[Row]:
        """The table of a section row by row."""
        return [_row(self.grids[section], at) for at in range(self.grids[section].height)]


Lay = Callable[[Drawn, Random], Document]


@dataclass(frozen=True)
class Layout:
    """A layout: how it is laid, and what a reader can know of it.

    `holes`: empty cells keep their place. `lossless`: every cell can be known. `told`: at least every figure that is
    read can be trusted, empty cells or not; without it only where no cell is empty.
    """

    lay: Lay
    lossless: bool = True
    holes: bool = True
    told: bool = True


def raws_of(source: Random, name: str, count: Callable[[Random, int], Raw]) -> dict[str, Raw]:
    """Every cell of the form; `count` prints a number of things."""
    cells: dict[str, Raw] = {}
    for cell in form(name).cells.values():
        number = source.choice((0, 0, source.randint(1, 9), source.randint(10, 4000)))
        if cell.kind == "amount":
            amount = Decimal(number) / 10 ** source.randint(0, 4)
            cells[cell.id] = (format(amount, "f"), amount)
        elif cell.kind == "change":
            down = source.choice((True, False))
            sign = source.choice("-减") if down else source.choice(("", "+", "增"))
            cells[cell.id] = (f"{sign}{number}", -number if down else number)
        else:
            cells[cell.id] = count(source, number)
    return cells


def drawn(name: str, raws: dict[str, Raw], label: Callable[[str], str]) -> Drawn:
    """The form's tables with these figures, each label as `label` prints it."""
    printed = {cell: raw for cell, (raw, _) in raws.items()}
    report = Report(None, None, name, (), dict.fromkeys(printed, None), printed)
    grids = {table.section: _relabelled(table_grid(table, report), label) for table in form(name).tables}
    return Drawn(grids, 2024 if name == "2021" else 2020)


def drawn_report(report: Report) -> Drawn:
    """A whole report, its prose too."""
    sections = iter(table.section for table in form(report.form).tables)
    lines = tuple(block.text if isinstance(block, Paragraph) else next(sections) for block in blocks_of(report))
    assert report.year is not None
    return Drawn({table.section: table_grid(table, report) for table in form(report.form).tables}, report.year, lines)


def text_of(tables: Drawn, lines: Callable[[list[Row]], list[str]]) -> Document:
    """The report as a text file whose tables `lines` prints."""
    out = [
        text for head in _outline(tables) for text in (lines(tables.rows(head)) if isinstance(head, int) else [head])
    ]
    return Document(blocks_of_text("\n".join(out), DEFAULT))


def document_of(tables: Drawn, draw: Callable[[Grid], list[Block]]) -> Document:
    """The report as a document whose tables `draw` lays out."""
    blocks: list[Block] = []
    for head in _outline(tables):
        blocks += draw(tables.grids[head]) if isinstance(head, int) else [Paragraph(head, len(blocks) + 1)]
    return Document(tuple(blocks))


def _outline(tables: Drawn) -> Iterator[str | int]:
    """Title, headings and prose, and the number of a section where its table stands."""
    if tables.lines:
        yield from tables.lines
        return
    yield TITLE.format(year=tables.year)
    for section in form("2021").sections:
        yield f"{'一二三四五六'[section.number - 1]}、{section.title}"
        yield section.number if section.number in tables.grids else SENTENCE


def _row(grid: Grid, at: int) -> Row:
    cells = grid.lines[at]
    labels = tuple(cell.text if cell.row == at else None for cell in cells if cell.header)
    return Row(labels, tuple(cell.text for cell in cells if not cell.header))


def _relabelled(grid: Grid, label: Callable[[str], str]) -> Grid:
    cells = tuple(replace(cell, text=label(cell.text)) if cell.header else cell for cell in grid.cells)
    return Grid(cells, widths=grid.widths)
