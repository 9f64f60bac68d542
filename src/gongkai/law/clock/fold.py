"""The fold: steps, in the order they happened, become a case with its two readings and what was unlawful."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.findings import Finding
from gongkai.law.clock import articles
from gongkai.law.clock.rules import ASKING, CONSULTING, RESTARTING, SERVING, Case, Reason, no_letter, reasons
from gongkai.law.clock.steps import Act, Ground, Step, effective
from gongkai.law.clock.timeline import Letter, Readings, Spent, Timeline
from gongkai.law.errors import ImpossibleStep
from gongkai.law.parameters import number, parameter
from gongkai.law.workdays import Calendar

_ANSWER_DAYS = {
    Act.CLARIFICATION_ASKED: "clock.clarification_answer",
    Act.THIRD_PARTY_ASKED: "clock.third_party_answer",
    Act.ORGAN_ASKED: "clock.organ_answer",
    Act.FEE_NOTICED: "clock.fee_payment",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A case after its steps up to a day: `steps` as they were taken, `findings` in their order."""

    case: Case
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]


def fold(steps: Iterable[Step], *, on: date, calendar: Calendar, readings: Readings | None = None) -> Folded:
    """The case as it stands on a day. Steps of later days have not happened yet and are left out.

    Raises ImpossibleStep for what can't have happened, OutsideCodedLaw before the 2019 Regulation.
    """
    return fold_kept(effective(steps), on=on, calendar=calendar, readings=readings)


def fold_kept(kept: Iterable[Step], *, on: date, calendar: Calendar, readings: Readings | None) -> Folded:
    """`fold` of steps whose corrections are resolved (`effective`)."""
    happened = sorted((step for step in kept if step.on <= on), key=_by_day)
    receipt = next((step for step in happened if step.act is Act.RECEIVED), None)
    if receipt is None:
        first = str(happened[0]) if happened else str(on)
        raise ImpossibleStep("C-NO-RECEIPT", first, "到这一天还没有收到申请的记录，请先记录“收到申请”（received）")
    received = receipt.on
    period = number("clock.reply_period", on=received)
    law = Timeline(calendar, readings or Readings.on(received), received, received, period)
    case = Case(law, done={Act.RECEIVED: 1})
    findings: list[Finding] = []
    for step in _told_when_served([step for step in happened if step is not receipt]):
        findings += _take(case, step)
    return Folded(case, tuple(happened), tuple(findings))


def _by_day(step: Step) -> tuple[date, bool]:
    """Steps go by day; on one day as they were recorded, but the receipt first."""
    return step.on, step.act is not Act.RECEIVED


def _told_when_served(steps: list[Step]) -> Iterator[Step]:
    """An extension takes effect when the applicant is told: on the day served, where that is recorded."""
    granted: dict[str, list[Step]] = {}
    told = [step.key for step in steps if step.act is Act.EXTENDED_SERVED]
    for step in steps:
        if step.act is Act.EXTENDED and step.key in told:
            told.remove(step.key)
            granted.setdefault(step.key, []).append(step)
        elif step.act is Act.EXTENDED_SERVED:
            waiting = granted.get(step.key)
            if not waiting:
                reason = no_letter(step.act)
                raise ImpossibleStep(reason.rule, str(step), reason.message)
            yield replace(waiting.pop(0), on=step.on)
        else:
            yield step


def unserved(kept: Iterable[Step], on: date) -> Iterator[Step]:
    """The extensions granted up to a day that the applicant was not told of yet, in order."""
    happened = sorted((step for step in kept if step.on <= on), key=_by_day)
    told = [step.key for step in happened if step.act is Act.EXTENDED_SERVED]
    for step in happened:
        if step.act is Act.EXTENDED and step.key in told:
            told.remove(step.key)
        elif step.act is Act.EXTENDED:
            yield step


def told_of(steps: Iterable[Step], on: date, *, letters: Container[str]) -> list[Step]:
    """The steps that count by a day, corrections resolved, without extensions that the applicant was not told of yet.

    Only those whose id is one of `letters` are known to have a letter on its way; others count as told when granted.
    """
    kept = effective(steps)
    untold = [step.id for step in unserved(kept, on) if step.id in letters]
    return [replace(step, corrects="") for step in kept if step.id not in untold]


def _take(case: Case, step: Step) -> list[Finding]:
    """Takes one step into both readings; what is to be said of it."""
    against = reasons(case, step)
    refused = next((reason for reason in against if reason.refuses), None)
    if refused is not None:
        raise ImpossibleStep(refused.rule, str(step), refused.message)
    is_void = any(reason.voids for reason in against)
    is_cut = any(reason.rule == "C-EXTEND-LONG" for reason in against)
    if (is_void or is_cut) and case.claim is None:
        case.claim = case.law.copy()
    if case.claim is not None:
        _apply(case.claim, step)
    if not is_void:
        _apply(case.law, step)
    if is_cut:
        case.law.extension = min(case.law.extension, number("clock.extension", on=case.law.received))
    case.done[step.act] = case.count(step.act) + 1
    return [_finding(step, reason) for reason in against]


def _finding(step: Step, reason: Reason) -> Finding:
    return Finding(
        rule=reason.rule,
        severity=reason.severity,
        where=str(step),
        message=reason.message,
        expected=reason.until.isoformat() if reason.until is not None else None,
        found=step.on.isoformat(),
        basis=reason.basis,
    )


def _apply(timeline: Timeline, step: Step) -> None:
    """What a step does to the time of a request. A step whose letter this reading does not know does nothing."""
    act = step.act
    if act in ASKING:
        _answer(timeline, step)
    elif act in CONSULTING or act in _ANSWER_DAYS:
        _ask(timeline, step)
    elif act is Act.EXTENDED:
        days = step.argument if isinstance(step.argument, int) else number("clock.extension", on=timeline.received)
        timeline.extension += days
    elif act is Act.DEFERRED:
        assert isinstance(step.argument, date)
        timeline.deferred = step.argument
    elif act is Act.DECIDED:
        timeline.decided = step
    elif act is Act.REOPENED:
        _reopen(timeline, step)
    elif act is not Act.REASONS_ASKED and timeline.ended is None:
        timeline.ended = step


def _ask(timeline: Timeline, step: Step) -> None:
    days = step.argument if isinstance(step.argument, int) else None
    if days is None and step.act in _ANSWER_DAYS:
        # A fee notice is governed by the fee rules of its own day, everything else by the day of receipt.
        day = step.on if step.act is Act.FEE_NOTICED else timeline.received
        days = number(_ANSWER_DAYS[step.act], on=day)
    letter = Letter(step.act, step.key, step.on, days)
    timeline.letters.append(letter)
    if step.act not in CONSULTING:
        timeline.pauses.append(letter)
    elif step.act is not Act.CONFIRMATION_ASKED or timeline.readings.confirmation_excluded:
        timeline.consultations.append(letter)


def _answer(timeline: Timeline, step: Step) -> None:
    """Notes a service or an answer at the oldest letter that it fits; the answer waited for starts the clock anew."""
    is_serving = step.act in SERVING
    for letter in timeline.letters:
        if letter.act is not ASKING[step.act] or letter.key != step.key:
            continue
        if is_serving and letter.served is None:
            letter.served = step.on
            return
        if not is_serving and letter.replied is None:
            letter.replied = step.on
            if step.act in RESTARTING:
                _start_anew(timeline, letter, step)
            return


def _start_anew(timeline: Timeline, letter: Letter, step: Step) -> None:
    # A letter that was given up before the request was opened again stopped nothing.
    waited_for = [other for other in timeline.pauses if other is letter]
    timeline.pauses = [other for other in timeline.pauses if other is not letter]
    asked = letter.asked if waited_for else step.on
    timeline.restart(Spent(asked, step.on, step.act, RESTARTING[step.act]))


def _reopen(timeline: Timeline, step: Step) -> None:
    stopped = timeline.ended.on if timeline.ended is not None else timeline.lapse()
    basis = _reopening(timeline, step)
    timeline.pauses = []
    timeline.restart(Spent(stopped or step.on, step.on, step.act, basis))


def _reopening(timeline: Timeline, step: Step) -> str:
    """What a request is opened again by: the order's regulation, or the good reason that the lapse makes room for."""
    if step.argument is Ground.ORDER and parameter("clock.redo_by_order").is_in_force(step.on):
        return articles.REDO
    pause = timeline.pause
    if step.argument is Ground.GOOD_REASON and pause is not None and pause.act is Act.CLARIFICATION_ASKED:
        return articles.CLARIFICATION
    return articles.PRACTICE
