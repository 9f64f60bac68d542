"""Tables of a PDF page that have no rules at all: runs of lines that end in figures, with their headers and labels."""

from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_columns import Word, figures_of
from gongkai.documents.pdf_text import HEADING, begins_anew

_WIDE = 0.55
"""Of the width of the page's text: a line without gaps that is wider is prose."""
_FULL = 0.75
"""Of the width of the rules around: what fills more of a line is prose."""
_FAR = 2.5
"""Times the height of a line: what stands further off does not belong to the table."""
_SAME_SIZE = 1.2


def unruled(lines: list[list[Word]]) -> list[tuple[int, int]]:
    """First and last line (exclusive) of each table among the lines of a page."""
    seeds = [index for index, line in enumerate(lines) if len(figures_of(line)) > 1]
    if not seeds or max(len(figures_of(lines[index])) for index in seeds) < 3:
        return []
    height = median(_height(lines[index]) for index in seeds)
    width = max(line[-1].right for line in lines) - min(line[0].left for line in lines)
    runs: list[list[int]] = []
    for index in seeds:
        between = lines[runs[-1][-1] : index] if runs else []
        if runs and all(_may_belong(line, height, width) for line in between) and _is_close(between, height):
            runs[-1].append(index)
        else:
            runs.append([index])
    return [_whole(lines, run[0], run[-1], height, width) for run in runs]


def is_prose(lines: list[list[Word]], width: float) -> bool:
    """Whether a heading or a full line is among lines without figures."""
    if any(len(figures_of(line)) > 1 for line in lines):
        return False
    return any(
        HEADING.match(line[0].text) or sum(word.right - word.left for word in line) > _FULL * width for line in lines
    )


def _whole(lines: list[list[Word]], first: int, last: int, height: float, width: float) -> tuple[int, int]:
    """The table with the header above its first line of figures and the labels that end below its last one."""
    while first and _is_header(lines[first - 1], height, width) and _gap(lines, first - 1) < _FAR * height:
        first -= 1
    labels = figures_of(lines[last])[0].left
    end = last + 1
    while end < len(lines) and _gap(lines, end - 1) < 1.5 * height and _is_label(lines[end], labels, height):
        end += 1
    return first, end


def _is_header(line: list[Word], height: float, width: float) -> bool:
    return _may_belong(line, height, width) and not begins_anew(line[0].text)


def _is_label(line: list[Word], end: float, height: float) -> bool:
    """Whether a line below the last figures may be more of their label, or what is left of broken figures."""
    fits = all(word.is_figure or word.right < end for word in line)
    return _height(line) <= _SAME_SIZE * height and fits and not begins_anew(line[0].text)


def _may_belong(line: list[Word], height: float, width: float) -> bool:
    is_prose = len(line) == 1 and line[0].right - line[0].left > _WIDE * width
    return not is_prose and height / _SAME_SIZE <= _height(line) <= _SAME_SIZE * height


def _is_close(lines: list[list[Word]], height: float) -> bool:
    return all(a[0].y - b[0].y < 2 * _FAR * height for a, b in pairwise(lines))


def _gap(lines: list[list[Word]], index: int) -> float:
    return lines[index][0].y - lines[index + 1][0].y


def _height(line: list[Word]) -> float:
    return max(word.height for word in line)
