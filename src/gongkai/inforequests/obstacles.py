"""What stands in the way of an act on a case on a day, whoever does it: each a function from item and day to reasons.

What concerns the law is asked of `law.clock`; here stands what the office itself still has to do first. The few rows of
a case are read through it, so that a page that asks about all acts can fetch them once beforehand.
"""

from collections.abc import Callable
from datetime import date

from gongkai.inforequests.choices import CaseState, HandlingKind, Opinion, Stage
from gongkai.inforequests.explaining import asked_of
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.steps import (
    counting_steps,
    has_lapsed,
    is_correction,
    letter_for,
    reasons_against_step,
    reopened_at,
)
from gongkai.kernel.reasons import Reason
from gongkai.law.clock import Act as LawAct

Against = Callable[[Item, date], list[Reason]]
_OPEN_STAGES = (Stage.DRAFT, Stage.REVIEW, Stage.SIGNED, Stage.SEALED)
_CORRECTION = "条例第四十一条"


def not_open(item: Item, _on: date) -> list[Reason]:
    """It has ended, or has not begun in law."""
    if item.state == CaseState.ENDED:
        return [Reason("ended", "这一件已经办结", "需要重新答复的，先“重新办理”")]
    if item.state == CaseState.UNCONFIRMED:
        return [Reason("unconfirmed", "还没有与申请人确认收到，答复期限没有起算", "请先“确认收到”")]
    return []


def unregistered(item: Item, on: date) -> list[Reason]:
    """It is not open, or nobody has registered it."""
    if not_open(item, on):
        return not_open(item, on)
    if item.request.registered_at is None:
        return [Reason("unregistered", "这一件还没有登记", "请先“登记”")]
    return []


def decided(item: Item, on: date) -> list[Reason]:
    """Nothing is to be found out any more."""
    found = unregistered(item, on)
    if not found and item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定", "请送达；要更改的，请更正原来的步骤")]
    return found


def confirmed(item: Item, _on: date) -> list[Reason]:
    """It was confirmed already."""
    if item.received_on is not None:
        return [Reason("confirmed", "已经确认收到", "无需再办")]
    return []


def registered(item: Item, on: date) -> list[Reason]:
    """It was registered already, or can't be yet."""
    if item.request.registered_at is not None:
        return [Reason("registered", "这一件已经登记", "无需再办")]
    return not_open(item, on)


def splitting(item: Item, on: date) -> list[Reason]:
    """A letter is split once, before anything was done with it."""
    if item.order:
        return [Reason("split", "这封申请已经拆分过", "无需再办")]
    has_begun = any(step.act != LawAct.RECEIVED for step in item.steps.all())
    if has_begun or item.notices.all() or item.assignments.all() or item.searches.all() or item.releases.all():
        return [Reason("begun", "已经开始办理，不能再拆分", "请在一份告知书中逐项答复")]
    return not_open(item, on)


def assigning(item: Item, on: date) -> list[Reason]:
    """Units have nothing to do with what is answered already, or given up."""
    return decided(item, on) or _reviewed(item, "现在不能分办") or _given_up(item)


def answering(item: Item, on: date) -> list[Reason]:
    """No unit has it."""
    found = unregistered(item, on)
    if not found and not _is_given_out(item):
        return [Reason("not_assigned", "没有等待反馈的分办", "请先“分办”")]
    return found


def open_notices(item: Item, kind: str = "") -> list[Notice]:
    """The notices of a case that are under way, of a kind where one is named."""
    return [row for row in item.notices.all() if row.stage in _OPEN_STAGES and kind in ("", row.kind)]


def open_notice(item: Item, kind: str = "") -> Notice | None:
    """The newest of them."""
    found = open_notices(item, kind)
    return found[-1] if found else None


def letter(kind: str, act: LawAct) -> Against:
    """Of drafting a letter of a kind: it is under way already, or the law refuses what it does."""

    def against(item: Item, on: date) -> list[Reason]:
        found = _writing(item, on, KINDS[kind].name)
        if not found and open_notice(item, kind) is not None:
            return [Reason("under_way", f"“{KINDS[kind].name}”已经在办", "请在“文书”中继续")]
        return found or reasons_against_step(item, act, on=on)

    return against


def consulting(item: Item, on: date) -> list[Reason]:
    """Of a letter to somebody who is consulted; of several that are asked each has its own."""
    return _writing(item, on, "征求意见") or reasons_against_step(item, LawAct.THIRD_PARTY_ASKED, on=on)


def clarified(item: Item, on: date) -> list[Reason]:
    """Nothing was asked of the applicant, or the law is against it."""
    return unregistered(item, on) or _answer(item, LawAct.CLARIFIED, on, "没有等待补正的告知", "请先“告知补正”")


def explained(item: Item, on: date) -> list[Reason]:
    """Nobody asked the applicant for reasons, or it is decided."""
    found = decided(item, on)
    if not found and asked_of(item) is None:
        return [Reason("no_letter", "没有要求申请人说明理由", "请先“要求说明理由”", "条例第三十五条")]
    return found


def consulted(item: Item, on: date) -> list[Reason]:
    """Nobody was asked whose answer is still to come; one who was silent may answer late."""
    found = unregistered(item, on)
    if not found and not _consulted_in(item, ("", Opinion.SILENT)):
        return [Reason("no_letter", "没有等待答复的征求意见", "请先发出征求意见书")]
    return found


def paid(item: Item, on: date) -> list[Reason]:
    """No fee was asked for, or it was paid."""
    found, payments = unregistered(item, on), list(item.payments.all())
    if found:
        return found
    if not payments:
        return [Reason("no_fee", "没有等待缴费的收费通知", "请先发出收费通知书")]
    if all(payment.paid_on is not None for payment in payments):
        return [Reason("paid", "已经登记缴清", "记错的，请“更正步骤”")]
    return _answer(item, LawAct.FEE_PAID, on, "收费通知书还没有发出", "请先送达收费通知书")


def deciding(item: Item, on: date) -> list[Reason]:
    """Somebody still has something to do before it can be decided."""
    found = decided(item, on)
    if found:
        return found
    notice = open_notice(item)
    if notice is not None:
        return [Reason("under_way", f"“{KINDS[notice.kind].name}”还没有办完", "请先送达或者作废")]
    if _is_given_out(item):
        return [Reason("assigned", "承办股室还没有反馈", "请催办，或者由承办股室退回")]
    if _consulted_in(item, ("",)):
        return [Reason("consulting", "征求意见还没有答复", "请登记收到的意见，或者期满后登记“逾期未答复”")]
    if _is_stopped(item):
        return [Reason("waiting", f"正在等待{item.get_waiting_for_display()}", "收到后登记；逾期的，期满后再办")]
    return []


def releasing(item: Item, on: date) -> list[Reason]:
    """The files of an answer stay as they are from its review on."""
    return decided(item, on) or _reviewed(item, "所附文件不能再变动") or _given_up(item)


def clearing(item: Item, on: date) -> list[Reason]:
    """There is no file to be reviewed, or no more, or the answer is decided."""
    found, files = decided(item, on), list(item.releases.all())
    if not found and not files:
        return [Reason("no_release", "还没有提交拟公开的文件", "请先“提交拟公开的文件”")]
    if not found and all(row.reviewed_at is not None for row in files):
        return [Reason("reviewed", "拟公开的文件都已经审查", "无需再办")]
    return found


def search_missing(item: Item) -> list[Reason]:
    """“不存在” can't be told without a record of the search (法释〔2025〕8号第五条第（六）项)."""
    since = reopened_at(item)
    if any(since is None or row.recorded_at >= since for row in item.searches.all()):
        return []
    basis = "法释〔2025〕8号第五条第（六）项"
    return [Reason("search", "还没有检索记录，不能告知信息不存在", "请先由承办股室登记检索的范围、关键词和结果", basis)]


def withdrawing(item: Item, on: date) -> list[Reason]:
    """An answer that was decided is not stopped any more."""
    if item.state == CaseState.DECIDED:
        return [Reason("decided", "已经作出答复决定，不能再撤回", "请送达")]
    return not_open(item, on) or reasons_against_step(item, LawAct.WITHDRAWN, on=on)


def reopening(item: Item, on: date) -> list[Reason]:
    """Only what has ended is opened again."""
    if is_correction(item):
        return [Reason("correction", "更正申请不重新办理", "请申请人另行提出更正申请", _CORRECTION)]
    found = reasons_against_step(item, LawAct.REOPENED, on=on)
    is_early = any(reason.id == "C-NOT-ENDED" for reason in found)
    return [Reason("open", "这一件还没有办结，不需要重新办理", "无需再办")] if is_early else found


def correcting(item: Item, _on: date) -> list[Reason]:
    """There is nothing on record to be put right."""
    return [] if item.steps.all() else [Reason("no_steps", "还没有可以更正的步骤", "步骤登记以后才能更正")]


def filing(item: Item, _on: date) -> list[Reason]:
    """Filed is what has ended, once in each round."""
    if item.state != CaseState.ENDED:
        return [Reason("open", "办结以后才能归档", "请先办结")]
    if item.turn_role and open_notice(item) is None:  # it is on somebody's desk still: for its documents alone
        return [Reason("files", "暂缓提供的文件还没有提供", "请到期“提供文件”以后再归档", "条例第三十二条")]
    since = reopened_at(item)
    if any(row.kind == HandlingKind.FILED and (since is None or row.at > since) for row in item.handlings.all()):
        return [Reason("filed", "已经归档", "无需再办")]
    return []


def _writing(item: Item, on: date, name: str) -> list[Reason]:
    """Against a letter within the procedure: there is none for a correction, and none beside an answer under way."""
    found = decided(item, on)
    if not found and is_correction(item):
        told = f"更正申请没有法定的答复期限，不适用“{name}”"
        return [Reason("correction", told, "请直接与申请人联系，办好后拟更正告知书", _CORRECTION)]
    notice = open_notice(item)
    if not found and notice is not None and KINDS[notice.kind].is_reply:
        return [Reason("reply", f"“{KINDS[notice.kind].name}”正在审签", "请先办完，或者退回后作废")]
    if not found and _is_stopped(item):
        # What is granted or asked while the clock stands still is spent when it starts anew.
        told = f"正在等待{item.get_waiting_for_display()}，答复期限停止计算"
        return [Reason("waiting", told, "收到以后期限重新计算，那时再办")]
    return found


def _answer(item: Item, act: LawAct, on: date, missing: str, instead: str) -> list[Reason]:
    """What the law has against recording an answer to the oldest letter that waits for one."""
    asked = letter_for(item, act, on=on)
    if asked is None:
        return [Reason("no_letter", missing, instead)]
    return reasons_against_step(item, act, on=on, key=asked.key)


def _reviewed(item: Item, what: str) -> list[Reason]:
    """From its review on, an answer stays as it is."""
    notice = open_notice(item)
    if notice is not None and KINDS[notice.kind].is_reply and notice.stage != Stage.DRAFT:
        return [Reason("reply", f"“{KINDS[notice.kind].name}”已经送审，{what}", "要改动的，请先退回修改")]
    return []


def _given_up(item: Item) -> list[Reason]:
    if item.state != CaseState.LAPSED:
        return []
    instead = "请“作出答复”予以终止；后来补正、缴费的，请登记；有正当理由的，请“重新办理”"
    return [Reason("lapsed", "申请人逾期没有答复，视为放弃申请", instead, "条例第三十条")]


def _is_stopped(item: Item) -> bool:
    """Whether the clock stands still until the applicant answers."""
    is_asked = item.state == CaseState.WAITING and item.waiting_for in ("applicant", "payment")
    return is_asked and not has_lapsed(item)


def _is_given_out(item: Item) -> bool:
    return any(assignment.returned_at is None for assignment in item.assignments.all())


def _consulted_in(item: Item, opinions: tuple[str, ...]) -> bool:
    """Whether a letter of this round that went out consults somebody whose opinion is one of these."""
    waiting = {row.pk for row in item.consultations.all() if row.opinion in opinions}
    sent: set[int | None] = set()
    for step in counting_steps(item):
        sent = set() if step.act == LawAct.REOPENED else sent | {step.notice_id}
    return any(notice.consultation_id in waiting and notice.pk in sent for notice in item.notices.all())
