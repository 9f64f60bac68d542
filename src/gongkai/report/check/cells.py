"""Whether the tables are there and their cells are numbers: T-MISSING, CELL-BLANK, CELL-VALUE, F-FORM."""

from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.report.form import form, form_of_year
from gongkai.report.model import Report
from gongkai.report.reading.values import is_blank


def cell_findings(report: Report) -> list[Finding]:
    """What is missing from the tables, and whether the form is that of the report's year."""
    return [*_absent_tables(report), *_cells_without_number(report), *_form(report)]


def _absent_tables(report: Report) -> Iterator[Finding]:
    declared = form(report.form)
    pages = "、".join(str(page) for page in report.textless_pages)
    scanned = f"；第{pages}页没有文字，可能是扫描件或图片" if pages else ""
    for table in declared.tables:
        key = table.key.removesuffix("_2019")
        if key in report.absent:
            yield Finding(
                rule="T-MISSING",
                severity=Severity.ERROR,
                where=key,
                message=f"没有读到《{table.name}》，请补上可以选取文字的表格，不要用图片或附件代替{scanned}",
                basis=declared.basis,
            )


def _cells_without_number(report: Report) -> Iterator[Finding]:
    declared = form(report.form)
    for cell, raw in report.blank_cells.items():
        name = declared.cells[cell].name
        blank = is_blank(raw)
        yield Finding(
            rule="CELL-BLANK" if blank else "CELL-VALUE",
            severity=Severity.ERROR,
            where=cell,
            message=f"“{name}”一格没有数字，没有发生的请填0" if blank else _odd(name, declared.cells[cell].kind),
            expected=0 if blank else None,
            found=raw,
            basis=declared.basis,
            evidence=(report.places[cell].place,) if cell in report.places else (),
        )


def _odd(name: str, kind: str) -> str:
    wanted = {"count": "不带单位的整数", "amount": "以万元为单位的数字", "change": "带正负号的整数"}[kind]
    return f"“{name}”一格读不出确定的数，请只填{wanted}"


def _form(report: Report) -> Iterator[Finding]:
    if report.year is not None and form_of_year(report.year).name > report.form:
        wanted = form_of_year(report.year)
        yield Finding(
            rule="F-FORM",
            severity=Severity.WARNING,
            where="form",
            message=f"{report.year}年度报告仍在使用{report.form}年的旧格式，请改用{wanted.basis}规定的格式",
            expected=wanted.name,
            found=report.form,
            basis=wanted.basis,
        )
