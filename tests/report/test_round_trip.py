"""What is written is read back, in every format: figures, agency, year, titles, and all prose."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from tests.programs import leave_out
from tests.report.strategies import reports

from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.writing import FORMATS, write
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.model import Report
from gongkai.report.model_json import as_json, from_json
from gongkai.report.reading import read_report


def examples(count: int) -> settings:
    return settings(
        max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


OTHERS = [name for name in FORMATS if name != "pdf"]


def through(to: str) -> Callable[[Report], Report]:
    def there_and_back(report: Report) -> Report:
        data = write(blocks_of(report), to=to, title=title_text(report))
        return read_report(data, name=f"report.{to}")

    return there_and_back


def told(report: Report) -> dict[str, object]:
    """What has to come back; white space within prose is the format's own."""
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "cells": {cell: value for cell, value in report.cells.items() if value is not None},
        "blank": {cell: sign.strip() for cell, sign in report.blank_cells.items()},
        "absent": report.absent,
        "sections": [(s.number, s.title, "".join(s.text.split())) for s in report.sections],
    }


def check(report: Report, there_and_back: Callable[[Report], Report]) -> None:
    assert told(there_and_back(report)) == told(report)


@pytest.mark.parametrize("to", OTHERS)
@examples(50)
@given(reports())
def test_a_report_is_read_back(to: str, report: Report) -> None:
    check(report, through(to))


@examples(50)
@given(reports())
def test_a_report_is_read_back_from_json(report: Report) -> None:
    check(report, lambda report: from_json(json.loads(json.dumps(as_json(report)))))


@pytest.fixture(scope="module")
def pdf() -> Callable[[Report], Report]:
    try:
        write([], to="pdf", title="")
    except ProgramNeeded as error:
        leave_out(str(error))
    return through("pdf")


@examples(10)
@given(report=reports())
def test_a_report_is_read_back_from_pdf(pdf: Callable[[Report], Report], report: Report) -> None:
    check(report, pdf)


@pytest.mark.soak
@examples(200)
@given(report=reports())
def test_many_reports_are_read_back_from_pdf(pdf: Callable[[Report], Report], report: Report) -> None:
    check(report, pdf)
