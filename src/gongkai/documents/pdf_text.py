"""Text of a PDF page outside of its tables: characters to lines, lines to paragraphs."""

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_page import Char

_FURNITURE = re.compile(r"[-—–―－\s]*\d{1,4}[-—–―－\s]*|第\s*\d+\s*页(?:\s*[/，,共]\s*共?\s*\d+\s*页?)?")
_LATIN = re.compile(r"[A-Za-z0-9]")
_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|第[一二三四五六七八九十\d]+[条部]"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: its characters with gaps as spaces, and where it stands."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_row: bool
    """Whether wide gaps part it into columns, as in a table without rules."""


def lines_of(chars: list[Char]) -> list[list[Char]]:
    """Characters as lines from top to bottom, each from left to right."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (-c.y, c.left)):
        if lines and abs(_middle(lines[-1]) - char.y) <= 0.5 * max(char.top - char.bottom, 4.0):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda c: c.left) for line in lines]


def _middle(line: list[Char]) -> float:
    """Where a line stands: of its tallest character, since marks and dashes sit high or low."""
    return max(line, key=lambda c: c.top - c.bottom).y


def joined(line: list[Char]) -> str:
    """The text of a line. A gap of half a character parts Latin words and figures, a wide one parts columns."""
    parts = [line[0].text]
    size = max(median(c.top - c.bottom for c in line), 1.0)
    for before, char in pairwise(line):
        gap = char.left - before.right
        if gap > 1.6 * size:
            parts.append("  ")
        elif gap > 0.3 * size and _LATIN.match(before.text) and _LATIN.match(char.text):
            parts.append(" ")
        parts.append(char.text)
    return "".join(parts)


def text_lines(chars: list[Char], height: float) -> list[TextLine]:
    """The lines of a page, page numbers left out."""
    found = []
    for line in lines_of(chars):
        text = joined(line)
        size = max(c.top - c.bottom for c in line)
        edge = line[0].y < 0.11 * height or line[0].y > 0.93 * height
        if edge and _FURNITURE.fullmatch(text):
            continue
        box = (
            min(c.left for c in line),
            max(c.right for c in line),
            max(c.top for c in line),
            min(c.bottom for c in line),
        )
        found.append(TextLine(text, *box, size, text.count("  ") >= 2))
    return found


def paragraphs_of(lines: list[TextLine]) -> list[tuple[str, TextLine]]:
    """Paragraphs with their first line: a line goes on where the one before was full and it is not indented."""
    if not lines:
        return []
    left, right = _measure(lines)
    body = median(line.size for line in lines)
    paragraphs: list[tuple[list[TextLine], TextLine]] = []
    for line in lines:
        last = paragraphs[-1][0][-1] if paragraphs else None
        if last is not None and (continues(last, line, left, right) or _is_title(last, line, body)):
            paragraphs[-1][0].append(line)
        else:
            paragraphs.append(([line], line))
    return [(_together([line.text for line in group]), first) for group, first in paragraphs]


def _is_title(last: TextLine, line: TextLine, body: float) -> bool:
    """Lines of one large size below each other are one title."""
    return (
        min(last.size, line.size) > 1.2 * body
        and abs(last.size - line.size) < 0.5
        and last.bottom - line.top < line.size
    )


def _measure(lines: list[TextLine]) -> tuple[float, float]:
    prose = [line for line in lines if not line.is_row] or lines
    return min(line.left for line in prose), max(line.right for line in prose)


def continues(last: TextLine, line: TextLine, left: float, right: float) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if last.is_row or line.is_row or abs(last.size - line.size) > 0.3 * max(last.size, line.size):
        return False
    is_full = right - last.right < 2.6 * last.size
    is_indented = line.left - left > 0.8 * line.size
    is_close = last.bottom - line.top < 1.8 * line.size
    return is_full and not is_indented and is_close and not _STARTS.match(line.text)


def _together(texts: list[str]) -> str:
    out = texts[0]
    for text in texts[1:]:
        gap = " " if re.search(r"[A-Za-z]$", out) and re.match(r"[A-Za-z]", text) else ""
        out += gap + text
    return out
