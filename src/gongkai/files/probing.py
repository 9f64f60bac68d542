"""What a child process does with a file that was sent in: tells its kind, reads its text, looks for what it hides.

The child is watched (`batch.supervisor`), so that a file can at worst end it. Knows no Django.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from gongkai.documents.blocks import Document, Grid, Hidden
from gongkai.documents.limits import DEFAULT, Damaged, Limits, ProgramNeeded
from gongkai.documents.reading import read
from gongkai.files.kinds import PICTURES, Kind, kind_of
from gongkai.files.secrecy import mark_in

LIMITS = replace(DEFAULT, pages=2_000)
_SHOWN, _MOST = 300, 500
"""Characters of what is hidden, and how many places, that are told: who has more looks at the file itself."""
_HEADER = "页眉"
_SCAN = "扫描件没有文字"
_PICTURE = "图片没有文字"
_NO_PROGRAM = "本机未安装 LibreOffice，旧版 Office 文件没有读取"


class Probed(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file: its kind, text, pages without text (from 1), what it hides, the mark at its head.

    `unchecked` says why nothing was looked for; empty where everything was.
    """

    kind: Kind
    text: str = ""
    textless_pages: tuple[int, ...] = ()
    hidden: tuple[tuple[str, str, str], ...] = ()
    mark: str = ""
    unchecked: str = ""
    pages: int = 0


def probing(_setup: bytes) -> Callable[[bytes], bytes]:
    """The job: from the path of a file to what is known of it."""

    def probe(payload: bytes) -> bytes:
        return msgspec.msgpack.encode(probed(Path(payload.decode()).read_bytes()))

    return probe


def probed(data: bytes) -> Probed:
    """What is known of a file. Raises `documents.limits.Unreadable` with one line that says why it is not taken."""
    if not data:
        raise Damaged("文件是空的，请核对是否选错了文件")
    kind = kind_of(data)
    if kind in PICTURES:
        from gongkai.files.pictures import hidden_in_picture

        return Probed(kind, hidden=_plain(hidden_in_picture(data, kind)), unchecked=_PICTURE)
    try:
        document = read(data, limits=LIMITS)
    except ProgramNeeded:
        return Probed(kind, unchecked=_NO_PROGRAM)
    hidden = (*document.hidden, *_more_hidden(data, kind, LIMITS))
    is_scan = 1 in document.textless_pages
    return Probed(
        kind,
        text=_text(document),
        textless_pages=document.textless_pages,
        hidden=_plain(hidden),
        mark=mark_in(_head(data, kind, document), headers=[one.text for one in hidden if one.kind == _HEADER]),
        unchecked=_SCAN if is_scan else "",
        pages=_pages(data) if kind is Kind.PDF else 0,
    )


def _more_hidden(data: bytes, kind: Kind, limits: Limits) -> tuple[Hidden, ...]:
    if kind is Kind.PDF:
        from gongkai.documents.pdf_hidden import hidden_in_pdf

        return hidden_in_pdf(data, limits)
    if kind in (Kind.DOCX, Kind.XLSX):
        from gongkai.documents.office_hidden import hidden_parts

        return hidden_parts(data, limits)
    return ()


def _pages(data: bytes) -> int:
    from gongkai.documents.pdf_hidden import page_count

    return page_count(data)


def _head(data: bytes, kind: Kind, document: Document) -> list[str]:
    """The lines from which page one begins; of a PDF as they stand, since reading joins short ones to paragraphs."""
    if kind is Kind.PDF:
        from gongkai.documents.pdf_hidden import head_lines

        return head_lines(data)
    lines: list[str] = []
    for block in document.blocks[:20]:
        told = [cell.text for cell in block.cells[:40]] if isinstance(block, Grid) else [block.text]
        lines += [line for text in told for line in text.splitlines()]
    return lines


def _text(document: Document) -> str:
    lines = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += ["\t".join(" ".join(cell.text.split()) for cell in row) for row in block.lines]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _plain(hidden: tuple[Hidden, ...]) -> tuple[tuple[str, str, str], ...]:
    told = dict.fromkeys((one.kind, one.where, one.text[:_SHOWN]) for one in hidden)
    return tuple(told)[:_MOST]
