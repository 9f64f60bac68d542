"""Plain text and Markdown to blocks: a paragraph for each physical line, a ragged grid for each run of table lines.

Nothing is guessed here about layouts without separators (one cell a line, columns of spaces): their lines stay
paragraphs, empty ones included, and the interpreter of the report reads them.
"""

import re
from collections.abc import Iterable

from gongkai.documents.blocks import Block, Cell, Document, Grid, Paragraph, Style
from gongkai.documents.decoding import decode
from gongkai.documents.limits import Limits, TooLarge

_LINE_END = re.compile(r"\r\n?|\n")
_PIPE = re.compile(r"(?<!\\)\|")
_ONLY_PIPES = re.compile(r"[|\s]+")
_DASHES = r"\s*(?:-{3,}|:-+:?|-+:)\s*"
_RULE = re.compile(rf"\|?(?:{_DASHES}\|)*{_DASHES}\|?")
_SHORT_RULE = re.compile(r"[\s|:-]+")
# One tab before words is an indent, as of a paragraph; before figures it is an empty cell.
_INDENTED = re.compile(r"[ \u3000]*\t[ \u3000]*[^\s\d|][^\t|]*")

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(?=\S)")
_ALL_BOLD = re.compile(r"(\*\*)((?:(?!\*\*).)+)\*\*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


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
    paragraph = _marked_paragraph if markdown else Paragraph
    blocks: list[Block] = []
    done = cells = 0
    runs = _runs(lines, 0 if markdown else 1) if "\t" in text or "|" in text else []
    for start, stop in runs:
        grid = _grid(lines, start, stop, limits.columns, markdown)
        if grid is None:
            continue
        cells += len(grid.cells)
        if cells > limits.cells:
            raise TooLarge(f"文件的表格超过 {limits.cells} 个单元格的上限；请拆分后再读。")
        blocks += [paragraph(lines[index], index + 1) for index in range(done, start)]
        blocks.append(grid)
        done = stop
    blocks += [paragraph(lines[index], index + 1) for index in range(done, len(lines))]
    return tuple(blocks)


def _runs(lines: list[str], gap: int) -> list[tuple[int, int]]:
    """Where table lines stand together, at most `gap` empty lines apart: first index and the index after the last."""
    runs: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not ("|" in line or "\t" in line) or not _is_table_line(line):
            continue
        if runs and index - runs[-1][1] <= gap and not any(map(str.strip, lines[runs[-1][1] : index])):
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return [run for start, stop in runs if (run := _without_indented(lines, start, stop))]


def _is_table_line(line: str) -> bool:
    """Whether tabs or pipes part fields here: not where a tab only stands before or within prose."""
    if "|" in line:
        return True
    fields = [field for field in line.split("\t") if field.strip()]
    if not fields:
        return line.count("\t") > 1
    return len(fields) > 2 or ("。" not in line and "\t" in line.strip(" \n"))


def _without_indented(lines: list[str], start: int, stop: int) -> tuple[int, int] | None:
    """A run without the indented headings before and after it, and the empty lines that then edge it."""
    while start < stop and (_INDENTED.fullmatch(lines[start]) or not lines[start].strip(" ")):
        start += 1
    while start < stop and (_INDENTED.fullmatch(lines[stop - 1]) or not lines[stop - 1].strip(" ")):
        stop -= 1
    return (start, stop) if start < stop else None


def _grid(lines: list[str], start: int, stop: int, columns: int, markdown: bool) -> Grid | None:
    """The lines as a grid; None where they are rather prose with a separator in it, or separators alone."""
    if stop - start == 1 and "。" in lines[start]:
        return None
    rows, headers = _rows(lines, start, stop, markdown)
    widest = max(rows, key=lambda row: len(row[1]), default=(0, []))
    if len(widest[1]) > columns:
        raise TooLarge(f"第 {widest[0]} 行的表格有 {len(widest[1])} 列，超过 {columns} 列的上限；请拆分后再读。")
    clean = _marked_field if markdown else str.strip
    cells = tuple(
        [
            Cell(clean(field), row, column, 1, 1, line, None, row < headers)
            for row, (line, fields) in enumerate(rows)
            for column, field in enumerate(fields)
        ]
    )
    return Grid(cells, line=start + 1, ragged=True) if any(cell.text for cell in cells) else None


def _rows(lines: list[str], start: int, stop: int, markdown: bool) -> tuple[list[tuple[int, list[str]]], int]:
    """Line number and fields of each row, and how many of the rows stand above the rule under a table's head."""
    bordered = _is_bordered(lines[start:stop])
    rows: list[tuple[int, list[str]]] = []
    headers = 0
    for number, line in enumerate(lines[start:stop], start + 1):
        if "|" in line:
            # Short dashes are a rule only in the second row: further down they say nil.
            rule = _SHORT_RULE if markdown and len(rows) == 1 and not headers else _RULE
            if "-" in line and rule.fullmatch(line.strip()):
                headers = headers or len(rows)
            else:
                rows.append((number, _pipe_fields(line, bordered)))
        elif "\t" in line:
            rows.append((number, line.split("\t")))
    return rows, headers


def _is_bordered(lines: Iterable[str]) -> bool:
    """Whether the run's rows begin with a pipe, so that pipes stand around the fields and not only behind them."""
    worded = [line.lstrip().startswith("|") for line in lines if "|" in line and not _ONLY_PIPES.fullmatch(line)]
    return sum(worded) * 2 > len(worded)


def _pipe_fields(line: str, bordered: bool) -> list[str]:
    """The fields between pipes. The first and last pipe are borders; without left borders each pipe ends a field."""
    fields = _PIPE.split(line.strip())
    if not fields[-1] and len(fields) > 1:
        fields.pop()
    if not fields[0] and len(fields) > 1 and (bordered or any(map(str.strip, fields))):
        del fields[0]
    return fields


def _marked_field(field: str) -> str:
    return _ESCAPE.sub(r"\1", _BREAK.sub("\n", field)).strip()


def _marked_paragraph(text: str, line: int) -> Paragraph:
    """A Markdown line without the marks of a heading or of bold around the whole, its column moved accordingly."""
    start, end, style = 0, len(text), Style.BODY
    if heading := _HEADING.match(text):
        style = Style.TITLE if len(heading[1]) == 1 else Style.HEADING
        start, end = heading.end(), _heading_end(text, heading.end())
    if bold := _ALL_BOLD.fullmatch(text, start, end):
        start, end = bold.start(2), bold.end(2)
    return Paragraph(_ESCAPE.sub(r"\1", text[start:end]), line, start + 1, None, style)


def _heading_end(text: str, start: int) -> int:
    """Where a heading's words end: before closing number signs and white space."""
    words = text[start:].rstrip()
    bare = words.rstrip("#")
    return start + (len(bare.rstrip()) if bare != bare.rstrip() else len(words))
