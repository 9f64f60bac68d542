"""What happened to a case, in the words for its applicant (办理进度). Nothing of the inside.

No officer is named and no consulted party; a decision is told when it is sent, an extension when it is told.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.inforequests.explaining import asked_of, told_of_reasons
from gongkai.inforequests.models import Item, Payment, Step
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.obstacles import explained
from gongkai.inforequests.public_clock import has_lapsed, short
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.steps import law_steps
from gongkai.law.clock import Act, Clock, articles, effective
from gongkai.law.clock import Step as LawStep
from gongkai.ui.templatetags.ui import day

Row = dict[str, Any]
_NOT_COUNTED = "所需时间不计入答复期限"
_PLAIN = {
    Act.CLARIFIED: ("收到您的补充", "答复期限自此重新计算", articles.CLARIFICATION),
    Act.THIRD_PARTY_ASKED: ("正在征求第三方意见", _NOT_COUNTED, articles.THIRD_PARTY),
    Act.THIRD_PARTY_REPLIED: ("收到第三方意见", "继续计算答复期限", articles.THIRD_PARTY),
    Act.ORGAN_ASKED: ("正在征求其他机关意见", _NOT_COUNTED, articles.CO_MAKER),
    Act.ORGAN_REPLIED: ("收到其他机关意见", "继续计算答复期限", articles.CO_MAKER),
    Act.CONFIRMATION_ASKED: ("正在与其他机关协商确认", "", articles.CONFIRMATION),
    Act.CONFIRMATION_REPLIED: ("收到其他机关确认", "", articles.CONFIRMATION),
    Act.FEE_PAID: ("费用已经缴清", "答复期限自缴清次日起重新计算", articles.FEE),
    Act.DISPATCHED: ("答复已经寄出", "", articles.SERVICE),
    Act.WITHDRAWN: ("您已撤回申请", "办理终止", ""),
    Act.LAPSED: ("视为放弃申请", "逾期没有补充或者缴费，不再办理", ""),
    Act.REOPENED: ("重新办理", "答复期限重新计算", ""),
}


def rows(item: Item, clock: Clock | None) -> list[Row]:
    """The steps for the component, the earliest first, and what is still to come."""
    recorded = {str(step.pk): step for step in item.steps.select_related("notice")}
    found: list[tuple[date, Row]] = []
    for step in effective(law_steps(item)):
        told = _told(item, step, recorded.get(step.id), clock)
        if told is not None:
            found.append((step.on, told))
    found += _explanations(item)
    found.sort(key=lambda one: one[0])  # at one day in the order in which they were put together
    return [{"when": day(on), **told} for on, told in found] + list(_to_come(item, clock))


def _explanations(item: Item) -> Iterator[tuple[date, Row]]:
    """When reasons were told: no step, since they move no clock."""
    for row in told_of_reasons(item):
        if row.happened_on is not None:
            yield (
                row.happened_on,
                {"what": "收到您说明的理由", "text": "答复期限照常计算", "basis": short(articles.EXCESSIVE)},
            )


def _told(item: Item, step: LawStep, row: Step | None, clock: Clock | None) -> Row | None:
    if step.act in _PLAIN:
        what, text, basis = _PLAIN[step.act]
        return {"what": what, "text": text, "basis": short(basis)}
    special = _SPECIAL.get(step.act)
    return special(item, step, row, clock) if special is not None else None


def _received(item: Item, _step: LawStep, _row: Step | None, _clock: Clock | None) -> Row:
    request, found = item.request, receipt_of(item.request)
    channel = request.get_channel_display()
    told = "网上提交，系统已自动确认" if request.channel == "internet" and not request.entered_by_id else channel
    return {"what": "已收到申请", "text": told, "basis": short(found.basis)}


def _clarification(item: Item, step: LawStep, row: Step | None, clock: Clock | None) -> Row:
    limits = clock.limits if clock is not None else {}
    until = limits.get(f"{Act.CLARIFIED}#{step.key}" if step.key else str(Act.CLARIFIED))
    told: Row = {"what": "请您补充说明", "basis": short(articles.CLARIFICATION)}
    if until is not None:
        told |= {"text": f"请在{day(until)}以前补充，没有补充的视为放弃申请", "tag": "等您补充", "kind": "soon"}
        told["links"] = [{"label": "去补充", "href": reverse("query_clarify", args=[item.order])}]
    return told


def _reasons(item: Item, _step: LawStep, row: Step | None, clock: Clock | None) -> Row:
    asked = asked_of(item)
    told: Row = {"what": "请您说明理由", "basis": short(articles.EXCESSIVE)}
    if asked is None or row is None or row.notice_id != asked.notice.pk:
        return told
    told["text"] = f"申请的数量、频次较多，请在{asked.within}书面说明理由；答复期限照常计算"
    is_open = clock is not None and not explained(item, clock.on)
    if is_open and not any(one.notice_id == row.notice_id for one in told_of_reasons(item)):
        told |= {"tag": "等您说明", "kind": "soon"}
        told["links"] = [{"label": "去说明", "href": reverse("query_explain", args=[item.order])}]
    return told


def _extended(item: Item, step: LawStep, _row: Step | None, clock: Clock | None) -> Row:
    return {
        "what": "延长答复期限",
        "text": f"新的答复期限是{day(clock.due)}" if clock is not None and clock.due is not None else "",
        "basis": short(articles.REPLY),
    }


def _deferred(_item: Item, step: LawStep, _row: Step | None, _clock: Clock | None) -> Row:
    until = step.argument
    text = f"延至{day(until)}" if isinstance(until, date) else ""
    return {"what": "延迟答复", "text": text, "basis": short(articles.EXCESSIVE)}


def _fee(item: Item, _step: LawStep, _row: Step | None, clock: Clock | None) -> Row:
    payment = Payment.objects.filter(item=item).order_by("-id").first()
    told: Row = {"what": "请您缴纳信息处理费", "basis": short(articles.FEE)}
    if payment is not None:
        told["text"] = f"{payment.yuan} 元，缴费办法见收费通知书"
    if clock is not None and clock.waiting_for == "payment":
        told |= {"tag": "等您缴费", "kind": "soon"}
    return told


def _delivered(_item: Item, _step: LawStep, row: Step | None, _clock: Clock | None) -> Row:
    notice = row.notice if row is not None else None
    told = KINDS[notice.kind].name if notice is not None else ""
    return {"what": "答复已经送达", "text": told, "tag": "已答复", "kind": "done", "basis": short(articles.REPLY)}


_SPECIAL: Mapping[Act, Callable[[Item, LawStep, Step | None, Clock | None], Row]] = {
    Act.RECEIVED: _received,
    Act.CLARIFICATION_ASKED: _clarification,
    Act.REASONS_ASKED: _reasons,
    Act.EXTENDED_SERVED: _extended,
    Act.DEFERRED: _deferred,
    Act.FEE_NOTICED: _fee,
    Act.DELIVERED: _delivered,
}


def _to_come(item: Item, clock: Clock | None) -> Iterator[Row]:
    """The answer that is still owed, with its day."""
    how = {"label": "怎么算的", "href": reverse("query_how", args=[item.order])}
    if clock is None:
        yield {"when": "与您确认收到以后", "what": "答复期限开始计算", "open": True}
    elif has_lapsed(item, clock):
        yield {"when": "工作机构确认以后", "what": "视为放弃申请，不再办理", "open": True}
    elif clock.due is not None and clock.state in ("running", "waiting", "overdue"):
        yield {"when": f"{day(clock.due)}以前", "what": "答复", "open": True, "links": [how]}
    elif clock.waiting_for == "applicant":
        yield {"when": "收到您的补充以后", "what": "重新计算期限，作出答复", "open": True, "links": [how]}
    elif clock.waiting_for == "payment":
        yield {"when": "您缴清费用以后", "what": "重新计算期限，作出答复", "open": True, "links": [how]}
    elif clock.state == "decided":
        yield {"when": "即将", "what": "送达答复", "open": True}
