"""The sums of the form: each relation in each row, column and group, and what blanks do to them."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.samples import sample_cells

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


def broken_by(cell: str) -> set[tuple[str, str]]:
    """The relations that contain a cell, by rule and place, told from the contract's words."""
    table, line, column = cell.split(".")
    if table == "remedies":
        return {("T4-TOTAL", f"remedies.{line}")}
    found = {("T3-ROW", f"requests.{line}")}
    if line in ("received", "carried_in", "processed_total", "carried_out"):
        found.add(("T3-BALANCE", f"requests.{column}"))
    if line not in ("received", "carried_in", "carried_out"):
        found.add(("T3-RESULT", f"requests.{column}"))
    return found


def consistent(name: str, seed: int) -> Report:
    cells = sample_cells(Random(seed))
    if name == "2019":
        for column in {cell.rpartition(".")[2] for cell in cells if cell.startswith("requests.")}:
            rows = ("other_clarification_lapsed", "other_fee_unpaid", "other_other")
            cells[f"requests.other_other.{column}"] = sum(cells.pop(f"requests.{row}.{column}") for row in rows)
    kept = {cell: cells.get(cell, 0) for cell in form(name).cells}
    return Report("临溪县水利局", int(name), name, (), kept)


CELLS = [
    (name, cell) for name in ("2021", "2019") for cell in form(name).cells if cell.startswith(("requests", "remedies"))
]


@pytest.mark.parametrize(("name", "cell"), CELLS)
def test_one_wrong_cell_breaks_exactly_the_relations_that_contain_it(name, cell):
    whole = consistent(name, 7)
    assert relation_findings(whole) == []
    wrong = replace(whole, cells={**whole.cells, cell: whole.cells[cell] + 3})
    found = relation_findings(wrong)
    assert {(finding.rule, finding.where) for finding in found} == broken_by(cell)
    assert len(found) == len(broken_by(cell))
    assert all(cell in finding.evidence and finding.severity is Severity.ERROR for finding in found)
    assert all(abs(finding.expected - finding.found) == 3 and finding.basis for finding in found)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_a_blank_never_turns_an_error_into_a_pass(seed, data):
    """With cells blanked, a relation is told wrong only if no numbers in them could mend it, else it is a hint."""
    whole = consistent("2021", seed)
    names = [cell for cell in whole.cells if not cell.startswith("proactive")]
    wrong = data.draw(st.sampled_from(names))
    blanks = data.draw(st.sets(st.sampled_from(names), max_size=20))
    cells = {**whole.cells, wrong: whole.cells[wrong] + 5, **dict.fromkeys(blanks, None)}
    found = relation_findings(replace(whole, cells=cells))
    errors = {(finding.rule, finding.where) for finding in found if finding.severity is Severity.ERROR}
    hints = [finding for finding in found if finding.severity is Severity.HINT]
    assert errors <= broken_by(wrong)
    for rule, where in broken_by(wrong) - errors:
        assert any(hint.rule == rule and blanks & set(hint.evidence) for hint in hints), (rule, where)
    assert len(hints) == len({hint.rule for hint in hints})
    judged = {rule for rule, _ in errors} | {hint.rule for hint in hints}
    assert judged <= {"T3-ROW", "T3-RESULT", "T3-BALANCE", "T4-TOTAL"}


def test_a_missing_table_has_no_relations():
    empty = replace(report(), cells=dict.fromkeys(form("2021").cells), absent=frozenset({"requests", "remedies"}))
    assert relation_findings(empty) == []
