"""Columns of a table whose rules were not drawn: figures of several rows that stand below each other, and labels that
begin below each other or have a gap in common. Where figures do not tell, nothing is inferred.
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


class Word(NamedTuple):
    """Characters of a line without a gap; `starts` is where each of them begins."""

    text: str
    left: float
    right: float
    y: float
    height: float
    starts: tuple[float, ...]

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
            starts = tuple([char.left for char in part])
            yield Word("".join([c.text for c in part]), part[0].left, part[-1].right, part[0].y, height, starts)
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
    """The x between columns of labels: where three lines or more begin, or where two or more have a gap in common."""
    words = [word for label in labels for word in label]
    edges = [left - 0.5 for left in _aligned(words) if left < first and _begins_column(left, words)]
    gaps = [(a.right, b.left) for label in labels for a, b in pairwise(label) if b.left < first]
    gaps = [gap for gap in gaps if not any(gap[0] - 0.5 <= edge < gap[1] for edge in edges)]
    while len(gaps) > 1:
        at = max((left for left, _ in gaps), key=lambda left: sum(a <= left < b for a, b in gaps))
        stabbed = [gap for gap in gaps if gap[0] <= at < gap[1]]
        if len(stabbed) < 2:
            break
        edges.append((max(left for left, _ in stabbed) + min(right for _, right in stabbed)) / 2)
        gaps = [gap for gap in gaps if gap not in stabbed]
    return sorted(edges)


def _begins_column(left: float, words: list[Word]) -> bool:
    """Whether words end before `left`, and what stands across begins among them."""
    before = [word for word in words if word.left < left - 2]
    ends = [word.right for word in before if word.right < left + 0.5]
    return len(ends) > 1 and all(word.left < max(ends) for word in before)


def _aligned(words: list[Word]) -> list[float]:
    """The x where at least three words begin."""
    runs: list[list[float]] = []
    for left in sorted(word.left for word in words):
        if runs and left - runs[-1][0] < 1.5:
            runs[-1].append(left)
        else:
            runs.append([left])
    return [run[0] for run in runs if len(run) > 2]


def walls(edges: Sequence[float], strips: Sequence[Strip]) -> list[Rule]:
    """The rules between columns at `edges`, in each strip where nothing stands across."""
    return [
        Rule(edge, strip.bottom, strip.top)
        for strip in strips
        for edge in edges
        if not any(_is_across(word, edge) for line in strip.lines for word in line)
    ]


def _is_across(word: Word, edge: float) -> bool:
    """Whether a word stands across an edge: a figure as a whole, a label with one of its characters."""
    if not word.left + 1 < edge < word.right - 1:
        return False
    return word.is_figure or not any(abs(start - edge) < 1 for start in word.starts)
