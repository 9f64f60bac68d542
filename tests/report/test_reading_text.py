"""A report as text, in the layouts that offices and their web sites produce."""

import pytest
from tests.report.texts import figures, whole_text

from gongkai.report.reading import read_report
from gongkai.report.reading.values import Reading, read_value


def read(text):
    return read_report(text.encode())


@pytest.mark.parametrize("separator", ["\t", "|", " | ", "  ", " ", "\n"])
def test_every_cell_is_read_whatever_parts_them(separator):
    report = read(whole_text(separator=separator))
    expected = figures()
    assert {cell: report.cells[cell] for cell in expected} == expected
    assert report.cells["proactive.normative_documents.in_force"] == 9
    assert str(report.cells["proactive.charges"]) == "1.50"
    assert report.cells["remedies.litigation_direct.upheld"] == 1
    assert report.blank_cells == {}
    assert (report.agency, report.year, report.form) == ("临溪县水利局", 2024, "2021")
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("raw", "kind", "value", "reading"),
    [
        ("12", "count", 12, Reading.PLAIN),
        ("１２", "count", 12, Reading.PLAIN),
        ("1,234", "count", 1234, Reading.PLAIN),
        (" 12 ", "count", 12, Reading.PLAIN),
        ("1 234", "count", 1234, Reading.PLAIN),
        ("1 2", "count", None, Reading.ODD),
        ("12件", "count", 12, Reading.STRIPPED),
        ("12①", "count", 12, Reading.STRIPPED),
        ("/", "count", None, Reading.BLANK),
        ("——", "count", None, Reading.BLANK),
        ("无", "count", None, Reading.BLANK),
        ("", "count", None, Reading.BLANK),
        ("-417", "count", None, Reading.ODD),
        ("1.5", "count", None, Reading.ODD),
        ("22（其中修订16件）", "count", None, Reading.ODD),
        ("0000000", "count", None, Reading.ODD),
        ("减4", "change", -4, Reading.PLAIN),
        ("+1036", "change", 1036, Reading.PLAIN),
        ("251000元", "amount", None, Reading.ODD),
    ],
)
def test_a_cell_is_a_number_a_blank_or_odd(raw, kind, value, reading):
    result = read_value(raw, kind)
    assert (result.value, result.reading) == (value, reading)
