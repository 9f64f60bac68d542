import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from gongkai.law import citations
from gongkai.law.notices import COMMON_NEEDS, NOTICES, notices_for
from gongkai.law.parameters import parameters
from gongkai.law.results import RESULTS, result

CASES = tomllib.loads((Path(__file__).parent / "cases/notices.toml").read_text(encoding="utf-8"))["case"]
NEEDS = tomllib.loads(files("gongkai.law").joinpath("data/notices.toml").read_text(encoding="utf-8"))["needs"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    notice = COMMON_NEEDS if case.get("every") else NOTICES[case["notice"]]
    stated = "；".join(need.label for need in (*notice.needs, *notice.advised))
    assert [words for words in case["must"] if words not in stated] == []
    assert notice.basis == case["article"]
    if not case.get("every"):
        assert notice.remedy == case.get("remedy")
        assert case["clock"] in notice.clock


def test_every_notice_has_a_case():
    assert {case["notice"] for case in CASES if "notice" in case} == set(NOTICES)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda notice: notice.key)
def test_every_notice_states_something_on_a_basis_that_exists(notice):
    assert notice.needs or notice.advised
    assert notice.basis == "实践" or citations.parse(notice.basis)
    assert not [slip for citation in citations.parse(notice.basis) for slip in citations.check(citation)]
    assert set(notice.periods) <= set(parameters())


def test_every_need_of_the_data_is_used():
    rows = [COMMON_NEEDS, *NOTICES.values()]
    assert {need.key for row in rows for need in (*row.needs, *row.advised)} == set(NEEDS)


@pytest.mark.parametrize(
    ("result_key", "needs"),
    [
        ("granted", {"information", "where_public"}),
        ("partly_granted", {"open_part", "withheld_reasons"}),
        ("refused_third_party", {"ground", "reason"}),
        ("refused_query_matter", {"special_law"}),
        ("unavailable_not_held", {"not_existing", "reason", "other_organ", "archive"}),
        ("unprocessed_repeat", {"earlier_reply"}),
    ],
)
def test_a_result_tells_what_its_letters_need(result_key, needs):
    assert {need.key for notice in notices_for(result(result_key)) for need in notice.needs} == needs


def test_a_notice_of_a_result_carries_the_results_remedy():
    for row in RESULTS:
        for notice in notices_for(row):
            assert notice.remedy in (row.remedy, None)
