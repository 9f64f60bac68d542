"""The list of findings as a workbook for the office: one sheet of findings, one of files."""

import shutil
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from gongkai.batch.results import FileResult, Summary
from gongkai.findings import SEVERITY_NAMES, Finding, place_in_source
from gongkai.report.form.places import place_name

_FINDINGS = (
    ("文件", 34),
    ("机关", 24),
    ("年度", 7),
    ("级别", 7),
    ("规则", 18),
    ("位置", 26),
    ("原文中的位置", 26),
    ("问题", 60),
    ("现为", 22),
    ("应为", 22),
    ("依据", 34),
    ("发布前必须改正", 10),
)
_FILES = (("文件", 50), ("机关", 30), ("年度", 8), ("错误", 8), ("警告", 8), ("提示", 8), ("说明", 60))

_MOST_ROWS = 1_048_575
"""The last row of a sheet, from 0."""
_LONGEST = 32_767
"""Characters of a cell."""


class XlsxList:
    """Writes rows as they come; the file is whole once it is closed. Texts are never taken for formulas."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter  # heavy, and only needed for this list

        # Opened now: a place that cannot be written must be told before the run, not after it.
        self._out = path.open("wb")
        self._whole = TemporaryFile()  # noqa: SIM115  closed by `release`
        self._book = xlsxwriter.Workbook(
            self._whole, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._head = self._book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        self._body = self._book.add_format({"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D0D0D0"})
        self._findings = self._sheet("问题清单", _FINDINGS)
        self._files = self._sheet("文件汇总", _FILES)
        self._row = 0
        self._file_row = 0

    def add(self, result: FileResult) -> None:
        """Adds a file and its findings."""
        self._file_row += 1
        note = result.error or ("" if result.errors + result.warnings + result.hints else "没有发现问题")
        counts = (result.errors, result.warnings, result.hints)
        self._write(self._files, self._file_row, (result.file, result.agency, result.year, *counts, note))
        for finding in result.findings:
            self._row += 1
            # What does not fit on a sheet is in the JSON; it must not go without a word.
            if self._row < _MOST_ROWS:
                self._write(self._findings, self._row, _cells(result, finding))

    def close(self, summary: Summary, skipped: list[str]) -> None:
        """Adds the sum and what was passed over, and finishes the file."""
        if self._row >= _MOST_ROWS:
            left = f"工作表已满，还有{self._row - _MOST_ROWS + 1}处问题没有列出，请分批检查，或使用 --json"
            self._write(self._findings, _MOST_ROWS, ("", "", "", "", "", "", "", left))
        counts = (summary.errors, summary.warnings, summary.hints)
        note = f"{summary.unreadable}个文件无法读取" if summary.unreadable else ""
        self._write(self._files, self._file_row + 1, (f"合计 {summary.files} 个文件", "", "", *counts, note))
        for index, path in enumerate(skipped):
            self._write(self._files, self._file_row + 2 + index, (path, "", "", "", "", "", "跳过，不是能读取的文档"))
        self._findings.autofilter(0, 0, min(max(self._row, 1), _MOST_ROWS), len(_FINDINGS) - 1)
        self._book.close()
        self._whole.seek(0)
        with self._out:
            shutil.copyfileobj(self._whole, self._out)

    def release(self) -> None:
        """Closes the files, also of a run that was broken off."""
        self._whole.close()
        self._out.close()

    def _sheet(self, name: str, columns: tuple[tuple[str, int], ...]) -> Any:
        sheet = self._book.add_worksheet(name)
        for index, (title, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self._head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _write(self, sheet: Any, row: int, values: tuple[object, ...]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(row, column, value, self._body)
            else:
                text = "" if value is None else str(value)
                shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}……"
                sheet.write_string(row, column, shown, self._body)


def _cells(result: FileResult, finding: Finding) -> tuple[object, ...]:
    return (
        result.file,
        result.agency,
        result.year,
        SEVERITY_NAMES[finding.severity],
        finding.rule,
        place_name(finding.where),
        place_in_source(finding),
        finding.message,
        finding.found,
        "（删去）" if finding.expected == "" else finding.expected,
        finding.basis,
        "是" if finding.blocks else "",
    )
