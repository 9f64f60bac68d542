import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import RuleError
from gongkai.law.periods import months_after, years_after
from gongkai.law.remedies import (
    Procedure,
    Remedies,
    Way,
    agency_answer_by,
    dated_text,
    lawsuit_after_reconsideration,
    lawsuit_by,
    lawsuit_by_untold,
    notice_text,
    reconsideration_by,
    reconsideration_by_after_suit,
    reconsideration_by_untold,
    remedies_of,
    remedies_of_silence,
)
from gongkai.law.results import RESULT_KEYS, RemedyClass, result
from gongkai.law.workdays import calendar

CASES = tomllib.loads((Path(__file__).parent / "cases/remedies.toml").read_text(encoding="utf-8"))["case"]
ASKED = {
    "reconsideration": reconsideration_by,
    "reconsideration_untold": reconsideration_by_untold,
    "after_suit": reconsideration_by_after_suit,
    "lawsuit": lawsuit_by,
    "lawsuit_untold": lawsuit_by_untold,
    "after_reconsideration": lawsuit_after_reconsideration,
    "answer": agency_answer_by,
}
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def asked(case: dict):
    facts = {key: case[key] for key in ("made_on", "told_on", "sued_on") if key in case}
    first = next(case[key] for key in ("known_on", "ended_on", "papers_on") if key in case)
    if case["ask"].endswith("untold"):
        facts.setdefault("told_on", None)
    if case["ask"] == "after_suit":
        facts["ended_on"] = case["ended_on"]
    if "procedure" in case:
        facts["procedure"] = Procedure(case["procedure"])
    return ASKED[case["ask"]](first, calendar=calendar(), **facts)


def classes(case: dict) -> tuple[Remedies, ...]:
    if case["ask"] == "silence":
        return (remedies_of_silence(period_ended_on=case["period_ended_on"], calendar=calendar()),)
    withheld = [result(key) for key in case["withheld"]] if "withheld" in case else None
    return remedies_of(result(case["result"]), served_on=case["served_on"], calendar=calendar(), withheld=withheld)


def bases(remedies: Remedies) -> list[str]:
    """What the class and the periods of remedies rest on."""
    ways = [way for way in (remedies.reconsideration, remedies.lawsuit) if way is not None]
    return [remedies.basis, *(way.basis for way in ways)]


@pytest.mark.parametrize("case", [c for c in CASES if c["ask"] in ASKED], ids=lambda case: case["name"])
def test_last_day(case):
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            asked(case)
        return
    found = asked(case)
    assert found.last_on == case["by"]
    assert found.provisional is case.get("provisional", False)
    assert found.basis == case["article"]


@pytest.mark.parametrize("case", [c for c in CASES if c["ask"] not in ASKED], ids=lambda case: case["name"])
def test_class_and_days(case):
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            classes(case)
        return
    found = {remedies.remedy: remedies for remedies in classes(case)}
    assert set(found) == {
        remedy for remedy, key in (("reconsideration_first", "first"), ("free_choice", "free")) if key in case
    }
    articles = [case["article"]] if isinstance(case["article"], str) else case["article"]
    assert set(articles) <= {basis for remedies in found.values() for basis in bases(remedies)}
    for key, remedies in (("first", found.get("reconsideration_first")), ("free", found.get("free_choice"))):
        if remedies is not None:
            assert remedies.reconsideration.last_on == case[key]["reconsideration"]
            assert (remedies.lawsuit.last_on if remedies.lawsuit else None) == case[key].get("lawsuit")
            assert list(remedies.parts) == case[key].get("parts", [case["result"]] if "result" in case else [])
            assert case.get("source", "") in remedies.source


def test_the_period_is_told_in_words_with_its_basis():
    (found,) = remedies_of(result("unprocessed_repeat"), served_on=date(2025, 12, 19), calendar=calendar())
    assert isinstance(found.lawsuit, Way)
    assert (found.reconsideration.period, found.lawsuit.period) == ("六十日", "六个月")
    assert found.reconsideration.basis == "《中华人民共和国行政复议法》第二十条第一款"


def test_the_block_of_a_refusal_sends_to_reconsideration_first():
    (found,) = remedies_of(result("refused_internal"), served_on=date(2025, 12, 19), calendar=calendar())
    assert dated_text(found, reviewer="清河县人民政府", court="清河县人民法院") == (
        "对本答复不服的，应当自收到之日起六十日内（2026年2月24日以前）先向清河县人民政府申请行政复议；"
        "对行政复议决定仍不服的，可以自收到行政复议决定书之日起十五日内向清河县人民法院提起行政诉讼。"
    )


def test_the_block_of_other_replies_leaves_the_choice():
    (found,) = remedies_of(result("unavailable_not_held"), served_on=date(2025, 12, 19), calendar=calendar())
    assert dated_text(found, reviewer="清河县人民政府", court="清河县人民法院") == (
        "对本答复不服的，可以自收到之日起六十日内（2026年2月24日以前）向清河县人民政府申请行政复议，"
        "或者六个月内（2026年6月22日以前）向清河县人民法院提起行政诉讼。"
    )


def test_the_block_against_silence_counts_from_the_end_of_the_period():
    found = remedies_of_silence(period_ended_on=date(2026, 8, 31), calendar=calendar())
    text = dated_text(found, reviewer="清河县人民政府", court="清河县人民法院", about="逾期不予答复")
    assert text.startswith(
        "对逾期不予答复不服的，应当自答复期限届满之日起六十日内（2026年10月30日以前）先向清河县人民政府"
    )


def test_the_reading_of_silence_can_be_overridden():
    ended = date(2026, 8, 31)
    free = remedies_of_silence(period_ended_on=ended, calendar=calendar(), reconsideration_first=False)
    assert free.remedy is RemedyClass.FREE_CHOICE
    assert free.lawsuit is not None
    assert free.lawsuit.last_on == date(2027, 3, 1)
    early = remedies_of_silence(period_ended_on=date(2026, 6, 30), calendar=calendar(), reconsideration_first=True)
    assert (early.remedy, early.lawsuit) == (RemedyClass.RECONSIDERATION_FIRST, None)


def test_a_letter_with_two_blocks_says_which_part_each_is_about():
    served_on, names = date(2025, 12, 19), {"reviewer": "清河县人民政府", "court": "清河县人民法院"}
    withheld = [result("refused_third_party"), result("unavailable_not_held")]
    first, free = remedies_of(result("partly_granted"), served_on=served_on, calendar=calendar(), withheld=withheld)
    assert dated_text(first, about="本答复中不予公开的部分", **names).startswith("对本答复中不予公开的部分不服的，应当")
    assert dated_text(free, about="本答复中信息不存在的部分", **names).startswith(
        "对本答复中信息不存在的部分不服的，可以"
    )


def test_a_suit_against_silence_rests_on_an_article_of_its_own():
    found = remedies_of_silence(period_ended_on=date(2026, 6, 30), calendar=calendar())
    assert found.lawsuit is not None
    assert found.lawsuit.basis.endswith("法释〔2018〕1号第六十六条")


def test_a_letter_not_yet_served_tells_periods_without_days():
    names = {"reviewer": "清河县人民政府", "court": "清河县人民法院"}
    first = notice_text(RemedyClass.RECONSIDERATION_FIRST, on=date(2026, 9, 1), **names)
    free = notice_text(RemedyClass.FREE_CHOICE, on=date(2026, 9, 1), **names)
    assert "自收到之日起六十日内先向清河县人民政府申请行政复议" in first
    assert "十五日内向清河县人民法院" in first
    assert free == (
        "对本答复不服的，可以自收到之日起六十日内向清河县人民政府申请行政复议，或者六个月内向清河县人民法院提起行政诉讼。"
    )


def test_a_provisional_day_is_told_as_one():
    (found,) = remedies_of(result("granted"), served_on=date(2026, 12, 1), calendar=calendar())
    assert found.provisional
    assert "（2027年2月1日以前，暂定）" in dated_text(found, reviewer="清河县人民政府", court="清河县人民法院")


@given(DAYS, st.sampled_from(RESULT_KEYS))
def test_last_days_are_working_days_after_the_period(served_on, key):
    for remedies in remedies_of(result(key), served_on=served_on, calendar=calendar()):
        ways = [way for way in (remedies.reconsideration, remedies.lawsuit) if way is not None]
        assert all(calendar().is_workday(way.last_on) for way in ways)
        assert remedies.reconsideration.last_on >= served_on + timedelta(days=60)
        assert (remedies.lawsuit is None) is (remedies.remedy is RemedyClass.RECONSIDERATION_FIRST)


@given(DAYS, st.integers(0, 400))
def test_telling_late_never_shortens_and_never_passes_a_year(known_on, later):
    told_on = known_on + timedelta(days=later)
    found = reconsideration_by_untold(known_on, told_on=told_on, calendar=calendar())
    cap = reconsideration_by_untold(known_on, told_on=None, calendar=calendar())
    assert reconsideration_by(known_on, calendar=calendar()).last_on <= found.last_on <= cap.last_on


@pytest.mark.parametrize(
    ("day", "count", "month_end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 8, 30), 6, date(2025, 2, 28)),
        (date(2024, 2, 29), 6, date(2024, 8, 29)),
        (date(2024, 10, 31), 6, date(2025, 4, 30)),
        (date(2024, 12, 15), 0, date(2024, 12, 15)),
    ],
)
def test_months_end_on_the_day_of_the_same_number_or_the_last(day, count, month_end):
    assert months_after(day, count) == month_end


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.integers(0, 5))
def test_twelve_months_are_a_year(day, years):
    assert months_after(day, 12 * years) == years_after(day, years)
