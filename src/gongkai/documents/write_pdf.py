"""Blocks to PDF: the page of `write_html`, printed by WeasyPrint on A4 as GB/T 9704-2012 asks.

The file is tagged (PDF/UA-1), its text can be searched, and the Chinese font is embedded.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from gongkai.documents.blocks import Block
from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.write_html import write_html

_NO_PANGO = (
    "写 PDF 需要排版程序库 Pango，本机没有安装；请安装软件包 libpango-1.0-0、libpangoft2-1.0-0 和 fonts-noto-cjk "
    "后再试，或者改写成 docx 格式。"
)
_NO_FONT = "写 PDF 需要中文字体，本机没有安装；请安装软件包 fonts-noto-cjk 后再试，或者改写成 docx 格式。"


def write_pdf(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as a PDF file. Raises ProgramNeeded where Pango or a Chinese font is not installed."""
    html, fonts = _weasyprint()
    page = html(string=write_html(blocks, title=title))
    with _quiet() as drawn_as_boxes:
        data: bytes = page.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
    if any("\u4e00" <= character <= "\u9fa5" for character in drawn_as_boxes):
        raise ProgramNeeded(_NO_FONT)
    return data


@cache
def _weasyprint() -> tuple[Any, Any]:
    """WeasyPrint's page class and the fonts of this machine, which take long to list and so are listed once."""
    try:
        # Takes half a second, and needs libraries that only writing PDF needs.
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise ProgramNeeded(_NO_PANGO) from error
    return HTML, FontConfiguration()


@contextmanager
def _quiet() -> Iterator[set[str]]:
    """Keeps WeasyPrint's log from the user; gives the characters that no font had and that it drew as boxes."""
    missing: set[str] = set()
    thread = threading.get_ident()

    def swallow(record: logging.LogRecord) -> bool:
        if record.thread == thread and ".notdef" in record.msg and isinstance(record.args, tuple):
            missing.add(str(record.args[0]))
        return False

    log = logging.getLogger("weasyprint")
    log.addFilter(swallow)
    try:
        yield missing
    finally:
        log.removeFilter(swallow)
