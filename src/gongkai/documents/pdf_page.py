"""What stands on one page of a PDF: its characters with their boxes, and the rules drawn on it.

Units are points, the origin is the lower left corner of the page as it is read: where the text runs up or down the
page, everything is turned so that it runs from left to right.
"""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from math import pi
from typing import Any, NamedTuple

_THICKEST_RULE = 5.0
_DOT = 3.5
"""Paths no larger than this are the dots of a rule; rules shorter than `_DASH` may be its dashes."""
_DASH = 12.0
_SHORTEST_RULE = 3.0
_CHAIN = 6.0
_MAX_PATHS = 20_000
_DEEPEST_FORM = 4
_DRAWING = 20
"""Paths: fewer are an ornament."""
_SAMPLES = 40
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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


class Box(NamedTuple):
    """A rectangle: where it stands."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read. `fills` are filled rectangles without a border, as behind the cells of some tables;
    `is_drawn` tells whether it holds a picture or a drawing, which may be of text.
    """

    number: int
    width: float
    height: float
    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    fills: list[Box]
    is_drawn: bool


@dataclass
class _Paths:
    rules: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    has_picture: bool = False
    left: int = _MAX_PATHS


def page_of(pdf: Any, index: int, limit: int) -> Page:
    """The page at `index`; at most `limit` characters of it are read."""
    page = pdf[index]
    try:
        crop = Box(*page.get_cropbox())
        width, height = crop.right - crop.left, crop.top - crop.bottom
        paths = _Paths()
        _collect(_objects(page.raw), paths, _IDENTITY, 0)
        chars, quarter = _chars(page, limit)
        turn = _turned(crop, quarter)
        if quarter or crop.left or crop.bottom:
            chars = [Char(char.text, *turn(Box(*char[1:]))) for char in chars]
        if quarter % 2:
            width, height = height, width
        horizontal, vertical = rules_of(map(turn, paths.rules))
        fills = [turn(box) for box in paths.fills]
        is_drawn = paths.has_picture or _MAX_PATHS - paths.left >= _DRAWING
        fills = [box for box in fills if box.top - box.bottom < height / 2]
        return Page(index + 1, width, height, chars, horizontal, vertical, fills, is_drawn)
    finally:
        page.close()


def _chars(page: Any, limit: int) -> tuple[list[Char], int]:
    """The characters, and by how many quarters clockwise the page has to be turned for most of them to run right."""
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
        step = max(count // _SAMPLES, 1)
        angles = [raw.FPDFText_GetCharAngle(handle, index) for index in range(0, count, step)]
        quarters = [-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0]
        return chars, max(quarters, key=quarters.count, default=0)
    finally:
        textpage.close()


def _turned(crop: Box, quarter: int) -> Any:
    """How a box of the file becomes one of the page as it is read."""
    width, height = crop.right - crop.left, crop.top - crop.bottom

    def turn(box: Box) -> Box:
        left, bottom = box.left - crop.left, box.bottom - crop.bottom
        right, top = box.right - crop.left, box.top - crop.bottom
        match quarter:
            case 1:
                return Box(bottom, width - right, top, width - left)
            case 2:
                return Box(width - right, height - top, width - left, height - bottom)
            case 3:
                return Box(height - top, left, height - bottom, right)
            case _:
                return Box(left, bottom, right, top)

    return turn


def _objects(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as raw

    return (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))


def _collect(objects: Iterable[Any], paths: _Paths, matrix: tuple[float, ...], depth: int) -> None:
    """Puts the pictures, rules and boxes among the objects into `paths`; forms are gone into."""
    import pypdfium2.raw as raw

    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            paths.has_picture = True
        elif kind == raw.FPDF_PAGEOBJ_PATH and paths.left:
            paths.left -= 1
            _take_path(item, paths, matrix, raw)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = (raw.FPDFFormObj_GetObject(item, index) for index in range(count))
            _collect(inner, paths, _matrix(item, matrix, raw), depth + 1)


def _matrix(form: Any, outer: tuple[float, ...], raw: Any) -> tuple[float, ...]:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, ctypes.byref(own))
    a, b, c, d, e, f = outer
    return (
        own.a * a + own.b * c,
        own.a * b + own.b * d,
        own.c * a + own.d * c,
        own.c * b + own.d * d,
        own.e * a + own.f * c + e,
        own.e * b + own.f * d + f,
    )


def _take_path(item: Any, paths: _Paths, matrix: tuple[float, ...], raw: Any) -> None:
    """A thin path is a rule, a box with a border four of them; a filled box is kept apart."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top))):
        return
    box = _moved(Box(left.value, bottom.value, right.value, top.value), matrix)
    if _is_rule(box) or max(box.right - box.left, box.top - box.bottom) <= _DOT:
        paths.rules.append(box)
        return
    segments = raw.FPDFPath_CountSegments(item)
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    drawn = raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not drawn or segments not in (4, 5, 10):
        return
    # Ten segments are two boxes, the one within the other: a border that was filled.
    if stroke.value or segments == 10:
        paths.rules += edges_of(box)
    elif fill.value:
        paths.fills.append(box)


def _moved(box: Box, matrix: tuple[float, ...]) -> Box:
    if matrix == _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = ((box.left, box.bottom), (box.right, box.top))
    xs = sorted(a * x + c * y + e for x, y in corners)
    ys = sorted(b * x + d * y + f for x, y in corners)
    return Box(xs[0], ys[0], xs[1], ys[1])


def edges_of(box: Box) -> list[Box]:
    """The four edges of a box, as boxes without thickness."""
    left, bottom, right, top = box
    return [
        Box(left, bottom, right, bottom),
        Box(left, top, right, top),
        Box(left, bottom, left, top),
        Box(right, bottom, right, top),
    ]


def _is_rule(box: Box) -> bool:
    thin, long = sorted((box.right - box.left, box.top - box.bottom))
    return thin <= _THICKEST_RULE and long >= _SHORTEST_RULE and long >= 3 * thin


def rules_of(boxes: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules that the boxes are; dots and dashes in a row are one rule."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    across: list[Rule] = []
    down: list[Rule] = []
    for box in boxes:
        width, height = box.right - box.left, box.top - box.bottom
        row = Rule((box.bottom + box.top) / 2, box.left, box.right)
        column = Rule((box.left + box.right) / 2, box.bottom, box.top)
        if max(width, height) <= _DOT:
            across.append(row)
            down.append(column)
        elif width >= height:
            (across if width < _DASH else horizontal).append(row)
        else:
            (down if height < _DASH else vertical).append(column)
    return horizontal + _chained(across), vertical + _chained(down)


def _chained(pieces: list[Rule]) -> list[Rule]:
    """Dots and dashes in a row as one rule each; a piece that stands alone is one when it is no dot."""
    rules: list[Rule] = []
    for _, group in groupby(sorted(pieces, key=lambda piece: (round(piece.at), piece.start)), lambda p: round(p.at)):
        run: Rule | None = None
        for piece in group:
            if run is not None and piece.start - run.end <= _CHAIN:
                run = Rule(run.at, run.start, max(run.end, piece.end))
                continue
            rules += [run] if run is not None else []
            run = piece
        rules += [run] if run is not None else []
    return [rule for rule in rules if rule.end - rule.start > _DOT]
