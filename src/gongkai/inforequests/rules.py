"""Which act on a case is possible when, for whom, and why not: the one table behind buttons, hints and the server.

What concerns the law is asked of `law.clock`; here stand who may, and what the office itself still has to do first.
The few rows of a case are read through it, so that a page that asks about all acts can fetch them once beforehand.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.inforequests.choices import CaseState, HandlingKind, Opinion, Stage
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import ANSWER, CLEAR, CORRECT, FILE, HANDLE, WORK, units_of
from gongkai.inforequests.steps import has_lapsed, letter_for, reasons_against_step
from gongkai.kernel.reasons import Reason
from gongkai.kernel.registry import Act, Scope
from gongkai.law.clock import Act as LawAct

Against = Callable[[Item, date], list[Reason]]
_OPEN_STAGES = (Stage.DRAFT, Stage.REVIEW, Stage.SIGNED, Stage.SEALED)


@dataclass(frozen=True, slots=True)
class CaseAct:
    """An act on a case: its id, the authority it needs, its name on the button, what it causes, what is against it."""

    id: str
    needs: Act
    name: str
    causes: str
    against: Against


def reasons_against(
    act: CaseAct, item: Item, actor: Actor, on: date, authority: Authority | None = None
) -> list[Reason]:
    """Why somebody may not do an act on a case on a day; empty where he may. `authority` where it is known already."""
    found = authority_reasons(act.needs, item, actor, on, authority)
    return found or act.against(item, on)


def authority_reasons(act: Act, item: Item, actor: Actor, on: date, authority: Authority | None = None) -> list[Reason]:
    """Why the actor has no authority for it; a unit's people have it over what was given to their unit."""
    if actor.user is None:
        return []
    held = authority or Authority(actor.user, on)
    found = held.reasons_against(act, item.agency)
    beyond_units = {role: scope for role, scope in act.scopes.items() if scope != Scope.UNIT}
    is_of_unit = not found and not held.role_for(replace(act, scopes=beyond_units), item.agency)
    if is_of_unit and not _is_given_to(item, held):
        return [Reason("unit", "这一件没有分给您的股室", "请由承办股室办理")]
    return found


def _is_given_to(item: Item, authority: Authority) -> bool:
    units = units_of(authority, ANSWER.scopes)
    return any(row.unit_id in units and row.returned_at is None for row in item.assignments.all())


def _open(item: Item, _on: date) -> list[Reason]:
    if item.state == CaseState.ENDED:
        return [Reason("ended", "这一件已经办结", "需要重新答复的，先“重新办理”")]
    if item.state == CaseState.UNCONFIRMED:
        return [Reason("unconfirmed", "还没有与申请人确认收到，答复期限没有起算", "请先“确认收到”")]
    return []


def _registered(item: Item, on: date) -> list[Reason]:
    if item.request.registered_at is None:
        return [Reason("unregistered", "这一件还没有登记", "请先“登记”")]
    return _open(item, on)


def _unconfirmed(item: Item, _on: date) -> list[Reason]:
    if item.received_on is not None:
        return [Reason("confirmed", "已经确认收到", "无需再办")]
    return []


def _unregistered(item: Item, on: date) -> list[Reason]:
    if item.request.registered_at is not None:
        return [Reason("registered", "这一件已经登记", "无需再办")]
    return _open(item, on)


def _to_split(item: Item, on: date) -> list[Reason]:
    if item.order:
        return [Reason("split", "这封申请已经拆分过", "无需再办")]
    if item.notices.all() or item.assignments.all():
        return [Reason("begun", "已经开始办理，不能再拆分", "请在一份告知书中逐项答复")]
    return _open(item, on)


def _given_out(item: Item, on: date) -> list[Reason]:
    if not _is_given_out(item):
        return [Reason("not_assigned", "没有等待反馈的分办", "请先“分办”")]
    return _registered(item, on)


def open_notice(item: Item, kind: str = "") -> Notice | None:
    """The notice of a case that is under way, of a kind where one is named."""
    found = [row for row in item.notices.all() if row.stage in _OPEN_STAGES and kind in ("", row.kind)]
    return found[-1] if found else None


def _no_reply_under_way(item: Item) -> list[Reason]:
    notice = open_notice(item)
    if notice is not None and KINDS[notice.kind].is_reply:
        return [Reason("reply", f"“{KINDS[notice.kind].name}”正在审签", "请先办完，或者退回后作废")]
    return []


def letter_against(kind: str, *acts: LawAct) -> Against:
    """What is against drafting a letter of a kind: it is under way already, or the law refuses what it does."""

    def against(item: Item, on: date) -> list[Reason]:
        found = _registered(item, on) or _no_reply_under_way(item)
        if not found and open_notice(item, kind) is not None:
            found = [Reason("under_way", f"“{KINDS[kind].name}”已经在办", "请在“文书”中继续")]
        return found or [reason for act in acts for reason in reasons_against_step(item, act, on=on)]

    return against


def _consultable(item: Item, on: date) -> list[Reason]:
    found = _registered(item, on) or _no_reply_under_way(item)
    return found or reasons_against_step(item, LawAct.THIRD_PARTY_ASKED, on=on)


def _clarified(item: Item, on: date) -> list[Reason]:
    return _registered(item, on) or answer_against(item, LawAct.CLARIFIED, on)


def answer_against(item: Item, act: LawAct, on: date) -> list[Reason]:
    """What the law has against recording an answer today to the oldest letter that waits for one."""
    letter = letter_for(item, act, on=on)
    return reasons_against_step(item, act, on=on, key=letter.key if letter is not None else "")


def _consulted(item: Item, on: date) -> list[Reason]:
    if not _consulted_in(item, ("", Opinion.SILENT)):
        return [Reason("no_letter", "没有等待答复的征求意见", "请先发出征求意见书")]
    return _open(item, on)


def _charged(item: Item, on: date) -> list[Reason]:
    payments = list(item.payments.all())
    if not payments:
        return [Reason("no_fee", "没有等待缴费的收费通知", "请先发出收费通知书")]
    if all(payment.paid_on is not None for payment in payments):
        return [Reason("paid", "已经登记缴清", "记错的，请“更正步骤”")]
    return _open(item, on) or answer_against(item, LawAct.FEE_PAID, on)


def _to_decide(item: Item, on: date) -> list[Reason]:
    found = _registered(item, on)
    if found:
        return found
    notice = open_notice(item)
    if notice is not None:
        return [Reason("under_way", f"“{KINDS[notice.kind].name}”还没有办完", "请先送达或者作废")]
    if _is_given_out(item):
        return [Reason("assigned", "承办股室还没有反馈", "请催办，或者由承办股室退回")]
    if _is_consulting(item):
        return [Reason("consulting", "征求意见还没有答复", "请登记收到的意见，或者期满后登记“逾期未答复”")]
    if item.state == CaseState.WAITING and item.waiting_for in ("applicant", "payment") and not has_lapsed(item):
        return [Reason("waiting", f"正在等待{item.get_waiting_for_display()}", "收到后登记；逾期的，期满后再办")]
    if item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定", "请送达；要更改的，请更正原来的步骤")]
    return []


def _to_release(item: Item, on: date) -> list[Reason]:
    found = _registered(item, on)
    notice = open_notice(item)
    if not found and notice is not None and KINDS[notice.kind].is_reply and notice.stage != Stage.DRAFT:
        return [Reason("reply", f"“{KINDS[notice.kind].name}”已经送审，所附文件不能再变动", "要换文件的，请先退回修改")]
    if not found and item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定，所附文件不能再变动", "请送达")]
    return found


def _to_clear(item: Item, on: date) -> list[Reason]:
    if not item.releases.all():
        return [Reason("no_release", "还没有提交拟公开的文件", "请先“提交拟公开的文件”")]
    if item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定，审查意见不能再变动", "请送达")]
    return _registered(item, on)


def _is_given_out(item: Item) -> bool:
    return any(assignment.returned_at is None for assignment in item.assignments.all())


def _is_consulting(item: Item) -> bool:
    """Whether a consulted party, whose letter went out, has not answered."""
    return _consulted_in(item, ("",))


def _consulted_in(item: Item, opinions: tuple[str, ...]) -> bool:
    """Whether a letter that went out consults somebody whose opinion is one of these."""
    waiting = {row.pk for row in item.consultations.all() if row.opinion in opinions}
    sent = {step.notice_id for step in item.steps.all()}
    return any(notice.consultation_id in waiting and notice.pk in sent for notice in item.notices.all())


def search_missing(item: Item) -> list[Reason]:
    """“不存在” can't be told without a record of the search (法释〔2025〕8号第五条第（六）项)."""
    if item.searches.all():
        return []
    basis = "法释〔2025〕8号第五条第（六）项"
    return [Reason("search", "还没有检索记录，不能告知信息不存在", "请先由承办股室登记检索的范围、关键词和结果", basis)]


def _withdrawable(item: Item, on: date) -> list[Reason]:
    if item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定，不能再撤回", "请送达")]
    return _open(item, on) or reasons_against_step(item, LawAct.WITHDRAWN, on=on)


def _reopenable(item: Item, on: date) -> list[Reason]:
    return reasons_against_step(item, LawAct.REOPENED, on=on)


def _has_steps(item: Item, _on: date) -> list[Reason]:
    return [] if item.received_on is not None else [Reason("no_steps", "还没有可以更正的步骤")]


def _not_filed(item: Item, _on: date) -> list[Reason]:
    if item.state != CaseState.ENDED:
        return [Reason("open", "办结以后才能归档", "请先办结")]
    if any(handling.kind == HandlingKind.FILED for handling in item.handlings.all()):
        return [Reason("filed", "已经归档", "无需再办")]
    return []


CASE_ACTS = {
    act.id: act
    for act in (
        CaseAct("confirm", HANDLE, "确认收到", "以确认之日为收到申请之日，答复期限由此起算", _unconfirmed),
        CaseAct("register", HANDLE, "登记", "写明登记时间，可以开始办理", _unregistered),
        CaseAct("split", HANDLE, "拆分事项", "一封申请要几样信息的，各成一件，分别答复", _to_split),
        CaseAct("assign", HANDLE, "分办", "交承办股室查找，限期反馈，答复期限照常计算", _registered),
        CaseAct("answer", ANSWER, "反馈", "交回材料、检索记录和意见，转回经办人", _given_out),
        CaseAct("search", WORK, "登记检索", "写明在哪里、用什么词查过，答复不存在时必须有", _registered),
        CaseAct("release", WORK, "提交拟公开的文件", "检查隐藏内容，送保密审查后才能发出", _to_release),
        CaseAct("clear", CLEAR, "审查文件", "逐个审查拟公开的文件，可以公开的才能发出", _to_clear),
        CaseAct(
            "clarify",
            HANDLE,
            "告知补正",
            "申请内容不明确的，一次告知；申请人补正后期限重新计算",
            letter_against("clarification", LawAct.CLARIFICATION_ASKED),
        ),
        CaseAct("clarified", HANDLE, "收到补正", "答复期限自收到补正的申请之日起重新计算", _clarified),
        CaseAct(
            "consult",
            HANDLE,
            "征求意见",
            "征求第三方、共同制作机关意见；所需时间不计算在期限内",
            _consultable,
        ),
        CaseAct("consulted", HANDLE, "登记收到的意见", "自此继续计算答复期限", _consulted),
        CaseAct(
            "extend",
            HANDLE,
            "延长答复期限",
            "经工作机构负责人同意并告知申请人，最多一次",
            letter_against("extension", LawAct.EXTENDED),
        ),
        CaseAct(
            "reasons",
            HANDLE,
            "要求说明理由",
            "数量、频次明显超过合理范围的；期限照常计算",
            letter_against("reasons", LawAct.REASONS_ASKED),
        ),
        CaseAct(
            "defer",
            HANDLE,
            "延迟答复",
            "理由合理但按期办不完的，另定合理期限并告知",
            letter_against("deferral", LawAct.DEFERRED),
        ),
        CaseAct(
            "charge",
            HANDLE,
            "收费通知",
            "写明件数或者页数和金额；缴清后期限重新计算",
            letter_against("fee", LawAct.FEE_NOTICED),
        ),
        CaseAct("paid", HANDLE, "登记缴费", "答复期限自缴清次日起重新计算", _charged),
        CaseAct("decide", HANDLE, "作出答复", "逐个回答问题，得出答复种类，拟告知书送审", _to_decide),
        CaseAct("withdraw", HANDLE, "登记撤回", "申请人撤回的，终止办理", _withdrawable),
        CaseAct("reopen", HANDLE, "重新办理", "被责令、自行纠正或者有正当理由的，期限重新计算", _reopenable),
        CaseAct("correct", CORRECT, "更正步骤", "记错的步骤以更正代替，原来的保留", _has_steps),
        CaseAct("archive", FILE, "归档", "案卷齐全后归档", _not_filed),
    )
}
"""All acts on a case by id, in the order in which a page offers them. Acts on a notice: `actions.notices`."""
