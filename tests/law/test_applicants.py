import tomllib
from pathlib import Path

import pytest

from gongkai.law import citations
from gongkai.law.applicants import APPLICANT_KINDS, BELONGINGS, TOTAL, applicant_kind
from gongkai.law.parameters import Standing

CASES = tomllib.loads((Path(__file__).parent / "cases/applicants.toml").read_text(encoding="utf-8"))["case"]


def test_the_kinds_are_the_forms_columns_in_order():
    assert [kind.key for kind in APPLICANT_KINDS] == [
        "natural_person",
        "company",
        "research",
        "public_welfare",
        "legal_service",
        "other",
    ]
    assert [kind.group for kind in APPLICANT_KINDS] == ["", *["法人或其他组织"] * 5]
    assert applicant_kind("total") is TOTAL


@pytest.mark.parametrize("kind", [*APPLICANT_KINDS, TOTAL], ids=lambda kind: kind.key)
def test_every_kind_is_found_by_its_key_and_explained(kind):
    assert applicant_kind(kind.key) is kind
    assert kind.help.endswith("。")


@pytest.mark.parametrize("row", BELONGINGS, ids=lambda row: row.who)
def test_every_belonging_names_kinds_of_the_form_and_a_basis_that_exists(row):
    assert row.kinds
    assert all(applicant_kind(key) in APPLICANT_KINDS for key in row.kinds)
    assert not [slip for citation in citations.parse(row.basis) for slip in citations.check(citation)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    row = next(row for row in BELONGINGS if row.who == case["who"])
    assert row.kinds == tuple(case["kinds"])
    assert case["article"] in row.basis


def test_what_no_text_orders_is_told_as_common_practice():
    silent = [row for row in BELONGINGS if "条例" not in row.basis]
    assert silent
    assert {row.standing for row in silent} == {Standing.GENERAL}


def test_a_lawyer_for_a_client_counts_as_the_client():
    row = next(row for row in BELONGINGS if row.who == "代理具名委托人申请的律师")
    assert row.kinds == tuple(kind.key for kind in APPLICANT_KINDS)
