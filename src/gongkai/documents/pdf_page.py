"""What stands on one page of a PDF: its characters with their boxes, and the rules drawn on it. Units are points, the
origin is the page's lower left corner as PDFium gives it."""

import ctypes
from dataclasses import dataclass
from typing import Any, NamedTuple

_THIN = 2.5
"""A path no thicker than this is a rule; thicker ones are boxes, whose edges count when they are drawn."""
_SHORTEST_RULE = 3.0
_MAX_PATHS = 20_000


class Char(NamedTuple):
    """A character and its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle from bottom to top."""
        return (self.bottom + self.top) / 2


class Rule(NamedTuple):
    """A straight rule: for a horizontal one `at` is y and start, end are x; for a vertical one the other way round."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as PDFium sees it."""

    number: int
    width: float
    height: float
    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    has_picture: bool


def page_of(pdf: Any, index: int, limit: int) -> Page:
    """The page at `index`; at most `limit` characters of it are read."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        horizontal, vertical, has_picture = _rules(page)
        return Page(index + 1, width, height, _chars(page, limit), horizontal, vertical, has_picture)
    finally:
        page.close()


def _chars(page: Any, limit: int) -> list[Char]:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = min(raw.FPDFText_CountChars(handle), limit)
        # The loose box is as high as the line: with tight ones a comma would stand on a line of its own.
        rect = raw.FS_RECTF()
        box, unicode, reference = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetUnicode, ctypes.byref(rect)
        chars: list[Char] = []
        for index in range(count):
            code = unicode(handle, index)
            if code <= 32 or 0xD800 <= code <= 0xDFFF or code in (0xA0, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
                continue
            if box(handle, index, reference):
                chars.append(Char(chr(code), rect.left, rect.bottom, rect.right, rect.top))
        return chars
    finally:
        textpage.close()


def _rules(page: Any) -> tuple[list[Rule], list[Rule], bool]:
    import pypdfium2.raw as raw

    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    has_picture = False
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for number, item in enumerate(page.get_objects(filter=wanted, max_depth=4)):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        elif number < _MAX_PATHS:
            left, bottom, right, top = item.get_bounds()
            for rule in _edges(item, (left, bottom, right, top), raw):
                _sort(rule, horizontal, vertical)
    return horizontal, vertical, has_picture


def _edges(item: Any, bounds: tuple[float, float, float, float], raw: Any) -> list[tuple[float, float, float, float]]:
    """The rules of a path: itself when thin, else its edges when it is a box that is drawn."""
    left, bottom, right, top = bounds
    if right - left <= _THIN or top - bottom <= _THIN:
        return [bounds]
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(mode), ctypes.byref(stroke)) or not stroke.value:
        return []
    if raw.FPDFPath_CountSegments(item.raw) not in (4, 5):
        return []
    return [
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ]


def _sort(edge: tuple[float, float, float, float], horizontal: list[Rule], vertical: list[Rule]) -> None:
    left, bottom, right, top = edge
    if right - left >= top - bottom and right - left >= _SHORTEST_RULE:
        horizontal.append(Rule((bottom + top) / 2, left, right))
    elif top - bottom >= _SHORTEST_RULE:
        vertical.append(Rule((left + right) / 2, bottom, top))
