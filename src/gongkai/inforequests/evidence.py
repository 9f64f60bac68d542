"""The proofs of a case (案卷证据): stamps, steps, searches, letters, services, journal, for one printable page.

What a court or a reviewing organ asks for: when it came and why that day counts, what was done and by whom, that a
reasonable search was made (法释〔2025〕8号第五条), how each letter reached its reader. The applicant is not named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.agencies.journal import Change, lines_about
from gongkai.agencies.queries import acting_for
from gongkai.files.queries import NoSuchFile, files_of, is_intact
from gongkai.inforequests.choices import CaseState, HandlingKind
from gongkai.inforequests.explaining import came_by, told_of_reasons
from gongkai.inforequests.models import Approval, Item, Notice, Service, Step
from gongkai.inforequests.notice_shown import files_told
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.steps import clock_of
from gongkai.inforequests.words import dated
from gongkai.kernel.clock import SHANGHAI
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Clock
from gongkai.ui.templatetags.ui import day


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the page: its caption, its heads, its rows of texts; nothing is shown where there are none."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of the page: `stamps` and `receipt` of the letter, the clock, the tables, the journal's the last.

    `due_on` of an ended case is the day that counted when it ended; where the working days are known otherwise by now,
    `calendar_note` tells by which it was reckoned.
    """

    stamps: tuple[tuple[str, str], ...]
    receipt: str
    receipt_basis: str
    clock: Clock | None
    due_on: date | None
    calendar_note: str
    sheets: tuple[Sheet, ...]


def evidence_of(item: Item, on: date) -> Evidence:
    """The proofs of a case as they are on record on a day."""
    request = item.request
    found = receipt_of(request)
    clock = clock_of(item, on=on)
    is_ended = item.state == CaseState.ENDED
    sheets = (
        Sheet("法定步骤", ("日期", "步骤", "经手人", "记录时间", "证明材料、更正理由"), tuple(_steps(item))),
        Sheet("分办", ("股室", "分办时间", "内部期限", "反馈时间", "意见"), tuple(_assignments(item))),
        Sheet("检索记录", ("日期", "地点", "关键词和范围", "检索人", "结果"), tuple(_searches(item))),
        Sheet("说明的理由", ("日期", "怎样收到", "登记时间", "理由", "所附文件"), tuple(_explanations(item))),
        Sheet("征求意见", ("对象", "内容", "意见", "理由"), tuple(_consultations(item))),
        Sheet("拟公开的文件", ("文件", "审查人", "审查时间", "结论", "意见"), tuple(_releases(item))),
        Sheet("文书", ("文书", "文号", "拟稿人", "签发日期", "用印后的文件"), tuple(_notices(item))),
        Sheet("审签", ("文书", "环节", "经办人", "时间", "意见"), tuple(_approvals(item))),
        Sheet("送达", ("文书", "方式", "发出", "收到", "证明"), tuple(_services(item))),
        Sheet("查看身份信息", ("时间", "人员", "理由"), tuple(_openings(item))),
        Sheet("日志", ("序号", "时间", "办理人", "事项", "内容"), tuple(_journal(item, on))),
    )
    return Evidence(
        stamps=tuple(_stamps(item)),
        receipt=dated(found.explanation),
        receipt_basis=found.basis,
        clock=clock,
        due_on=item.due_on if is_ended or clock is None else clock.due,
        calendar_note=_calendar_note(item) if is_ended and item.due_on is not None else "",
        sheets=tuple(sheet for sheet in sheets if sheet.rows),
    )


def _calendar_note(item: Item) -> str:
    if item.calendar_revision == calendar().revision:
        return ""
    return f"答复期限按办结时的放假安排计算：{item.calendar_revision}；逐段和期限方面的问题按现在的放假安排列出"


def _stamps(item: Item) -> Iterator[tuple[str, str]]:
    """The five stamps of the letter; only what did not happen is left out."""
    request = item.request
    yield "申请人发出", _moment(request.sent_at) or "没有记录"
    yield "系统收到", _moment(request.taken_at)
    yield "首次查看", _moment(request.seen_at) or "没有记录"
    yield "与申请人确认", _moment(request.confirmed_at) or "没有记录"
    yield "登记", _moment(request.registered_at) or "没有记录"
    yield "到达日期", day(request.arrived_on)
    yield "收到申请之日", day(request.received_on) or "尚未确认"


def _steps(item: Item) -> Iterator[tuple[str, ...]]:
    rows = item.steps.select_related("person", "corrects", "voids").order_by("id")
    for step in rows:
        yield day(step.happened_on), _step_name(step), _name(step.person), _moment(step.recorded_at), _proof(step)


def _step_name(step: Step) -> str:
    if step.voids is not None:
        return f"撤销误记的“{step.voids.get_act_display()}”（{day(step.voids.happened_on)}）"
    more = f"（更正{day(step.corrects.happened_on)}的记录）" if step.corrects is not None else ""
    return f"{step.get_act_display()}{more}"


def _proof(step: Step) -> str:
    return "；".join(filter(None, (step.evidence, step.reason)))


def _assignments(item: Item) -> Iterator[tuple[str, ...]]:
    for row in item.assignments.select_related("unit"):
        opinion = f"退回：{row.opinion}" if row.is_declined else row.opinion
        yield row.unit.name, _moment(row.assigned_at), day(row.due_on), _moment(row.returned_at) or "尚未反馈", opinion


def _searches(item: Item) -> Iterator[tuple[str, ...]]:
    for row in item.searches.select_related("person", "unit"):
        who = "".join(filter(None, (row.unit.name if row.unit is not None else "", _name(row.person))))
        found = "检索到" if row.is_found else "没有检索到"
        asked = "；已向档案馆查询" if row.archive_asked else ""
        yield day(row.searched_on), row.place, row.terms, who, f"{found}：{row.outcome}{asked}"


def _explanations(item: Item) -> Iterator[tuple[str, ...]]:
    names = {file.public_id: file.name for file in files_of(item.request.public_id)}
    for row in told_of_reasons(item):
        yield day(row.happened_on), came_by(row), _moment(row.at), row.opinion, names.get(row.file, "")


def _consultations(item: Item) -> Iterator[tuple[str, ...]]:
    for row in item.consultations.all():
        yield f"{row.get_kind_display()}（{row.key}）", row.content, row.get_opinion_display() or "尚未答复", row.reply


def _releases(item: Item) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(item.releases.select_related("reviewed_by"), 1):
        what = f"第{number}份" if not row.is_pointer else f"涉密载体，只记存放处：{row.note}"
        ended = "可以公开" if row.is_cleared else "不公开"
        yield what, _name(row.reviewed_by), _moment(row.reviewed_at), ended if row.reviewed_at else "未审查", row.review


def _notices(item: Item) -> Iterator[tuple[str, ...]]:
    for notice in item.notices.select_related("drafted_by").order_by("id"):
        stage = "" if notice.sealed_file else f"（{notice.get_stage_display()}）"
        kept = _is_kept(notice, item)
        yield KINDS[notice.kind].name + stage, notice.number, _name(notice.drafted_by), day(notice.signed_on), kept


def _is_kept(notice: Notice, item: Item) -> str:
    """Whether the sealed file is, byte for byte, what was stored and delivered."""
    if not notice.sealed_file:
        return ""
    try:
        return "内容与入库时一致" if is_intact(notice.sealed_file, owner=notice.public_id) else "内容与入库时不一致"
    except NoSuchFile:
        return "文件已清除"


def _approvals(item: Item) -> Iterator[tuple[str, ...]]:
    rows = Approval.objects.filter(notice__items=item, at__isnull=False).select_related("notice", "person")
    for row in rows.order_by("notice", "attempt", "order"):
        marks = [mark for mark, is_set in (("纸质签批代录", row.is_on_paper), ("一人兼任", row.is_combined)) if is_set]
        is_said = row.opinion.removeprefix("（代行）").startswith("同意")
        verdict = "" if row.is_agreed and is_said else "同意" if row.is_agreed else "退回修改"
        opinion = "；".join(filter(None, (verdict, row.opinion, *marks)))
        yield KINDS[row.notice.kind].name, HandlingKind(row.act).label, _name(row.person), _moment(row.at), opinion


def _services(item: Item) -> Iterator[tuple[str, ...]]:
    rows = Service.objects.filter(notice__items=item).select_related("notice").prefetch_related("fetches")
    for row in rows.order_by("id"):
        received = f"退回：{day(row.failed_on)}" if row.failed_on else day(row.received_on) or "尚未确认"
        fetched = len(row.fetches.all())
        proof = [row.proof, row.failure, f"邮件号码{row.tracking}" if row.tracking else ""]
        proof.append(f"已下载{fetched}次" if fetched else "")
        proof.append(files_told(row) if row.is_letter_only else "")
        yield (
            KINDS[row.notice.kind].name,
            row.get_way_display(),
            day(row.sent_on),
            received,
            "；".join(filter(None, proof)),
        )


def _openings(item: Item) -> Iterator[tuple[str, ...]]:
    for row in item.request.openings.exclude(reason="").select_related("person").order_by("at"):
        yield _moment(row.at), _name(row.person), row.reason


def _journal(item: Item, on: date) -> Iterator[tuple[str, ...]]:
    """The journal's entries about the letter, those of a merged agency first; what was erased is said to be."""
    chains = dict.fromkeys((item.agency.public_id, acting_for(item.agency, on).public_id))
    for line in (line for chain in chains for line in lines_about(chain, item.request.public_id)):
        who = f"{line.who}（{line.role}）" if line.role else line.who
        changes = "已依规清除" if line.changes is None else "；".join(map(_changed, line.changes))
        yield str(line.number), _moment(line.at), who, line.act, changes


def _changed(change: Change) -> str:
    return f"{change.field}：{change.before}→{change.after}" if change.before else f"{change.field}：{change.after}"


def _name(person: Any) -> str:
    return person.name if person is not None else "系统或者申请人"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if at is not None else ""
