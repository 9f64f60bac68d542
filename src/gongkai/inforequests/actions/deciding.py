"""Deciding (办理决定): the questions answered, each point answered by itself, and the reply drafted that tells it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.inforequests.actions.acting import person_of
from gongkai.inforequests.actions.drafting import finish_draft, hold_together, new_notice
from gongkai.inforequests.actions.noticing import reasons_in_law
from gongkai.inforequests.choices import LetterKind
from gongkai.inforequests.explaining import asked_of, told_of_reasons
from gongkai.inforequests.models import Answer, Decision, Item, Notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS, reasons_against, search_missing
from gongkai.inforequests.steps import counting_steps, letter_for
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.law.clock import Act
from gongkai.law.errors import RuleError
from gongkai.law.questions import Outcome, after

_LAPSES = {
    "clarification_lapsed": (Act.CLARIFIED, "没有等待补正的告知"),
    "fee_unpaid": (Act.FEE_PAID, "没有等待缴费的收费通知"),
}
"""The outcomes that tell of silence: what should have come, and what is against it where nobody asked for it."""


class PointFacts(NamedTuple):
    """One point of what was asked, its answer, and its ground where it is withheld."""

    point: str
    answer: str
    ground: str = ""


@transaction.atomic
def decide(
    actor: Actor, item: Item, *, answers: Sequence[bool], points: Sequence[PointFacts], fields: Mapping[str, str]
) -> Notice:
    """Decides a thing asked by the questions of the law, and drafts the reply that tells it.

    Raises ActionRefused where the answers reach no result, or one that what is on record speaks against.
    """
    return decide_together(actor, [item], answers=answers, points={item.pk: points}, fields=fields)


@transaction.atomic
def decide_together(
    actor: Actor,
    items: Sequence[Item],
    *,
    answers: Sequence[bool],
    points: Mapping[int, Sequence[PointFacts]],
    fields: Mapping[str, str],
) -> Notice:
    """Decides several things asked alike and tells it in one reply (合并答复); `points` by the key of each.

    Only of one letter: another letter may have other applicants (法释〔2025〕8号第十四条第（三）项).
    """
    items = hold_together(items)
    for item in items:
        refuse_for(reasons_against(CASE_ACTS["decide"], item, actor, today()) or _against_item(item))
    author = actor.author(HANDLE, items[0].agency)
    outcome = outcome_of(answers)
    for item in items:
        refuse_for(reasons_against_outcome(item, outcome))
    notice = new_notice(actor, items[0], outcome.notice.key, fields)
    notice.save()
    notice.items.set(items)
    refuse_for(reasons_in_law(notice, items, on=today()))
    for item in items:
        _keep(actor, item, answers, outcome, points.get(item.pk, ()), notice)
    finish_draft(actor, author, notice, items)
    return notice


def outcome_of(answers: Sequence[bool]) -> Outcome:
    """Where the answers lead. Raises ActionRefused where they lead to no end, or beyond it."""
    try:
        here = after(answers)
    except RuleError as error:
        raise ActionRefused([Reason("answers", str(error))]) from error
    if not isinstance(here, Outcome):
        raise ActionRefused([Reason("answers", f"还有问题没有回答：{here.text}", "请继续回答")])
    return here


def _against_item(item: Item) -> list[Reason]:
    if item.request.kind == LetterKind.CORRECTION:
        return [Reason("kind", "这是更正申请，不适用政府信息公开申请的答复种类", "请拟写更正告知书")]
    return []


def reasons_against_outcome(item: Item, outcome: Outcome) -> list[Reason]:
    """What is on record against a result."""
    if outcome.id == "withdrawn_end":
        return [Reason("withdraw", "申请人撤回的，以登记撤回终止办理", "请先“登记撤回”，再拟写终止办理告知书")]
    if outcome.id == "still_unclear_end":
        return _unclarified(item)
    if outcome.id in _LAPSES:
        act, told = _LAPSES[outcome.id]
        return [] if letter_for(item, act, on=today()) is not None else [Reason("no_letter", told, "请核对前面的回答")]
    if outcome.id == "excessive_end":
        return _reasons_unasked(item)
    return search_missing(item) if KINDS[outcome.notice.key].needs_search else []


def _unclarified(item: Item) -> list[Reason]:
    """What nobody put right can't be unclear after that (条例第三十条)."""
    if any(step.act == Act.CLARIFIED for step in counting_steps(item)):
        return []
    told = "没有收到补正的记录，不能告知补正后仍不明确"
    instead = "请先“告知补正”；告知补正的期限已过的，按能够理解的内容查找和答复"
    return [Reason("unclarified", told, instead, "条例第三十条")]


def _reasons_unasked(item: Item) -> list[Reason]:
    """Reasons that nobody asked for, or may still be told, can't be found wanting."""
    basis = "条例第三十五条"
    asked = asked_of(item)
    if asked is None:
        return [Reason("reasons", "没有要求申请人说明理由，不能认为理由不合理", "请先“要求说明理由”", basis)]
    is_told = any(row.notice_id == asked.notice.pk for row in told_of_reasons(item))
    if is_told or asked.is_over(today()):
        return []
    return [Reason("reasons", f"申请人还可以在{asked.within}说明理由", "请等收到理由或者期满以后再答复", basis)]


def _keep(
    actor: Actor,
    item: Item,
    answers: Sequence[bool],
    outcome: Outcome,
    points: Sequence[PointFacts],
    notice: Notice,
) -> None:
    decision = Decision.objects.create(
        item=item,
        round=item.round,
        answers=list(answers),
        outcome=outcome.id,
        result=outcome.result.key,
        notice=notice,
        decided_by=person_of(actor),
        decided_at=now(),
    )
    told = [PointFacts(*point) for point in points]
    Answer.objects.bulk_create(
        Answer(decision=decision, order=order, point=one.point, answer=one.answer, ground=one.ground)
        for order, one in enumerate(told, 1)
    )
