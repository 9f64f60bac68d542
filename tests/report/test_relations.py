"""The sums of the form: each relation in each row, column and group, and what blanks do to them."""

import pytest

from gongkai.findings import Severity
from gongkai.report.check.relations import relation_findings
from gongkai.report.form import form
from gongkai.report.model import Report


def report(**changes: int | None) -> Report:
    cells: dict[str, int | None] = dict.fromkeys(form("2021").cells, 0)
    cells |= {key.replace("__", "."): value for key, value in changes.items()}
    return Report("临溪县水利局", 2024, "2021", (), cells)


def test_consistent_zeros_are_silent():
    assert relation_findings(report()) == []


@pytest.mark.parametrize("row", [row.key for row in form("2021").table("requests").blocks[0].rows])
def test_each_row_total_is_the_sum_of_the_six(row):
    found = [f for f in relation_findings(report(**{f"requests__{row}__other": 2})) if f.rule == "T3-ROW"]
    assert [(f.where, f.expected, f.found, f.severity) for f in found] == [(f"requests.{row}", 2, 0, Severity.ERROR)]


@pytest.mark.parametrize(
    "column", ["natural_person", "company", "research", "public_welfare", "legal_service", "other", "total"]
)
def test_each_column_balances(column):
    found = relation_findings(report(**{f"requests__received__{column}": 5}))
    assert [(f.where, f.expected, f.found) for f in found if f.rule == "T3-BALANCE"] == [(f"requests.{column}", 5, 0)]
    found = relation_findings(report(**{f"requests__refused_process__{column}": 4}))
    assert [(f.where, f.expected, f.found) for f in found if f.rule == "T3-RESULT"] == [(f"requests.{column}", 4, 0)]


@pytest.mark.parametrize("group", ["reconsideration", "litigation_direct", "litigation_after_reconsideration"])
def test_each_group_of_table_four_adds_up(group):
    found = relation_findings(report(**{f"remedies__{group}__upheld": 2, f"remedies__{group}__other": 1}))
    assert [(f.rule, f.where, f.expected, f.found) for f in found] == [("T4-TOTAL", f"remedies.{group}", 3, 0)]


def test_a_blank_part_does_not_hide_that_the_parts_exceed_the_whole():
    found = relation_findings(report(requests__received__company=None, requests__received__research=3))
    assert ("T3-ROW", "requests.received", Severity.ERROR) in {(f.rule, f.where, f.severity) for f in found}


def test_what_cannot_be_judged_is_one_hint_for_each_relation():
    blanks = {f"requests__{row}__company": None for row in ("received", "granted", "processed_total")}
    hints = relation_findings(report(**blanks))
    assert sorted(f.rule for f in hints) == ["T3-BALANCE", "T3-RESULT", "T3-ROW"]
    assert {f.severity for f in hints} == {Severity.HINT}
