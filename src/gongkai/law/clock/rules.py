"""Which act is lawful when: the one place that decides it, asked by the fold, the officer's page and `allowed`.

A reason `refuses` when the step can't have happened, `voids` when it was unlawful and has no effect in law, and does
neither when it is only to be told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from gongkai.findings import Severity
from gongkai.law.clock import articles
from gongkai.law.clock.steps import ACT_NAMES, Act, Step
from gongkai.law.clock.timeline import Letter, Timeline
from gongkai.law.parameters import number

ASKING = {
    Act.CLARIFICATION_SERVED: Act.CLARIFICATION_ASKED,
    Act.CLARIFIED: Act.CLARIFICATION_ASKED,
    Act.THIRD_PARTY_SERVED: Act.THIRD_PARTY_ASKED,
    Act.THIRD_PARTY_REPLIED: Act.THIRD_PARTY_ASKED,
    Act.ORGAN_SERVED: Act.ORGAN_ASKED,
    Act.ORGAN_REPLIED: Act.ORGAN_ASKED,
    Act.CONFIRMATION_REPLIED: Act.CONFIRMATION_ASKED,
    Act.EXTENDED_SERVED: Act.EXTENDED,
    Act.FEE_SERVED: Act.FEE_NOTICED,
    Act.FEE_PAID: Act.FEE_NOTICED,
}
"""Which letter an act serves or answers."""
SERVING = frozenset(
    {Act.CLARIFICATION_SERVED, Act.THIRD_PARTY_SERVED, Act.ORGAN_SERVED, Act.FEE_SERVED, Act.EXTENDED_SERVED}
)
WAITED_FOR_BY = {Act.CLARIFICATION_ASKED: articles.CLARIFICATION, Act.FEE_NOTICED: articles.FEE}
"""The letters that stop the clock until the applicant answers, and their articles."""
RESTARTING = {Act.CLARIFIED: articles.CLARIFICATION, Act.FEE_PAID: articles.FEE}
"""The answers that start the reply period anew, and their articles."""
CONSULTING = {
    Act.THIRD_PARTY_ASKED: articles.THIRD_PARTY,
    Act.ORGAN_ASKED: articles.CO_MAKER,
    Act.CONFIRMATION_ASKED: articles.CONFIRMATION,
}
"""The acts that consult somebody, and their articles."""
_AFTER_END = (Act.DELIVERED, Act.REOPENED)
_AFTER_LAPSE = (
    Act.CLARIFIED,
    Act.FEE_PAID,
    Act.LAPSED,
    Act.WITHDRAWN,
    Act.REOPENED,
    Act.CLARIFICATION_SERVED,
    Act.FEE_SERVED,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act is not as the law has it that day: `until` was the last day for it, `instead` what can be done now."""

    rule: str
    message: str
    basis: str
    until: date | None = None
    instead: str = ""
    severity: Severity = Severity.ERROR
    voids: bool = True
    refuses: bool = False


@dataclass(slots=True)
class Case:
    """A request as far as its steps have been taken: the lawful reading, the claimed one, and how often acts were done.

    `claim` is None while nothing unlawful happened.
    """

    law: Timeline
    claim: Timeline | None = None
    done: dict[Act, int] = field(default_factory=dict)

    @property
    def latest(self) -> Timeline:
        """The reading that knows every letter, lawful or not."""
        return self.claim or self.law

    def count(self, act: Act) -> int:
        """How often that was done, lawfully or not."""
        return self.done.get(act, 0)

    def waiting_letter(self, act: Act, key: str) -> Letter | None:
        """The letter that an act serves or answers, the oldest that it fits; None where there is none."""
        is_serving = act in SERVING
        for letter in self.latest.letters:
            taken = letter.served if is_serving else letter.replied
            if letter.act is ASKING[act] and letter.key == key and taken is None:
                return letter
        return None

    def has_ended(self, on: date) -> bool:
        """Whether it is over by a recorded step, or because the applicant let the last day to answer pass."""
        lapse = self.law.lapse()
        return self.law.ended is not None or (lapse is not None and on > lapse)


def reasons(case: Case, step: Step) -> list[Reason]:
    """Everything against a step; empty where it is lawful."""
    refused = _impossible(case, step)
    if refused is not None:
        return [refused]
    rule = _RULES.get(step.act)
    return [*_lapsed(case, step), *(rule(case, step) if rule is not None else ())]


def _impossible(case: Case, step: Step) -> Reason | None:
    act, law = step.act, case.law
    if act is Act.RECEIVED:
        return _refused("C-RECEIVED-TWICE", "收到申请只能有一次；再次收到的是另一件申请", articles.RECEIPT)
    if step.on < law.received:
        return _refused("C-BEFORE-RECEIPT", f"早于收到申请之日{law.received}，请核对日期", articles.RECEIPT)
    if law.ended is not None and act not in _AFTER_END:
        over = f"申请已于{law.ended.on}办结（{ACT_NAMES[law.ended.act]}）"
        return _refused("C-AFTER-END", f"{over}，此后只能记录送达或重新办理", articles.REPLY, instead="重新办理")
    if act in ASKING and act is not Act.EXTENDED_SERVED and case.waiting_letter(act, step.key) is None:
        return no_letter(act)
    if act is Act.LAPSED and case.latest.pause is None:
        return _refused("C-NO-LETTER", "没有等待补正或缴费的告知，不能视为放弃申请", articles.CLARIFICATION)
    if act in (Act.DISPATCHED, Act.DELIVERED) and law.decided is None and law.ended is None:
        return _refused("C-NOT-DECIDED", "还没有作出答复决定，请先记录", articles.REPLY, instead="作出答复决定")
    if act is Act.REOPENED and not case.has_ended(step.on):
        return _refused("C-NOT-ENDED", "申请还没有办结，不需要重新办理", articles.PRACTICE)
    return None


def no_letter(act: Act) -> Reason:
    """Against a service or an answer of a letter that was never sent."""
    message = f"没有与之对应的“{ACT_NAMES[ASKING[act]]}”，请先记录，有多封的写明编号"
    return _refused("C-NO-LETTER", message, articles.PRACTICE)


def _refused(rule: str, message: str, basis: str, instead: str = "") -> Reason:
    return Reason(rule, message, basis, instead=instead, refuses=True)


def _lapsed(case: Case, step: Step) -> Iterator[Reason]:
    """Nothing more is done with a request that the applicant gave up, unless it is taken up again."""
    pause, lapse = case.law.pause, case.law.lapse()
    if pause is None or lapse is None or step.on <= lapse or step.act in _AFTER_LAPSE or case.law.ended is not None:
        return
    message = f"申请人逾期未答复（最后一日是{lapse}），视为放弃申请，不再处理"
    basis = WAITED_FOR_BY[pause.act]
    yield Reason("C-LAPSED", message, basis, lapse, "有正当理由的，先重新办理", voids=False)


def _decision(case: Case, step: Step) -> Iterator[Reason]:
    decided = case.law.decided
    if decided is not None:
        message = f"已于{decided.on}作出答复决定，要更改的请更正原来的步骤"
        yield Reason("C-DECIDED-TWICE", message, articles.PRACTICE)


def _clarification(case: Case, step: Step) -> Iterator[Reason]:
    received = case.law.received
    until = case.law.calendar.add(received, number("clock.clarification_notice", on=received))
    if case.count(Act.CLARIFICATION_ASKED) >= number("clock.clarifications_allowed", on=received):
        message = "补正只能一次性告知，不能再次要求补正"
        instead = "按补正后的内容答复；内容仍不明确的，告知无法提供"
        yield Reason("C-CLARIFY-TWICE", message, articles.CLARIFICATION, None, instead)
    elif step.on > until:
        message = f"告知补正的最后一日是{until}，已经超过，答复期限不重新起算"
        yield Reason("C-CLARIFY-LATE", message, articles.CLARIFICATION, until, "按能够理解的内容查找和答复")


def _extension(case: Case, step: Step) -> Iterator[Reason]:
    received, due = case.law.received, case.law.due(step.on)
    instead = "在原期限内答复；确有困难的，先就能够答复的部分答复"
    if case.count(Act.EXTENDED) >= number("clock.extensions_allowed", on=received):
        message = "每件申请只能延长一次答复期限，重新起算后也不再延长"
        yield Reason("C-EXTEND-TWICE", message, articles.REPLY, None, instead)
    if due is not None and step.on > due:
        message = f"答复期限{due}已经届满，延期应当在届满前告知申请人"
        yield Reason("C-EXTEND-LATE", message, articles.REPLY, due, "尽快答复")
    most = number("clock.extension", on=received)
    if isinstance(step.argument, int) and step.argument > most:
        message = f"延长的期限最长不得超过{most}个工作日，超过的部分不计"
        yield Reason("C-EXTEND-LONG", message, articles.REPLY, None, f"延长不超过{most}个工作日", voids=False)


def _fee(case: Case, step: Step) -> Iterator[Reason]:
    due = case.law.due(step.on)
    if case.count(Act.FEE_NOTICED) >= number("clock.fee_notices_allowed", on=step.on):
        yield Reason("C-FEE-TWICE", "每件申请只发一次收费通知，期限不再重新起算", articles.FEE, None, "按期答复")
    elif due is not None and step.on > due:
        message = f"答复期限{due}已经届满，收费通知应当在期限内发出"
        yield Reason("C-FEE-LATE", message, articles.FEE, due, "尽快答复，不再收费")


def _consultation(case: Case, step: Step) -> Iterator[Reason]:
    due = case.law.due(step.on)
    if due is not None and step.on > due:
        message = f"答复期限{due}已经届满，此后征求意见的时间仍计入期限"
        yield Reason("C-CONSULT-LATE", message, CONSULTING[step.act], due, "尽快答复")


def _reply(case: Case, step: Step) -> Iterator[Reason]:
    letter = case.waiting_letter(step.act, step.key)
    limit = letter.limit(case.law.calendar) if letter is not None else None
    if letter is None or limit is None or step.on <= limit:
        return
    rule, message, basis = _LATE_REPLIES[step.act]
    yield Reason(rule, message.format(limit=limit), basis, limit, severity=Severity.HINT, voids=False)


_LATE_REPLIES = {
    Act.CLARIFIED: (
        "C-CLARIFIED-LATE",
        "补正的最后一日是{limit}，逾期补正而未按放弃处理的，自收到之日重新起算",
        articles.CLARIFICATION,
    ),
    Act.FEE_PAID: (
        "C-PAID-LATE",
        "缴费的最后一日是{limit}，逾期缴费而未按放弃处理的，自缴清之日重新起算",
        articles.FEE,
    ),
    Act.THIRD_PARTY_REPLIED: (
        "C-REPLY-LATE",
        "第三方应在{limit}前提出意见，逾期的时间计入答复期限",
        articles.THIRD_PARTY,
    ),
    Act.ORGAN_REPLIED: (
        "C-REPLY-LATE",
        "共同制作机关应在{limit}前提出意见，逾期视为同意公开，时间计入答复期限",
        articles.CO_MAKER,
    ),
}


def _slow_service(case: Case, step: Step) -> Iterator[Reason]:
    letter = case.waiting_letter(step.act, step.key)
    usual = number("clock.service_warning", on=case.law.received)
    if letter is not None and case.law.calendar.between(letter.asked, step.on) > usual:
        message = f"意见征求书{letter.asked}发出，超过{usual}个工作日才送达，请核对送达方式和凭证"
        yield Reason("C-SERVED-SLOW", message, articles.NOT_COUNTED, severity=Severity.WARNING, voids=False)


def _deferral(case: Case, step: Step) -> Iterator[Reason]:
    due = case.law.due(step.on)
    if due is not None and step.on > due:
        message = f"答复期限{due}已经届满，延迟答复应当在届满前告知"
        yield Reason("C-DEFER-LATE", message, articles.EXCESSIVE, due, "尽快答复")
    elif not case.count(Act.REASONS_ASKED):
        message = "没有要求申请人说明理由的记录，延迟答复只适用于数量、频次明显超过合理范围的申请"
        instead = "先要求申请人说明理由"
        yield Reason("C-DEFER-UNASKED", message, articles.EXCESSIVE, None, instead, Severity.WARNING, voids=False)


def _lapse(case: Case, step: Step) -> Iterator[Reason]:
    pause, limit = case.latest.pause, case.latest.lapse()
    if pause is None or limit is None:
        return
    basis = WAITED_FOR_BY[pause.act]
    if case.law.pause is None:
        message = f"“{ACT_NAMES[pause.act]}”不符合规定，不能据此视为放弃申请，仍应在原期限内答复"
        yield Reason("C-LAPSE-UNFOUNDED", message, basis, instead="尽快答复")
    elif step.on <= limit:
        message = f"申请人还可以答复到{limit}，在此之前不能视为放弃申请"
        yield Reason("C-LAPSE-EARLY", message, basis, instead=f"{limit}后再记录", voids=False)


def _sending(case: Case, step: Step) -> Iterator[Reason]:
    """Timeliness is judged by posting, else by delivery; what is delivered after it was posted is not judged again."""
    due = case.law.due(step.on)
    if case.law.ended is None and due is not None and step.on > due:
        basis = f"{articles.REPLY}、{articles.SERVICE}"
        yield Reason("C-LATE", f"答复期限是{due}，超期答复", basis, due, voids=False)


_RULES: dict[Act, Callable[[Case, Step], Iterator[Reason]]] = {
    Act.CLARIFICATION_ASKED: _clarification,
    Act.CLARIFIED: _reply,
    Act.THIRD_PARTY_ASKED: _consultation,
    Act.THIRD_PARTY_SERVED: _slow_service,
    Act.THIRD_PARTY_REPLIED: _reply,
    Act.ORGAN_ASKED: _consultation,
    Act.ORGAN_SERVED: _slow_service,
    Act.ORGAN_REPLIED: _reply,
    Act.CONFIRMATION_ASKED: _consultation,
    Act.EXTENDED: _extension,
    Act.FEE_NOTICED: _fee,
    Act.FEE_PAID: _reply,
    Act.DEFERRED: _deferral,
    Act.DECIDED: _decision,
    Act.LAPSED: _lapse,
    Act.DISPATCHED: _sending,
    Act.DELIVERED: _sending,
}
