"""Text of a PDF page: characters to lines, lines to paragraphs, and the text of a cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from gongkai.documents.pdf_page import Char

_SURE_FURNITURE = re.compile(r"[-—–―－]+\d{1,4}[-—–―－]+|第\d+页(?:[/，,共]*\d+页?)?")
_FURNITURE = re.compile(rf"[-—–―－]*\d{{1,4}}[-—–―－]*|\d{{1,4}}/\d{{1,4}}|{_SURE_FURNITURE.pattern}")
_FIRST_WIDE = "\u2e80"
_MOST_PARTS = 3
"""Lines: no figure takes more."""
_DIGITS = frozenset("0123456789.,")
_LEFT = attrgetter("left")
_CLOSING = "，。、；：？！）》”’】〕%％…—,.;:?!)"
_FIGURES = re.compile(r"(?:\s+(?:[\d,.%/\\—–-]+|无)){3}$")
_SPACE = 0.13
"""Of the height of a line: a wider gap is a space."""
_LATIN_END = re.compile(r"[A-Za-z0-9,.;:)%]")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")
HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、")
_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十\d]+[条部]"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: its characters with gaps as spaces, and where it stands.

    `head` is how wide its first word is: a line before it ends early where that had no room. `is_row` tells whether
    wide gaps or figures at its end part it into columns, as in a table without rules.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    head: float
    is_row: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How the prose of a document is set: from where to where its lines run, the usual gap between two of a paragraph,
    and whether a paragraph begins indented.
    """

    left: float
    right: float
    gap: float
    indented: bool


def lines_of(chars: list[Char], share: float = 0.5) -> list[list[Char]]:
    """Characters as lines from top to bottom, each from left to right.

    A character may stand off its line by `share` of its height.
    """
    lines: list[list[Char]] = []
    middle, tallest = 0.0, -1.0
    for y, _, char in sorted([(-(c.bottom + c.top) / 2, c.left, c) for c in chars]):
        height = char.top - char.bottom
        if tallest < 0 or y - middle > share * max(height, 4.0):
            lines.append([])
            tallest = -1.0
        # A line stands where its tallest character does, since marks and dashes sit high or low.
        if height > tallest:
            middle, tallest = y, height
        lines[-1].append(char)
    return [sorted(line, key=_LEFT) for line in lines]


def joined(line: list[Char]) -> str:
    """The text of a line. A small gap parts Latin words and figures, a wide one parts columns."""
    if len(line) == 1:
        return line[0].text
    parts = [line[0].text]
    size = max(sorted([c.top - c.bottom for c in line])[len(line) // 2], 1.0)
    for before, char in pairwise(line):
        gap = char.left - before.right
        if gap > 1.6 * size:
            parts.append("  ")
        elif gap > _SPACE * size and _LATIN_END.match(before.text) and _LATIN_START.match(char.text):
            parts.append(" ")
        parts.append(char.text)
    return "".join(parts)


def cell_text(chars: list[Char], room: float | None) -> str:
    """The cell's lines; a column of single characters is one word written downwards, a figure that the cell had no
    `room` for goes on in the next line. Without `room` nobody knows whether lines are rows of their own.
    """
    if len(chars) < 2:
        return "".join(char.text for char in chars)
    lines = lines_of(chars)
    texts = [joined(line) for line in lines]
    if len(lines) > 2 and all(len(text) <= 2 and not text[0].isdigit() for text in texts):
        return "".join(texts)
    if room is None or len(lines) > _MOST_PARTS:
        return "\n".join(texts)
    out = texts[0]
    for (above, line), text in zip(pairwise(lines), texts[1:], strict=True):
        out += text if _is_broken(above, line, room) else "\n" + text
    return out


def _is_broken(above: list[Char], line: list[Char], room: float) -> bool:
    """Whether a figure was broken at the end of a full line."""
    before, after = above[-1], line[0]
    full = room - (before.right - above[0].left) < after.right - after.left + 0.5
    return full and before.text in _DIGITS and after.text in _DIGITS


def without_furniture(chars: list[Char], height: float) -> list[Char]:
    """The characters of a page without its page number: the first or last line, when it is nothing else."""
    if not chars:
        return chars
    top, bottom = max(chars, key=lambda c: c.y), min(chars, key=lambda c: c.y)
    for end in (top, bottom):
        line = sorted((c for c in chars if abs(c.y - end.y) < 0.5 * (end.top - end.bottom)), key=lambda c: c.left)
        is_edge = end.y < 0.11 * height or end.y > 0.93 * height
        if (_FURNITURE if is_edge else _SURE_FURNITURE).fullmatch("".join(char.text for char in line)):
            gone = set(map(id, line))
            chars = [char for char in chars if id(char) not in gone]
    return chars


def text_lines(chars: list[Char]) -> list[TextLine]:
    """The lines of a page."""
    found = []
    for line in lines_of(chars, 0.3):
        text = joined(line)
        right, top = max(c.right for c in line), max(c.top for c in line)
        bottom = min(c.bottom for c in line)
        size = max(c.top - c.bottom for c in line)
        found.append(TextLine(text, line[0].left, right, top, bottom, size, _head(line) - line[0].left, _is_row(text)))
    return found


def _is_row(text: str) -> bool:
    return text.count("  ") > 1 or _FIGURES.search(text) is not None


def _head(line: list[Char]) -> float:
    """Where the first word of a line ends; Chinese characters are words of their own, with the marks behind them."""
    end = 1
    while end < len(line) and line[end - 1].text < _FIRST_WIDE and line[end].text < _FIRST_WIDE:
        if line[end].left - line[end - 1].right > _SPACE * (line[end].top - line[end].bottom):
            return line[end - 1].right
        end += 1
    while end < len(line) and line[end].text in _CLOSING:
        end += 1
    return line[end - 1].right


def measure_of(pages: Iterable[list[TextLine]]) -> Measure:
    """How the prose on the pages is set."""
    pages = [[line for line in page if not line.is_row] for page in pages]
    lines = [line for page in pages for line in page]
    if not lines:
        return Measure(0, 0, 0, indented=False)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gaps = [a.bottom - b.top for page in pages for a, b in pairwise(page) if abs(a.size - b.size) < 0.2 * a.size]
    full = [gap for gap in gaps if gap < lines[0].size]
    begun = [line for line in lines if 1.1 * line.size < line.left - left < 2.1 * line.size]
    return Measure(left, right, median(full or [0.0]), indented=10 * len(begun) > len(lines))


def paragraphs_of(lines: list[TextLine], measure: Measure) -> list[tuple[str, TextLine]]:
    """Paragraphs with their first line: a line goes on where the one before was full and it is not indented."""
    body = min((line.size for line in lines), default=0.0)
    paragraphs: list[list[TextLine]] = []
    for line in lines:
        last = paragraphs[-1][-1] if paragraphs else None
        if last is not None and (continues(last, line, measure) or _is_title(last, line, body)):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [(together([line.text for line in group]), group[0]) for group in paragraphs]


def _is_title(last: TextLine, line: TextLine, body: float) -> bool:
    """Centred lines of one large size below each other are one title."""
    return (
        min(last.size, line.size) > 1.2 * body
        and abs(last.size - line.size) < 0.5
        and abs(last.left + last.right - line.left - line.right) < line.size
        and last.bottom - line.top < line.size
    )


def begins_anew(text: str) -> bool:
    """Whether a line begins with the number of a heading, an item or an article."""
    return _STARTS.match(text) is not None


def continues(last: TextLine, line: TextLine, measure: Measure) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if last.is_row or line.is_row or abs(last.size - line.size) > 0.3 * max(last.size, line.size):
        return False
    # Where paragraphs are not indented, only a line that had no room for the next word is sure to go on.
    spare = 2.6 * last.size if measure.indented else 0.0
    is_full = measure.right - last.right < max(spare, line.head + 0.3 * last.size)
    is_indented = line.left - measure.left > 0.8 * line.size
    is_close = last.bottom - line.top < measure.gap + 0.35 * line.size
    may_go_on = not HEADING.match(line.text) and (measure.indented or not begins_anew(line.text))
    return is_full and not is_indented and is_close and may_go_on


def together(texts: list[str]) -> str:
    """Lines as one text; a space parts the words of an alphabet."""
    out = texts[0]
    for text in texts[1:]:
        gap = " " if re.search(r"[A-Za-z,;:)]$", out) and re.match(r"[A-Za-z]", text) else ""
        out += gap + text
    return out
