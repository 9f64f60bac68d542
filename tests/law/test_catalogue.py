import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import citations
from gongkai.law.catalogue import FIELDS, GUIDE, ROWS, publish_by, take_down_by
from gongkai.law.errors import RuleError
from gongkai.law.parameters import Standing, parameters
from gongkai.law.workdays import calendar

CASES = tomllib.loads((Path(__file__).parent / "cases/catalogue.toml").read_text(encoding="utf-8"))["case"]
LIMITED = [row for row in ROWS.values() if row.limit]


def limit(case: dict):
    if case.get("taken_down"):
        return take_down_by(case["formed_on"], calendar=calendar())
    return publish_by(ROWS[case["row"]], formed_on=case["formed_on"], calendar=calendar())


@pytest.mark.parametrize("case", [c for c in CASES if "formed_on" in c], ids=lambda case: case["name"])
def test_case(case):
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            limit(case)
        return
    found = limit(case)
    assert (found.last_on, found.advised_on) == (case["last_on"], case.get("advised_on", case["last_on"]))
    assert found.provisional is case.get("provisional", False)
    assert found.basis == case["article"]
    assert str(case["formed_on"]) in found.explanation
    assert str(found.last_on) in found.explanation
    assert str(found.advised_on) in found.explanation


@pytest.mark.parametrize("case", [c for c in CASES if "text" in c], ids=lambda case: case["name"])
def test_the_row_says_what_the_regulation_says(case):
    row = ROWS[case["row"]]
    assert (row.text, row.article, len(row.topics)) == (case["text"], case["article"], case.get("topics", 0))


@pytest.mark.parametrize("case", [c for c in CASES if "contents" in c], ids=lambda case: case["name"])
def test_contents(case):
    (found,) = [part for part in (GUIDE, FIELDS) if part.basis == case["article"]]
    assert list(found.contents) == case["contents"]


def test_article_20_has_fifteen_items():
    items = [row for row in ROWS.values() if row.id.startswith("a20_") and row.within is None]
    assert [row.id[4:6] for row in items] == [f"{number:02}" for number in range(1, 16)]
    assert [citations.parse(row.article)[0].item for row in items] == list(range(1, 16))


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id)
def test_every_row_rests_on_an_article_that_exists(row):
    assert [citation.article for citation in citations.parse(row.article)] != [None]
    assert not [slip for citation in citations.parse(row.article) for slip in citations.check(citation)]
    assert row.limit is None or f"publication.{row.limit}" in parameters()
    assert row.within is None or row.id.startswith(row.within[:6])
    assert all(topic in row.text for topic in row.topics)


def test_a_limit_known_only_through_others_says_so():
    day = date(2024, 4, 26)
    assert publish_by(ROWS["a20_06_decisions"], formed_on=day, calendar=calendar()).standing is Standing.RESTATED
    assert publish_by(ROWS["a20_01_rules"], formed_on=day, calendar=calendar()).standing is Standing.TEXT


@given(st.dates(date(2021, 7, 15), date(2026, 11, 30)), st.sampled_from(LIMITED))
def test_the_advised_day_is_a_working_day_never_after_the_limit(formed_on, row):
    found = publish_by(row, formed_on=formed_on, calendar=calendar())
    assert calendar().is_workday(found.advised_on)
    assert formed_on < found.advised_on <= found.last_on
