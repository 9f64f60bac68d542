"""Which act on a notice is possible when, for whom, and why not: the table behind the notice page and its actions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.inforequests.choices import Stage, Way
from gongkai.inforequests.holding import letter_without_files, reasons_against_files
from gongkai.inforequests.models import Approval, Item, Notice, Service
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import CONFIRM, HANDLE, REVIEW, SEAL
from gongkai.kernel.reasons import Reason
from gongkai.kernel.registry import Act

Against = Callable[[Notice, date], list[Reason]]


@dataclass(frozen=True, slots=True)
class NoticeAct:
    """An act on a notice: its id, the authority it needs, its name on the button, what it causes, what is against it.

    What is against reviewing besides is told by `actions.approving.reasons_against_review`.
    """

    id: str
    needs: Act
    name: str
    causes: str
    against: Against


def reasons_against_notice(
    act: NoticeAct, notice: Notice, actor: Actor, on: date, authority: Authority | None = None
) -> list[Reason]:
    """Why somebody may not do an act on a notice on a day; empty where he may. `authority` where it is known."""
    held = authority or actor.authority(on)
    found = held.reasons_against(act.needs, notice.agency) if held is not None else []
    return found or act.against(notice, on)


def waiting_place(notice: Notice) -> Approval | None:
    """The place in the chain that a notice waits at; None where it is not under review."""
    if notice.stage != Stage.REVIEW:
        return None
    return notice.approvals.filter(at=None).select_related("person").order_by("attempt", "order").first()


def unconfirmed_paper(notice: Notice) -> Approval | None:
    """An agreement on paper that a second person has not looked at yet; nothing goes on before."""
    if notice.stage != Stage.REVIEW:
        return None
    rows = notice.approvals.filter(is_on_paper=True, is_agreed=True, confirmed_by=None)
    return rows.select_related("person", "entered_by").order_by("-attempt", "-order").first()


def open_service(notice: Notice) -> Service | None:
    """The attempt at service whose end is not known yet."""
    return notice.services.filter(received_on=None, failed_on=None).order_by("-id").first()


def overtaken(notice: Notice) -> Reason:
    """That somebody was quicker: where the notice stands by now, and who last had it in hand."""
    last = notice.handlings.select_related("person").order_by("-id").first()
    who = (
        f"{last.person.name}刚刚办了“{last.get_kind_display()}”" if last is not None and last.person else "已经有人办过"
    )
    return Reason("overtaken", f"{who}，这份文书现在是“{Stage(notice.stage).label}”", "请返回查看后再办")


def release_unreviewed(item: Item) -> list[Reason]:
    """That a file is to go out that nobody has reviewed; what was reviewed and not cleared does not go out."""
    if item.releases.filter(is_pointer=False, reviewed_at=None).exists():
        basis = "《中华人民共和国政府信息公开条例》第十七条"
        return [Reason("release", "拟公开的文件还没有审查", "请先逐份审查", basis)]
    return []


def _in(*stages: Stage) -> Against:
    def against(notice: Notice, _on: date) -> list[Reason]:
        return [] if notice.stage in stages else [overtaken(notice)]

    return against


def _discardable(notice: Notice, _on: date) -> list[Reason]:
    if notice.stage == Stage.DRAFT:
        return []
    if notice.stage == Stage.REVIEW:
        return [Reason("review", "正在审签", "请由审签人退回后再作废")]
    if notice.stage not in (Stage.SIGNED, Stage.SEALED) or notice.services.filter(failed_on=None).exists():
        return [overtaken(notice)]
    if notice.steps.filter(voids=None, corrections=None, voidings=None).exists():
        return [Reason("steps", "已经签发，据此记录了法定步骤", "确需作废的，请先在“更正步骤”中撤销")]
    return []


def _reviewable(notice: Notice, _on: date) -> list[Reason]:
    if notice.stage != Stage.REVIEW:
        return [overtaken(notice)]
    paper = unconfirmed_paper(notice)
    if paper is not None:
        who = paper.person.name if paper.person is not None else ""
        return [Reason("paper", f"{who}的纸质签批由他人代录，还没有第二人核对", "请先“核对纸质签批”")]
    return []


def _paper(notice: Notice, _on: date) -> list[Reason]:
    return [] if unconfirmed_paper(notice) is not None else [Reason("no_paper", "没有等待核对的纸质签批", "无需再办")]


def _sealable(notice: Notice, _on: date) -> list[Reason]:
    is_again = notice.stage == Stage.SEALED and not notice.services.exists()
    return [] if notice.stage == Stage.SIGNED or is_again else [overtaken(notice)]


def _scan(notice: Notice, _on: date) -> list[Reason]:
    if notice.stage != Stage.SEALED or not notice.is_scan or notice.seal_confirmed_by_id is not None:
        return [Reason("no_scan", "没有等待核对的用印扫描件", "无需再办")]
    return []


def _servable(notice: Notice, _on: date) -> list[Reason]:
    name = KINDS[notice.kind].name
    if notice.stage in (Stage.DRAFT, Stage.REVIEW, Stage.SIGNED):
        return [Reason("unsealed", f"“{name}”还没有用印，不能送达", "请先办完审签和用印")]
    if notice.stage != Stage.SEALED:
        return [overtaken(notice)]
    if notice.is_scan and notice.seal_confirmed_by_id is None:
        return [Reason("scan", "用印后的扫描件还没有第二人核对", "请先“核对用印件”")]
    return []


def _sent(notice: Notice, _on: date) -> list[Reason]:
    return [] if open_service(notice) is not None else [overtaken(notice)]


def _providable(notice: Notice, on: date) -> list[Reason]:
    service = letter_without_files(notice)
    if service is None:
        return [Reason("nothing_held", "没有暂缓提供的文件", "无需再办")]
    if service.files_on is not None:
        return [overtaken(notice)]
    held = reasons_against_files(notice, list(notice.items.all()), Way.WINDOW, on)
    return [replace(reason, instead="请届时再提供") for reason in held]


NOTICE_ACTS = {
    act.id: act
    for act in (
        NoticeAct("change", HANDLE, "修改", "改动所填内容或者正文", _in(Stage.DRAFT)),
        NoticeAct("submit", HANDLE, "送审", "按审签程序依次送审，送审后不能再改", _in(Stage.DRAFT)),
        NoticeAct("discard", HANDLE, "作废", "这份文书不再使用，记录保留", _discardable),
        NoticeAct("review", REVIEW, "审签", "同意的转下一环节，最后一人同意即为签发；不同意的退回修改", _reviewable),
        NoticeAct(
            "enter_paper", HANDLE, "代录纸质签批", "由他人在纸上签批的，代为录入，经第二人核对后生效", _reviewable
        ),
        NoticeAct("confirm_paper", CONFIRM, "核对纸质签批", "与纸质件核对一致后生效", _paper),
        NoticeAct("seal", SEAL, "用印", "上传用印后的文件，发出的就是这一份", _sealable),
        NoticeAct("confirm_seal", CONFIRM, "核对用印件", "扫描件与原件核对一致后才能送达", _scan),
        NoticeAct("serve", HANDLE, "送达", "登记送达的方式和日期；网上送达的，申请人即可下载", _servable),
        NoticeAct("received", HANDLE, "登记收到", "写明收到的日期和证明", _sent),
        NoticeAct("failed", HANDLE, "登记未送达", "退回的写明原因，另行送达", _sent),
        NoticeAct("provide", HANDLE, "提供文件", "告知书先送达的，所附文件到期后交给申请人", _providable),
    )
}
"""All acts on a notice by id, in the order in which its page offers them."""
