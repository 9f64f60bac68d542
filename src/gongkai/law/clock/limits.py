"""Until when acts are lawful (办理期限): the last lawful days, and what may be done on a day at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.findings import Severity
from gongkai.law.clock.fold import fold_kept, unserved
from gongkai.law.clock.rules import ASKING, Case, Reason, no_letter, reasons
from gongkai.law.clock.steps import ACT_NAMES, Act, Argument, Ground, Step, effective
from gongkai.law.clock.timeline import Readings
from gongkai.law.errors import OutsideCodedLaw
from gongkai.law.parameters import number
from gongkai.law.workdays import Calendar
from gongkai.law.workdays import calendar as shipped

_ANSWERS = {
    Act.CLARIFICATION_ASKED: Act.CLARIFIED,
    Act.FEE_NOTICED: Act.FEE_PAID,
    Act.THIRD_PARTY_ASKED: Act.THIRD_PARTY_REPLIED,
    Act.ORGAN_ASKED: Act.ORGAN_REPLIED,
}
_UNTIL_DUE = (
    Act.THIRD_PARTY_ASKED,
    Act.ORGAN_ASKED,
    Act.CONFIRMATION_ASKED,
    Act.DEFERRED,
    Act.DECIDED,
    Act.DISPATCHED,
)
_ORDER = tuple(Act)


@dataclass(frozen=True, slots=True)
class Possible:
    """An act that is lawful on the day asked for; `until` is its last lawful day where there is one."""

    act: Act
    key: str
    name: str
    until: date | None


def reasons_against(
    act: Act,
    steps: Iterable[Step],
    *,
    on: date,
    key: str = "",
    argument: Argument = None,
    calendar: Calendar | None = None,
    readings: Readings | None = None,
) -> tuple[Reason, ...]:
    """Why an act should not be done on a day, until when it was possible, what can be done instead; empty if lawful.

    The fold judges by the same rules when the step is recorded all the same. Raises as `clock` does.
    """
    step = Step(act, on, key, _example(act, on) if argument is None else argument)
    return _reasons_against(step, effective(steps), calendar or shipped(), readings)


def allowed(
    steps: Iterable[Step], *, on: date, calendar: Calendar | None = None, readings: Readings | None = None
) -> tuple[Possible, ...]:
    """The acts that are lawful on a day, in the order of `Act`, with their last days. Raises as `clock` does."""
    kept, days = effective(steps), calendar or shipped()
    case = fold_kept(kept, on=on, calendar=days, readings=readings).case
    last = {} if case.has_ended(on) else limits(case, on)
    lawful = [step for step in _candidates(case, on) if not _errors(_against(case, step))]
    served = (Step(Act.EXTENDED_SERVED, on, key) for key in dict.fromkeys(step.key for step in unserved(kept, on)))
    lawful += [step for step in served if not _errors(_reasons_against(step, kept, days, readings))]
    return tuple(
        Possible(step.act, step.key, ACT_NAMES[step.act], last.get(_named(step.act, step.key)))
        for step in sorted(lawful, key=lambda step: _ORDER.index(step.act))
    )


def limits(case: Case, on: date) -> dict[str, date]:
    """The last lawful days, `on` or later, of the acts that are still open, by `ACT` or `ACT#KEY`."""
    return {name: day for name, day in _last_days(case, on).items() if day >= on}


def _last_days(case: Case, on: date) -> dict[str, date]:
    law, found = case.law, dict[str, date]()
    due = law.due(on)
    if due is None:
        return {
            _named(_ANSWERS[pause.act], pause.key): limit
            for pause in law.pauses
            if (limit := pause.limit(law.calendar)) is not None
        }
    if case.count(Act.CLARIFICATION_ASKED) < number("clock.clarifications_allowed", on=law.received):
        days = number("clock.clarification_notice", on=law.received)
        found[str(Act.CLARIFICATION_ASKED)] = law.calendar.add(law.received, days)
    for letter in law.consultations:
        limit = letter.limit(law.calendar)
        if letter.replied is None and limit is not None:
            found[_named(_ANSWERS[letter.act], letter.key)] = limit
    if case.count(Act.EXTENDED) < number("clock.extensions_allowed", on=law.received):
        found[str(Act.EXTENDED)] = due
    if _may_charge(case, on):
        found[str(Act.FEE_NOTICED)] = due
    return found | dict.fromkeys(map(str, _UNTIL_DUE), due)


def _reasons_against(
    step: Step, kept: tuple[Step, ...], calendar: Calendar, readings: Readings | None
) -> tuple[Reason, ...]:
    """An extension is judged when it is told: as if it were granted on the day that it is served."""
    if step.act is Act.EXTENDED_SERVED:
        granted = next((other for other in unserved(kept, step.on) if other.key == step.key), None)
        if granted is None:
            return (no_letter(step.act),)
        kept = tuple(other for other in kept if other is not granted)
        step = replace(granted, on=step.on)
    return _against(fold_kept(kept, on=step.on, calendar=calendar, readings=readings).case, step)


def _errors(against: tuple[Reason, ...]) -> bool:
    return any(reason.severity is Severity.ERROR for reason in against)


def _against(case: Case, step: Step) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons(case, step) if reason.severity is not Severity.HINT)


def _candidates(case: Case, on: date) -> Iterator[Step]:
    """Each act but the receipt and the service of an extension, once for each letter that it may serve or answer."""
    for act in Act:
        if act in (Act.RECEIVED, Act.EXTENDED_SERVED) or (act is Act.FEE_NOTICED and not _may_charge(case, on)):
            continue
        if act in ASKING:
            keys = dict.fromkeys(letter.key for letter in case.latest.letters if letter.act is ASKING[act])
            yield from (Step(act, on, key) for key in keys if case.waiting_letter(act, key) is not None)
        else:
            yield Step(act, on, argument=_example(act, on))


def _example(act: Act, on: date) -> Argument:
    """An argument where the act can't do without one; which does not matter to its lawfulness."""
    examples: dict[Act, Argument] = {Act.DEFERRED: on, Act.REOPENED: Ground.OWN}
    return examples.get(act)


def _may_charge(case: Case, on: date) -> bool:
    try:
        return case.count(Act.FEE_NOTICED) < number("clock.fee_notices_allowed", on=on)
    except OutsideCodedLaw:
        return False


def _named(act: Act, key: str) -> str:
    return f"{act}#{key}" if key else str(act)
