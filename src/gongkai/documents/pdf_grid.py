"""Tables of a PDF page from the rules drawn on it, lost ones inferred: cells, spans where inner rules are missing."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.blocks import Cell
from gongkai.documents.pdf_columns import Strip, lost_columns, walls, word_lines
from gongkai.documents.pdf_page import Box, Char, Page, Rule, edges_of, rules_of
from gongkai.documents.pdf_rows import is_crowded, lost_rows
from gongkai.documents.pdf_text import TextLine, cell_text, text_lines
from gongkai.documents.pdf_unruled import is_prose, unruled

_NEAR = 4.5
"""Rules closer than this, in points, are one; ends this far from a crossing still meet it."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table on a page: the x of its column edges from left to right, the y of its row edges from top to bottom.

    `open_top` and `open_bottom`: no rule closes it there, so a row may go on over the page break.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.ys[0]


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Edges and rules of a table, and the characters within; `inferred` where not all of its rules were drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    horizontal: list[Rule]
    vertical: list[Rule]
    chars: list[Char]
    inferred: bool = False


def tables_of(page: Page) -> tuple[list[DrawnTable], list[TextLine]]:
    """The tables from top to bottom, and the lines of text outside of them."""
    tables, rest = _ruled(page.horizontal, page.vertical, page.chars, page.number)
    outside = [box for box in page.fills if not any(t.ys[-1] < (box.top + box.bottom) / 2 < t.top for t in tables)]
    if outside:
        horizontal, vertical = rules_of(edge for box in outside for edge in edges_of(box))
        more, rest = _ruled(horizontal, vertical, rest, page.number, outside)
        tables += more
    lines = text_lines(rest)
    if any(line.is_row for line in lines):
        more, rest = _unruled(rest, page.number)
        tables += more
        lines = text_lines(rest)
    return sorted(tables, key=lambda table: -table.top), lines


def _ruled(
    horizontal: list[Rule], vertical: list[Rule], chars: list[Char], page: int, fills: Sequence[Box] = ()
) -> tuple[list[DrawnTable], list[Char]]:
    tables: list[DrawnTable] = []
    rest = chars
    for across, down in _groups(horizontal, vertical, chars):
        lattice = _lattice(across, down, rest)
        if lattice is None or (fills and not _is_filled(lattice, fills)):
            continue
        rest = _without(rest, lattice.chars)
        tables.append(_table(lattice, page))
    return tables, rest


def _unruled(chars: list[Char], page: int) -> tuple[list[DrawnTable], list[Char]]:
    tables: list[DrawnTable] = []
    rest = chars
    lines = word_lines(chars)
    for first, end in unruled(lines):
        words = [word for line in lines[first:end] for word in line]
        top, bottom = (max(w.y + w.height / 2 for w in words), min(w.y - w.height / 2 for w in words))
        inside = [char for char in rest if bottom < char.y < top]
        ys = (top, bottom)
        inner = lost_columns(_strips(ys, inside))
        xs = (min(w.left for w in words) - 1, *inner, max(w.right for w in words) + 1)
        lattice = _with_rows(_Lattice(xs, ys, [], [], inside), inferred=True)
        if len(lattice.ys) == 2 and not is_crowded(lines[first:end]):
            continue
        rest = _without(rest, inside)
        tables.append(_table(lattice, page))
    return tables, rest


def _without(chars: list[Char], taken: list[Char]) -> list[Char]:
    gone = set(map(id, taken))
    return [char for char in chars if id(char) not in gone]


def _is_filled(lattice: _Lattice, fills: Sequence[Box]) -> bool:
    """Whether filled boxes cover the table: shading of some rows does not draw it."""
    width, height = lattice.xs[-1] - lattice.xs[0], lattice.ys[0] - lattice.ys[-1]
    inside = [box for box in fills if lattice.ys[-1] - _NEAR < box.bottom and box.top < lattice.ys[0] + _NEAR]
    area = sum((box.right - box.left) * (box.top - box.bottom) for box in inside)
    beside = any(box.right - box.left < 0.9 * width for box in inside)
    return beside and len(lattice.ys) > 2 and area > 0.8 * width * height


def _lattice(across: list[Rule], down: list[Rule], chars: list[Char]) -> _Lattice | None:
    """The lattice of rules that belong together, with the inferred ones; None where they make no table."""
    xs = _places([rule.at for rule in down], [(rule.start, rule.end) for rule in across])
    ys = _places([rule.at for rule in across], [(rule.start, rule.end) for rule in down])[::-1]
    if len(xs) < 2 or len(ys) < 2:
        return None
    inside = [c for c in chars if xs[0] - 1 <= c.x <= xs[-1] + 1 and ys[-1] - 1 <= c.y <= ys[0] + 1]
    if not inside:
        return None
    if len(xs) == 2:
        strips = _strips(ys, inside)
        inner = lost_columns(strips)
        if not inner:
            return None
        xs = (xs[0], *(x for x in inner if xs[0] < x < xs[-1]), xs[-1])
        return _with_rows(_Lattice(xs, ys, across, down, inside), inferred=True)
    return _with_rows(_Lattice(xs, ys, across, down, inside), inferred=False)


def _with_rows(lattice: _Lattice, *, inferred: bool) -> _Lattice:
    """The lattice with the rules between its rows that were not drawn, and those between columns when `inferred`."""
    across = list(lattice.horizontal)
    ys = lattice.ys
    height = min(char.top - char.bottom for char in lattice.chars)
    for strip in _strips(ys, lattice.chars, at_least=1.6 * height):
        more = lost_rows(strip, lattice.xs)
        across += [Rule(y, lattice.xs[0], lattice.xs[-1]) for y in more]
        ys = tuple(sorted((*ys, *more), reverse=True))
    down = lattice.vertical
    if inferred:
        down = [*down, *walls(lattice.xs[1:-1], _strips(ys, lattice.chars))]
    return _Lattice(lattice.xs, ys, across, down, lattice.chars, inferred or ys != lattice.ys)


def _strips(ys: Sequence[float], chars: list[Char], *, at_least: float = 0.0) -> list[Strip]:
    """The rows between the edges that are `at_least` so high."""
    rows: list[list[Char]] = [[] for _ in ys[1:]]
    for row, char in zip(_rows(ys, chars), chars, strict=True):
        rows[row].append(char)
    return [
        Strip(top, bottom, word_lines(row))
        for (top, bottom), row in zip(pairwise(ys), rows, strict=True)
        if top - bottom >= at_least
    ]


def _table(lattice: _Lattice, page: int) -> DrawnTable:
    xs, ys = lattice.xs, lattice.ys
    closed = [
        sum(rule.end - rule.start for rule in lattice.horizontal if abs(rule.at - y) <= _NEAR) > (xs[-1] - xs[0]) / 2
        for y in (ys[0], ys[-1])
    ]
    return DrawnTable(xs, ys, tuple(_cells(lattice, page)), not closed[0], not closed[1])


def _groups(horizontal: list[Rule], vertical: list[Rule], chars: list[Char]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that belong to one table: vertical extents that touch each other make one band."""
    bands: list[list[float]] = []
    for start, end in sorted((rule.start, rule.end) for rule in vertical):
        if bands and start <= bands[-1][1] + _NEAR:
            bands[-1][1] = max(bands[-1][1], end)
        else:
            bands.append([start, end])
    groups = []
    left = horizontal
    for low, high in bands:
        ups = [rule for rule in vertical if low - _NEAR <= rule.start and rule.end <= high + _NEAR]
        acrosses = [rule for rule in left if low - _NEAR <= rule.at <= high + _NEAR]
        groups.append((acrosses, ups))
        left = [rule for rule in left if not low - _NEAR <= rule.at <= high + _NEAR]
    return groups + [(part, []) for part in _parted(left, chars)]


def _parted(horizontal: list[Rule], chars: list[Char]) -> list[list[Rule]]:
    """Horizontal rules that no vertical ones meet, parted where prose stands between them."""
    ys = _places([rule.at for rule in horizontal], [])[::-1]
    if len(ys) < 2:
        return []
    left, right = min(rule.start for rule in horizontal), max(rule.end for rule in horizontal)
    inside = [char for char in chars if left < char.x < right and ys[-1] < char.y < ys[0]]
    parts: list[list[float]] = [[ys[0]]]
    for strip in _strips(ys, inside):
        if is_prose(strip.lines, right - left):
            parts.append([strip.bottom])
        else:
            parts[-1].append(strip.bottom)
    return [
        [rule for rule in horizontal if part[-1] - _NEAR < rule.at < part[0] + _NEAR] for part in parts if len(part) > 1
    ]


def _places(values: list[float], extents: list[tuple[float, float]]) -> tuple[float, ...]:
    """Distinct places in rising order, near ones at their mean; the outer ones also from the crossing rules."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= _NEAR:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    places = [sum(cluster) / len(cluster) for cluster in clusters]
    outer = [min(start for start, _ in extents), max(end for _, end in extents)] if extents else []
    if places:
        outer = [value for value in outer if not places[0] - _NEAR < value < places[-1] + _NEAR]
    return tuple(sorted((*places, *outer)))


def _cells(lattice: _Lattice, page: int) -> Iterator[Cell]:
    """The cells in reading order: unit squares joined where no rule parts them, as far as they make rectangles."""
    xs = lattice.xs
    texts = _sorted_chars(xs, lattice.ys, lattice.chars)
    places = list(_rectangles(lattice))
    inside = [
        [c for r in range(row, row + rows) for k in range(column, column + columns) for c in texts.get((r, k), ())]
        for row, column, rows, columns in places
    ]
    margin = min(
        (min(c.left for c in chars) - xs[place[1]] for place, chars in zip(places, inside, strict=True) if chars),
        default=0.0,
    )
    for (row, column, rows, columns), chars in zip(places, inside, strict=True):
        room = None if lattice.inferred else xs[column + columns] - xs[column] - 2 * max(margin, 0.0)
        yield Cell(cell_text(chars, room), row, column, rows, columns, 1, page)


def _rectangles(lattice: _Lattice) -> Iterator[tuple[int, int, int, int]]:
    """Row, column, and how many rows and columns it spans, of each cell."""
    xs, ys = lattice.xs, lattice.ys
    width, height = len(xs) - 1, len(ys) - 1
    right_of = _walls(lattice.vertical, xs, [(a + b) / 2 for a, b in pairwise(ys)])
    below = _walls(lattice.horizontal, ys, [(a + b) / 2 for a, b in pairwise(xs)])
    taken = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            end = column + 1
            while end < width and (end, row) not in right_of and not taken[row][end]:
                end += 1
            rows = 1
            while row + rows < height and all((row + rows, c) not in below for c in range(column, end)):
                rows += 1
            for r in range(row, row + rows):
                taken[r][column:end] = [True] * (end - column)
            yield row, column, rows, end - column


def _walls(rules: list[Rule], edges: Sequence[float], middles: list[float]) -> set[tuple[int, int]]:
    """(edge, strip) for each edge that a rule draws across the middle of a strip."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        distances = [abs(edge - rule.at) for edge in edges]
        edge = distances.index(min(distances))
        walls.update((edge, s) for s, middle in enumerate(middles) if rule.start - 1 <= middle <= rule.end + 1)
    return walls


def _rows(ys: Sequence[float], chars: list[Char]) -> list[int]:
    """Which row between the edges each character is in."""
    rising, last = ys[::-1], len(ys) - 2
    return [min(max(last + 1 - bisect_right(rising, (c.bottom + c.top) / 2), 0), last) for c in chars]


def _sorted_chars(xs: tuple[float, ...], ys: Sequence[float], chars: list[Char]) -> dict[tuple[int, int], list[Char]]:
    places: dict[tuple[int, int], list[Char]] = {}
    last = len(xs) - 2
    for row, char in zip(_rows(ys, chars), chars, strict=True):
        column = min(max(bisect_right(xs, (char.left + char.right) / 2) - 1, 0), last)
        places.setdefault((row, column), []).append(char)
    return places
