"""What holds for every sequence of steps: nothing falls out of the fold, days are told once, and the law is monotone."""

import contextlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.findings import Severity
from gongkai.law.clock import Act, Ground, Readings, State, Step, allowed, clock, parse_step, reasons_against
from gongkai.law.clock.clock_json import as_json, from_json
from gongkai.law.clock.fold import fold, unserved
from gongkai.law.errors import BadStep, ImpossibleStep, OutsideCodedLaw, RuleError
from gongkai.law.workdays import calendar

DAY = timedelta(days=1)
LATER_ACTS = [act for act in Act if act is not Act.RECEIVED]
KEYS = ("", "甲")
START = date(2024, 1, 1)
days = st.dates(START, date(2026, 9, 30))
gaps = st.integers(0, 12)
receipts = days.map(lambda day: Step(Act.RECEIVED, day))
readings = st.one_of(st.none(), st.builds(Readings, st.booleans(), st.booleans()))


@st.composite
def arguments(draw, act, on):
    """An argument that the act may have."""
    if act is Act.DEFERRED:
        return on + draw(st.integers(-5, 90)) * DAY
    if act is Act.REOPENED:
        return draw(st.sampled_from(Ground))
    if act in (Act.EXTENDED, Act.CLARIFICATION_ASKED):
        return draw(st.one_of(st.none(), st.integers(1, 25)))
    return None


@st.composite
def any_steps(draw):
    """Acts in any order with any gaps: mostly nonsense."""
    on = draw(days)
    steps = [Step(Act.RECEIVED, on)] if draw(st.integers(0, 9)) else []
    for act, key, gap in draw(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(KEYS), gaps), max_size=9)):
        on += gap * DAY
        steps.append(Step(act, on, key, draw(arguments(act, on))))
    return draw(st.permutations(steps)) if draw(st.booleans()) else steps


@st.composite
def possible_steps(draw, *, lawful=False):
    """A receipt and what may follow it; `lawful` where no rule is broken: an office's days, far along."""
    steps = [draw(receipts)]
    on = steps[0].on
    for gap in draw(st.lists(gaps, max_size=8)):
        on += gap * DAY
        if lawful:
            act, key = draw(st.sampled_from([(one.act, one.key) for one in allowed(steps, on=on)] or [(None, "")]))
        else:
            act, key = draw(st.sampled_from(LATER_ACTS)), draw(st.sampled_from(KEYS))
        step = Step(act, on, key, draw(arguments(act, on))) if act else None
        if step and is_recordable([*steps, step]):
            steps.append(step)
    return steps


def is_recordable(steps):
    try:
        clock(steps, on=steps[-1].on)
    except ImpossibleStep:
        return False
    return True


def last_day(steps):
    return max(step.on for step in steps)


# Nothing falls out ----------------------------------------------------------------------------------------------------


@settings(max_examples=600)
@given(st.one_of(any_steps(), possible_steps()), st.integers(-3, 400), readings)
def test_any_steps_are_folded_or_refused_by_a_named_rule(steps, later, readings):
    on = (last_day(steps) if steps else START) + later * DAY
    found = refused = None
    try:
        found = clock(steps, on=on, readings=readings)
    except ImpossibleStep as impossible:
        refused = impossible
    if found is None:
        assert refused.rule.startswith("C-")
        assert refused.rule in str(refused)
        return
    assert found.on == on
    assert (found.state is State.WAITING) is (found.waiting_for is not None)
    assert (found.due is None) <= (found.remaining_working_days is None)
    assert found.due_claimed != found.due or found.due is None
    if found.state is State.OVERDUE:
        assert found.on > found.due
        assert found.remaining_working_days <= 0


@settings(max_examples=200)
@given(possible_steps(), st.integers(0, 90), readings)
def test_the_same_steps_give_the_same_clock_in_whatever_order_they_were_recorded(steps, later, readings):
    on = last_day(steps) + later * DAY
    found = clock(steps, on=on, readings=readings)
    assert clock(iter(steps), on=on, readings=readings) == found
    a_day_each = len({step.on for step in steps}) == len(steps)
    if a_day_each:
        assert clock(reversed(steps), on=on, readings=readings) == found


@settings(max_examples=200)
@given(possible_steps(), st.integers(0, 90))
def test_a_clock_survives_json(steps, later):
    found = clock(steps, on=last_day(steps) + later * DAY)
    assert from_json(json.loads(json.dumps(as_json(found)))) == found


@given(any_steps())
def test_a_step_is_read_as_it_is_written(steps):
    assert [parse_step(str(step)) for step in steps] == steps


GRAMMAR = r"(received|extended|deferred|reopened|thing)?(#[^ ]{0,3})?:?(20\d\d-[01]\d-[0-3]\d|\w{0,9})(:(own|\d{0,4}|2024-0\d-3\d|.))?"


@settings(max_examples=500)
@given(st.one_of(st.text(), st.from_regex(GRAMMAR, fullmatch=True)))
def test_whatever_is_written_is_a_step_or_refused(text):
    with contextlib.suppress(BadStep):
        assert parse_step(str(parse_step(text))) == parse_step(text)


@given(possible_steps(), st.data())
def test_a_corrected_step_is_as_if_it_had_been_recorded_right(steps, data):
    place = data.draw(st.integers(0, len(steps) - 1))
    wrong = [*steps]
    wrong[place] = replace(steps[place], on=steps[place].on + data.draw(st.integers(-40, 40)) * DAY, id="误")
    on = last_day(steps)
    corrected = clock([*wrong, replace(steps[place], corrects="误")], on=on)
    assert replace(corrected, steps=()) == replace(clock(steps, on=on), steps=())
    voided = replace(steps[place], id="多", key="多")
    assert clock([*steps, voided, replace(voided, id="", voids="多")], on=on) == clock(steps, on=on)


# The explanation adds up ----------------------------------------------------------------------------------------------


@settings(max_examples=600)
@given(possible_steps(), st.integers(0, 120), readings)
def test_spans_tell_every_day_once_and_their_counted_days_add_up(steps, later, readings):
    on = last_day(steps) + later * DAY
    found = clock(steps, on=on, readings=readings)
    law = fold(steps, on=on, calendar=calendar(), readings=readings).case.law
    told = found.spans
    reached = found.received
    for span in told:
        assert span.first == reached + DAY
        assert span.last >= span.first
        assert span.working_days == walked_count(span.first, span.last)
        reached = span.last
    if found.due is not None:
        assert reached == found.due
        assert sum(span.working_days for span in told if span.counts) == law.period + law.extension
    elif law.ended is not None:
        assert reached <= max(law.ended.on, found.received)


def walked_count(first, last):
    return sum(
        chinese_calendar.is_workday(first + n * DAY)
        if (first + n * DAY).year < 2027
        else (first + n * DAY).weekday() < 5
        for n in range((last - first).days + 1)
    )


@settings(max_examples=300)
@given(receipts, st.lists(st.tuples(st.integers(0, 25), st.integers(0, 20)), max_size=3), st.integers(0, 20), readings)
def test_the_due_date_is_what_walking_day_by_day_finds(received, letters, extension, readings):
    steps, consulted = [received], set()
    strict = readings is not None and not readings.answer_day_excluded
    for number, (after, length) in enumerate(letters):
        asked = received.on + after * DAY
        replied = asked + length * DAY
        steps += [Step(Act.THIRD_PARTY_ASKED, asked, str(number)), Step(Act.THIRD_PARTY_REPLIED, replied, str(number))]
        consulted |= {asked + n * DAY for n in range(1, length + (not strict))}
    if extension:
        steps.append(Step(Act.EXTENDED, received.on, argument=extension))
    day, left = received.on, 20 + extension
    while left:
        day += DAY
        left -= walked_count(day, day) and day not in consulted
    found = clock(steps, on=last_day(steps), readings=readings)
    assume(not found.findings)  # a letter after the due date, a reply after its last day
    # Days that are not counted at the very end belong to the period still.
    while day + DAY in consulted:
        day += DAY
    assert found.due in {day, calendar().on_or_before(day)}


# Monotone -------------------------------------------------------------------------------------------------------------


@given(days, st.integers(0, 60))
def test_a_later_receipt_never_gives_an_earlier_due_date(day, later):
    first, second = (clock([Step(Act.RECEIVED, on)], on=on).due for on in (day, day + later * DAY))
    assert first <= second


@settings(max_examples=200)
@given(possible_steps(lawful=True), st.integers(0, 10), st.integers(1, 20))
def test_an_extension_never_shortens(steps, later, extension):
    on = last_day(steps) + later * DAY
    assume(any(one.act is Act.EXTENDED for one in allowed(steps, on=on)))
    before = clock(steps, on=on).due
    after = clock([*steps, Step(Act.EXTENDED, on, argument=extension)], on=on).due
    assert (before is None) is (after is None)
    assert before is None or after >= before


@given(
    receipts,
    st.integers(0, 15),
    st.integers(0, 15),
    st.integers(0, 15),
    st.sampled_from(["third-party", "organ", "confirmation"]),
)
def test_more_time_for_consulting_never_gives_an_earlier_due_date(received, after, shorter, longer, whom):
    asked = received.on + after * DAY
    dues = []
    for length in (None, shorter, shorter + longer):
        steps = [received]
        if length is not None:
            steps += [Step(Act(f"{whom}-asked"), asked), Step(Act(f"{whom}-replied"), asked + length * DAY)]
        dues.append(clock(steps, on=asked + (shorter + longer) * DAY).due)
    assert dues == sorted(dues)


@given(receipts, st.integers(0, 7), st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_a_later_answer_of_the_applicant_never_gives_an_earlier_due_date(received, after, shorter, longer, is_fee):
    asking, answering = (Act.FEE_NOTICED, Act.FEE_PAID) if is_fee else (Act.CLARIFICATION_ASKED, Act.CLARIFIED)
    asked = received.on + after * DAY
    dues = [
        clock([received, Step(asking, asked), Step(answering, on)], on=on).due
        for on in (asked + shorter * DAY, asked + (shorter + longer) * DAY)
    ]
    assert dues == sorted(dues)


@settings(max_examples=200)
@given(possible_steps(), st.integers(0, 60), st.integers(0, 60), readings)
def test_waiting_longer_never_gives_an_earlier_due_date(steps, later, longer, readings):
    on = last_day(steps) + later * DAY
    first, second = (clock(steps, on=day, readings=readings) for day in (on, on + longer * DAY))
    if first.due is not None and second.due is not None:
        assert first.due <= second.due
        assert first.provisional or first.due == second.due


# The officer is told beforehand what the record would say --------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(possible_steps(), gaps, st.data())
def test_reasons_against_an_act_are_what_the_fold_finds(steps, later, data):
    on = last_day(steps) + later * DAY
    for act in Act:
        key = data.draw(st.sampled_from(KEYS))
        step = Step(act, on, key, data.draw(arguments(act, on)))
        against = reasons_against(act, steps, on=on, key=key, argument=step.argument)
        is_wrong = any(reason.severity is Severity.ERROR for reason in against)
        assert is_wrong is is_found_wrong(steps, step), str(step)


def is_found_wrong(steps, step):
    """Whether recording the step is refused, or gives an error about it."""
    judged = step
    if step.act is Act.EXTENDED_SERVED:
        granted = next((other for other in unserved(steps, step.on) if other.key == step.key), None)
        judged = replace(granted, on=step.on) if granted else step
    try:
        after = clock([*steps, step], on=step.on)
    except ImpossibleStep:
        return True
    before = Counter() if step.act is Act.EXTENDED_SERVED else errors_about(judged, clock(steps, on=step.on))
    return errors_about(judged, after) > before


def errors_about(step, found):
    return Counter(f.rule for f in found.findings if f.where == str(step) and f.severity is Severity.ERROR)


@settings(max_examples=150, deadline=None)
@given(possible_steps(), gaps, st.data())
def test_every_act_that_is_allowed_can_be_recorded_without_an_error(steps, later, data):
    on = last_day(steps) + later * DAY
    before = Counter(finding.rule for finding in clock(steps, on=on).findings)
    for possible in allowed(steps, on=on):
        argument = data.draw(
            arguments(possible.act, on).filter(lambda found: not isinstance(found, int) or found <= 20)
        )
        found = clock([*steps, Step(possible.act, on, possible.key, argument)], on=on)
        new = Counter(f.rule for f in found.findings if f.severity is Severity.ERROR) - before
        assert not new, str(possible)


@settings(max_examples=150)
@given(possible_steps(lawful=True), st.integers(0, 30))
def test_lawful_steps_give_no_error_and_one_due_date(steps, later):
    found = clock(steps, on=last_day(steps) + later * DAY)
    assert not [f for f in found.findings if f.severity is Severity.ERROR and f.rule != "C-EXTEND-LONG"]
    if not found.findings:
        assert found.due_claimed is None


@given(st.dates(max_value=date(2019, 5, 14)), st.integers(0, 30))
def test_a_request_before_the_law_is_refused(day, later):
    on = min(day, date.max - 40 * DAY) + later * DAY
    with pytest.raises(OutsideCodedLaw):
        clock([Step(Act.RECEIVED, day)], on=on)


@given(st.dates(date(2089, 12, 30)), st.sampled_from(Act), st.integers(0, 400))
def test_days_that_no_calendar_reaches_are_refused_and_never_fail(day, act, later):
    argument = {Act.DEFERRED: date.max, Act.REOPENED: Ground.ORDER, Act.EXTENDED: 999}.get(act)
    on = min(day, date.max - later * DAY) + later * DAY
    with contextlib.suppress(RuleError):
        assert clock([Step(Act.RECEIVED, date(2089, 12, 30)), Step(act, day, argument=argument)], on=on)
