"""What the page of a case shows, part by part: letter, clock, acts, documents, lists of inner work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.files.purposes import Purpose
from gongkai.files.queries import StoredFile
from gongkai.inforequests import words
from gongkai.inforequests.choices import CaseState, Stage
from gongkai.inforequests.models import Assignment, Handling, Item, Notice, Party, Release, SearchRecord, Step
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.queries import Duplicate
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.rules import CASE_ACTS, CaseAct, authority_reasons, open_notice
from gongkai.inforequests.timeline import Event
from gongkai.kernel.reasons import Reason
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Clock
from gongkai.ui.templatetags.ui import day

_LIKELY = (
    *("confirm", "register", "answer", "clear", "clarified", "consulted", "paid", "decide", "archive"),
    *("assign", "clarify", "search", "release", "consult", "extend"),
)
"""The acts that a case waits for, the most urgent first; the others follow in the order of `CASE_ACTS`."""
_USUAL = 4
"""Acts that are seen at once; the rest unfolds."""
_NEXT = {
    Stage.DRAFT: "继续拟稿",
    Stage.REVIEW: "审签",
    Stage.SIGNED: "用印",
    Stage.SEALED: "送达",
}
_NOTHING_TO_DO = "无需再办"
_LIMITS = {"clarify": LawAct.CLARIFICATION_ASKED, "extend": LawAct.EXTENDED}
_ANSWERS = (LawAct.CLARIFIED, LawAct.FEE_PAID)
_KB, _MB = 2**10, 2**20

Row = dict[str, Any]


def fetch(item: Item) -> None:
    """Reads the rows of a case once: whoever asks about it afterwards asks no database."""
    prefetch_related_objects(
        [item],
        Prefetch("steps", Step.objects.select_related("person", "notice")),
        Prefetch("handlings", Handling.objects.select_related("person", "unit", "notice")),
        "notices",
        Prefetch("assignments", Assignment.objects.select_related("unit")),
        Prefetch("searches", SearchRecord.objects.select_related("unit", "person")),
        Prefetch("releases", Release.objects.select_related("reviewed_by")),
        "consultations",
        "payments",
    )


def letter(item: Item, attached: Iterable[StoredFile]) -> Row:
    """What was asked, in full, with its attachments; proofs of identity are not among them."""
    request = item.request
    return {
        "label": "申请事项" if item.order else "申请内容",
        "meta": f"{day(request.arrived_on)} {request.get_channel_display()}",
        "text": item.text,
        "attachments": [
            {
                "name": file.name,
                "size": size_of(file.size),
                "href": reverse("case_file", args=[item.public_id, file.public_id]),
            }
            for file in attached
            if file.purpose != Purpose.IDENTITY
        ],
    }


def size_of(size: int) -> str:
    """1.2 MB, 380 KB."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / _KB))} KB"


def wishes(item: Item) -> list[dict[str, str]]:
    """Who asks, as a kind, and how the answer is wanted."""
    request = item.request
    found = [
        {"label": "申请人类别", "text": request.get_applicant_kind_display()},
        {"label": "名称、文号或者其他特征", "text": request.description},
        {"label": "提供信息的形式", "text": request.get_medium_display()},
        {"label": "获取信息的方式", "text": request.get_way_display()},
        {"label": "申请类别", "text": request.get_kind_display()},
    ]
    return [one for one in found if one["text"]]


def masked(party: Party) -> str:
    """A name of which the first character is told."""
    return f"{party.name[:1]}＊＊" if party.name else ""


def deadline(item: Item, clock: Clock | None, on: date) -> Row:
    """The options of the clock: until when, how long still, and why."""
    if clock is None:
        found = receipt_of(item.request)
        return {"due": "还没有起算", "note": words.dated(found.explanation)}
    how = {"href": reverse("case_clock", args=[item.public_id])}
    if item.state == CaseState.ENDED:
        return {
            "title": "办结日期",
            "due": day(item.closed_on),
            "remaining": words.result_of(item),
            "kind": "done",
            **how,
        }
    if clock.due is None:
        return {**_stopped(item, clock, on), **how}
    text, kind = words.remaining(clock.due, on, calendar())
    return {
        "due": day(clock.due),
        "remaining": text,
        "kind": kind,
        "note": f"{day(clock.received)}收到申请",
        "claimed": day(clock.due_claimed),
        "provisional": clock.provisional,
        **how,
    }


def _stopped(item: Item, clock: Clock, on: date) -> Row:
    """The clock while the applicant has to answer: until when, and what follows if he does not."""
    limit = min((until for name, until in clock.limits.items() if name.partition("#")[0] in _ANSWERS), default=None)
    if limit is None:
        return {"title": "等待申请人", "due": "已经逾期", "note": "没有正当理由的，视为放弃申请，请“作出答复”予以终止"}
    return {
        "title": f"等待{item.get_waiting_for_display()}",
        "due": f"{day(limit)}以前",
        "remaining": words.remaining(limit, on, calendar())[0],
        "note": "答复期限停止计算；无正当理由逾期的，视为放弃申请",
    }


def spans(clock: Clock) -> list[Row]:
    """The rows of the spans component: every day from receipt to the due date."""
    return [
        {
            "from": span.first,
            "to": span.last,
            "days": span.working_days,
            "counts": span.counts,
            "reason": span.reason,
            "basis": span.basis,
        }
        for span in clock.spans
    ]


@dataclass(frozen=True, slots=True)
class Acts:
    """What one may do: the usual acts, the rest of those that are possible, and what can't be done, with reasons."""

    usual: list[Row]
    more: list[Row]
    refused: list[Row]


def acts(item: Item, clock: Clock | None, actor: Actor, authority: Authority, on: date) -> Acts:
    """The acts of a case for somebody, the likeliest first; what one's role may never do is left out.

    Only whose turn it is gets a main button: a page of refusals, or of invitations to interfere, helps nobody.
    """
    held = [act for act in CASE_ACTS.values() if not authority_reasons(act.needs, item, actor, on, authority)]
    against = {act.id: act.against(item, on) for act in held}
    allowed = sorted((act for act in held if not against[act.id]), key=_rank)
    is_turn = item.turn_role in {row.role for row in authority.standings}
    rows = _under_way(item, is_turn=is_turn) + [_allowed(act, item, clock) for act in allowed]
    if rows and is_turn:
        rows[0]["kind"] = ""
    refused = [(act, against[act.id][0]) for act in held if against[act.id]]
    return Acts(rows[:_USUAL], rows[_USUAL:], _refused(refused))


def _rank(act: CaseAct) -> int:
    return _LIKELY.index(act.id) if act.id in _LIKELY else len(_LIKELY)


def _under_way(item: Item, *, is_turn: bool) -> list[Row]:
    """The notice that a case waits for, as the first thing to do, or to look at."""
    notice = open_notice(item)
    if notice is None:
        return []
    verb = _NEXT[Stage(notice.stage)] if is_turn else "查看"
    name, href = KINDS[notice.kind].name, reverse("notice", args=[notice.public_id])
    text = f"现在到了{notice.get_stage_display()}，轮到{words.turn_of(item)}"
    return [{"label": f"{verb}《{name}》", "text": text, "href": href, "kind": "second"}]


def _allowed(act: CaseAct, item: Item, clock: Clock | None) -> Row:
    limit = clock.limits.get(str(_LIMITS[act.id])) if clock is not None and act.id in _LIMITS else None
    text = f"{act.causes}；最迟{day(limit)}" if limit is not None else act.causes
    return {"label": act.name, "text": text, "href": address(item, act.id), "kind": "second"}


def _refused(refused: Iterable[tuple[CaseAct, Reason]]) -> list[Row]:
    """The acts that can't be done now, together where the reason is the same; not those that are done already."""
    names: dict[Reason, list[str]] = {}
    for act, reason in refused:
        if reason.instead != _NOTHING_TO_DO:
            names.setdefault(reason, []).append(act.name)
    return [
        {"label": "、".join(told), "reason": reason.message, "instead": reason.instead, "basis": reason.basis}
        for reason, told in names.items()
    ]


def address(item: Item, act: str) -> str:
    """The page of an act on a case."""
    return reverse(f"case_{act}", args=[item.public_id])


def shown_events(events: Iterable[Event], item: Item, clock: Clock | None) -> list[Row]:
    """The timeline as the component shows it; what is still to come stands last."""
    rows: list[Row] = [
        {
            "when": event.when,
            "what": event.what,
            "text": event.text,
            "basis": event.basis,
            "tag": event.tag,
            "kind": event.kind,
            "quiet": event.is_inner,
            "links": [_to(event.notice)] if event.notice is not None and not event.is_inner else [],
        }
        for event in events
    ]
    if clock is not None and clock.due is not None and item.state != CaseState.ENDED:
        rows.append({"when": f"{day(clock.due)}以前", "what": "答复申请人", "open": True})
    return rows


def _to(notice: Notice) -> dict[str, str]:
    name = KINDS[notice.kind].name
    return {"label": f"{name} {notice.number}".strip(), "href": reverse("notice", args=[notice.public_id])}


def documents(item: Item) -> list[Row]:
    """The notices of a case with the stage that each has come to."""
    return [
        {
            "what": f"{KINDS[notice.kind].name} {notice.number}".strip(),
            "text": notice.get_stage_display(),
            "links": [{"label": "打开", "href": reverse("notice", args=[notice.public_id])}],
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
