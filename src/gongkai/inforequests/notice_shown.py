"""A notice as its pages show it: the document, who did what in its chain, its services, the acts that are possible."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.files.queries import files_of
from gongkai.findings import Finding
from gongkai.inforequests import case_page
from gongkai.inforequests.actions.approving import reasons_against_review
from gongkai.inforequests.chains import chain_of
from gongkai.inforequests.choices import HandlingKind, Stage
from gongkai.inforequests.models import Approval, Item, Notice, Service
from gongkai.inforequests.notice_queries import WORDS_OF_ROLES
from gongkai.inforequests.notice_rules import NOTICE_ACTS, NoticeAct, reasons_against_notice
from gongkai.inforequests.notices.layout import NO_DATE, NO_NUMBER, Letter
from gongkai.inforequests.notices.wording import written
from gongkai.inforequests.words import remaining, shortened
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason
from gongkai.kernel.workdays import calendar
from gongkai.law.questions import OUTCOMES
from gongkai.law.results import Result
from gongkai.ui.templatetags.ui import day

STAGE_KINDS = {Stage.SERVED: "done", Stage.SENT: "done", Stage.REVIEW: "soon", Stage.WITHDRAWN: ""}
_WARNING = ("discard", "failed")
_MAIN = ("submit", "review", "seal", "serve", "received", "provide", "confirm_paper", "confirm_seal")


def document(letter: Letter) -> dict[str, Any]:
    """The letter as the document component takes it."""
    return {
        "letterhead": letter.agency,
        "number": letter.number or NO_NUMBER,
        "title": letter.title,
        "to": letter.addressee,
        "paragraphs": letter.body,
        "attachments": letter.attachments,
        "signed": letter.agency,
        "on": written(letter.dated_on) if letter.dated_on else NO_DATE,
        "contact": f"（联系方式：{letter.contact}）" if letter.contact else "",
    }


def acts(
    notice: Notice, actor: Actor, authority: Authority, on: date, findings: Sequence[Finding] = ()
) -> dict[str, list[dict[str, str]]]:
    """The acts of the notice: those that the user may do now as buttons, others with what is against them.

    The main one, which leads furthest, stands first; none that ends something does. What is not his to do in any role
    is left out. `findings` of a draft may block it.
    """
    found: dict[str, list[dict[str, str]]] = {"allowed": [], "refused": []}
    for act in NOTICE_ACTS.values():
        if authority.reasons_against(act.needs, notice.agency):
            continue
        against = _against(act, notice, actor, on, authority)
        blocking = sum(finding.blocks for finding in findings) if act.id == "submit" else 0
        if not against and blocking:
            against = [Reason("check", f"发出前检查有 {blocking} 处错误", "请先修改")]
        if against:
            found["refused"].append(_refused(act, against[0]))
        else:
            found["allowed"].append(_allowed(act, notice))
    mains = [row for row in found["allowed"] if not row["kind"]]
    main = mains[-1] if mains else next((row for row in found["allowed"] if row["kind"] != "warning"), None)
    if main is not None:
        for other in mains:
            other["kind"] = "second"  # what has been done may be done anew
        main["kind"] = ""
        found["allowed"] = [main, *(row for row in found["allowed"] if row is not main)]
    return found


def _against(act: NoticeAct, notice: Notice, actor: Actor, on: date, authority: Authority) -> Sequence[Reason]:
    against = reasons_against_notice(act, notice, actor, on, authority)
    return against or (reasons_against_review(notice, actor, on) if act.id == "review" else ())


def _allowed(act: NoticeAct, notice: Notice) -> dict[str, str]:
    kind = "warning" if act.id in _WARNING else "" if act.id in _MAIN else "second"
    href = reverse(f"notice_{act.id}", args=[notice.public_id])
    return {"label": act.name, "text": act.causes, "href": href, "kind": kind}


def _refused(act: NoticeAct, reason: Reason) -> dict[str, str]:
    return {"label": act.name, "reason": reason.message, "instead": reason.instead, "basis": reason.basis}


def chain(notice: Notice) -> list[dict[str, Any]]:
    """The chain of the newest attempt as steps; before it is submitted, the one that it would take."""
    rows = list(notice.approvals.select_related("notice", "person", "entered_by", "confirmed_by"))
    drafted = {
        "when": moment(notice.drafted_at),
        "what": "拟稿",
        "text": notice.drafted_by.name if notice.drafted_by is not None else "",
    }
    newest = [row for row in rows if row.attempt == rows[-1].attempt] if rows else []
    if notice.stage == Stage.DRAFT:
        planned = [{"when": "送审以后", "what": WORDS_OF_ROLES[role], "open": True} for _, role in chain_of(notice)]
        return [drafted, *planned]
    shown = [_place(row) for row in newest if row.at is not None or notice.stage == Stage.REVIEW]
    waiting = next((step for step in shown if step["open"]), None)
    if waiting is not None:
        waiting["when"] = "现在轮到"
    return [drafted, *shown]


def _place(row: Approval) -> dict[str, Any]:
    step: dict[str, Any] = {"what": WORDS_OF_ROLES[row.role], "open": row.at is None}
    if row.at is None:
        return {**step, "when": "然后"}
    word, kind = ("同意", "done") if row.is_agreed else ("退回", "late")
    who = row.person.name if row.person is not None else ""
    told = "　".join(_told(who, row))
    return {**step, "when": moment(row.at), "tag": word, "kind": kind, "text": told, "links": scan_of(row)}


def scan_of(row: Approval) -> list[dict[str, str]]:
    """Where the scan of a signature on paper is opened; nothing where none was kept."""
    if not row.file:
        return []
    href = reverse("notice_file", args=[row.notice.public_id, f"paper-{row.attempt}-{row.order}"])
    return [{"label": "纸质签批的扫描件", "href": href}]


def _told(who: str, row: Approval) -> Iterable[str]:
    yield who + (f"：{row.opinion}" if row.opinion else "")
    if row.is_combined:
        yield "（一人兼任）"
    if row.is_on_paper and row.entered_by is not None:
        confirmed = f"，{row.confirmed_by.name}核对" if row.confirmed_by is not None else "，待第二人核对"
        yield f"（纸质签批，{row.entered_by.name}代录{confirmed}）"


def earlier(notice: Notice) -> list[dict[str, Any]]:
    """The attempts before the one under way: who sent it back, why."""
    rows = list(notice.approvals.select_related("notice", "person", "entered_by", "confirmed_by"))
    newest = max((row.attempt for row in rows), default=0)
    is_open = notice.stage == Stage.DRAFT
    return [_place(row) for row in rows if row.at is not None and (is_open or row.attempt < newest)]


def returned(notice: Notice) -> str:
    """Who sent it back last, and why; empty where nobody did."""
    row = notice.approvals.filter(is_agreed=False).select_related("person").order_by("attempt").last()
    if row is None:
        return ""
    who = row.person.name if row.person is not None else ""
    return f"{WORDS_OF_ROLES[row.role]}（{who}）退回：{row.opinion}"


def service(row: Service) -> dict[str, Any]:
    """An attempt at service as an entry: how, when, with what proof, what became of it."""
    told = [f"{day(row.sent_on)}发出"]
    told += [f"邮件号码 {row.tracking}"] if row.tracking else []
    told += [f"{day(row.received_on)}收到"] if row.received_on else []
    told += [f"{day(row.failed_on)}未送达：{row.failure}"] if row.failed_on else []
    told += [f"下载到{day(row.expires_on)}止，已下载 {row.fetches.count()} 次"] if row.expires_on else []
    told += [row.proof] if row.proof else []
    told += [files_told(row)] if row.is_letter_only else []
    return {"what": row.get_way_display(), "text": "；".join(told)}


def files_told(row: Service) -> str:
    """What became of the documents of an answer that went out without them."""
    return f"{day(row.files_on)}提供了所附文件" if row.files_on else "只送达告知书，所附文件尚未提供"


def about(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The things asked that a notice is about, each with its number and its words."""
    return [
        {
            "what": item.register_number,
            "text": shortened(item.text),
            "links": [{"label": "查看", "href": reverse("case", args=[item.public_id])}],
        }
        for item in items
    ]


def moment(at: Any) -> str:
    """An instant as the office writes it: 11月24日（周二） 9:05."""
    local = localtime(at)
    return f"{day(local.date())} {local.hour}:{local.minute:02}"


def outline(notice: Notice, items: Sequence[Item]) -> list[dict[str, str]]:
    """What a reviewer has to know before he reads: what was asked, what is answered on which ground, until when."""
    decision = notice.decisions.order_by("-id").first()
    item = items[0]
    told = [{"label": "申请公开的内容", "text": _asked(items)}]
    if decision is not None:
        outcome = OUTCOMES[decision.outcome]
        withheld = f"\n不予公开的部分：{result_words(outcome.withheld)}" if outcome.withheld is not None else ""
        told.append({"label": "办理结果", "text": result_words(outcome.result) + withheld})
        told.append({"label": "依据", "text": outcome.basis})
    if item.due_on is not None:
        left, _ = remaining(item.due_on, today(), calendar())
        told.append({"label": "答复期限", "text": f"{day(item.due_on)}，{left}"})
    drafter = notice.drafted_by.name if notice.drafted_by is not None else ""
    return [*told, {"label": "拟稿", "text": f"{drafter}　{moment(notice.drafted_at)}"}]


def explanations(notice: Notice, items: Sequence[Item]) -> dict[str, Any]:
    """What was told of reasons (条例第三十五条) about the things asked, each telling once; what came late is marked."""
    attached = files_of(items[0].request.public_id)
    sent_up = notice.handlings.filter(kind=HandlingKind.SUBMITTED).order_by("id").last()
    found = [case_page.explanations(item, attached, today(), sent_up=sent_up) for item in items]
    rows: list[dict[str, Any]] = []
    for row in (row for one in found for row in one["rows"]):
        rows += [] if any(_is_same(row, other) for other in rows) else [row]
    return {"rows": rows, "note": next((one["note"] for one in found if one["note"]), "")}


def _is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (one["meta"], one["text"]) == (other["meta"], other["text"])


def result_words(found: Result) -> str:
    """The result with the heading it stands under on the form, without their numbers."""
    group = found.group.partition("）")[2]
    label = found.label.partition("（区分")[0].lstrip("（）一二三四五六123456789.")
    return f"{group}：{label}" if group else label


def _asked(items: Sequence[Item]) -> str:
    return "\n".join(f"{item.register_number}　{item.text}" for item in items) if len(items) > 1 else items[0].text
