import tomllib
from pathlib import Path

import pytest

from gongkai.law import citations
from gongkai.law.organs import COURT_NAMES, ORGANS

CASES = tomllib.loads((Path(__file__).parent / "cases/organs.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    organ = ORGANS[case["organ"]]
    assert list(organ.reviewers) == case["reviewers"]
    assert organ.court == case["court"]
    assert [organ.basis, organ.court_basis] == case["article"]


def test_every_kind_of_organ_has_a_case():
    assert {case["organ"] for case in CASES} == set(ORGANS)


@pytest.mark.parametrize("organ", ORGANS.values(), ids=lambda organ: organ.key)
def test_every_kind_of_organ_has_a_named_court_by_articles_that_exist(organ):
    assert organ.court in COURT_NAMES
    for basis in (organ.basis, organ.court_basis):
        assert [citation.article for citation in citations.parse(basis)] != [None]
        assert not [slip for citation in citations.parse(basis) for slip in citations.check(citation)]
