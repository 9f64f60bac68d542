"""Rules of a table that were not drawn, told by where its figures and labels stand.

Columns: figures of several rows that stand below each other. Rows: a line of figures, and the label lines that are
centred on it, begin or end with it. Where that does not come out even, nothing is inferred.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.documents.pdf_page import Char, Rule
from gongkai.documents.pdf_text import lines_of

_FIGURE = re.compile(r"[+\-−]?[\d０-９][\d０-９,，.．%]*|[/／\\\-－—–]{1,2}|无")
_WORD_GAP = 0.25
"""Of the widest character: a wider gap begins another word."""
_SAME_LINE = 0.3
_SPARE = 1.0
"""Times its height: a figure that leaves its column less room may have been broken."""
_LONGEST_LABEL = 7
"""Lines."""


class Word(NamedTuple):
    """Characters of a line without a gap."""

    text: str
    left: float
    right: float
    y: float
    height: float

    @property
    def is_figure(self) -> bool:
        """Whether it can only be what stands in a figure's cell."""
        return _FIGURE.fullmatch(self.text) is not None


class Strip(NamedTuple):
    """A row between rules, from top to bottom, and its lines of words."""

    top: float
    bottom: float
    lines: list[list[Word]]


def word_lines(chars: list[Char]) -> list[list[Word]]:
    """The lines from top to bottom, each as its words from left to right."""
    return [list(_words(line)) for line in lines_of(chars, _SAME_LINE)]


def _words(line: list[Char]) -> Iterator[Word]:
    gap = _WORD_GAP * max(char.right - char.left for char in line)
    start = 0
    for index in range(1, len(line) + 1):
        if index == len(line) or line[index].left - line[index - 1].right > gap:
            part = line[start:index]
            height = max(char.top - char.bottom for char in part)
            yield Word("".join(c.text for c in part), part[0].left, part[-1].right, part[0].y, height)
            start = index


def figures_of(line: list[Word]) -> list[Word]:
    """The figures that end a line."""
    start = len(line)
    while start and line[start - 1].is_figure:
        start -= 1
    return line[start:]


def lost_columns(strips: Sequence[Strip]) -> list[float]:
    """The x of the rules between columns; empty where the figures do not tell."""
    rows = [line for strip in strips for line in strip.lines]
    figures = [told for told in map(figures_of, rows) if len(told) > 1]
    columns = _columns([word for told in figures for word in told])
    if len(columns) < 2 or any(not _fits(told, columns) for told in figures):
        return []
    first = columns[0][0]
    labels = [[word for word in row if word.left < first and not _is_in(word, columns)] for row in rows]
    ends = [max(word.right for word in label) for label in labels if label]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    if not ends:
        return inner
    ends = [end for end in ends if end < first] or [first - 2]
    return [*_label_edges(labels, first), (max(ends) + first) / 2, *inner]


def _columns(figures: list[Word]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for word in sorted(figures, key=lambda word: word.left):
        if columns and word.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.right))
        else:
            columns.append((word.left, word.right))
    return columns


def _fits(figures: list[Word], columns: list[tuple[float, float]]) -> bool:
    """Whether each figure has a column of its own."""
    places = [index for word in figures for index, (left, right) in enumerate(columns) if left <= word.left < right]
    return len(set(places)) == len(figures)


def _is_in(word: Word, columns: list[tuple[float, float]]) -> bool:
    return any(word.left < right and word.right > left for left, right in columns)


def _label_edges(labels: list[list[Word]], first: float) -> list[float]:
    """The x between columns of labels: where two lines or more have a gap in common."""
    gaps = [(a.right, b.left) for label in labels for a, b in pairwise(label) if b.left < first]
    edges: list[float] = []
    while len(gaps) > 1:
        at = max((left for left, _ in gaps), key=lambda left: sum(a <= left < b for a, b in gaps))
        stabbed = [gap for gap in gaps if gap[0] <= at < gap[1]]
        if len(stabbed) < 2:
            break
        edges.append((max(left for left, _ in stabbed) + min(right for _, right in stabbed)) / 2)
        gaps = [gap for gap in gaps if gap not in stabbed]
    return sorted(edges)


def lost_rows(strip: Strip, xs: Sequence[float]) -> list[float]:
    """The y of the rules between the rows of a strip, from top to bottom; empty where there is but one or none is sure.

    `xs` are the edges of the columns.
    """
    rows = [(line, figures_of(line)) for line in strip.lines]
    told = [(line, figures) for line, figures in rows if figures]
    first = min((word.left for _, figures in told if len(figures) > 1 for word in figures), default=0.0)
    told = [(line, figures) for line, figures in told if figures[-1].left >= first]
    heads = [line for line, figures in rows if not figures and any(word.left > first - 1 for word in line)]
    if not first or (len(told) < 2 and not heads) or _breaks_figures(strip, xs):
        return []
    label = max([x for x in xs if x < first][:-1], default=0.0)
    beside = [
        [word.y for word in line if word.right > label + 1 and word.left < first and not word.is_figure]
        for line, _ in rows
    ]
    labels = [ys[-1] for ys in beside if ys]
    height = told[0][1][0].height
    groups = _groups(labels, [figures[0].y for _, figures in told], height)
    if groups is None:
        return []
    spans = [(max(group), min(group)) for group in groups]
    for line in heads:
        y = line[0].y
        if y < spans[0][0] and not any(low - height / 3 < y < high + height / 3 for high, low in spans):
            spans.append((y, y))
    return _edges(sorted(spans, reverse=True), strip, height)


def _breaks_figures(strip: Strip, xs: Sequence[float]) -> bool:
    """Whether a figure fills its column and another one stands close below it: that may be the rest of it."""
    figures = [word for line in strip.lines for word in line if word.is_figure]
    for left, right in pairwise(xs):
        inside = [word for word in figures if left < (word.left + word.right) / 2 < right]
        for upper, lower in pairwise(inside):
            full = right - left - (upper.right - upper.left) < _SPARE * upper.height
            if full and upper.y - lower.y < 1.1 * upper.height:
                return True
    return False


def _edges(spans: list[tuple[float, float]], strip: Strip, height: float) -> list[float]:
    """The y midway between rows, given as the y of their first and last line; above them each line is a row."""
    above = [(line[0].y, line[0].y) for line in strip.lines if line[0].y > spans[0][0] + height / 3]
    return [(upper[1] + lower[0]) / 2 for upper, lower in pairwise([*above, *spans])]


def _groups(labels: list[float], figures: list[float], height: float) -> list[list[float]] | None:
    """The y of the lines of each row, from top to bottom; None where more than one reading is possible."""
    near = 0.28 * height
    readings = []
    for reading in (_centred, _below, _above):
        groups = reading(labels, figures, near)
        if groups is not None and groups not in readings:
            readings.append(groups)
    if len(readings) > 1:
        readings = [groups for groups in readings if _stands_apart(groups)]
    return readings[0] if len(readings) == 1 else None


def _centred(labels: list[float], figures: list[float], near: float) -> list[list[float]] | None:
    """Rows whose label lines are centred on their figures; a line between them is a row of its own."""
    groups: list[list[float]] = []
    last = len(labels) - 1
    for figure in reversed(figures):
        while True:
            sizes = [n for n in range(1, _LONGEST_LABEL + 1) if _is_one(labels, last - n + 1, last)]
            fits = [(abs((labels[last - n + 1] + labels[last]) / 2 - figure), n) for n in sizes]
            distance, size = min(fits, default=(near, 0))
            if distance < near:
                groups.append([*labels[last - size + 1 : last + 1], figure])
                last -= size
                break
            if last < 0 or labels[last] > figure:
                groups.append([figure])
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


def _below(labels: list[float], figures: list[float], near: float) -> list[list[float]] | None:
    """Rows whose first label line stands beside the figures."""
    groups: list[list[float]] = []
    for figure, after in zip(figures, [*figures[1:], -1e9], strict=True):
        lines = [y for y in labels if after + near < y <= figure + near]
        if lines and abs(lines[0] - figure) > near:
            return None
        groups.append([*lines, figure])
    return groups


def _above(labels: list[float], figures: list[float], near: float) -> list[list[float]] | None:
    """Rows whose last label line stands beside the figures. What stands above the first row is its header."""
    groups: list[list[float]] = []
    for before, figure in zip([figures[0] + near, *figures], figures, strict=False):
        lines = [y for y in labels if figure - near <= y < before - near]
        if lines and abs(lines[-1] - figure) > near:
            return None
        groups.append([*lines, figure])
    return None if labels and labels[-1] < figures[-1] - near else groups


def _stands_apart(groups: list[list[float]]) -> bool:
    """Whether the lines of a row stand closer to each other than to those of its neighbours."""
    inner = [a - b for group in groups for a, b in pairwise(sorted(group, reverse=True))]
    outer = [min(a) - max(b) for a, b in pairwise(groups)]
    return not inner or not outer or max(inner) + 0.5 < min(outer)


def walls(edges: Sequence[float], strips: Sequence[Strip]) -> list[Rule]:
    """The rules between columns at `edges`, in each strip where no word stands across."""
    return [
        Rule(edge, strip.bottom, strip.top)
        for strip in strips
        for edge in edges
        if not any(word.left + 1 < edge < word.right - 1 for line in strip.lines for word in line)
    ]
