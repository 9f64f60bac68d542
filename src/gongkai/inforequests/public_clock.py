"""The clock of a case in words for its applicant: by which day an answer is due, and why, span by span."""

from datetime import date
from typing import Any

from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Item
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.steps import clock_of
from gongkai.law.clock import Clock, State
from gongkai.law.clock.words import conclusion
from gongkai.ui.templatetags.ui import day

_LAPSED = "没有在期限内补充或者缴费，工作机构确认后视为放弃申请；有正当理由的，请与工作机构联系，也可以重新申请"


def clock_told(item: Item, on: date) -> dict[str, Any]:
    """The options of the clock component."""
    clock = clock_of(item, on=on)
    if clock is None:
        return {"due": "等待确认收到", "note": "工作机构与您确认收到申请后，答复期限开始计算"}
    told: dict[str, Any] = {"provisional": clock.provisional and clock.state is not State.ENDED}
    if has_lapsed(item, clock):
        return {**told, "title": "您补充或者缴费的期限", "due": "期限已过", "kind": "late", "note": _LAPSED}
    if clock.state in (State.ENDED, State.DECIDED):
        return {**told, "kind": "done", **_closed(item, clock)}
    if clock.due is None:
        return {**told, **_stopped(clock)}
    remaining = clock.remaining_working_days or 0
    if clock.state is State.OVERDUE:
        words = f"已超过 {-remaining} 个工作日" if remaining else "已超过期限"
        return {**told, "due": day(clock.due), "remaining": words, "kind": "late", "note": _reason(clock)}
    words = "今天到期" if clock.due == on else f"还剩 {remaining} 个工作日"
    return {**told, "due": f"{day(clock.due)}以前", "remaining": words, "note": _reason(clock)}


def spans_told(item: Item, on: date) -> dict[str, Any] | None:
    """The options of the spans component; None while the period does not run yet."""
    clock = clock_of(item, on=on)
    if clock is None:
        return None
    basis = receipt_of(item.request).basis
    first = {
        "from": clock.received,
        "to": clock.received,
        "days": 0,
        "counts": False,
        "reason": "收到申请的当日，自次日起算",
        "basis": short(basis),
    }
    rows = [
        {
            "from": span.first,
            "to": span.last,
            "days": span.working_days,
            "counts": span.counts,
            "reason": span.reason,
            "basis": short(span.basis),
        }
        for span in clock.spans
    ]
    return {"rows": [first, *rows], "summary": summary_of(item, clock)}


def summary_of(item: Item, clock: Clock) -> str:
    """By which day an answer is owed, and where the case stands.

    Of an ended case the day is told that counted when it ended: working days may be known otherwise by now.
    """
    if item.state != CaseState.ENDED or item.due_on in (None, clock.due):
        return conclusion(clock)
    ended = f"{day(item.closed_on)}办结。" if item.closed_on is not None else ""
    return f"按办结时的放假安排，应当在{day(item.due_on)}以前答复。{ended}以上逐段按现在的放假安排列出。"


def has_lapsed(item: Item, clock: Clock) -> bool:
    """Whether the applicant let the last day to answer pass, and the office has not confirmed it yet."""
    return clock.state is State.ENDED and item.closed_on is None


def _reason(clock: Clock) -> str:
    counted = sum(span.working_days for span in clock.spans if span.counts)
    return f"收到申请的次日起 {counted} 个工作日" if all(span.counts for span in clock.spans) else ""


def _stopped(clock: Clock) -> dict[str, str]:
    waited = {
        "applicant": ("等您补正", "收到您的补正后，答复期限重新计算"),
        "payment": ("等您缴费", "费用缴清后，答复期限重新计算"),
    }
    due, note = waited.get(str(clock.waiting_for or ""), ("等待中", ""))
    return {"due": due, "note": note}


def _closed(item: Item, clock: Clock) -> dict[str, str]:
    if item.state == CaseState.DECIDED:
        return {"due": "已作出答复，正在送达"}
    closed = item.closed_on or clock.on
    return {"title": "办结日期", "due": day(closed)}


def short(basis: str) -> str:
    """An article as lists have it: 《条例》第三十三条第二款."""
    return basis.replace("《中华人民共和国政府信息公开条例》", "《条例》")
