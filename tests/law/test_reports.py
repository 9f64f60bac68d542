import tomllib
from pathlib import Path

import pytest

from gongkai.law.errors import OutsideCodedLaw
from gongkai.law.parameters import Standing
from gongkai.law.reports import YearlyReport, report_by
from gongkai.law.workdays import calendar

CASES = tomllib.loads((Path(__file__).parent / "cases/reports.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    report = YearlyReport(case["report"])
    if "refused" in case:
        with pytest.raises(OutsideCodedLaw, match=case["refused"]):
            report_by(report, year=case["year"], calendar=calendar())
        return
    deadline = report_by(report, year=case["year"], calendar=calendar())
    assert (deadline.last_on, deadline.advised_on) == (case["last_on"], case["advised_on"])
    assert deadline.provisional is case.get("provisional", False)
    assert deadline.basis == case["article"]
    assert str(case["last_on"]) in deadline.explanation
    assert str(case["advised_on"]) in deadline.explanation


def test_what_was_not_read_is_told_as_general_knowledge():
    deadline = report_by(YearlyReport.ENFORCEMENT_DATA, year=2024, calendar=calendar())
    assert deadline.standing is Standing.GENERAL
