"""The clock (答复时钟): by which day a request must be answered, why, and what may be done until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.findings import Finding
from gongkai.law.clock.fold import fold
from gongkai.law.clock.limits import limits
from gongkai.law.clock.spans import Span, spans
from gongkai.law.clock.steps import Act, Step
from gongkai.law.clock.timeline import Readings, Timeline, Waiting
from gongkai.law.workdays import Calendar
from gongkai.law.workdays import calendar as shipped

_WAITED_FOR = {
    Act.CLARIFICATION_ASKED: Waiting.APPLICANT,
    Act.FEE_NOTICED: Waiting.PAYMENT,
    Act.THIRD_PARTY_ASKED: Waiting.THIRD_PARTY,
    Act.ORGAN_ASKED: Waiting.ORGAN,
    Act.CONFIRMATION_ASKED: Waiting.ORGAN,
}


class State(StrEnum):
    """Where a request stands: the clock runs, waits, a decision is made but not sent, it is overdue, or it is over."""

    RUNNING = "running"
    WAITING = "waiting"
    DECIDED = "decided"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a request as it stands `on` a day.

    `due` is the last lawful day to reply, None where none is owed; `due_claimed` the day that an unlawful step would
    give, where it is another. `remaining_working_days` is negative when overdue (0 until the first working day after
    the due date). `provisional` says that the date may still move: a consultation is open, or the year's schedule of
    holidays is not published. `limits` are the next last days of acts (`ACT` or `ACT#KEY`); `spans` tell every day
    from receipt to the due date.
    """

    on: date
    received: date
    due: date | None
    due_claimed: date | None
    state: State
    waiting_for: Waiting | None
    remaining_working_days: int | None
    provisional: bool
    limits: Mapping[str, date]
    spans: tuple[Span, ...]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]


def clock(
    steps: Iterable[Step], *, on: date, calendar: Calendar | None = None, readings: Readings | None = None
) -> Clock:
    """The clock of a request, its steps in the order they were recorded, as it stands on a day.

    The law in force on the day of receipt governs. Raises ImpossibleStep for a step that can't have happened, BadStep
    for a correction without its step, OutsideCodedLaw for a request before the 2019 Regulation.
    """
    days = calendar or shipped()
    folded = fold(steps, on=on, calendar=days, readings=readings)
    law, claim = folded.case.law, folded.case.claim
    state, waiting_for = _state(law, on)
    # What is still open when a request ends takes no more time.
    until = on if law.ended is None else law.ended.on
    due = None if _is_released(law, on) else law.due(until)
    claimed = None if claim is None or due is None else claim.due(until)
    is_open = due is not None and state is not State.ENDED
    told = spans(law, until)
    return Clock(
        on=on,
        received=law.received,
        due=due,
        due_claimed=claimed if claimed != due else None,
        state=state,
        waiting_for=waiting_for,
        remaining_working_days=_remaining(days, on, due) if is_open and due is not None else None,
        provisional=_is_provisional(law, on, max(told[-1].last if told else law.received, claimed or law.received)),
        limits=limits(folded.case, on) if state is not State.ENDED else {},
        spans=told,
        findings=folded.findings,
        steps=folded.steps,
    )


def _is_released(law: Timeline, on: date) -> bool:
    """Whether no reply is owed: withdrawn, given up, or the last day to answer has passed."""
    lapse = law.lapse()
    return (law.ended is not None and law.ended.act in (Act.WITHDRAWN, Act.LAPSED)) or (
        lapse is not None and on > lapse
    )


def _state(law: Timeline, on: date) -> tuple[State, Waiting | None]:
    if law.ended is not None or _is_released(law, on):
        return State.ENDED, None
    if law.pause is not None:
        return State.WAITING, _WAITED_FOR[law.pause.act]
    if law.decided is not None:
        return State.DECIDED, None
    consulted = law.open_consultation(on)
    if consulted is not None:
        return State.WAITING, _WAITED_FOR[consulted.act]
    due = law.due(on)
    return (State.OVERDUE if due is not None and on > due else State.RUNNING), None


def _remaining(calendar: Calendar, on: date, due: date) -> int:
    return calendar.between(on, due) if on <= due else -calendar.between(due, on)


def _is_provisional(law: Timeline, on: date, last: date) -> bool:
    is_over = law.ended is not None or law.pause is not None
    return (not is_over and law.open_consultation(on) is not None) or not law.calendar.is_official(last)
