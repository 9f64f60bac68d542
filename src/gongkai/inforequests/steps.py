"""The steps of an item as `law.clock` reads them, recording one, and the one place that writes the cached columns."""

from collections.abc import Iterable
from datetime import date, datetime

from gongkai.inforequests.choices import CaseState, LetterKind, Stage
from gongkai.inforequests.models import Decision, Item, Notice, Step
from gongkai.inforequests.turns import turn_of
from gongkai.inforequests.words import against_step
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason
from gongkai.kernel.workdays import calendar
from gongkai.law import clock as law
from gongkai.law.clock.fold import fold, told_of
from gongkai.law.clock.rules import ASKING
from gongkai.law.clock.steps import ACT_NAMES, Argument
from gongkai.law.clock.timeline import Letter
from gongkai.law.errors import BadStep, ImpossibleStep, OutsideCodedLaw
from gongkai.law.replies import correction_by
from gongkai.law.workdays import Calendar

_STORED = {
    law.State.RUNNING: CaseState.RUNNING,
    law.State.OVERDUE: CaseState.RUNNING,
    law.State.WAITING: CaseState.WAITING,
    law.State.DECIDED: CaseState.DECIDED,
    law.State.ENDED: CaseState.ENDED,
}
CACHED = (
    "round",
    "received_on",
    "state",
    "due_on",
    "due_claimed_on",
    "is_provisional",
    "waiting_for",
    "result",
    "first_result",
    "closed_on",
    "turn_role",
    "turn_unit",
    "turn_person",
    "calendar_revision",
)
_BY_CALENDAR = ("due_on", "due_claimed_on", "is_provisional", "calendar_revision")
"""The cached columns that another calendar moves."""
_KEYS = ("turn_unit", "turn_person")
CORRECTION_LETTER = "correction"
"""The kind of notice that answers a correction."""
_ONLY_COUNTS = "C-CONSULT-LATE"
_ENDING = (law.Act.LAPSED, law.Act.WITHDRAWN)
_TURNING = (law.Act.DECIDED, *_ENDING, law.Act.REOPENED)
"""The steps by which a round ends or begins."""


def law_step(step: Step) -> law.Step:
    """A recorded step in the grammar of the law."""
    argument = f":{step.argument}" if step.argument else ""
    key = f"#{step.key}" if step.key else ""
    read = law.parse_step(f"{step.act}{key}:{step.happened_on.isoformat()}{argument}")
    return law.Step(
        read.act,
        read.on,
        read.key,
        read.argument,
        id=str(step.pk),
        corrects=str(step.corrects_id or ""),
        voids=str(step.voids_id or ""),
    )


def law_steps(item: Item) -> list[law.Step]:
    """All recorded steps of an item, in the order in which they were recorded."""
    return [law_step(step) for step in item.steps.all()]


def counting_steps(item: Item) -> list[Step]:
    """The recorded steps of an item that count, corrections resolved, in the order in which they were recorded."""
    rows = {str(step.pk): step for step in item.steps.all()}
    return [rows[step.id] for step in law.effective(map(law_step, rows.values()))]


def reopened_at(item: Item) -> datetime | None:
    """When it was recorded that an item was opened again; None where it never was."""
    return max((step.recorded_at for step in counting_steps(item) if step.act == law.Act.REOPENED), default=None)


def is_correction(item: Item) -> bool:
    """Whether it asks to put a record right (更正, 条例第四十一条): no reply clock runs, table 3 does not count it."""
    return item.request.kind == LetterKind.CORRECTION


def clock_of(item: Item, *, on: date, days: Calendar | None = None) -> law.Clock | None:
    """The clock of an item on a day; None while it is not received in law, and for a correction.

    An extension that is signed counts from the day on which the applicant is told (条例第三十三条第二款).
    """
    rows = list(item.steps.all())
    if not rows or is_correction(item):
        return None
    letters = {str(row.pk) for row in rows if row.notice_id is not None}
    told = told_of(map(law_step, rows), on, letters=letters)
    return law.clock(told, on=on, calendar=days or calendar())


def letter_for(item: Item, act: law.Act, *, on: date, key: str = "") -> Letter | None:
    """The oldest letter sent by a day that an act would answer (one of that key, where one is named)."""
    steps = law_steps(item)
    if not steps or is_correction(item) or act not in ASKING:
        return None
    try:
        sent = fold(steps, on=on, calendar=calendar()).case.latest.letters
    except ImpossibleStep:  # nothing was sent before the receipt
        return None
    open_ones = (one for one in sent if one.act is ASKING[act] and one.replied is None and key in ("", one.key))
    return next(open_ones, None)


def has_lapsed(item: Item) -> bool:
    """Whether the applicant let the last day to answer pass, confirmed by the office (and told to him) or not."""
    told = clock_of(item, on=today())
    if told is None or told.state is not law.State.ENDED:
        return False
    last = next((step.act for step in reversed(told.steps) if step.act in _TURNING), None)
    return last not in (law.Act.DECIDED, law.Act.WITHDRAWN)


def reasons_against_step(
    item: Item, act: law.Act, *, on: date, key: str = "", argument: Argument = None
) -> list[Reason]:
    """What the law has against a step on a day; empty where it may be done.

    Who may be harmed is to be consulted on any day (条例第三十二条): of a late letter the clock tells that time counts.
    """
    steps = law_steps(item)
    if is_correction(item):
        return []
    if not steps:
        return [Reason("not_received", "还没有与申请人确认，答复期限没有起算", "请先确认收到")]
    try:
        found = law.reasons_against(act, steps, on=on, key=key, argument=argument, calendar=calendar())
    except ImpossibleStep as error:
        return [Reason(error.rule, error.message, "请核对日期")]
    told = (reason for reason in found if reason.rule != _ONLY_COUNTS)
    return [Reason(reason.rule, reason.message, reason.instead, reason.basis) for reason in told]


def record(
    item: Item,
    act: law.Act,
    *,
    on: date,
    key: str = "",
    argument: object = "",
    person_id: int | None = None,
    role: str = "",
    **more: object,
) -> Step:
    """Records a step of an item that the caller holds, and projects it. Nothing is judged but what is impossible.

    Raises ActionRefused for a step that can't have happened, and for a day that is still to come.
    """
    if on > today():
        raise ActionRefused([Reason("future", f"“{ACT_NAMES[act]}”的日期还没有到", "请核对日期")])
    step = Step(
        item=item,
        act=act.value,
        happened_on=on,
        key=key,
        argument=str(argument or ""),
        recorded_at=now(),
        person_id=person_id,
        role=role,
        **more,
    )
    require_possible(item, law_step(step))
    step.save()
    project(item)
    return step


def received(item: Item, *, on: date, person_id: int | None, role: str, evidence: str) -> Step:
    """The receipt of a new item, its first step, and the item as it then stands; both are still to be saved.

    Nothing else can be on record, so nothing is asked. Raises ActionRefused for a day before the law that is coded.
    """
    days = calendar()
    try:
        told = law.clock([law.Step(law.Act.RECEIVED, on)], on=today(), calendar=days)
    except OutsideCodedLaw as error:
        raise ActionRefused([Reason("impossible", str(error), "请核对日期")]) from error
    _reckon(item, told)
    item.calendar_revision = days.revision
    item.turn_role, item.turn_unit_id, item.turn_person_id = turn_of(item)
    return Step(
        item=item,
        act=law.Act.RECEIVED.value,
        happened_on=on,
        recorded_at=now(),
        person_id=person_id,
        role=role,
        evidence=evidence,
    )


def require_possible(item: Item, step: law.Step) -> None:
    """Raises ActionRefused where a step can't have happened after those of an item that are recorded."""
    steps = [*law_steps(item), step]
    try:
        if is_correction(item):
            law.effective(steps)
        else:
            law.clock(steps, on=today(), calendar=calendar())
    except (ImpossibleStep, BadStep, OutsideCodedLaw) as error:
        raise ActionRefused([Reason("impossible", against_step(error), "请核对日期和前面的步骤")]) from error


def project(item: Item, *, on: date | None = None, days: Calendar | None = None, is_corrected: bool = False) -> None:
    """Writes the cached columns of an item from its steps, decisions and handling, as of today: nobody else does.

    An item that has ended keeps its due day and the calendar that it was reckoned by, whatever is noted of it later.
    Where its steps were put right (`is_corrected`), it is reckoned anew, by the calendar of the day, and says so: of an
    older one no more than its name is known.
    """
    apply_projection(item, on=on or today(), days=days or calendar(), is_corrected=is_corrected)
    item.save(update_fields=list(CACHED))


def cached(item: Item) -> tuple[object, ...]:
    """The cached columns of an item as they are in memory."""
    return tuple(getattr(item, f"{name}_id" if name in _KEYS else name) for name in CACHED)


def apply_projection(item: Item, *, on: date, days: Calendar, is_corrected: bool = False) -> None:
    """Sets the cached columns as of a day, without saving."""
    is_kept = item.state == CaseState.ENDED and bool(item.calendar_revision) and not is_corrected
    kept = {name: getattr(item, name) for name in _BY_CALENDAR}
    if is_correction(item):
        _reckon_correction(item, days)
    else:
        _reckon(item, clock_of(item, on=on, days=days))
    if item.state != CaseState.UNCONFIRMED:
        item.calendar_revision = days.revision
    if item.state == CaseState.ENDED and is_kept:
        for name, value in kept.items():
            setattr(item, name, value)
    _set_results(item)
    item.turn_role, item.turn_unit_id, item.turn_person_id = turn_of(item)


def closing_days(steps: Iterable[law.Step]) -> dict[int, date]:
    """The day on which each round was decided, withdrawn or given up (CONTRACT: `decided` fixes it), by round.

    The steps come in the order in which they happened, corrections resolved.
    """
    closed: dict[int, date] = {}
    number = 1
    for step in steps:
        if step.act is law.Act.REOPENED:
            number += 1
        elif step.act is law.Act.DECIDED or step.act in _ENDING:
            closed.setdefault(number, step.on)
    return closed


def _reckon(item: Item, told: law.Clock | None) -> None:
    if told is None:
        item.state = CaseState.UNCONFIRMED
        return
    item.round = 1 + [step.act for step in told.steps].count(law.Act.REOPENED)
    item.received_on, item.due_on, item.due_claimed_on = told.received, told.due, told.due_claimed
    item.state, item.is_provisional = _STORED[told.state], told.provisional
    item.waiting_for = told.waiting_for or ""
    item.closed_on = closing_days(told.steps).get(item.round)
    if item.state == CaseState.ENDED and item.closed_on is None:
        item.state = CaseState.LAPSED


def _reckon_correction(item: Item, days: Calendar) -> None:
    """A correction has a recommended day, no reply clock; its letter ends it, or the applicant who takes it back."""
    item.received_on = item.request.received_on
    if item.received_on is None:
        item.state = CaseState.UNCONFIRMED
        return
    due = correction_by(item.received_on, calendar=days)
    item.due_on, item.is_provisional = due.last_on, due.provisional
    withdrawn = next((step for step in law.effective(law_steps(item)) if step.act is law.Act.WITHDRAWN), None)
    letters = Notice.objects.filter(items=item, kind=CORRECTION_LETTER, signed_on__isnull=False)
    letter = letters.exclude(stage=Stage.WITHDRAWN).order_by("-id").first()
    if withdrawn is not None:
        item.state, item.closed_on = CaseState.ENDED, withdrawn.on
    elif letter is not None:
        item.state = CaseState.ENDED if letter.stage == Stage.SERVED else CaseState.DECIDED
        item.closed_on = letter.signed_on
    else:
        item.state, item.closed_on = CaseState.RUNNING, None


def _set_results(item: Item) -> None:
    """The results that were decided and hold: of the newest round, and of the first."""
    decided = dict(Decision.objects.filter(item=item).order_by("id").values_list("round", "result")) if item.pk else {}
    is_closed = item.state in (CaseState.DECIDED, CaseState.ENDED)
    item.result = decided.get(item.round, "") if is_closed else ""
    item.first_result = decided.get(1, "") if item.round > 1 or is_closed else ""
