"""What happened to a case, in one row of time: legal steps with their article and finding, inner handling between.

What is told of a step comes from the record and from the clock, which says what was unlawful and until when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.explaining import came_by
from gongkai.inforequests.models import Handling, Item, Notice, Step
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.steps import law_step
from gongkai.inforequests.words import dated
from gongkai.kernel.clock import SHANGHAI, legal_day
from gongkai.law.clock import Act, Clock, articles
from gongkai.law.clock.steps import GROUND_NAMES, Ground
from gongkai.ui.templatetags.ui import day

BASES = {
    Act.RECEIVED: articles.RECEIPT,
    Act.CLARIFICATION_ASKED: articles.CLARIFICATION,
    Act.CLARIFIED: articles.CLARIFICATION,
    Act.THIRD_PARTY_ASKED: articles.THIRD_PARTY,
    Act.THIRD_PARTY_REPLIED: articles.THIRD_PARTY,
    Act.ORGAN_ASKED: articles.CO_MAKER,
    Act.ORGAN_REPLIED: articles.CO_MAKER,
    Act.CONFIRMATION_ASKED: articles.CONFIRMATION,
    Act.CONFIRMATION_REPLIED: articles.CONFIRMATION,
    Act.REASONS_ASKED: articles.EXCESSIVE,
    Act.DEFERRED: articles.EXCESSIVE,
    Act.EXTENDED: articles.REPLY,
    Act.FEE_NOTICED: articles.FEE,
    Act.FEE_PAID: articles.FEE,
    Act.DECIDED: articles.REPLY,
    Act.DISPATCHED: articles.SERVICE,
}
"""The article that each step rests on, where it has one."""
_LAW = articles.REGULATION
_ARGUMENT_WORDS = {
    Act.CLARIFICATION_ASKED: "{}个工作日内补正",
    Act.EXTENDED: "延长{}个工作日",
    Act.DEFERRED: "延迟至{}",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `is_inner` handling moves no clock; `tag` with its `kind` marks what is to be minded."""

    on: date
    at: datetime
    what: str
    text: str = ""
    basis: str = ""
    tag: str = ""
    kind: str = ""
    is_inner: bool = False
    is_first: bool = False
    notice: Notice | None = None

    @property
    def rank(self) -> int:
        """At one instant: the receipt, then what was done inside, then the step that it led to."""
        return 0 if self.is_first else 1 if self.is_inner else 2

    @property
    def when(self) -> str:
        """The day, with the hour for what the office did inside."""
        return f"{day(self.on)} {self.at.astimezone(SHANGHAI):%H:%M}" if self.is_inner else day(self.on)


def timeline(item: Item, clock: Clock | None) -> list[Event]:
    """All that happened, the earliest first; a case that was not received yet begins with its arrival."""
    steps, handlings = list(item.steps.all()), list(item.handlings.all())
    found = list(_steps(steps, clock))
    if not steps:
        request = item.request
        found.append(
            Event(request.arrived_on, request.taken_at, "申请到达", request.get_channel_display(), is_first=True)
        )
    found += [_handled(handling) for handling in handlings]
    return sorted(found, key=lambda event: (event.on, event.at, event.rank))


def _steps(steps: list[Step], clock: Clock | None) -> Iterator[Event]:
    findings = _findings(clock)
    replaced = {step.corrects_id for step in steps} - {None}
    voided = {step.voids_id for step in steps} - {None}
    by_key = {step.pk: step for step in steps}
    for step in steps:
        if step.voids_id is not None:
            yield _voiding(step, by_key[step.voids_id])
            continue
        marks = "已更正" if step.pk in replaced else "已撤销" if step.pk in voided else ""
        wrong = () if marks else findings.get(str(law_step(step)), ())
        act = Act(step.act)
        told = _joined(
            argument_of(step), _who(step), step.evidence and f"证明材料：{step.evidence}", step.reason, *wrong
        )
        yield Event(
            on=step.happened_on,
            at=step.recorded_at,
            what=step.get_act_display(),
            text=told,
            basis=BASES.get(act, "").replace(_LAW, "《条例》"),
            tag=marks or ("不符合规定" if wrong else ""),
            kind="late" if wrong else "",
            is_first=act is Act.RECEIVED,
            notice=step.notice,
        )


def _voiding(step: Step, wrong: Step) -> Event:
    what = f"撤销误记的“{wrong.get_act_display()}”（{day(wrong.happened_on)}）"
    return Event(legal_day(step.recorded_at), step.recorded_at, what, _joined(_who(step), step.reason), is_inner=True)


def _findings(clock: Clock | None) -> Mapping[str, list[str]]:
    """What is against steps, by the step as the law writes it."""
    found: dict[str, list[str]] = {}
    for finding in clock.findings if clock is not None else ():
        found.setdefault(finding.where, []).append(dated(finding.message))
    return found


def argument_of(step: Step) -> str:
    """What a step says besides its day, in words; empty where that is all."""
    act = Act(step.act)
    if not step.argument:
        return ""
    if act is Act.REOPENED:
        return GROUND_NAMES[Ground(step.argument)]
    value = day(date.fromisoformat(step.argument)) if act is Act.DEFERRED else step.argument
    return _ARGUMENT_WORDS[act].format(value) if act in _ARGUMENT_WORDS else value


def _handled(handling: Handling) -> Event:
    unit = handling.unit.name if handling.unit is not None else ""
    what = handling.get_kind_display()
    if handling.kind == HandlingKind.EXPLAINED:
        on = f"{day(handling.happened_on)}说明" if handling.happened_on != legal_day(handling.at) else ""
        told = _joined(came_by(handling), on)
        return Event(legal_day(handling.at), handling.at, what, told, is_inner=True)
    if handling.kind == HandlingKind.ASSIGNED:
        what = f"{what}给{unit}"
    elif unit:
        what = f"{unit}{what.removeprefix('承办股室')}"
    if handling.notice is not None:
        what = f"{what}《{KINDS[handling.notice.kind].name}》"
    paper = "纸质签批，代录" if handling.is_on_paper else ""
    text = _joined(_name(handling.person, handling.role), paper, handling.opinion)
    return Event(legal_day(handling.at), handling.at, what, text, is_inner=True, notice=handling.notice)


def _who(step: Step) -> str:
    return _name(step.person, step.role)


def _name(person: object, role: str) -> str:
    """王敏（经办人）."""
    if person is None:
        return "申请人" if role == "applicant" else ""
    label = Role(role).label if role in Role.values else ""
    return f"{person}（{label}）" if label else str(person)


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)
