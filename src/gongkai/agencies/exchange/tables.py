"""Which sheet of a workbook is which, and which column; what is missing, renamed or in nobody's table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.agencies.exchange.book import Book, RawSheet
from gongkai.agencies.exchange.columns import Column, Is, Sheet
from gongkai.agencies.exchange.sheets import BY_NAME, NOTES, SHEETS
from gongkai.findings import Finding, Severity

_HEAD_ROWS = 10
"""Rows among which the headings are looked for: titles may stand above them."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Table:
    """A sheet as it was found: where its columns are, and its lines (row number → texts by heading)."""

    sheet: Sheet
    headings: dict[str, int]
    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def tables(book: Book) -> tuple[list[Table], list[Finding]]:
    """The tables in the order in which they are read, and what is wrong with the workbook's form."""
    findings: list[Finding] = []
    found: dict[str, Table] = {}
    for raw in book.sheets:
        name = raw.name.strip()
        sheet = BY_NAME.get(name)
        if sheet is None:
            findings += _unknown(raw)
        elif name in found:
            findings.append(_finding("sheet", name, f"“{name}”表有两张", "请并成一张"))
        else:
            table = _table(sheet, raw, findings)
            if table is not None:
                found[name] = table
    if not any(raw.name.strip() in BY_NAME for raw in book.sheets):
        names = "、".join(f"“{sheet.name}”" for sheet in SHEETS)
        findings.append(_finding("sheet", "", f"没有找到任何一张约定的表（{names}）", "请用“导出”得到的表格填写"))
    return [found[sheet.name] for sheet in SHEETS if sheet.name in found], findings


def column_name(index: int) -> str:
    """A column by its letters, from 0."""
    first, rest = divmod(index, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[rest]


def _table(sheet: Sheet, raw: RawSheet, findings: list[Finding]) -> Table | None:
    if not raw.rows:
        return None
    head, headings = _head(sheet, raw)
    missing = [column.heading for column in sheet.read if column.required and column.heading not in headings]
    if missing:
        told = "、".join(f"“{heading}”" for heading in missing)
        findings.append(_finding("column", sheet.name, f"“{sheet.name}”缺少{told}栏", "请补上，栏名与导出的表格一致"))
        return None
    findings += _extra(sheet, raw, head)
    table = Table(sheet, headings)
    wanted = {headings[column.heading]: column for column in sheet.read if column.heading in headings}
    bad_rows = set(_formulas(sheet, raw, head, wanted, findings)) | set(_merged(sheet, raw, head, findings))
    for number, texts in raw.rows:
        line = {column.heading: texts[index] for index, column in wanted.items() if index < len(texts)}
        if number > head and any(line.values()) and number not in bad_rows:
            table.lines.append((number, line))
    return table


def _head(sheet: Sheet, raw: RawSheet) -> tuple[int, dict[str, int]]:
    """The row of the headings and where each stands: the row among the first that holds most of them."""
    known = {column.heading for column in sheet.columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, texts in raw.rows[:_HEAD_ROWS]:
        placed = {"".join(text.split()): index for index, text in reversed(list(enumerate(texts)))}
        told = {heading: index for heading, index in placed.items() if heading in known}
        if len(told) > len(best[1]):
            best = number, told
    return best


def _extra(sheet: Sheet, raw: RawSheet, head: int) -> Iterator[Finding]:
    known = {column.heading for column in sheet.columns}
    texts = next((texts for number, texts in raw.rows if number == head), [])
    seen: set[str] = set()
    for index, text in enumerate(texts):
        heading = "".join(text.split())
        if not heading:
            continue
        if heading not in known:
            message = f"“{sheet.name}”的“{heading}”栏（{column_name(index)}列）不在约定的栏目中，没有读取"
            yield _finding("column", sheet.name, message, "需要导入的请改用约定的栏名", Severity.WARNING)
        elif heading in seen:
            yield _finding("column", sheet.name, f"“{sheet.name}”有两个“{heading}”栏", "请删去一个")
        seen.add(heading)


def _formulas(
    sheet: Sheet, raw: RawSheet, head: int, wanted: dict[int, Column], findings: list[Finding]
) -> Iterator[int]:
    for number, index in raw.formulas:
        column = wanted.get(index)
        if number > head and column is not None:
            where = f"“{sheet.name}”第{number}行“{column.heading}”"
            instead = "请复制后用“选择性粘贴”粘成数值"
            findings.append(_finding("formula", f"{sheet.name}!{number}", f"{where}是公式，没有读取", instead))
            yield number


def _merged(sheet: Sheet, raw: RawSheet, head: int, findings: list[Finding]) -> Iterator[int]:
    for first, last, reference in raw.merged:
        if last > head:
            message = f"“{sheet.name}”的{reference}是合并单元格"
            instead = "请取消合并，在每一行分别填写"
            findings.append(_finding("merged", f"{sheet.name}!{first}", message, instead))
            yield from range(max(first, head + 1), min(last, first + len(raw.rows) + _HEAD_ROWS) + 1)


def _unknown(raw: RawSheet) -> Iterator[Finding]:
    """A sheet of no known name: renamed, where its headings are those of a known one."""
    if raw.name.strip() == NOTES or not raw.rows:
        return
    likely = max(SHEETS, key=lambda sheet: len(_head(sheet, raw)[1]) / len(sheet.columns))
    told = _head(likely, raw)[1]
    required = {column.heading for column in likely.read if column.required and column.kind is not Is.PERSON_NAME}
    if required <= told.keys():
        message = f"表名“{raw.name}”不是约定的表名，内容像是“{likely.name}”"
        yield _finding("sheet", raw.name, message, f"请把表名改回“{likely.name}”")
    else:
        message = f"“{raw.name}”不在约定的表中，没有读取"
        yield _finding("sheet", raw.name, message, "不需要导入的可以不管", Severity.WARNING)


def _finding(rule: str, where: str, message: str, instead: str, severity: Severity = Severity.ERROR) -> Finding:
    told, blocks = f"{message}；{instead}", severity is Severity.ERROR
    return Finding(rule=f"import.{rule}", severity=severity, where=where, message=told, basis="", blocks=blocks)
