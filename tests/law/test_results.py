import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.law import citations
from gongkai.law.errors import RuleError
from gongkai.law.notices import notices_for
from gongkai.law.questions import FIRST, OUTCOMES, QUESTIONS, Outcome, after, follow
from gongkai.law.results import RESULT_KEYS, RESULTS, RemedyClass, result

CASES = tomllib.loads((Path(__file__).parent / "cases/results.toml").read_text(encoding="utf-8"))["case"]


def slips(basis: str) -> list[citations.Mistake]:
    return [slip for citation in citations.parse(basis) for slip in citations.check(citation)]


def walk(yes: set[str]) -> tuple[list[str], Outcome]:
    """The ids of the questions met and the outcome, when just the questions in `yes` are answered by yes."""
    here, met = follow(FIRST.id), []
    while not isinstance(here, Outcome):
        met.append(here.id)
        here = follow(here.yes if here.id in yes else here.no)
    return met, here


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    met, outcome = walk(set(case["yes"]))
    assert [id_ for id_ in met if id_ in case["yes"]] == case["yes"]
    assert (outcome.result.key, outcome.notice.key) == (case["result"], case["notice"])
    assert case["article"] in {outcome.basis, *outcome.result.articles, *(QUESTIONS[id_].basis for id_ in met)}
    assert outcome.result.remedy == case.get("remedy", outcome.result.remedy)
    assert outcome.withheld == (result(case["withheld"]) if "withheld" in case else None)
    assert after(id_ in case["yes"] for id_ in met) is outcome


def test_the_cases_reach_every_result():
    assert {case["result"] for case in CASES} == set(RESULT_KEYS)


def ways(id_: str, met: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way through the questions from one on; fails on a question met twice."""
    here = follow(id_)
    if isinstance(here, Outcome):
        yield (*met, id_)
        return
    assert id_ not in met
    yield from ways(here.yes, (*met, id_))
    yield from ways(here.no, (*met, id_))


def test_the_questions_always_end_and_none_is_out_of_reach():
    met = {id_ for way in ways(FIRST.id) for id_ in way}
    assert met == {*QUESTIONS, *OUTCOMES}
    assert not set(QUESTIONS) & set(OUTCOMES)


def test_answers_beyond_the_end_are_refused():
    assert after([]) is FIRST
    assert after([True]) is OUTCOMES["withdrawn_end"]
    with pytest.raises(RuleError, match="已经答完"):
        after([True, True])


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.id)
def test_every_question_has_help_and_a_basis(question):
    assert question.text.endswith("？")
    assert question.help.endswith("。")
    assert question.basis == "实践" or citations.parse(question.basis)
    assert not slips(question.basis)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.id)
def test_every_outcome_is_told_by_a_notice_of_its_result(outcome):
    assert outcome.notice.key in outcome.result.notices
    assert outcome.advice.endswith("。")
    assert outcome.basis == "实践" or citations.parse(outcome.basis)
    assert not slips(outcome.basis)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.id)
def test_only_a_partial_disclosure_has_a_part_withheld(outcome):
    assert outcome.withheld is None or outcome.result.key == "partly_granted"
    assert outcome.withheld is None or outcome.withheld.remedy is RemedyClass.RECONSIDERATION_FIRST


def test_there_are_the_21_results_of_the_form():
    assert len(RESULTS) == len(set(RESULT_KEYS)) == 21
    groups = Counter(row.group for row in RESULTS)
    assert groups == {"": 2, "（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}


@pytest.mark.parametrize("row", RESULTS, ids=lambda row: row.key)
def test_every_result_has_articles_that_exist_and_a_notice(row):
    assert result(row.key) is row
    assert row.articles
    assert all(citations.parse(article) and not slips(article) for article in row.articles)
    assert notices_for(row)


def test_only_refusals_on_articles_14_to_16_and_partial_ones_go_to_reconsideration_first():
    first = {row.key for row in RESULTS if row.remedy is RemedyClass.RECONSIDERATION_FIRST}
    refused = {key for key in RESULT_KEYS if key.startswith("refused_")}
    assert first == {"partly_granted", *refused} - {"refused_query_matter"}
