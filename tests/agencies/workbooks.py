"""Workbooks as offices fill them: a sheet is a list of lines, each heading → what is typed."""

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter


class Formula(str):
    """A cell that is computed."""

    __slots__ = ()


Line = dict[str, str | date | float]


def workbook_of(sheets: dict[str, Iterable[Line]]) -> bytes:
    """An .xlsx file with those lines; the headings are those of a sheet's first line."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in sheets.items():
        page = book.add_worksheet(name)
        headings: list[str] = []
        for number, line in enumerate(lines, start=1):
            headings += [heading for heading in line if heading not in headings]
            for heading, value in line.items():
                place = number, headings.index(heading)
                if isinstance(value, date):
                    page.write_datetime(*place, value, day)
                elif isinstance(value, Formula):
                    page.write_formula(*place, value)
                elif isinstance(value, str):
                    page.write_string(*place, value)
                else:
                    page.write_number(*place, value)
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading)
    book.close()
    return stream.getvalue()


def an_agency_line(code: str, **values: str | date) -> Line:
    """A line of the sheet of agencies."""
    line: Line = {
        "机构编码": code,
        "性质": "工作部门",
        "层级": "县级",
        "上级编码": "",
        "所属人民政府编码": "",
        "设立日期": "2019-03-01",
    }
    return {**line, "撤销日期": "", **values}


def a_name_line(code: str, name: str = "青禾县水利局", on: str = "2019-03-01") -> Line:
    """A line of the sheet of names."""
    return {"机构编码": code, "全称": name, "启用日期": on}
