"""The lists on the page of a case: what happened, its documents, the inner work, what may be the same."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from gongkai.inforequests import words
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.queries import Duplicate
from gongkai.inforequests.timeline import Event
from gongkai.inforequests.together import told_with
from gongkai.law.clock import Clock
from gongkai.ui.templatetags.ui import day

Row = dict[str, Any]


def shown_events(events: Iterable[Event], item: Item, clock: Clock | None, *, may_read: bool) -> list[Row]:
    """The timeline as the component shows it; what is still to come stands last. `may_read`: with links to notices."""
    rows: list[Row] = [
        {
            "when": event.when,
            "what": event.what,
            "text": event.text,
            "basis": event.basis,
            "tag": event.tag,
            "kind": event.kind,
            "quiet": event.is_inner,
            "links": [_to(event.notice)] if may_read and event.notice is not None and not event.is_inner else [],
        }
        for event in events
    ]
    if clock is not None and clock.due is not None and item.state != CaseState.ENDED:
        rows.append({"when": f"{day(clock.due)}以前", "what": "答复申请人", "open": True})
    return rows


def _to(notice: Notice) -> dict[str, str]:
    name = KINDS[notice.kind].name
    return {"label": f"{name} {notice.number}".strip(), "href": reverse("notice", args=[notice.public_id])}


def documents(item: Item, *, may_read: bool) -> list[Row]:
    """The notices of a case with the stage that each has come to; with links for those who may read them."""
    return [
        {
            "what": f"{KINDS[notice.kind].name} {notice.number}".strip(),
            "text": "，".join(filter(None, (notice.get_stage_display(), told_with(notice, item)))),
            "links": [{"label": "打开", "href": reverse("notice", args=[notice.public_id])}] if may_read else [],
        }
        for notice in item.notices.all()
    ]


def inner_work(item: Item) -> list[tuple[str, list[Row]]]:
    """The short lists of inner work by heading; those that are empty are left out."""
    lists: tuple[tuple[str, Callable[[Item], list[Row]]], ...] = (
        ("分办", _assignments),
        ("检索记录", _searches),
        ("拟公开的文件", _releases),
        ("征求意见", _consultations),
        ("收费", _payments),
    )
    return [(heading, rows) for heading, make in lists if (rows := make(item))]


def _assignments(item: Item) -> list[Row]:
    found = []
    for row in item.assignments.all():
        told = "退回：" if row.is_declined else ""
        text = f"{told}{row.opinion}" if row.returned_at is not None else f"{day(row.due_on)}以前反馈"
        found.append({"what": row.unit.name, "text": text})
    return found


def _searches(item: Item) -> list[Row]:
    return [
        {
            "what": "查到" if row.is_found else "没有查到",
            "text": f"{day(row.searched_on)}，{row.place}，{row.terms}：{row.outcome}"
            + ("；已向档案馆查询" if row.archive_asked else ""),
        }
        for row in item.searches.all()
    ]


def _releases(item: Item) -> list[Row]:
    found = []
    for number, row in enumerate(item.releases.all(), 1):
        state = "待审查" if row.reviewed_at is None else "可以公开" if row.is_cleared else "不可以公开"
        what = "涉密载体，只记存放处" if row.is_pointer else (row.note or f"第{number}份")
        links = [{"label": "下载", "href": reverse("case_file", args=[item.public_id, row.file])}] if row.file else []
        found.append({"what": what, "text": "；".join(filter(None, (state, row.review))), "links": links})
    return found


def _consultations(item: Item) -> list[Row]:
    return [
        {
            "what": f"{row.get_kind_display()}（{row.key}）",
            "text": "；".join(filter(None, (row.get_opinion_display() or "还没有答复", row.reply))),
        }
        for row in item.consultations.all()
    ]


def _payments(item: Item) -> list[Row]:
    return [
        {"what": f"{row.yuan} 元", "text": f"{day(row.paid_on)}缴清，{row.proof}" if row.paid_on else "还没有缴清"}
        for row in item.payments.all()
    ]


def duplicates(found: Iterable[Duplicate]) -> list[Row]:
    """Cases that may ask for the same, with their date and result."""
    rows = []
    for one in found:
        why = "、".join(
            word for word, holds in (("同一申请人", one.is_same_applicant), ("内容相近", one.is_alike)) if holds
        )
        ended = words.result_of(one.item) or words.state_of(one.item)
        rows.append(
            {
                "what": one.item.register_number,
                "text": f"{words.shortened(one.item.text)}（{day(one.item.request.arrived_on)}，{why}，{ended}）",
                "links": [{"label": "查看", "href": reverse("case", args=[one.item.public_id])}],
            }
        )
    return rows
