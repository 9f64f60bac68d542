"""What the officer is told beforehand: until when an act is lawful, why it is not, and what can be done instead."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from gongkai.findings import Severity
from gongkai.law.clock import Act, Ground, Readings, Step, allowed, clock, effective, parse_step, reasons_against
from gongkai.law.clock.steps import ACT_NAMES, GROUND_NAMES
from gongkai.law.errors import BadStep, ImpossibleStep, OutsideCodedLaw
from gongkai.law.workdays import calendar, schedules

EXAMPLE = Path(__file__).parents[2] / "examples/workdays-2027.toml"


def steps_of(text):
    return [parse_step(step) for step in text.split()]


PLAIN = "received:2025-04-21"
CLARIFYING = f"{PLAIN} clarification-asked:2025-04-29"
CLARIFIED = f"{CLARIFYING} clarified:2025-05-12"
CHARGED = f"{PLAIN} fee-noticed:2025-05-21"
ENDED = f"{PLAIN} decided:2025-05-20 delivered:2025-05-20"


@pytest.mark.parametrize(
    ("act", "argument", "steps", "on", "rule", "until"),
    [
        ("clarification-asked", None, PLAIN, "2025-04-28", None, None),
        ("clarification-asked", None, PLAIN, "2025-04-29", None, None),
        ("clarification-asked", None, PLAIN, "2025-04-30", "C-CLARIFY-LATE", "2025-04-29"),
        ("clarification-asked", None, CLARIFIED, "2025-05-13", "C-CLARIFY-TWICE", None),
        ("clarified", None, CLARIFYING, "2025-05-16", None, None),
        ("clarified", None, CLARIFYING, "2025-05-17", None, None),  # the office may still take it: no reason against
        ("extended", None, PLAIN, "2025-05-20", None, None),
        ("extended", None, PLAIN, "2025-05-21", None, None),
        ("extended", None, PLAIN, "2025-05-22", "C-EXTEND-LATE", "2025-05-21"),
        ("extended", 20, PLAIN, "2025-05-21", None, None),
        ("extended", 21, PLAIN, "2025-05-21", "C-EXTEND-LONG", None),
        ("extended", None, f"{PLAIN} extended:2025-04-28:5", "2025-04-29", "C-EXTEND-TWICE", None),
        ("extended-served", None, f"{PLAIN} extended:2025-05-20", "2025-05-20", None, None),
        ("extended-served", None, f"{PLAIN} extended:2025-05-20", "2025-05-21", None, None),
        ("extended-served", None, f"{PLAIN} extended:2025-05-20", "2025-05-22", "C-EXTEND-LATE", "2025-05-21"),
        ("extended-served", None, PLAIN, "2025-05-21", "C-NO-LETTER", None),
        (
            "extended-served",
            None,
            f"{PLAIN} extended:2025-05-20 extended-served:2025-05-20",
            "2025-05-21",
            "C-NO-LETTER",
            None,
        ),
        ("third-party-asked", None, PLAIN, "2025-05-20", None, None),
        ("third-party-asked", None, PLAIN, "2025-05-21", None, None),
        ("third-party-asked", None, PLAIN, "2025-05-22", "C-CONSULT-LATE", "2025-05-21"),
        ("organ-asked", None, PLAIN, "2025-05-21", None, None),
        ("organ-asked", None, PLAIN, "2025-05-22", "C-CONSULT-LATE", "2025-05-21"),
        ("confirmation-asked", None, PLAIN, "2025-05-21", None, None),
        ("confirmation-asked", None, PLAIN, "2025-05-22", "C-CONSULT-LATE", "2025-05-21"),
        ("third-party-replied", None, PLAIN, "2025-05-21", "C-NO-LETTER", None),
        ("fee-noticed", None, PLAIN, "2025-05-20", None, None),
        ("fee-noticed", None, PLAIN, "2025-05-21", None, None),
        ("fee-noticed", None, PLAIN, "2025-05-22", "C-FEE-LATE", "2025-05-21"),
        ("fee-noticed", None, f"{CHARGED} fee-paid:2025-05-26", "2025-05-27", "C-FEE-TWICE", None),
        ("fee-paid", None, CHARGED, "2025-06-19", None, None),
        ("deferred", date(2025, 7, 31), f"{PLAIN} reasons-asked:2025-04-24", "2025-05-21", None, None),
        (
            "deferred",
            date(2025, 7, 31),
            f"{PLAIN} reasons-asked:2025-04-24",
            "2025-05-22",
            "C-DEFER-LATE",
            "2025-05-21",
        ),
        ("deferred", date(2025, 7, 31), PLAIN, "2025-05-21", "C-DEFER-UNASKED", None),
        ("lapsed", None, CLARIFYING, "2025-05-16", "C-LAPSE-EARLY", None),
        ("lapsed", None, CLARIFYING, "2025-05-17", None, None),
        ("lapsed", None, CHARGED, "2025-06-19", "C-LAPSE-EARLY", None),
        ("lapsed", None, CHARGED, "2025-06-20", None, None),
        ("lapsed", None, f"{PLAIN} clarification-asked:2025-04-30", "2025-05-20", "C-LAPSE-UNFOUNDED", None),
        ("lapsed", None, PLAIN, "2025-05-17", "C-NO-LETTER", None),
        ("decided", None, CLARIFYING, "2025-05-16", None, None),
        ("decided", None, CLARIFYING, "2025-05-17", "C-LAPSED", "2025-05-16"),
        ("decided", None, CHARGED, "2025-06-20", "C-LAPSED", "2025-06-19"),
        ("decided", None, f"{PLAIN} decided:2025-05-20", "2025-05-21", "C-DECIDED-TWICE", None),
        ("dispatched", None, PLAIN, "2025-05-21", "C-NOT-DECIDED", None),
        ("dispatched", None, f"{PLAIN} decided:2025-05-20", "2025-05-21", None, None),
        ("dispatched", None, f"{PLAIN} decided:2025-05-20", "2025-05-22", "C-LATE", "2025-05-21"),
        ("delivered", None, f"{PLAIN} decided:2025-05-20 dispatched:2025-05-21", "2025-05-22", None, None),
        ("received", None, PLAIN, "2025-05-21", "C-RECEIVED-TWICE", None),
        ("reopened", Ground.OWN, PLAIN, "2025-05-21", "C-NOT-ENDED", None),
        ("reopened", Ground.OWN, ENDED, "2025-05-21", None, None),
        ("reopened", Ground.GOOD_REASON, CLARIFYING, "2025-05-16", "C-NOT-ENDED", None),
        ("reopened", Ground.GOOD_REASON, CLARIFYING, "2025-05-17", None, None),
        ("extended", None, ENDED, "2025-05-21", "C-AFTER-END", None),
        ("withdrawn", None, PLAIN, "2025-05-22", None, None),
    ],
)
def test_reasons_against(act, argument, steps, on, rule, until):
    against = reasons_against(Act(act), steps_of(steps), on=date.fromisoformat(on), argument=argument)
    if rule is None:
        assert against == ()
        return
    (reason,) = against
    assert (reason.rule, reason.until) == (rule, date.fromisoformat(until) if until else None)
    assert reason.message.strip("，。")
    assert reason.basis


@pytest.mark.parametrize(
    ("act", "steps", "on", "rule", "article"),
    [
        ("decided", CLARIFYING, "2025-05-17", "C-LAPSED", "条例》第三十条"),
        ("decided", CHARGED, "2025-06-20", "C-LAPSED", "国办函〔2020〕109号第六条"),
        ("lapsed", f"{PLAIN} clarification-asked:2025-04-30", "2025-05-20", "C-LAPSE-UNFOUNDED", "条例》第三十条"),
        ("lapsed", f"{PLAIN} fee-noticed:2025-05-22", "2025-07-20", "C-LAPSE-UNFOUNDED", "国办函〔2020〕109号第六条"),
        ("lapsed", CLARIFYING, "2025-05-16", "C-LAPSE-EARLY", "条例》第三十条"),
        ("lapsed", CHARGED, "2025-06-19", "C-LAPSE-EARLY", "国办函〔2020〕109号第六条"),
        ("lapsed", PLAIN, "2025-06-19", "C-NO-LETTER", "条例》第三十条"),
        ("extended", PLAIN, "2025-05-22", "C-EXTEND-LATE", "条例》第三十三条第二款"),
        ("third-party-asked", PLAIN, "2025-05-22", "C-CONSULT-LATE", "条例》第三十二条"),
        ("organ-asked", PLAIN, "2025-05-22", "C-CONSULT-LATE", "条例》第三十四条"),
        ("confirmation-asked", PLAIN, "2025-05-22", "C-CONSULT-LATE", "条例》第十一条"),
        ("fee-noticed", PLAIN, "2025-05-22", "C-FEE-LATE", "国办函〔2020〕109号第六条"),
        ("dispatched", f"{PLAIN} decided:2025-05-20", "2025-05-22", "C-LATE", "国办公开办函〔2016〕235号"),
    ],
)
def test_a_reason_names_the_article_that_it_rests_on(act, steps, on, rule, article):
    (reason,) = reasons_against(Act(act), steps_of(steps), on=date.fromisoformat(on))
    assert reason.rule == rule
    assert reason.basis.endswith(article)


def test_a_reason_says_what_can_be_done_instead():
    late, twice = (
        reasons_against(act, steps_of(steps), on=date(2025, 5, 22))
        for act, steps in [(Act.EXTENDED, PLAIN), (Act.CLARIFICATION_ASKED, CLARIFIED)]
    )
    assert late[0].instead == "尽快答复"
    assert "答复" in twice[0].instead


def test_an_act_may_break_two_rules_at_once():
    against = reasons_against(
        Act.EXTENDED, steps_of(f"{PLAIN} extended:2025-04-28:5"), on=date(2025, 5, 29), argument=21
    )
    assert [reason.rule for reason in against] == ["C-EXTEND-TWICE", "C-EXTEND-LATE", "C-EXTEND-LONG"]


@pytest.mark.parametrize(
    ("steps", "on", "acts"),
    [
        (
            PLAIN,
            "2025-04-29",
            "clarification-asked third-party-asked organ-asked confirmation-asked reasons-asked deferred extended fee-noticed decided withdrawn",
        ),
        (
            PLAIN,
            "2025-04-30",
            "third-party-asked organ-asked confirmation-asked reasons-asked deferred extended fee-noticed decided withdrawn",
        ),
        (PLAIN, "2025-05-22", "reasons-asked decided withdrawn"),
        (CLARIFYING, "2025-05-17", "clarification-served clarified lapsed withdrawn reopened"),
        (f"{PLAIN} decided:2025-05-21", "2025-05-22", "reasons-asked withdrawn"),
        (
            f"{PLAIN} clarification-asked:2025-04-28 clarified:2025-04-29 extended:2025-04-30:5 fee-noticed:2025-05-06 fee-paid:2025-05-07 third-party-asked#甲:2025-05-08 third-party-asked#乙:2025-05-08 third-party-served#甲:2025-05-09",
            "2025-05-12",
            "clarification-served third-party-asked third-party-served#乙 third-party-replied#甲 third-party-replied#乙 organ-asked confirmation-asked reasons-asked deferred extended-served fee-served decided withdrawn",
        ),
        (ENDED, "2025-06-30", "delivered reopened"),
    ],
)
def test_allowed(steps, on, acts):
    found = allowed(steps_of(steps), on=date.fromisoformat(on))
    assert [f"{one.act}#{one.key}" if one.key else str(one.act) for one in found] == acts.split()
    assert [one.name for one in found] == [ACT_NAMES[one.act] for one in found]


def test_allowed_acts_tell_their_last_days():
    found = {one.act: one.until for one in allowed(steps_of(PLAIN), on=date(2025, 4, 22))}
    assert found[Act.CLARIFICATION_ASKED] == date(2025, 4, 29)
    assert found[Act.EXTENDED] == found[Act.FEE_NOTICED] == found[Act.DECIDED] == date(2025, 5, 21)
    assert found[Act.WITHDRAWN] is None


def test_before_the_fee_rules_no_fee_is_among_what_is_allowed():
    steps = steps_of("received:2020-12-14")
    for on, is_allowed in [(date(2020, 12, 31), False), (date(2021, 1, 1), True)]:
        assert (Act.FEE_NOTICED in [one.act for one in allowed(steps, on=on)]) is is_allowed
    with pytest.raises(OutsideCodedLaw, match="2021-01-01起施行"):
        reasons_against(Act.FEE_NOTICED, steps, on=date(2020, 12, 31))


def test_what_is_asked_before_receipt_is_refused():
    for ask in (
        lambda: allowed(steps_of(PLAIN), on=date(2025, 4, 20)),
        lambda: reasons_against(Act.DECIDED, [], on=date(2025, 4, 20)),
    ):
        with pytest.raises(ImpossibleStep) as refused:
            ask()
        assert refused.value.rule == "C-NO-RECEIPT"


# Findings -------------------------------------------------------------------------------------------------------------


def test_a_finding_tells_the_step_the_last_lawful_day_and_the_article():
    (finding,) = clock(steps_of(f"{PLAIN} clarification-asked:2025-05-06"), on=date(2025, 5, 6)).findings
    assert finding.where == "clarification-asked:2025-05-06"
    assert (finding.expected, finding.found) == ("2025-04-29", "2025-05-06")
    assert finding.severity is Severity.ERROR
    assert finding.basis == "《中华人民共和国政府信息公开条例》第三十条"
    assert "2025-04-29" in finding.message


def test_the_claimed_date_in_a_year_that_is_not_published_is_provisional_too():
    steps = steps_of("received:2026-11-02 clarification-asked:2026-11-12 clarified:2026-12-10")
    found = clock(steps, on=date(2026, 12, 10))
    assert (found.due, found.due_claimed) == (date(2026, 11, 30), date(2027, 1, 7))
    assert found.provisional


def test_a_schedule_that_is_loaded_ends_the_provisional_date():
    steps, on = steps_of("received:2026-12-07"), date(2026, 12, 7)
    known = calendar().with_schedules(schedules(EXAMPLE.read_text(encoding="utf-8")))
    assert (clock(steps, on=on).due, clock(steps, on=on).provisional) == (date(2027, 1, 4), True)
    found = clock(steps, on=on, calendar=known)
    assert (found.due, found.provisional) == (date(2027, 1, 5), False)


def test_the_receipt_comes_first_on_its_day_whenever_it_was_recorded():
    steps = steps_of("decided:2025-04-21 received:2025-04-21")
    assert [step.act for step in clock(steps, on=date(2025, 4, 21)).steps] == [Act.RECEIVED, Act.DECIDED]


def test_the_readings_of_open_questions_have_defaults_of_the_day():
    assert Readings.on(date(2024, 1, 1)) == Readings(answer_day_excluded=True, confirmation_excluded=True)
    with pytest.raises(OutsideCodedLaw):
        Readings.on(date(2019, 5, 14))


# Steps ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("received:2024-01-25", Step(Act.RECEIVED, date(2024, 1, 25))),
        (" received:2024-01-25\n", Step(Act.RECEIVED, date(2024, 1, 25))),
        ("clarification-asked:2024-01-30:10", Step(Act.CLARIFICATION_ASKED, date(2024, 1, 30), argument=10)),
        ("third-party-asked#甲公司:2024-01-30", Step(Act.THIRD_PARTY_ASKED, date(2024, 1, 30), "甲公司")),
        ("deferred:2024-01-30:2024-04-30", Step(Act.DEFERRED, date(2024, 1, 30), argument=date(2024, 4, 30))),
        ("reopened:2024-01-30:good-reason", Step(Act.REOPENED, date(2024, 1, 30), argument=Ground.GOOD_REASON)),
    ],
)
def test_a_step_is_read(text, step):
    assert parse_step(text) == step
    assert str(step) == text.strip()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "看不懂步骤"),
        ("received", "看不懂步骤"),
        ("received 2024-01-25", "看不懂步骤"),
        ("received:2024-1-25", "看不懂步骤"),
        ("received:20240125", "看不懂步骤"),
        ("received:2024-02-30", "没有“2024-02-30”这一天"),
        ("received:２０２４-01-25", "没有"),
        ("recieved:2024-01-25", "没有“recieved”这个步骤"),
        ("received:2024-01-25:10", "后面不带参数"),
        ("extended:2024-01-25:0", "应为工作日数"),
        ("extended:2024-01-25:-5", "应为工作日数"),
        ("extended:2024-01-25:1.5", "应为工作日数"),
        ("extended:2024-01-25:１０", "应为工作日数"),
        ("extended:2024-01-25:1000", "应为工作日数"),
        ("deferred:2024-01-25", "要写明延至哪一天"),
        ("deferred:2024-01-25:30", "没有“30”这一天"),
        ("deferred:2024-01-25:20240430", "没有“20240430”这一天"),
        ("deferred:2024-01-25:2024-W04-4", "这一天"),
        ("reopened:2024-01-25", "要写明缘由"),
        ("reopened:2024-01-25:court", "要写明缘由"),
        ("third-party-asked#:2024-01-25", "看不懂步骤"),
        ("third-party-asked#甲 乙:2024-01-25", "看不懂步骤"),
    ],
)
def test_what_is_no_step_is_refused_in_one_line(text, told):
    with pytest.raises(BadStep, match=told) as refused:
        parse_step(text)
    assert "\n" not in str(refused.value).strip()


@pytest.mark.parametrize(
    ("act", "argument"),
    [
        (Act.DEFERRED, None),
        (Act.DEFERRED, 30),
        (Act.REOPENED, None),
        (Act.EXTENDED, 0),
        (Act.EXTENDED, date(2024, 1, 30)),
        (Act.RECEIVED, 5),
    ],
)
def test_a_step_can_not_be_built_with_an_argument_that_it_does_not_take(act, argument):
    with pytest.raises(BadStep):
        Step(act, date(2024, 1, 25), argument=argument)


def test_a_moment_is_no_legal_day():
    with pytest.raises(BadStep, match="日期"):
        Step(Act.RECEIVED, datetime(2024, 1, 25, 8, 30))  # noqa: DTZ001 - the point is that no moment is taken


def test_every_act_and_ground_has_a_name():
    assert set(ACT_NAMES) == set(Act)
    assert len(set(ACT_NAMES.values())) == len(Act)
    assert set(GROUND_NAMES) == set(Ground)


# Corrections ----------------------------------------------------------------------------------------------------------

RECORDED = [replace(step, id=str(number)) for number, step in enumerate(steps_of(CLARIFIED))]


def test_a_correction_takes_the_place_of_the_step_that_it_names():
    right = Step(Act.CLARIFIED, date(2025, 5, 13), id="3", corrects="2")
    assert effective([*RECORDED, right]) == (*RECORDED[:2], right)
    assert clock([*RECORDED, right], on=date(2025, 5, 13)).due == date(2025, 6, 11)


def test_a_correction_is_itself_corrected():
    wrong = Step(Act.CLARIFIED, date(2025, 5, 14), id="3", corrects="2")
    right = Step(Act.CLARIFIED, date(2025, 5, 13), id="4", corrects="3")
    assert effective([*RECORDED, wrong, right]) == (*RECORDED[:2], right)


def test_a_step_that_never_happened_is_voided():
    void = Step(Act.CLARIFIED, date(2025, 5, 12), voids="2")
    assert effective([*RECORDED, void]) == tuple(RECORDED[:2])
    assert clock([*RECORDED, void], on=date(2025, 5, 12)).due is None


def test_a_late_clarification_may_be_a_mistake_of_the_record():
    wrong = [*RECORDED[:1], Step(Act.CLARIFICATION_ASKED, date(2025, 5, 6), id="1")]
    assert clock(wrong, on=date(2025, 5, 6)).findings
    right = Step(Act.CLARIFICATION_ASKED, date(2025, 4, 29), corrects="1")
    assert not clock([*wrong, right], on=date(2025, 5, 6)).findings


@pytest.mark.parametrize("wrong", ["9", "2"])
def test_only_the_latest_record_can_be_corrected(wrong):
    once = Step(Act.CLARIFIED, date(2025, 5, 13), id="3", corrects="2")
    with pytest.raises(BadStep, match="更正"):
        effective([*RECORDED, once, Step(Act.CLARIFIED, date(2025, 5, 14), id="4", corrects=wrong)])
