"""Rows of a table whose rules were not drawn: lines of figures, and the label lines that are centred on them, begin or
end with them. Where more than one reading is possible, nothing is inferred.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gongkai.documents.pdf_columns import Strip, Word, figures_of

_SPARE = 1.0
"""Times its height: a figure that leaves its column less room may have been broken."""
_OVERLAP = 0.75
"""Times their height: lines closer than that cannot be two rows."""
_LONGEST_LABEL = 7
"""Lines."""


class FigureRow(NamedTuple):
    """The y of the first and of the last line of figures in a row: more than one where figures were broken."""

    high: float
    low: float


def figure_rows(strip: Strip, xs: Sequence[float]) -> list[FigureRow]:
    """The rows of a strip that hold figures, from top to bottom; `xs` are the edges of the columns."""
    first = _first_figure(strip, xs)
    rows: list[list[Word]] = []
    for figures in filter(None, map(figures_of, strip.lines)):
        if figures[-1].left < first:
            continue
        height = figures[0].height
        if rows and (rows[-1][-1].y - figures[0].y < _OVERLAP * height or _goes_on(rows[-1], figures, xs)):
            rows[-1].extend(figures)
        else:
            rows.append(figures)
    return [FigureRow(max(w.y for w in row), min(w.y for w in row)) for row in rows]


def is_crowded(lines: Sequence[list[Word]]) -> bool:
    """Whether lines of figures stand too close to be rows, or close lines hold unlike numbers of figures: read line by
    line, a half of a broken figure would pass for a whole one.
    """
    for upper, lower in pairwise(filter(None, map(figures_of, lines))):
        gap, height = upper[0].y - lower[0].y, upper[0].height
        if gap < _OVERLAP * height or (gap < 1.1 * height and len(lower) != len(upper)):
            return True
    return False


def lost_rows(strip: Strip, xs: Sequence[float]) -> list[float]:
    """The y of the rules between the rows of a strip, from top to bottom; empty where there is but one or none is sure.

    `xs` are the edges of the columns.
    """
    first = _first_figure(strip, xs)
    told = figure_rows(strip, xs) if first else []
    heads = [line for line in strip.lines if not figures_of(line) and any(word.left > first - 1 for word in line)]
    if not told or (len(told) < 2 and not heads):
        return []
    label = max((x for x in xs if x < first - 1), default=0.0)
    beside = [
        [word for word in line if word.right > label + 1 and word.left < first and not word.is_figure]
        for line in strip.lines
    ]
    height = min(word.height for line in strip.lines for word in figures_of(line))
    groups = _groups([words[-1].y for words in beside if words], told, height)
    if groups is None:
        return []
    spans = [(max(group), min(group)) for group in groups]
    for line in heads:
        y = line[0].y
        if y < spans[0][0] and not any(low - height / 3 < y < high + height / 3 for high, low in spans):
            spans.append((y, y))
    spans.sort(reverse=True)
    apart = all(upper[1] - lower[0] > height / 2 for upper, lower in pairwise(spans))
    return _edges(spans, strip, height) if apart else []


def _first_figure(strip: Strip, xs: Sequence[float]) -> float:
    """Where the column begins that holds the first figure of a row with more than one; 0 where there is none."""
    told = [figures for figures in map(figures_of, strip.lines) if len(figures) > 1]
    left = min((word.left for figures in told for word in figures), default=0.0)
    return max((x for x in xs if x < left), default=left)


def _goes_on(row: list[Word], figures: list[Word], xs: Sequence[float]) -> bool:
    """Whether a figure of the row fills its column and another one stands close below it: that may be its rest."""
    for upper in row:
        left, right = (
            max((x for x in xs if x <= upper.left), default=0.0),
            min((x for x in xs if x > upper.left), default=0.0),
        )
        full = right - left - (upper.right - upper.left) < _SPARE * upper.height
        if full and any(left < w.left < right and upper.y - w.y < 1.1 * upper.height for w in figures):
            return True
    return False


def _edges(spans: list[tuple[float, float]], strip: Strip, height: float) -> list[float]:
    """The y midway between rows, given as the y of their first and last line; above them each line is a row."""
    above = [(line[0].y, line[0].y) for line in strip.lines if line[0].y > spans[0][0] + height / 3]
    return [(upper[1] + lower[0]) / 2 for upper, lower in pairwise([*above, *spans])]


def _groups(labels: list[float], figures: list[FigureRow], height: float) -> list[list[float]] | None:
    """The y of the lines of each row, from top to bottom; None where more than one reading is possible."""
    near = 0.28 * height
    # The font of figures may stand a little higher or lower than that of labels.
    off = [min((row.high - y for y in labels), key=abs, default=0.0) for row in figures if row.high == row.low]
    shift = median([distance for distance in off if abs(distance) < near] or [0.0])
    figures = [FigureRow(row.high - shift, row.low - shift) for row in figures]
    readings = []
    for reading in (_centred, _below, _above):
        groups = reading(labels, figures, near)
        if groups is not None and groups not in readings:
            readings.append(groups)
    if len(readings) > 1:
        readings = [groups for groups in readings if _stands_apart(groups)]
        fewest = min(map(len, readings), default=0)
        readings = [groups for groups in readings if len(groups) == fewest]
    return readings[0] if len(readings) == 1 else None


def _centred(labels: list[float], figures: list[FigureRow], near: float) -> list[list[float]] | None:
    """Rows whose label lines are centred on their figures; a line between them is a row of its own."""
    groups: list[list[float]] = []
    last = len(labels) - 1
    for row in reversed(figures):
        figure = (row.high + row.low) / 2
        while True:
            sizes = [n for n in range(1, _LONGEST_LABEL + 1) if _is_one(labels, last - n + 1, last)]
            fits = [(abs((labels[last - n + 1] + labels[last]) / 2 - figure), n) for n in sizes]
            distance, size = min(fits, default=(near, 0))
            if distance < near:
                groups.append([*labels[last - size + 1 : last + 1], *row])
                last -= size
                break
            if last < 0 or labels[last] > figure:
                groups.append(list(row))
                break
            groups.append([labels[last]])
            last -= 1
    return groups[::-1]


def _is_one(labels: list[float], first: int, last: int) -> bool:
    """Whether lines may be one label: two, or more that stand closer to each other than to their neighbours."""
    if first < 0:
        return False
    if last - first < 2:
        return True
    gaps = [a - b for a, b in pairwise(labels)]
    return max(gaps[first:last]) + 0.5 < min(gaps[max(first - 1, 0) : first] + gaps[last : last + 1], default=1e9)


def _below(labels: list[float], figures: list[FigureRow], near: float) -> list[list[float]] | None:
    """Rows whose first label line stands beside the figures."""
    groups: list[list[float]] = []
    for row, after in zip(figures, [*(row.high for row in figures[1:]), -1e9], strict=True):
        lines = [y for y in labels if after + near < y <= row.high + near]
        if lines and abs(lines[0] - row.high) > near:
            return None
        groups.append([*lines, *row])
    return groups


def _above(labels: list[float], figures: list[FigureRow], near: float) -> list[list[float]] | None:
    """Rows whose last label line stands beside the figures. What stands above the first row is its header."""
    groups: list[list[float]] = []
    for before, row in zip([figures[0].low + near, *(row.low for row in figures)], figures, strict=False):
        lines = [y for y in labels if row.low - near <= y < before - near]
        if lines and abs(lines[-1] - row.low) > near:
            return None
        groups.append([*lines, *row])
    return None if labels and labels[-1] < figures[-1].low - near else groups


def _stands_apart(groups: list[list[float]]) -> bool:
    """Whether the lines of a row stand closer to each other than to those of its neighbours."""
    inner = [a - b for group in groups for a, b in pairwise(sorted(group, reverse=True))]
    outer = [min(a) - max(b) for a, b in pairwise(groups)]
    return not inner or not outer or max(inner) + 0.5 < min(outer)
