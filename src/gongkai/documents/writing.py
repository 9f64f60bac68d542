"""The one door for writing: blocks become the bytes of a document, in any of the formats that are written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from gongkai.documents.blocks import LINED, Block, Grid

FORMATS = ("docx", "pdf", "html", "xlsx", "md")

# Neither XML 1.0 nor a spreadsheet can hold these, and nobody sees them.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")


def write(document_blocks: Sequence[Block], *, to: str, title: str) -> bytes:
    """The blocks as a whole file of the format `to` (one of FORMATS); `title` names it in its properties.

    The same blocks always give the same bytes. Control characters are left out; indents are the format's own, so
    white space around a paragraph is left out too; a tab becomes a space, a line end in a paragraph begins another, but
    in `blocks.LINED` it only breaks the line. Raises ValueError for another format, `limits.ProgramNeeded` where PDF
    needs a package that is not installed.
    """
    blocks = [clean for block in document_blocks for clean in _clean(block)]
    name = " ".join(_lines(title))
    # Each writer is loaded when it is asked for: the command must start without them.
    match to:
        case "docx":
            from gongkai.documents.write_docx import write_docx

            return write_docx(blocks, title=name)
        case "pdf":
            from gongkai.documents.write_pdf import write_pdf

            return write_pdf(blocks, title=name)
        case "html":
            from gongkai.documents.write_html import write_html

            return write_html(blocks, title=name).encode()
        case "xlsx":
            from gongkai.documents.write_xlsx import write_xlsx

            return write_xlsx(blocks, title=name)
        case "md":
            from gongkai.documents.write_markdown import write_markdown

            return write_markdown(blocks).encode()
        case _:
            raise ValueError(f"不能写成“{to}”格式；可以写的格式有：{'、'.join(FORMATS)}。")


def _clean(block: Block) -> list[Block]:
    if isinstance(block, Grid):
        cells = tuple([structs.replace(cell, text="\n".join(_lines(cell.text))) for cell in block.cells])
        return [replace(block, cells=cells, caption=" ".join(_lines(block.caption)))]
    if block.style in LINED:
        return [structs.replace(block, text="\n".join(_lines(block.text)))]
    return [structs.replace(block, text=line) for line in _lines(block.text)]


def _lines(text: str) -> list[str]:
    """The lines of a text as they can be written, at least one."""
    text = text.replace("\t", " ").replace("\v", "\n").replace("\f", "\n")
    return [_UNWRITABLE.sub("", line).strip() for line in _LINE_END.split(text)]
