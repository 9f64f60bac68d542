"""Which act on a case is possible when, for whom, and why not: the one table behind buttons, hints and the server.

Here stands who may; what is in the way of an act, whoever does it, stands in `obstacles`.
"""

from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.inforequests import obstacles
from gongkai.inforequests.models import Item
from gongkai.inforequests.obstacles import Against, open_notice, search_missing
from gongkai.inforequests.permissions import ANSWER, CLEAR, CORRECT, FILE, HANDLE, WORK, units_of
from gongkai.kernel.reasons import Reason
from gongkai.kernel.registry import Act, Scope
from gongkai.law.clock import Act as LawAct

__all__ = ["CASE_ACTS", "Against", "CaseAct", "authority_reasons", "open_notice", "reasons_against", "search_missing"]


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
    held = authority or actor.authority(on)
    if held is None:
        return []
    found = held.reasons_against(act, item.agency)
    beyond_units = {role: scope for role, scope in act.scopes.items() if scope != Scope.UNIT}
    is_of_unit = not found and not held.role_for(replace(act, scopes=beyond_units), item.agency)
    return _against_unit(item, held) if is_of_unit else found


def _against_unit(item: Item, authority: Authority) -> list[Reason]:
    """Why somebody of a unit may not: it was not given to it, or was given back."""
    units = units_of(authority, ANSWER.scopes)
    given = [row for row in item.assignments.all() if row.unit_id in units]
    if any(row.returned_at is None for row in given):
        return []
    if given:
        return [Reason("returned", "您的股室已经反馈这一件", "要补充的，请经办人再次分办")]
    return [Reason("unit", "这一件没有分给您的股室", "请由承办股室办理")]


CASE_ACTS = {
    act.id: act
    for act in (
        CaseAct("confirm", HANDLE, "确认收到", "以确认之日为收到申请之日，答复期限由此起算", obstacles.confirmed),
        CaseAct("register", HANDLE, "登记", "写明登记时间，可以开始办理", obstacles.registered),
        CaseAct("split", HANDLE, "拆分事项", "一封申请要几样信息的，各成一件，分别答复", obstacles.splitting),
        CaseAct("assign", HANDLE, "分办", "交承办股室查找，限期反馈，答复期限照常计算", obstacles.assigning),
        CaseAct("answer", ANSWER, "反馈", "交回材料、检索记录和意见，转回经办人", obstacles.answering),
        CaseAct("search", WORK, "登记检索", "写明在哪里、用什么词查过，答复不存在时必须有", obstacles.decided),
        CaseAct("release", WORK, "提交拟公开的文件", "检查隐藏内容，送保密审查后才能发出", obstacles.releasing),
        CaseAct("clear", CLEAR, "审查文件", "逐个审查拟公开的文件，可以公开的才能发出", obstacles.clearing),
        CaseAct(
            "clarify",
            HANDLE,
            "告知补正",
            "申请内容不明确的，一次告知；申请人补正后期限重新计算",
            obstacles.letter("clarification", LawAct.CLARIFICATION_ASKED),
        ),
        CaseAct("clarified", HANDLE, "收到补正", "答复期限自收到补正的申请之日起重新计算", obstacles.clarified),
        CaseAct(
            "consult",
            HANDLE,
            "征求意见",
            "征求第三方、共同制作机关意见；在答复期限内征求的，所需时间不计算在内",
            obstacles.consulting,
        ),
        CaseAct("consulted", HANDLE, "登记收到的意见", "自此继续计算答复期限", obstacles.consulted),
        CaseAct(
            "extend",
            HANDLE,
            "延长答复期限",
            "经工作机构负责人同意并告知申请人，最多一次",
            obstacles.letter("extension", LawAct.EXTENDED),
        ),
        CaseAct(
            "reasons",
            HANDLE,
            "要求说明理由",
            "数量、频次明显超过合理范围的；期限照常计算",
            obstacles.letter("reasons", LawAct.REASONS_ASKED),
        ),
        CaseAct(
            "explained",
            HANDLE,
            "登记说明的理由",
            "来信、来电、当面说明的，照原话录入；期限照常计算",
            obstacles.explained,
        ),
        CaseAct(
            "defer",
            HANDLE,
            "延迟答复",
            "理由合理但按期办不完的，另定合理期限并告知",
            obstacles.letter("deferral", LawAct.DEFERRED),
        ),
        CaseAct(
            "charge",
            HANDLE,
            "收费通知",
            "写明件数或者页数和金额；缴清后期限重新计算",
            obstacles.letter("fee", LawAct.FEE_NOTICED),
        ),
        CaseAct("paid", HANDLE, "登记缴费", "答复期限自缴清次日起重新计算", obstacles.paid),
        CaseAct("decide", HANDLE, "作出答复", "逐个回答问题，得出答复种类，拟告知书送审", obstacles.deciding),
        CaseAct("withdraw", HANDLE, "登记撤回", "申请人撤回的，终止办理", obstacles.withdrawing),
        CaseAct("reopen", HANDLE, "重新办理", "被责令、自行纠正或者有正当理由的，期限重新计算", obstacles.reopening),
        CaseAct("correct", CORRECT, "更正步骤", "记错的步骤以更正代替，原来的保留", obstacles.correcting),
        CaseAct("archive", FILE, "归档", "案卷齐全后归档", obstacles.filing),
    )
}
"""All acts on a case by id, in the order in which a page offers them. Acts on a notice: `actions.notices`."""
