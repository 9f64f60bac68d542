"""What lies on a PDF page in the order in which it is drawn: later things may cover earlier ones.

Units are points, the origin is the lower left corner of the page as the file has it (not turned).
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gongkai.documents.pdf_page import Box

_DEEPEST_FORM = 4
_MOST_OBJECTS = 50_000
_OPAQUE = 255
_WHITE = 250
Matrix = tuple[float, float, float, float, float, float]
_NOWHERE = Box(0, 0, 0, 0)
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Cover:
    """An area that hides what was drawn before it: `order` counts the objects of the page."""

    order: int
    box: Box
    is_picture: bool
    is_white: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text object: when it is drawn and where, whether with no ink at all, whether in white."""

    order: int
    box: Box
    is_invisible: bool
    is_white: bool


@dataclass
class Layers:
    """The text objects of a page by the address of their handle, its covers in their order, and shadings."""

    words: dict[int, Words] = field(default_factory=dict)
    covers: list[Cover] = field(default_factory=list)
    has_shading: bool = False
    count: int = 0


def layers_of(page: Any) -> Layers:
    """The layers of a page (a raw handle); what comes after the first 50,000 objects is not looked at."""
    import pypdfium2.raw as raw

    layers = Layers()
    objects = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    _take_all(objects, layers, _SAME, 0, raw)
    return layers


def address(handle: Any) -> int:
    """What tells one object of PDFium from another."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _take_all(objects: Iterator[Any], layers: Layers, matrix: Matrix, depth: int, raw: Any) -> None:
    for item in objects:
        layers.count += 1
        if layers.count > _MOST_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            layers.words[address(item)] = _words(item, layers.count, matrix, raw)
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            layers.has_shading = True
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = (raw.FPDFFormObj_GetObject(item, index) for index in range(count))
            _take_all(inner, layers, _inner(item, matrix, raw), depth + 1, raw)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) and (box := _covered(item, matrix, raw)):
            is_picture = kind == raw.FPDF_PAGEOBJ_IMAGE
            is_white = not is_picture and min(_fill(item, raw)[:3]) >= _WHITE
            layers.covers.append(Cover(layers.count, box, is_picture, is_white))


def _words(item: Any, order: int, matrix: Matrix, raw: Any) -> Words:
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    red, green, blue, alpha = _fill(item, raw)
    is_invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (mode == raw.FPDF_TEXTRENDERMODE_FILL and alpha == 0)
    is_white = mode == raw.FPDF_TEXTRENDERMODE_FILL and min(red, green, blue) >= _WHITE
    return Words(order, _moved(_bounds(item, raw) or _NOWHERE, matrix), is_invisible, is_white)


def _covered(item: Any, matrix: Matrix, raw: Any) -> Box | None:
    """The area that an object hides; None where it lets through what is below it."""
    if raw.FPDFPageObj_HasTransparency(item):
        return None
    if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH and not _hides(item, raw):
        return None
    box = _bounds(item, raw)
    if box is None:
        return None
    for clip in _clips(item, raw):
        box = Box(
            max(box.left, clip.left),
            max(box.bottom, clip.bottom),
            min(box.right, clip.right),
            min(box.top, clip.top),
        )
    return _moved(box, matrix) if box.left < box.right and box.bottom < box.top else None


def _bounds(item: Any, raw: Any) -> Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
        return None
    return Box(*(edge.value for edge in edges))


def _hides(path: Any, raw: Any) -> bool:
    """Whether a path is filled with an opaque colour, or one thick stroke of a pen."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    if not raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    if fill.value:
        return _fill(path, raw)[3] == _OPAQUE
    return bool(stroke.value) and raw.FPDFPath_CountSegments(path) == 2


def _fill(item: Any, raw: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity, 0 to 255; opaque black where the colour is a pattern."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts)):
        return 0, 0, 0, _OPAQUE
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _clips(item: Any, raw: Any) -> Iterator[Box]:
    """The boxes around the paths that an object is clipped to."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    if not clip:
        return
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        xs, ys = [], []
        for index in range(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            yield Box(min(xs), min(ys), max(xs), max(ys))


def _inner(form: Any, outer: Matrix, raw: Any) -> Matrix:
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


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
