"""The forms as declared: the cells of the contract, unique and complete, and relations over cells that exist."""

import pytest

from gongkai.report.form import FORM_NAMES, form, form_of_year

ROWS = [
    "received",
    "carried_in",
    "granted",
    "partly_granted",
    "refused_state_secret",
    "refused_by_law",
    "refused_security",
    "refused_third_party",
    "refused_internal",
    "refused_process",
    "refused_enforcement_file",
    "refused_query_matter",
    "unavailable_not_held",
    "unavailable_to_be_created",
    "unavailable_still_unclear",
    "unprocessed_petition",
    "unprocessed_repeat",
    "unprocessed_publication",
    "unprocessed_excessive",
    "unprocessed_confirmation",
    "other_clarification_lapsed",
    "other_fee_unpaid",
    "other_other",
    "processed_total",
    "carried_out",
]


def test_table_three_has_the_rows_of_the_contract_in_order():
    assert [row.key for row in form("2021").table("requests").blocks[0].rows] == ROWS


def test_the_form_of_2019_has_one_row_for_other_results():
    rows = [row.key for row in form("2019").table("requests").blocks[0].rows]
    assert rows == [row for row in ROWS if row not in ("other_clarification_lapsed", "other_fee_unpaid")]


@pytest.mark.parametrize("name", FORM_NAMES)
def test_every_relation_names_lines_that_exist(name):
    declared = form(name)
    for relation in declared.relations:
        block = declared.table(relation.table).blocks[0]
        columns = {part for column in block.columns for part in (column.key, column.key.split(".")[-1])}
        rows = {row.key for row in block.rows}
        assert set(relation.left + relation.right) <= (rows if relation.each == "column" else columns)
        assert relation.basis
        assert "{line}" in relation.message


@pytest.mark.parametrize(("year", "name"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")])
def test_the_form_of_a_year(year, name):
    assert form_of_year(year).name == name


def test_the_six_sections_name_their_basis():
    for name in FORM_NAMES:
        assert [section.number for section in form(name).sections] == [1, 2, 3, 4, 5, 6]
        assert all(section.basis and section.title and section.note for section in form(name).sections)
