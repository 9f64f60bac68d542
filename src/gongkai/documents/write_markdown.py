"""Blocks to Markdown: headings by number signs, tables as pipe tables (GitHub Flavored Markdown).

Pipe tables know no spans: the words of a spanning cell stand in its first place, the others stay empty.
"""

import re
from collections.abc import Sequence

from gongkai.documents.blocks import Block, Grid, Paragraph, Style
from gongkai.documents.table_shape import shape_of

_PREFIX = {Style.TITLE: "# ", Style.PART_TITLE: "# ", Style.HEADING: "## ", Style.SUBHEADING: "### "}
_MARK = re.compile(r"[\\`*_\[\]<>|&~]")
# What begins a list, a quotation, a heading or a rule, when it stands first in a line.
_OPENING = re.compile(r"(\d{0,9})([.)#>+=-])")


def write_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown text, an empty line between them."""
    parts = [_table(block) if isinstance(block, Grid) else _paragraph(block) for block in blocks]
    return "\n\n".join([part for part in parts if part]) + "\n"


def _paragraph(paragraph: Paragraph) -> str:
    prefix = _PREFIX.get(paragraph.style, "")
    if prefix:
        # A heading is one line here.
        return _line(prefix, paragraph.text.replace("\n", ""))
    return "\n\n".join([_line("", line) for line in paragraph.text.split("\n")])


def _line(prefix: str, words: str) -> str:
    text = _MARK.sub(r"\\\g<0>", words)
    if not prefix and (opening := _OPENING.match(text)):
        return f"{opening[1]}\\{text[opening.start(2) :]}"
    return prefix + text if text else ""


def _table(grid: Grid) -> str:
    if not grid.cells:
        return ""
    shape = shape_of(grid)
    rows = [
        [_field(cell.text) if (cell.row, cell.column) == (row, column) else "" for column, cell in enumerate(cells)]
        for row, cells in enumerate(shape.places)
    ]
    rows.insert(1, ["---"] * grid.width)
    return "\n".join([f"| {' | '.join(row)} |" for row in rows])


def _field(text: str) -> str:
    return _MARK.sub(r"\\\g<0>", text).replace("\n", "<br>")
