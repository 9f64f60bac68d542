"""What a PDF carries that its printed page does not show: text under boxes, text without ink, annotations, attachments.

A black box drawn over a name hides it from the eye alone: the characters below it can be selected and copied.
"""

import ctypes
from collections.abc import Iterator
from typing import Any

from gongkai.documents.blocks import Hidden
from gongkai.documents.limits import Damaged, Encrypted, Limits
from gongkai.documents.pdf_layers import Cover, Layers, Words, address, layers_of
from gongkai.documents.pdf_page import Box, page_of
from gongkai.documents.pdf_text import joined, lines_of

COVERED, UNSEEN, OUTSIDE, SCANNED = "图形遮盖的文字", "看不见的文字", "页面以外的文字", "扫描件的识别文字"
_SHOWN = 200
_MOST = 200
"""Findings of one file; who has more looks at the first and then at the file."""
_SHARE = 0.6
"""Of a character's height that a box must have, so that rules, underlines and strokes through words hide nothing."""
_PAGE_SHARE = 0.6
"""Of the page that a picture must fill to be its scan; the text with it is what was recognised on it."""
_BANDS = 100
"""Level bands of a page, by which its covers are looked up."""
_HEAD = 0.55
"""Of the page, from its top: marks stand above the title."""
_PERSONAL = {"Author": "作者"}


def hidden_in_pdf(data: bytes, limits: Limits) -> tuple[Hidden, ...]:
    """What is hidden in a PDF. Raises Damaged or Encrypted."""
    pdf = _opened(data)
    try:
        found = list(_of_file(pdf, data))
        for index in range(min(len(pdf), limits.pages)):
            found += _of_page(pdf, index)
            if len(found) >= _MOST:
                break
        return tuple(found[:_MOST])
    finally:
        pdf.close()


def page_count(data: bytes) -> int:
    """How many pages there are. Raises Damaged or Encrypted."""
    pdf = _opened(data)
    try:
        return len(pdf)
    finally:
        pdf.close()


def head_lines(data: bytes) -> list[str]:
    """The lines at the head of page one, from its top. Raises Damaged or Encrypted."""
    pdf = _opened(data)
    try:
        page = page_of(pdf, 0, 20_000)
    finally:
        pdf.close()
    chars = [char for char in page.chars if char.y > page.height * (1 - _HEAD)]
    return [joined(line) for line in lines_of(chars)]


def _opened(data: bytes) -> Any:
    import pypdfium2  # heavy, and only needed here

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Encrypted("PDF 文件有密码保护，请解除密码后再试") from error
        raise Damaged("PDF 文件已损坏，无法打开，请重新导出") from error


def _of_file(pdf: Any, data: bytes) -> Iterator[Hidden]:
    import pypdfium2.raw as raw

    for key, value in pdf.get_metadata_dict(skip_empty=True).items():
        if key in _PERSONAL:
            yield Hidden("metadata", _PERSONAL[key], value[:_SHOWN])
    for index in range(pdf.count_attachments()):
        yield Hidden("附件", "文件", pdf.get_attachment(index).get_name()[:_SHOWN])
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0:
        yield Hidden("脚本", "文件", "文件中有会自动运行的脚本")
    # A file made for the web has one more of them from the start.
    versions = data.count(b"startxref") - (b"/Linearized" in data[:2048])
    if versions > 1:
        yield Hidden("旧版本", "文件", f"保存过{versions}次，改动以前的内容仍在文件中")


def _of_page(pdf: Any, index: int) -> list[Hidden]:
    page = pdf[index]
    try:
        where = f"第{index + 1}页"
        layers = layers_of(page.raw)
        textpage = page.get_textpage()
        try:
            return [*_of_text(page, textpage, layers, where), *_of_annotations(page, textpage, where)]
        finally:
            textpage.close()
    finally:
        page.close()


def _of_text(page: Any, textpage: Any, layers: Layers, where: str) -> Iterator[Hidden]:
    """One finding for each way in which text of the page is hidden, with the text."""
    crop = Box(*page.get_cropbox())
    covers = _relevant(layers, crop)
    if not covers and not any(_is_suspicious(words, crop) for words in layers.words.values()):
        return
    bands = _Bands(covers, crop)
    found: dict[str, list[str]] = {}
    for text, box, words in _characters(textpage, layers):
        kind = _kind(box, words, bands.around(box), crop, layers)
        if kind:
            found.setdefault(kind, []).append(text)
    for kind, texts in found.items():
        yield Hidden(kind, where, "".join(texts)[:_SHOWN])


def _relevant(layers: Layers, crop: Box) -> list[Cover]:
    """The covers that are drawn after some text, or that white text may stand on."""
    first = min((words.order for words in layers.words.values()), default=0)
    has_white = any(words.is_white for words in layers.words.values())
    return [cover for cover in layers.covers if has_white or cover.order > first or _is_scan(cover, crop)]


def _is_suspicious(words: Words, crop: Box) -> bool:
    left, bottom, right, top = words.box
    is_inside = crop.left <= left and right <= crop.right and crop.bottom <= bottom and top <= crop.top
    return words.is_invisible or words.is_white or not is_inside


class _Bands:
    """The covers by the level bands of the page that they touch: a page may have thousands of cells with a ground."""

    def __init__(self, covers: list[Cover], crop: Box) -> None:
        self._low, self._step = crop.bottom, max((crop.top - crop.bottom) / _BANDS, 1.0)
        self._covers: list[list[Cover]] = [[] for _ in range(_BANDS)]
        for cover in covers:
            for band in range(self._band(cover.box.bottom), self._band(cover.box.top) + 1):
                self._covers[band].append(cover)

    def around(self, char: Box) -> list[Cover]:
        """The covers over, or below, a character."""
        near = self._covers[self._band((char.bottom + char.top) / 2)]
        return [cover for cover in near if _is_over(char, cover.box)]

    def _band(self, y: float) -> int:
        return min(max(int((y - self._low) / self._step), 0), _BANDS - 1)


def _characters(textpage: Any, layers: Layers) -> Iterator[tuple[str, Box, Words]]:
    import pypdfium2.raw as raw

    handle, rect = textpage.raw, raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code <= 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        words = layers.words.get(address(raw.FPDFText_GetTextObject(handle, index)))
        if words is not None and raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(rect)):
            yield chr(code), Box(rect.left, rect.bottom, rect.right, rect.top), words


def _kind(box: Box, words: Words, around: list[Cover], crop: Box, layers: Layers) -> str:
    """How a character is hidden; empty for one that is seen."""
    if not _is_within(box, crop):
        return OUTSIDE
    if words.is_invisible:
        return SCANNED if any(_is_scan(cover, crop) for cover in around) else UNSEEN
    over = [cover for cover in around if cover.order > words.order]
    if over:
        return SCANNED if all(_is_scan(cover, crop) for cover in over) else COVERED
    if words.is_white and not layers.has_shading and all(cover.is_white for cover in around):
        return UNSEEN
    return ""


def _is_scan(cover: Cover, crop: Box) -> bool:
    area = (cover.box.right - cover.box.left) * (cover.box.top - cover.box.bottom)
    return cover.is_picture and area > _PAGE_SHARE * (crop.right - crop.left) * (crop.top - crop.bottom)


def _is_over(char: Box, box: Box) -> bool:
    if box.top - box.bottom < _SHARE * (char.top - char.bottom):
        return False
    return _is_within(char, box)


def _is_within(char: Box, box: Box) -> bool:
    """Whether the middle of a character lies in a box."""
    x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
    return box.left <= x <= box.right and box.bottom <= y <= box.top


def _of_annotations(page: Any, textpage: Any, where: str) -> Iterator[Hidden]:
    """Notes of reviewers, shapes laid over words, areas marked for redaction and never redacted, attached files."""
    import pypdfium2.raw as raw

    notes = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE}
    notes |= {raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_CARET}
    shapes = {raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_LINE}
    shapes |= {raw.FPDF_ANNOT_INK}
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_REDACT:
            yield Hidden("没有执行的遮盖", where, _below(annotation, textpage, raw))
        elif kind in shapes and (text := _below(annotation, textpage, raw)):
            yield Hidden("批注图形下的文字", where, text)
        elif kind in notes:
            yield Hidden("批注", where, _contents(annotation, raw) or _below(annotation, textpage, raw))
        elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            yield Hidden("附件", where, _contents(annotation, raw) or "批注中的附件")
        raw.FPDFPage_CloseAnnot(annotation)


def _below(annotation: Any, textpage: Any, raw: Any) -> str:
    """The text of the page that an annotation lies on."""
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return ""
    text = textpage.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
    return " ".join(str(text).split())[:_SHOWN]


def _contents(annotation: Any, raw: Any) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")[:_SHOWN]
