"""The days from receipt to the due date, told one span after the other: what counts, what does not, and why."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.law.clock import articles
from gongkai.law.clock.rules import CONSULTING, RESTARTING
from gongkai.law.clock.steps import Act
from gongkai.law.clock.timeline import Timeline

_DAY = timedelta(days=1)
_CONSULTED = {
    Act.THIRD_PARTY_ASKED: "征求第三方意见",
    Act.ORGAN_ASKED: "征求共同制作机关意见",
    Act.CONFIRMATION_ASKED: "与其他机关协商确认",
}
_RESTARTED = {
    Act.CLARIFIED: ("补正", "等待申请人补正"),
    Act.FEE_PAID: ("缴费", "等待申请人缴费"),
    Act.REOPENED: ("重新办理", "办结后至重新办理"),
}
_ANSWER = {Act.CLARIFICATION_ASKED: Act.CLARIFIED, Act.FEE_NOTICED: Act.FEE_PAID}
_OVER = (Act.WITHDRAWN, Act.LAPSED)


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar days from `first` to `last`, both inclusive, with their working days; `counts` towards the period."""

    first: date
    last: date
    working_days: int
    counts: bool
    reason: str
    basis: str


def spans(timeline: Timeline, on: date) -> tuple[Span, ...]:
    """Every day from the day after receipt to the due date, once; to the last day to answer while the clock is stopped.

    The working days of those that count add up to the reply period with its extension, once the due date is known.
    """
    teller = _Teller(timeline)
    for spent in timeline.spent:
        done, waiting = _RESTARTED[spent.why]
        teller.add(spent.asked, counts=False, reason=f"已经过的时间，{done}后重新起算，不再计入", basis=spent.basis)
        teller.add(spent.restarted, counts=False, reason=waiting, basis=spent.basis)
    pause, ended = timeline.pause, timeline.ended
    if ended is not None and (pause is not None or ended.act in _OVER):
        teller.stop = ended.on
    if pause is not None:
        answer = _ANSWER[pause.act]
        done, waiting = _RESTARTED[answer]
        basis = RESTARTING[answer]
        teller.add(pause.asked, counts=False, reason=f"已经过的时间，{done}后重新起算", basis=basis)
        teller.add(timeline.lapse() or on, counts=False, reason=waiting, basis=basis)
    else:
        _running(teller, timeline, on)
    return tuple(teller.told)


def _running(teller: "_Teller", timeline: Timeline, on: date) -> None:
    until = timeline.counted_until(on)
    for after, last in timeline.intervals(on):
        teller.count(min(after, until))
        reason, basis = _consultation(timeline, after, last)
        teller.add(min(last, until), counts=False, reason=f"{reason}，不计入答复期限", basis=basis)
    teller.count(until)
    if timeline.deferred is not None:
        teller.add(timeline.deferred, counts=False, reason="已告知申请人延迟答复", basis=articles.EXCESSIVE)


def _consultation(timeline: Timeline, after: date, last: date) -> tuple[str, str]:
    acts = [letter.act for letter in timeline.consultations if after <= letter.asked <= last]
    kinds = tuple(dict.fromkeys(acts))
    bases = "、".join(CONSULTING[act].removeprefix(articles.REGULATION) for act in kinds)
    return "、".join(_CONSULTED[act] for act in kinds), f"{articles.NOT_COUNTED}、{bases}"


@dataclass(slots=True)
class _Teller:
    """Tells spans from left to right; `until` is the last day told, `counted` the days of the running period.

    Nothing is told of the days after `stop`.
    """

    timeline: Timeline
    told: list[Span] = field(default_factory=list)
    until: date = field(init=False)
    counted: int = 0
    stop: date = date.max

    def __post_init__(self) -> None:
        self.until = self.timeline.received

    def add(self, last: date, *, counts: bool, reason: str, basis: str) -> int:
        """Tells the days up to `last`, if there are any; their working days."""
        last = min(last, self.stop)
        days = self.timeline.calendar.between(self.until, last)
        if last > self.until:
            self.told.append(Span(self.until + _DAY, last, days, counts, reason, basis))
            self.until = last
        return days

    def count(self, last: date) -> None:
        """Tells days that count up to `last`, the reply period and its extension apart."""
        last = min(last, self.stop)
        left = self.timeline.period - self.counted
        if left > 0:
            end = min(last, self.timeline.calendar.add(self.until, left))
            self._count(end, "答复期限", self.counted)
        if last > self.until:
            self._count(last, "延长的期限", self.counted - self.timeline.period)

    def _count(self, last: date, name: str, before: int) -> None:
        days = self.timeline.calendar.between(self.until, last)
        numbers = f"第{before + 1}至第{before + days}个工作日" if days > 1 else f"第{before + days}个工作日"
        reason = f"{name}{numbers}" if days else f"{name}内的休息日"
        self.counted += self.add(last, counts=True, reason=reason, basis=articles.REPLY)
