"""A document as it reads, in a form that a child can send: what the page of findings shows."""

import msgspec

from gongkai.documents.blocks import Block, Cell, Document, Grid, Paragraph
from gongkai.report.model import Report


class ShownCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell of a shown table; `line` as in `documents.blocks.Cell`."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    line: int


class ShownBlock(msgspec.Struct, frozen=True, array_like=True):
    """A paragraph (`text`, at `column` of `line`), or a table (`cells`)."""

    line: int
    column: int = 1
    text: str = ""
    style: str = "body"
    cells: tuple[ShownCell, ...] = ()


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """The blocks, and where each cell of the form stands: its id → block line, row and column of the table."""

    blocks: tuple[ShownBlock, ...]
    places: dict[str, tuple[int, int, int]]


def shown(document: Document, report: Report | None) -> Shown:
    """What the page needs of a document; `report` tells the places of the form's cells."""
    places: dict[str, tuple[int, int, int]] = {}
    for cell, slot in (report.places if report else {}).items():
        if isinstance(slot.source, Cell):
            places[cell] = (slot.source.line, slot.at, slot.source.column)
    return Shown(tuple(_block(block) for block in document.blocks if _is_told(block)), places)


def _is_told(block: Block) -> bool:
    return isinstance(block, Grid) or bool(block.text.strip())


def _block(block: Block) -> ShownBlock:
    if isinstance(block, Paragraph):
        return ShownBlock(block.line, block.column, block.text, str(block.style))
    cells = tuple(ShownCell(c.text, c.row, c.column, c.rows, c.columns, c.line) for c in block.cells)
    return ShownBlock(block.line, cells=cells)
