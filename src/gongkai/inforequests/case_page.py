"""What the page of a case shows beside acts and lists: the letter, who asks and how, the clock."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from gongkai.files.purposes import Purpose
from gongkai.files.queries import StoredFile
from gongkai.inforequests import words
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.explaining import asked_of, came_by, told_of_reasons
from gongkai.inforequests.models import Assignment, Handling, Item, Party, Release, SearchRecord, Step
from gongkai.inforequests.receiving import receipt_of
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Clock
from gongkai.ui.templatetags.ui import day

_ANSWERS = (LawAct.CLARIFIED, LawAct.FEE_PAID)
_FILES_FOLLOW = "告知书已经送达，所附文件暂缓提供；到期后请在告知书页面“提供文件”"
_SINCE = "，送审以后收到"
_KB, _MB = 2**10, 2**20

Row = dict[str, Any]


def fetch(*items: Item) -> None:
    """Reads the rows of cases once: whoever asks about them afterwards asks no database."""
    prefetch_related_objects(
        items,
        Prefetch("steps", Step.objects.select_related("person", "notice")),
        Prefetch("handlings", Handling.objects.select_related("person", "unit", "notice")),
        "notices__items__request",
        Prefetch("assignments", Assignment.objects.select_related("unit")),
        Prefetch("searches", SearchRecord.objects.select_related("unit", "person")),
        Prefetch("releases", Release.objects.select_related("reviewed_by")),
        "consultations",
        "payments",
    )


def letter(item: Item, attached: Iterable[StoredFile]) -> Row:
    """What was asked, in full, with its attachments; neither proofs of identity, nor what came with reasons."""
    request, elsewhere = item.request, {row.file for row in told_of_reasons(item)}
    return {
        "label": "申请事项" if item.order else "申请内容",
        "meta": f"{day(request.arrived_on)} {request.get_channel_display()}",
        "text": item.text,
        "attachments": [
            _attachment(item, file)
            for file in attached
            if file.purpose != Purpose.IDENTITY and file.public_id not in elsewhere
        ],
    }


def _attachment(item: Item, file: StoredFile) -> Row:
    href = reverse("case_file", args=[item.public_id, file.public_id])
    return {"name": file.name, "size": size_of(file.size), "href": href}


def explanations(item: Item, attached: Iterable[StoredFile], on: date, *, sent_up: Handling | None = None) -> Row:
    """What the applicant told of his reasons, each time with its file, and what is still waited for.

    What came after an answer was `sent_up` for review is marked: its drafter may not have known of it.
    """
    asked, told = asked_of(item), told_of_reasons(item)
    files = {file.public_id: _attachment(item, file) for file in attached}
    late = {row.pk for row in told if sent_up is not None and row.pk > sent_up.pk}
    rows = [
        {
            "meta": f"{day(row.happened_on)} {came_by(row)}{_SINCE if row.pk in late else ''}",
            "text": row.opinion,
            "attachments": [files[row.file]] if row.file in files else [],
        }
        for row in told
    ]
    if asked is None or item.state in (CaseState.DECIDED, CaseState.ENDED):
        return {"rows": rows, "note": ""}
    if any(row.notice_id == asked.notice.pk for row in told):
        note = f"要求{asked.within}说明，已经说明；理由是否合理，由经办人判断"
    elif asked.is_over(on):
        note = f"要求{asked.within}说明，没有说明。请根据已经掌握的情况办理"
    else:
        note = f"已要求申请人在{asked.within}说明理由，还没有说明。答复期限照常计算"
    return {"rows": rows, "note": note}


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
            # Whose turn it is then has documents to hand over (`turns`).
            "note": _FILES_FOLLOW if item.turn_role else "",
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
