"""The report as the contract's JSON object, and back."""

import reprlib
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.documents.blocks import Paragraph
from gongkai.report.form import FORM_NAMES, form
from gongkai.report.form import Form as FormType
from gongkai.report.model import CellValue, Report, Section

_LONGEST = 40
"""Characters of an amount, and places before or behind its point."""
_LONGEST_NAME = 200


class NotAModel(Exception):
    """The JSON is not a report's model; the text is one Chinese line that says where."""


def as_json(report: Report) -> dict[str, Any]:
    """The model of CONTRACT.md: cells nested by their ids; cells that the report's form does not have are null."""
    data: dict[str, Any] = {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "sections": [{"number": s.number, "title": s.title, "text": s.text} for s in report.sections],
        "proactive": None,
    }
    for name in reversed(FORM_NAMES):
        if name == report.form or name == FORM_NAMES[0]:
            _nest(data, form(name), report)
    if report.form == "2019":
        data["proactive"] = None
    data["blank_cells"] = dict(report.blank_cells)
    return data


def from_json(data: Any) -> Report:
    """The report of a model. Raises NotAModel when a part is missing or of the wrong kind."""
    if not isinstance(data, dict):
        raise NotAModel("模型应当是一个 JSON 对象")
    name = data.get("form", FORM_NAMES[0])
    if name not in FORM_NAMES:
        raise NotAModel(f"form 应为 {'、'.join(FORM_NAMES)} 之一，现为 {reprlib.repr(name)}")
    declared = form(name)
    sections = tuple(_section(item, index) for index, item in enumerate(_list(data, "sections")))
    blank = data.get("blank_cells", {})
    if not isinstance(blank, dict) or not all(isinstance(raw, str) for raw in blank.values()):
        raise NotAModel("blank_cells 应当是单元格编号到原文的对象")
    cells = {cell: _value(_dig(data, cell), cell, declared) for cell in declared.cells}
    # A table that was there has a number in each cell, or the cell's name in `blank_cells`.
    absent = frozenset(
        table.key.removesuffix("_2019")
        for table in declared.tables
        if all(cells[cell.id] is None and cell.id not in blank for cell in table.cells)
    )
    return Report(
        agency=_agency(data.get("agency")),
        year=_year(data.get("year")),
        form=name,
        sections=sections,
        cells=cells,
        blank_cells={cell: blank.get(cell, "") for cell, value in cells.items() if value is None and cell in blank},
        paragraphs=tuple(p for s in sections for p in s.paragraphs),
        absent=absent,
    )


def _nest(data: dict[str, Any], declared: FormType, report: Report) -> None:
    for cell in declared.cells:
        at = data
        *path, last = cell.split(".")
        for key in path:
            if at.get(key) is None:
                at[key] = {}
            at = at[key]
        value = report.cells.get(cell)
        at[last] = format(value, "f") if isinstance(value, Decimal) else value


def _section(item: Any, index: int) -> Section:
    try:
        number, title, text = item["number"], item["title"], item["text"]
    except (TypeError, KeyError) as error:
        raise NotAModel(f"sections[{index}] 应有 number、title、text 三项") from error
    is_number = isinstance(number, int) and not isinstance(number, bool) and number > 0
    if not (is_number and isinstance(title, str) and isinstance(text, str)):
        raise NotAModel(f"sections[{index}] 的 number 应为正整数，title、text 应为文字")
    lines = text.split("\n") if text else []
    return Section(number, title, tuple(Paragraph(line, at) for at, line in enumerate(lines, 1)))


def _value(value: Any, cell: str, declared: FormType) -> CellValue:
    kind = declared.cells[cell].kind
    if value is None:
        return None
    if kind == "amount":
        amount = _amount(value)
        if amount is None:
            raise NotAModel(f"{cell} 应为以万元为单位的数字文本，现为 {reprlib.repr(value)}")
        return amount
    if not isinstance(value, int) or isinstance(value, bool) or (value < 0 and kind != "change"):
        raise NotAModel(f"{cell} 应为整数，现为 {reprlib.repr(value)}")
    return value


def _amount(value: Any) -> Decimal | None:
    if not isinstance(value, str | int) or isinstance(value, bool) or len(str(value)) > _LONGEST:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    # 1e999999999 is short to write and endless to print.
    is_printable = amount.is_finite() and abs(amount.adjusted()) <= _LONGEST
    return amount if is_printable and amount >= 0 else None


def _dig(data: dict[str, Any], cell: str) -> Any:
    at: Any = data
    for key in cell.split("."):
        if at is None:
            return None
        if not isinstance(at, dict):
            raise NotAModel(f"{cell} 的上一级应当是对象")
        at = at.get(key)
    return at


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise NotAModel(f"{key} 应当是数组")
    return value


def _agency(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and len(value) <= _LONGEST_NAME):
        return value
    raise NotAModel(f"agency 应为不超过{_LONGEST_NAME}字的文字，现为 {reprlib.repr(value)}")


def _year(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and 1000 <= value <= 9999):
        return value
    raise NotAModel(f"year 应为四位整数，现为 {reprlib.repr(value)}")
