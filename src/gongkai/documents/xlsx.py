"""Excel files (.xlsx): SpreadsheetML read straight from its XML (ECMA-376 part 1, §18), each sheet cut into blocks.

A row with a single text is a paragraph, for reports are laid out on sheets; other rows are tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.archive import Archive
from gongkai.documents.blocks import Block, Cell, Document, Grid, Hidden, Paragraph
from gongkai.documents.limits import Damaged, Limits, TooLarge
from gongkai.documents.xml import parse

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NUMBER = re.compile(r"[\d.,%+\-/—\s]*")
_TRUTH = {"1": "TRUE", "0": "FALSE"}


def read_xlsx(data: bytes, limits: Limits) -> Document:
    """The document in an .xlsx file. Raises `documents.limits.Unreadable` with one line that says why not."""
    archive = Archive(data, limits)
    book = archive.read("xl/workbook.xml")
    if not book:
        raise Damaged("文件中没有工作簿，不是完整的 Excel 文件")
    shared = archive.read("xl/sharedStrings.xml")
    texts = [_joined(item) for item in parse(shared).iterfind(f"{_S}si")] if shared else []
    reader = _Reader(limits, texts)
    for name, state, part in _sheets(archive, parse(book)):
        sheet = archive.read(part)
        if sheet and state == "visible":
            reader.take(parse(sheet), name)
        elif sheet:
            reader.hidden.append(Hidden("隐藏工作表", name, " ".join(_texts(parse(sheet), texts))[:2000]))
    return Document(tuple(reader.blocks), "xlsx", hidden=tuple(reader.hidden))


@dataclass
class _Sheet:
    """What stands on a sheet: texts by row and column, and how far merged cells span."""

    rows: dict[int, dict[int, str]]
    spans: dict[tuple[int, int], tuple[int, int]]


@dataclass
class _Reader:
    limits: Limits
    texts: list[str]
    blocks: list[Block] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def take(self, root: etree._Element, name: str) -> None:
        """Adds the blocks of a sheet."""
        sheet = self._sheet(root, name)
        spanned = {row for (top, _), (rows, _) in sheet.spans.items() for row in range(top + 1, top + rows)}
        run: list[int] = []
        empty = 0
        last = 0
        for row in sorted(sheet.rows):
            empty = row - last - 1
            last = row
            told = [text for text in sheet.rows[row].values() if text.strip()]
            if not told and row not in spanned:
                continue
            if len(told) == 1 and not _NUMBER.fullmatch(told[0]):
                self._close(sheet, run)
                self.blocks.append(Paragraph(told[0], len(self.blocks) + 1))
                continue
            if empty > 1:
                self._close(sheet, run)
            run.append(row)
        self._close(sheet, run)

    def _close(self, sheet: _Sheet, run: list[int]) -> None:
        """Adds the rows collected as one grid; rows and columns count from the first that is used."""
        if not run:
            return
        places = {row: index for index, row in enumerate(run)}
        line = len(self.blocks) + 1
        used = [column for row in run for column, text in sheet.rows[row].items() if text.strip()]
        left = min(used, default=0)
        right = max(used, default=0)
        if len(run) * (right - left + 1) > self.limits.cells:
            raise TooLarge(f"表格超过{self.limits.cells}格的上限，请拆分后再试")
        cells = []
        covered = set(_covered(sheet, run))
        for row in run:
            for column in range(left, right + 1):
                if (row, column) in covered:
                    continue
                rows, columns = sheet.spans.get((row, column), (1, 1))
                rows = sum(1 for other in range(row, row + rows) if other in places)
                text = sheet.rows[row].get(column, "")
                cells.append(Cell(text, places[row], column - left, rows, min(columns, right + 1 - column), line))
        self.blocks.append(Grid(tuple(cells), line))
        run.clear()

    def _sheet(self, root: etree._Element, name: str) -> _Sheet:
        hidden_columns = _hidden_columns(root)
        rows: dict[int, dict[int, str]] = {}
        for row in root.iter(f"{_S}row"):
            for cell in row:
                place = _REFERENCE.fullmatch(str(cell.get("r", "")))
                if place is None:
                    continue
                column, number = _column(place[1]), int(place[2])
                if column > self.limits.columns:
                    raise TooLarge(f"表格超过{self.limits.columns}列的上限，没有读取")
                text = _value(cell, self.texts)
                if row.get("hidden") in ("1", "true") or column in hidden_columns:
                    if text:
                        self.hidden.append(Hidden("隐藏的行或列", f"{name}!{place[0]}", text))
                    continue
                rows.setdefault(number, {})[column] = text
        return _Sheet(rows, dict(_spans(root, self.limits)))


def _covered(sheet: _Sheet, run: list[int]) -> Iterator[tuple[int, int]]:
    """The places that a merged cell covers besides its first."""
    wanted = set(run)
    for (top, left), (rows, columns) in sheet.spans.items():
        for row in range(top, top + rows):
            if row in wanted:
                yield from ((row, column) for column in range(left, left + columns) if (row, column) != (top, left))


def _spans(root: etree._Element, limits: Limits) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    area = 0
    for merged in root.iter(f"{_S}mergeCell"):
        first, _, last = str(merged.get("ref", "")).partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start is None or end is None:
            continue
        top, left = int(start[2]), _column(start[1])
        rows, columns = int(end[2]) - top + 1, min(_column(end[1]), limits.columns) - left + 1
        area += max(rows, 0) * max(columns, 0)
        if area > 10 * limits.cells:
            raise TooLarge("合并单元格的范围过大，没有读取")
        if rows > 0 and columns > 0:
            yield (top, left), (rows, columns)


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    for column in root.iterfind(f"{_S}cols/{_S}col"):
        if column.get("hidden") in ("1", "true"):
            hidden.update(range(int(column.get("min", "1")), min(int(column.get("max", "1")), 1000) + 1))
    return frozenset(hidden)


def _value(cell: etree._Element, texts: list[str]) -> str:
    """A cell as it would be read: text, or a number without the noise of its binary form."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _joined(cell)
    value = cell.find(f"{_S}v")
    raw = (value.text or "") if value is not None else ""
    if kind == "s":
        return texts[int(raw)] if raw.isdigit() and int(raw) < len(texts) else ""
    if kind == "b":
        return _TRUTH.get(raw, raw)
    return raw if kind in ("str", "e") else _number(raw)


def _number(raw: str) -> str:
    try:
        number = float(raw)
    except ValueError:
        return raw
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return raw if len(raw) < 15 else repr(round(number, 12))


def _texts(root: etree._Element, texts: list[str]) -> Iterator[str]:
    return filter(None, (_value(cell, texts) for cell in root.iter(f"{_S}c")))


def _joined(item: etree._Element) -> str:
    """The text of a string item without its phonetic guide."""
    skipped = f"{_S}rPh"
    return "".join(t.text or "" for t in item.iter(f"{_S}t") if (p := t.getparent()) is None or p.tag != skipped)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheets(archive: Archive, book: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Name, state and part of each sheet, in the order of the workbook."""
    relations = archive.read("xl/_rels/workbook.xml.rels")
    targets = {str(r.get("Id")): str(r.get("Target", "")) for r in parse(relations)} if relations else {}
    for sheet in book.iter(f"{_S}sheet"):
        target = targets.get(str(sheet.get(f"{_R}id")), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield str(sheet.get("name", "")), str(sheet.get("state", "visible")), part
