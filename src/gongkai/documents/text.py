"""Plain text and Markdown to blocks: a paragraph for each physical line, a ragged grid for each run of table lines.

Nothing is guessed here about layouts without separators (one cell a line, columns of spaces): their lines stay
paragraphs, empty ones included, and the interpreter of the report reads them.
"""

import html
import re
from dataclasses import dataclass

from gongkai.documents.blocks import Block, Cell, Document, Grid, Paragraph, Style
from gongkai.documents.decoding import decode
from gongkai.documents.limits import Limits, TooLarge

_LINE_END = re.compile(r"\r\n?|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_ONLY_PIPES = re.compile(r"[|\s]*\|[|\s]*")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*|\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*")
_SHORT_RULE = re.compile(r"[\s|:-]*\|[\s|:-]*")
# One tab before words is an indent, as of a paragraph; before figures it is an empty cell.
_INDENTED = re.compile(r"[ \u3000]*\t[ \u3000]*[^\s\d|][^\t|]*")

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(?=\S)")
_HEADING_END = re.compile(r"\s+#+\s*$|\s+$")
_ALL_BOLD = re.compile(r"(\*\*)((?:(?!\*\*).)+)\*\*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _TableLine:
    text: str
    line: int


def read_text(data: bytes, limits: Limits, *, markdown: bool = False) -> Document:
    """A text or Markdown file as blocks. Raises Unreadable as `decode` does, TooLarge over the counts of `limits`."""
    blocks = blocks_of_text(decode(data, limits), limits, markdown=markdown)
    return Document(blocks, kind="markdown" if markdown else "text")


def blocks_of_text(text: str, limits: Limits, *, markdown: bool = False) -> tuple[Block, ...]:
    """The lines of a text as blocks; `line` is the physical line, from 1, of each paragraph and each cell.

    Lines with tabs or pipes next to each other make a Grid with `ragged` set; in plain text a single empty line does
    not part them. Only line feed, carriage return and both end a line. Raises TooLarge over `limits.blocks`,
    `limits.columns` or `limits.cells`.
    """
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    if not lines[-1]:
        lines.pop()
    if len(lines) > limits.blocks:
        raise TooLarge(f"文件有 {len(lines)} 行，超过 {limits.blocks} 行的上限；请拆分后再读。")
    if "\t" not in text and "|" not in text and not markdown:
        return tuple([Paragraph(line, number) for number, line in enumerate(lines, 1)])
    return _Reader(limits, markdown).blocks(lines)


class _Reader:
    """Gathers runs of table lines while it goes through the text once."""

    def __init__(self, limits: Limits, markdown: bool) -> None:
        self._limits = limits
        self._markdown = markdown
        self._paragraph = _marked_paragraph if markdown else Paragraph
        self._blocks: list[Block] = []
        self._run: list[_TableLine] = []
        self._cells = 0

    def blocks(self, lines: list[str]) -> tuple[Block, ...]:
        gap: list[Block] = []
        for number, line in enumerate(lines, 1):
            if ("|" in line or "\t" in line) and _is_table_line(line):
                self._run.append(_TableLine(line, number))
                gap.clear()
            elif self._run and not gap and not self._markdown and not line.strip():
                gap.append(Paragraph(line, number))
            else:
                self._close_run()
                self._blocks += gap
                gap.clear()
                self._blocks.append(self._paragraph(line, number))
        self._close_run()
        return (*self._blocks, *gap)
