"""Putting a recorded step right (更正步骤): another takes its place, or it is told never to have happened.

Nothing is deleted: the correction stands beside what it corrects, with its reason, even after the case has ended.
"""

from datetime import date

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.inforequests.actions.acting import hold_request, journal, person_id_of
from gongkai.inforequests.actions.following import follow, reasons_against_following
from gongkai.inforequests.choices import ConsultationKind
from gongkai.inforequests.models import Consultation, Item, Payment, Request, Step
from gongkai.inforequests.permissions import CORRECT
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.inforequests.steps import law_step, project, require_possible
from gongkai.inforequests.words import against_step
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.law.clock import Act as LawAct
from gongkai.law.errors import BadStep

REPLIED = {
    ConsultationKind.THIRD_PARTY: LawAct.THIRD_PARTY_REPLIED,
    ConsultationKind.ORGAN: LawAct.ORGAN_REPLIED,
    ConsultationKind.CONFIRMATION: LawAct.CONFIRMATION_REPLIED,
}
"""The step that the answer of each kind of consulted party is."""


@transaction.atomic
def correct_step(
    actor: Actor,
    step: Step,
    *,
    on: date | None = None,
    argument: str = "",
    void: bool = False,
    reason: str,
) -> Step:
    """Corrects the day or the argument of a step, or voids it; the case is reckoned anew.

    The receipt is the letter's, and a notice may be about several of its items: it is corrected for all of them.
    Raises ActionRefused for what can't have happened, or can't be told apart from the notice that made it.
    """
    items = hold_request(step.item.request)
    item = next(one for one in items if one.pk == step.item_id)
    step = Step.objects.select_related("item__request", "notice").get(pk=step.pk)
    refuse_for(reasons_against(CASE_ACTS["correct"], item, actor, today()))
    author = actor.author(CORRECT, item.agency)
    happened = on or step.happened_on
    argument = "" if void else argument or step.argument
    day = None if void else happened
    refuse_for(_against(step, happened, argument, void, reason) or reasons_against_following(step, day, argument))
    wrongs = _told_together(step, items)
    made = [_correct(actor, wrong, author.role, happened, argument, void, reason) for wrong in wrongs]
    concerned = [one for one in items if one.pk in {wrong.item_id for wrong in wrongs}]
    _follow(item, step, day)
    follow(step, day, concerned, actor, author.role, reason)
    for one in concerned:
        project(one, is_corrected=True)
    journal(
        "correct",
        author,
        item,
        {"step": (str(law_step(step)), None if void else str(law_step(made[0]))), "reason": (None, reason)},
    )
    return next(new for new in made if new.item_id == item.pk)


def _against(step: Step, on: date, argument: str, void: bool, reason: str) -> list[Reason]:
    if not reason.strip():
        return [Reason("reason", "还没有写明更正的理由", "请写明哪里记错了、依据什么更正")]
    if step.voids_id is not None:
        return [Reason("voiding", "这一条是撤销记录，不能再更正", "确实发生过的，请重新登记")]
    if Step.objects.filter(corrects=step).exists() or Step.objects.filter(voids=step).exists():
        return [Reason("corrected", "这一步已经更正过", "请更正最新的一条")]
    if void and step.act == LawAct.RECEIVED:
        return [
            Reason("receipt", "收到申请不能撤销，只能更正日期", "重复登记的，请登记撤回并写明原因", "条例第三十一条")
        ]
    if not void and (on, argument) == (step.happened_on, step.argument):
        return [Reason("same", "日期和内容都没有变", "请填写正确的日期，或者选择“没有发生过”")]
    if on > today():
        return [Reason("future", "更正后的日期还没有到", "请核对日期")]
    request = step.item.request
    if step.act == LawAct.RECEIVED and on < request.arrived_on and request.entered_by_id is None:
        told = f"收到申请之日不能早于系统收到的{in_words(request.arrived_on)}"
        return [Reason("arrival", told, "请核对日期", "条例第三十一条")]
    return []


def _told_together(step: Step, items: list[Item]) -> list[Step]:
    """The steps of the letter's items that tell of the same fact, as they count now."""
    if step.act != LawAct.RECEIVED and step.notice_id is None:
        return [step]
    same = {} if step.act == LawAct.RECEIVED else {"notice": step.notice_id}
    rows = Step.objects.filter(item__in=items, act=step.act, corrections=None, voids=None, voidings=None, **same)
    return list(rows.select_related("item__request").order_by("item"))


def _correct(actor: Actor, wrong: Step, role: str, on: date, argument: str, void: bool, reason: str) -> Step:
    new = Step(
        item=wrong.item,
        act=wrong.act,
        happened_on=on,
        key=wrong.key,
        argument=argument or (wrong.argument if void else ""),
        recorded_at=now(),
        person_id=person_id_of(actor),
        role=role,
        evidence=wrong.evidence,
        notice_id=wrong.notice_id,
        reason=reason,
        **({"voids": wrong} if void else {"corrects": wrong}),
    )
    try:
        read = law_step(new)
    except BadStep as error:
        raise ActionRefused([Reason("argument", against_step(error), "请核对更正后的内容")]) from error
    require_possible(wrong.item, read)
    new.save()
    return new


def _follow(item: Item, step: Step, on: date | None) -> None:
    """What other rows tell of the same fact: the letter's receipt, the payment, the answer of who was consulted."""
    if step.act == LawAct.RECEIVED:
        assert on is not None  # a receipt is never voided
        # Whoever entered the letter may have taken a later day for its arrival, such as that of registering it.
        arrived = min(item.request.arrived_on, on)
        Request.objects.filter(pk=item.request_id).update(received_on=on, arrived_on=arrived)
        item.request.received_on, item.request.arrived_on = on, arrived
    elif step.act == LawAct.FEE_PAID:
        Payment.objects.filter(item=item, paid_on=step.happened_on).update(paid_on=on)
    elif on is None and step.act in REPLIED.values():
        Consultation.objects.filter(item=item, key=step.key).update(opinion="")
