"""A sheet as the blocks that it reads as. Reports are laid out on sheets: a row of prose is a paragraph, no table."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.blocks import Block, Cell, Grid, Hidden
from gongkai.documents.limits import Limits, TooLarge
from gongkai.documents.soft_lines import parted
from gongkai.documents.xlsx_values import S, Values
from gongkai.documents.xml import whole

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"[\d.,%+\-/—\s]*")
_YES = ("1", "true")
_LARGEST_MERGE = 10
"""How many times the cells of the limit all merged areas may have: offices merge whole rows to the sheet's edge."""

Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """What is seen of a sheet: texts by row and column, which of them stand within borders, and merged cells (`spans`:
    how many rows and columns from a place; `covered`: the other places)."""

    limits: Limits
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    bordered: set[Place] = field(default_factory=set)
    spans: dict[Place, tuple[int, int]] = field(default_factory=dict)
    covered: set[Place] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    hidden: list[Hidden] = field(default_factory=list)

    @property
    def columns(self) -> list[int]:
        """The columns from the first to the last that hold a text, without the hidden ones."""
        return self.columns_of(self.rows)

    def columns_of(self, rows: Iterable[int]) -> list[int]:
        """The same of some rows."""
        used = {column for row in rows for column in self.rows[row]}
        return [c for c in range(min(used), max(used) + 1) if c not in self.hidden_columns] if used else []


def sheet_of(root: etree._Element, name: str, values: Values, limits: Limits) -> Sheet:
    """What is seen of a sheet. Raises TooLarge over `limits.columns` or `limits.cells`."""
    sheet = Sheet(limits, hidden_columns=_hidden_columns(root, limits))
    number = 0
    for row in root.iter(f"{S}row"):
        number = whole(row.get("r"), number + 1)
        is_hidden = row.get("hidden") in _YES
        if is_hidden:
            sheet.hidden_rows.append(number)
        column = 0
        for cell in row.iterchildren(f"{S}c"):
            place = _REFERENCE.fullmatch(str(cell.get("r", "")))
            column = _column(place[1]) if place else column + 1
            number = int(place[2]) if place else number
            _take(sheet, cell, (number, column), name, values, is_hidden=is_hidden)
    sheet.hidden_rows.sort()
    _merge(sheet, root)
    return sheet


def place_of(reference: str | None) -> Place | None:
    """Row and column, both from 1, that a reference (`B3`) names; None where it names none."""
    found = _REFERENCE.fullmatch(reference or "")
    return (int(found[2]), _column(found[1])) if found else None


def blocks_of(sheet: Sheet, first_line: int) -> Iterator[Block]:
    """The blocks of a sheet, numbered from `first_line`; two empty rows part tables."""
    columns = sheet.columns
    crossed = {row for (top, _), (rows, _) in sheet.spans.items() for row in range(top + 1, top + rows)}
    line, last = first_line, 0
    run: list[int] = []
    for row in sorted(sheet.rows):
        told = list(sheet.rows[row])
        prose = len(told) == 1 and row not in crossed and _is_prose(sheet, (row, told[0]), columns)
        if run and (prose or _gap(sheet, last, row) > 1):
            yield _grid(sheet, run, line)
            line += 1
            run.clear()
        if prose:
            yield from parted(sheet.rows[row][told[0]], line)
            line += 1
        else:
            run.append(row)
        last = row
    if run:
        yield _grid(sheet, run, line)


def _take(sheet: Sheet, cell: etree._Element, place: Place, name: str, values: Values, *, is_hidden: bool) -> None:
    row, column = place
    text = values.text_of(cell)
    if not text.strip():
        return
    if column > sheet.limits.columns:
        raise TooLarge(f"表格超过{sheet.limits.columns}列的上限，没有读取")
    if is_hidden or column in sheet.hidden_columns:
        sheet.hidden.append(Hidden("隐藏的行或列", f"{name}!{_letters(column)}{row}", text))
        return
    sheet.rows.setdefault(row, {})[column] = text
    if values.format_of(cell).bordered:
        sheet.bordered.add(place)


def _merge(sheet: Sheet, root: etree._Element) -> None:
    """Takes the merged cells, as far as the sheet is used."""
    columns = sheet.columns
    if not columns:
        return
    bottom, declared = max(sheet.rows), 0
    for merged in root.iter(f"{S}mergeCell"):
        first, _, last = str(merged.get("ref", "")).partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start is None or end is None:
            continue
        top, left, below, right = int(start[2]), _column(start[1]), int(end[2]) + 1, _column(end[1]) + 1
        declared += max(below - top, 0) * max(right - left, 0)
        if declared > _LARGEST_MERGE * sheet.limits.cells:
            raise TooLarge("合并单元格的范围过大，没有读取；请取消合并后再试")
        rows, wide = range(top, min(below, bottom + 1)), range(left, min(right, columns[-1] + 1))
        area = {(row, column) for row in rows for column in wide}
        # In a file that is whole no two merged areas meet.
        if area and area.isdisjoint(sheet.covered) and area.isdisjoint(sheet.spans):
            sheet.spans[top, left] = len(rows), len(wide)
            sheet.covered |= area - {(top, left)}


def _is_prose(sheet: Sheet, place: Place, columns: list[int]) -> bool:
    """Whether the only text of a row is a paragraph: no figure, and outside of borders or over the whole width."""
    row, column = place
    if _NUMBER.fullmatch(sheet.rows[row][column]):
        return False
    rows, wide = sheet.spans.get(place, (1, 1))
    if len(columns) > 1 and column == columns[0] and column + wide > columns[-1]:
        return True
    return rows == 1 and place not in sheet.bordered


def _gap(sheet: Sheet, last: int, row: int) -> int:
    """How many rows that are seen lie between two."""
    hidden = bisect_left(sheet.hidden_rows, row) - bisect_left(sheet.hidden_rows, last)
    return row - last - 1 - hidden


def _grid(sheet: Sheet, run: list[int], line: int) -> Grid:
    """The rows as one grid; rows and columns count from the first that is used."""
    columns = sheet.columns_of(run)
    if len(run) * len(columns) > sheet.limits.cells:
        raise TooLarge(f"表格超过{sheet.limits.cells}格的上限，请拆分后再试")
    row_of = {row: index for index, row in enumerate(run)}
    cells: list[Cell] = []
    for row in run:
        for index, column in enumerate(columns):
            if (row, column) in sheet.covered:
                continue
            rows = wide = 1
            if span := sheet.spans.get((row, column)):
                rows = sum(1 for other in range(row, row + span[0]) if other in row_of)
                wide = bisect_left(columns, column + span[1]) - index
            cells.append(Cell(sheet.rows[row].get(column, ""), row_of[row], index, rows, wide, line))
    return Grid(tuple(cells), line)


def _hidden_columns(root: etree._Element, limits: Limits) -> frozenset[int]:
    hidden: set[int] = set()
    for column in root.iterfind(f"{S}cols/{S}col"):
        if column.get("hidden") in _YES:
            hidden.update(range(whole(column.get("min"), 1), min(whole(column.get("max"), 1), limits.columns) + 1))
    return frozenset(hidden)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
