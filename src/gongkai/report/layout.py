"""How a report looks on paper: the model as blocks, its tables with the merged cells of the official form."""

from collections.abc import Iterator, Sequence

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.report.form import BlockForm, Line, TableForm, form
from gongkai.report.model import CellValue, Report, Section

_NUMERALS = "一二三四五六七八九十"
_WIDTHS = {"proactive": (3, 2, 2, 2), "requests": (1.2, 1.6, 4.2, 1, 1, 1, 1, 1, 1, 1)}

_TITLE_WIDTH = 20
"""Characters of 二号 on a line of 156 mm."""


def title_text(report: Report) -> str:
    """The title: as read, else the official one (机关全称 + 年份 + 政府信息公开工作年度报告)."""
    if report.title_text:
        return report.title_text
    year = f"{report.year}年" if report.year is not None else ""
    return f"{report.agency or ''}{year}{form(report.form).title}"


def _title(report: Report) -> str:
    """The title as it is set: one too long for its line is broken by its sense (GB/T 9704-2012 7.3.1)."""
    text, name = title_text(report), form(report.form).title
    width = sum(1 if ord(char) > 0x7F else 0.5 for char in text)
    head = text.removesuffix(name)
    return f"{head}\n{name}" if width > _TITLE_WIDTH and head not in ("", text) else text


def blocks_of(report: Report) -> list[Block]:
    """The whole report as blocks: title, sections in their order, each table in its section."""
    declared = form(report.form)
    tables = {t.section: t for t in declared.tables if t.key.removesuffix("_2019") not in report.absent}
    blocks: list[Block] = [Paragraph(_title(report), style=Style.TITLE), *report.preamble]
    for section in report.sections:
        for number in sorted(n for n in tables if n < section.number):
            blocks.append(table_grid(tables.pop(number), report))
        blocks.extend(_section(section))
        if section.number in tables:
            blocks.append(table_grid(tables.pop(section.number), report))
    blocks.extend(table_grid(table, report) for table in tables.values())
    return blocks


def table_grid(table: TableForm, report: Report) -> Grid:
    """A table of the form with the report's figures; its blocks stand below each other at one width."""
    labels = max(_depth(block.rows) for block in table.blocks)
    width = labels + max(len(block.columns) for block in table.blocks)
    cells: list[Cell] = []
    for block in table.blocks:
        top = max((cell.row + cell.rows for cell in cells), default=0)
        cells.extend(_block(table, block, report, top, labels, width))
    return Grid(tuple(cells), caption=table.name, widths=tuple(_WIDTHS.get(table.key, ())))


def cell_text(cell: str, value: CellValue, report: Report) -> str:
    """A figure as printed; a cell without a number shows what stood there."""
    if value is None:
        return report.blank_cells.get(cell, "")
    return str(value) if isinstance(value, int) else format(value, "f")


def _section(section: Section) -> Iterator[Paragraph]:
    numeral = section.numeral or _numeral(section.number)
    yield Paragraph(f"{numeral}、{section.title}", style=Style.HEADING)
    yield from (Paragraph(paragraph.text) for paragraph in section.paragraphs)


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if 0 < number <= len(_NUMERALS) else str(number)


def _block(table: TableForm, block: BlockForm, report: Report, top: int, labels: int, width: int) -> Iterator[Cell]:
    if block.heading:
        yield Cell(block.heading, top, 0, 1, width, header=True)
        top += 1
    depth = _depth(block.columns)
    if labels:
        yield Cell(block.corner, top, 0, depth, labels, header=True)
    spans = _column_spans(block.columns, labels, width)
    yield from _headers([column.labels for column in block.columns], spans, top, depth)
    top += depth
    yield from _row_labels([row.labels for row in block.rows], top, labels)
    for index, row in enumerate(block.rows):
        for column, (start, span) in zip(block.columns, spans, strict=True):
            cell = ".".join(filter(None, (table.key, row.key, column.key)))
            yield Cell(cell_text(cell, report.cells.get(cell), report), top + index, start, 1, span)


def _depth(lines: Sequence[Line]) -> int:
    return max(len(line.labels) for line in lines)


def _column_spans(columns: Sequence[Line], labels: int, width: int) -> list[tuple[int, int]]:
    """Start and span of each column; the last one takes what is left of the table's width."""
    last = len(columns) - 1
    return [(labels + i, width - labels - last if i == last else 1) for i in range(len(columns))]


def _headers(paths: list[tuple[str, ...]], spans: list[tuple[int, int]], top: int, depth: int) -> Iterator[Cell]:
    for level in range(depth):
        for first, last in _runs(paths, level):
            start = spans[first][0]
            end = spans[last][0] + spans[last][1]
            rows = depth - level if len(paths[first]) == level + 1 else 1
            yield Cell(paths[first][level], top + level, start, rows, end - start, header=True)


def _row_labels(paths: list[tuple[str, ...]], top: int, labels: int) -> Iterator[Cell]:
    for level in range(labels):
        for first, last in _runs(paths, level):
            columns = labels - level if len(paths[first]) == level + 1 else 1
            yield Cell(paths[first][level], top + first, level, last - first + 1, columns, header=True)


def _runs(paths: list[tuple[str, ...]], level: int) -> Iterator[tuple[int, int]]:
    """First and last index of neighbours that share their path down to `level`; shorter paths are passed over."""
    first = 0
    while first < len(paths):
        last = first
        if len(paths[first]) > level:
            head = paths[first][: level + 1]
            while last + 1 < len(paths) and len(head) < len(paths[first]) and paths[last + 1][: level + 1] == head:
                last += 1
            yield first, last
        first = last + 1
