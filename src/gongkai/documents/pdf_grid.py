"""Tables of a PDF page from the rules drawn on it: cells, spans where inner rules are missing, and their texts."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.blocks import Cell
from gongkai.documents.pdf_page import Char, Page, Rule
from gongkai.documents.pdf_text import joined, lines_of

_NEAR = 2.5
"""Rules closer than this, in points, are one; ends this far from a crossing still meet it."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table on a page: the x of its column edges from left to right, the y of its row edges from top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.ys[0]


def tables_of(page: Page) -> tuple[list[DrawnTable], list[Char]]:
    """The drawn tables from top to bottom, and the characters outside of them."""
    rest = page.chars
    tables: list[DrawnTable] = []
    for horizontal, vertical in _groups(page.horizontal, page.vertical):
        xs = _places([rule.at for rule in vertical])
        ys = _places([rule.at for rule in horizontal])[::-1]
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [c for c in rest if xs[0] - 1 <= c.x <= xs[-1] + 1 and ys[-1] - 1 <= c.y <= ys[0] + 1]
        if not inside:
            continue
        taken = set(map(id, inside))
        rest = [c for c in rest if id(c) not in taken]
        tables.append(DrawnTable(xs, tuple(ys), tuple(_cells(xs, ys, horizontal, vertical, inside, page.number))))
    return sorted(tables, key=lambda table: -table.top), rest


def _groups(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that belong to one table: vertical extents that touch each other make one band."""
    spans = sorted((rule.start, rule.end) for rule in vertical)
    bands: list[list[float]] = []
    for start, end in spans:
        if bands and start <= bands[-1][1] + _NEAR:
            bands[-1][1] = max(bands[-1][1], end)
        else:
            bands.append([start, end])
    groups = []
    for low, high in bands:
        ups = [rule for rule in vertical if low - _NEAR <= rule.start and rule.end <= high + _NEAR]
        acrosses = [rule for rule in horizontal if low - _NEAR <= rule.at <= high + _NEAR]
        groups.append((acrosses, ups))
    return groups


def _places(values: list[float]) -> tuple[float, ...]:
    """Distinct places in rising order; near ones are one, at their mean."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= _NEAR:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return tuple(sum(cluster) / len(cluster) for cluster in clusters)


def _cells(
    xs: tuple[float, ...],
    ys: Sequence[float],
    horizontal: list[Rule],
    vertical: list[Rule],
    chars: list[Char],
    page: int,
) -> list[Cell]:
    """The cells in reading order: unit squares joined where no rule parts them, as far as they make rectangles."""
    width, height = len(xs) - 1, len(ys) - 1
    right_of = _walls(vertical, xs, [(ys[r] + ys[r + 1]) / 2 for r in range(height)])
    below = _walls(horizontal, ys, [(xs[c] + xs[c + 1]) / 2 for c in range(width)])
    texts = _sorted_chars(xs, ys, chars)
    taken = [[False] * width for _ in range(height)]
    cells: list[Cell] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            columns = 1
            while (
                column + columns < width
                and (column + columns, row) not in right_of
                and not taken[row][column + columns]
            ):
                columns += 1
            rows = 1
            while row + rows < height and all((row + rows, c) not in below for c in range(column, column + columns)):
                rows += 1
            inside: list[Char] = []
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    taken[r][c] = True
                    inside.extend(texts.get((r, c), ()))
            cells.append(Cell(_text(inside), row, column, rows, columns, 1, page))
    return cells


def _walls(rules: list[Rule], edges: Sequence[float], middles: list[float]) -> set[tuple[int, int]]:
    """(edge, strip) for each edge that a rule draws across the middle of a strip."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        edge = min(range(len(edges)), key=lambda index: abs(edges[index] - rule.at))
        walls.update((edge, s) for s, middle in enumerate(middles) if rule.start - 1 <= middle <= rule.end + 1)
    return walls


def _sorted_chars(xs: tuple[float, ...], ys: Sequence[float], chars: list[Char]) -> dict[tuple[int, int], list[Char]]:
    falling = [-y for y in ys]
    places: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        row = min(max(bisect_right(falling, -char.y) - 1, 0), len(ys) - 2)
        column = min(max(bisect_right(xs, char.x) - 1, 0), len(xs) - 2)
        places.setdefault((row, column), []).append(char)
    return places


def _text(chars: list[Char]) -> str:
    """The cell's lines; a column of single characters is one word written downwards."""
    lines = [joined(line) for line in lines_of(chars)]
    return "".join(lines) if all(len(line) <= 2 for line in lines) and len(lines) > 2 else "\n".join(lines)
