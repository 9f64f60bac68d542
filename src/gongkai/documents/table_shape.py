"""What writers must know about a grid beyond its cells: the rows that head it, the groups below, the widths."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from gongkai.documents.blocks import Cell, Grid


@dataclass(frozen=True, slots=True)
class Shape:
    """A grid made ready for writing.

    `places` has a cell in each place (an empty one where the grid has none; a spanning cell, as the same object, in
    each place it covers). The first `head` rows are repeated at the top of each page. `groups` are the runs of rows
    below them, as half-open (from, to), that belong together and that no cell reaches out of. In a form all words stand
    left.
    """

    places: tuple[tuple[Cell, ...], ...]
    head: int
    groups: tuple[tuple[int, int], ...]
    is_form: bool = False

    def is_band(self, row: int) -> bool:
        """Whether one header cell takes the whole row: it heads the rows below it."""
        first = self.places[row][0]
        return first.header and first.columns == len(self.places[row]) > 1

    def is_label(self, cell: Cell) -> bool:
        """Whether the cell names a row or is one of a form, so that its words stand left; all others are centred."""
        return self.is_form or (cell.header and cell.rows == 1 and not self.is_heading_row(cell.row))

    def is_heading_row(self, row: int) -> bool:
        """Whether every cell of the row is a header."""
        return all(cell.header for cell in self.places[row])


def shape_of(grid: Grid) -> Shape:
    """The shape of a grid with at least one cell."""
    places = tuple(
        tuple([cell or Cell("", row, column) for column, cell in enumerate(cells)])
        for row, cells in enumerate(grid.rows)
    )
    shape = Shape(places, 0, ())
    head = _head(shape)
    return Shape(places, head, _groups(shape, head), grid.is_form)


def _head(shape: Shape) -> int:
    """How many leading rows hold headers alone: none where such rows come again below, each for its own rows."""
    heading = [shape.is_heading_row(row) for row in range(len(shape.places))]
    head = heading.index(False) if False in heading else 0
    if any(heading[head:]) or _is_crossed(shape, head):
        return 0
    return head


def _groups(shape: Shape, head: int) -> tuple[tuple[int, int], ...]:
    """Groups begin at a band, and at and after a header that spans rows at the left edge."""
    height = len(shape.places)
    starts = {head, height}
    for row in range(head, height):
        first = shape.places[row][0]
        if shape.is_band(row):
            starts.add(row)
        elif first.header and first.rows > 1 and first.row == row:
            starts |= {row, row + first.rows}
    # A band over spanning headers would be cut from them: its groups are told by bands alone.
    if any(shape.is_band(row) for row in range(head, height)):
        starts = {head, height} | {row for row in range(head, height) if shape.is_band(row)}
    cuts = sorted(row for row in starts if row in (head, height) or not _is_crossed(shape, row))
    return tuple(pairwise(cuts))


def _is_crossed(shape: Shape, row: int) -> bool:
    return 0 < row < len(shape.places) and any(cell.row < row for cell in shape.places[row])


def is_square(cell: Cell) -> bool:
    """Whether a header is best set two characters by two where its column is narrow (结果维持)."""
    return cell.header and cell.columns == 1 and len(cell.text) == 4


def column_widths(grid: Grid, total: int) -> list[int]:
    """Widths in whole units that add up to `total`, by the grid's relative widths; even where it has none."""
    shares = grid.widths if len(grid.widths) == grid.width and min(grid.widths, default=0) > 0 else (1.0,) * grid.width
    edges = [round(edge * total / sum(shares)) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]
