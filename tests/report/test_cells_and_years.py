"""Missing tables, cells without a number, an old form, and this year's figures beside last year's."""

import pytest

from gongkai.findings import Severity
from gongkai.report.check.across_years import across_years_findings
from gongkai.report.check.cells import cell_findings
from gongkai.report.form import form
from gongkai.report.model import Report


def report(*, year=2024, name="2021", blank=None, absent=(), pages=(), **changes):
    cells = dict.fromkeys(form(name).cells, 0)
    cells |= {key.replace("__", "."): value for key, value in changes.items()}
    cells |= dict.fromkeys(blank or {}, None)
    return Report("临溪县水利局", year, name, (), cells, blank or {}, absent=frozenset(absent), textless_pages=pages)


@pytest.mark.parametrize("raw", ["", "/", "-", "无"])
def test_a_blank_cell_wants_a_zero(raw):
    found = cell_findings(report(blank={"requests.granted.company": raw}))
    assert [(f.rule, f.where, f.expected, f.found, f.severity) for f in found] == [
        ("CELL-BLANK", "requests.granted.company", 0, raw, Severity.ERROR)
    ]


def test_an_odd_cell_is_left_to_a_person():
    found = cell_findings(report(blank={"requests.granted.company": "22（其中修订16件）"}))
    assert [(f.rule, f.expected, f.found) for f in found] == [("CELL-VALUE", None, "22（其中修订16件）")]


def test_an_absent_table_is_told_once_and_its_scanned_pages_are_named():
    found = cell_findings(report(absent={"requests"}, pages=(2, 3)))
    assert [(f.rule, f.where) for f in found] == [("T-MISSING", "requests")]
    assert "第2、3页" in found[0].message


@pytest.mark.parametrize(
    ("year", "name", "told"),
    [(2020, "2019", 0), (2021, "2019", 1), (2024, "2019", 1), (2024, "2021", 0), (None, "2019", 0)],
)
def test_the_old_form_after_2020_is_told(year, name, told):
    assert [f.rule for f in cell_findings(report(year=year, name=name))] == ["F-FORM"] * told


def test_carried_over_continues_last_years_figures():
    previous = report(year=2023, requests__carried_out__natural_person=2, requests__carried_out__total=2)
    same = report(requests__carried_in__natural_person=2, requests__carried_in__total=2)
    assert across_years_findings(same, previous) == []
    other = report(requests__carried_in__natural_person=3, requests__carried_in__total=3)
    assert [(f.rule, f.where, f.expected, f.found, f.severity) for f in across_years_findings(other, previous)] == [
        ("X-CARRY", "requests.carried_in.natural_person", 2, 3, Severity.ERROR),
        ("X-CARRY", "requests.carried_in.total", 2, 3, Severity.ERROR),
    ]


def test_another_applicant_kind_with_the_same_total_is_a_warning():
    previous = report(year=2023, requests__carried_out__natural_person=2, requests__carried_out__total=2)
    moved = report(requests__carried_in__company=2, requests__carried_in__total=2)
    assert {(f.where, f.severity) for f in across_years_findings(moved, previous)} == {
        ("requests.carried_in.natural_person", Severity.WARNING),
        ("requests.carried_in.company", Severity.WARNING),
    }


def test_cells_that_one_year_lacks_are_one_hint():
    previous = report(year=2023, blank={"requests.carried_out.total": "/", "requests.carried_out.company": ""})
    this = report(requests__carried_in__company=4, blank={"proactive.regulations.issued": "/"})
    found = across_years_findings(this, previous)
    assert [(f.rule, f.where, f.severity, f.evidence) for f in found] == [
        ("X-CARRY", "requests.carried_in", Severity.HINT, ("requests.carried_in.company", "requests.carried_in.total")),
        ("X-INFORCE", "proactive", Severity.HINT, ("proactive.regulations.issued",)),
    ]


def test_what_the_form_of_last_year_did_not_have_is_not_missed():
    assert across_years_findings(report(year=2021), report(year=2020, name="2019")) == []


def test_documents_in_force_continue_last_years():
    previous = report(year=2023, proactive__normative_documents__in_force=10)
    changes = {"proactive__normative_documents__issued": 3, "proactive__normative_documents__repealed": 1}
    assert across_years_findings(report(**changes, proactive__normative_documents__in_force=12), previous) == []
    found = across_years_findings(report(**changes, proactive__normative_documents__in_force=15), previous)
    assert [(f.rule, f.where, f.expected, f.found, f.severity) for f in found] == [
        ("X-INFORCE", "proactive.normative_documents", 12, 15, Severity.WARNING)
    ]
