"""Where a finding is, in the words of the form: clerks know rows and columns, not ids."""

from functools import cache

from gongkai.report.form import FORM_NAMES, Form, form

_NUMERALS = "一二三四五六七八九十"


def place_name(where: str) -> str:
    """The `where` of a finding in Chinese: a cell, row, column or table by its labels, a section by its number.

    What the form does not know (`LINE:COLUMN` among it) comes back as it is.
    """
    if where == "form":
        return "报告格式"
    first, _, number = where.partition(".")
    if first == "sections" and number.isdigit():
        return f"第{_NUMERALS[int(number) - 1]}部分" if 0 < int(number) <= len(_NUMERALS) else f"第{number}部分"
    return next((names[where] for name in FORM_NAMES if where in (names := _names(form(name)))), where)


@cache
def _names(declared: Form) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in declared.tables:
        # Findings name the tables of either form alike.
        names[table.key.removesuffix("_2019")] = f"《{table.name}》"
        for cell in table.cells:
            row, column = "".join(cell.row.labels[1:] or cell.row.labels), "".join(cell.column.labels[-1:])
            group, _, outcome = cell.column.key.rpartition(".")
            if group:
                column = "".join(cell.column.labels[:-1])
                names[f"{table.key}.{group}"] = column
                column += f"，{cell.column.label}"
            elif cell.column.key:
                names[f"{table.key}.{outcome}"] = f"“{column}”列"
            if cell.row.key:
                names[f"{table.key}.{cell.row.key}"] = row
            names[cell.id] = "，".join(filter(None, (row, column)))
    return names
