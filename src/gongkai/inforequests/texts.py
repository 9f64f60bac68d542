"""The texts that leave the system about requests: to the office by number and day, to applicants by number alone."""

from gongkai.outbox.wording import Slot, Template, templates

_CASE = {"number": Slot.NUMBER, "day": Slot.DAY}
_NUMBER = {"number": Slot.NUMBER}


def _office(id_: str, subject: str, text: str, url_name: str = "case") -> Template:
    slots = _CASE if "{day}" in text else _NUMBER
    return Template(f"inforequests.{id_}", subject, text, url_name, slots=slots)


def _applicant(id_: str, subject: str, text: str) -> Template:
    return Template(f"inforequests.{id_}", subject, text, "query", is_public=True, slots=_NUMBER)


ARRIVED = _office("arrived", "收到政府信息公开申请", "收到申请 {number}，答复期限 {day}。请登记。")
UNCONFIRMED = _office(
    "unconfirmed", "申请等待确认", "申请 {number} 已经到达，请尽快与申请人确认收到，答复期限自确认之日起算。"
)
UNREAD = _office("unread", "申请还没有人查看", "申请 {number} 收到后还没有人查看，答复期限 {day}。请立即查看。")
CLARIFY_SOON = _office("clarify_soon", "告知补正的期限将到", "申请 {number} 需要补正的，最后应当在 {day} 告知申请人。")
EXTEND_SOON = _office(
    "extend_soon", "延期应当在期限内告知", "申请 {number} 需要延长答复期限的，应当在 {day} 以前告知申请人。"
)
DUE_SOON = _office("due_soon", "答复期限将到", "申请 {number} 的答复期限是 {day}，请抓紧办理。")
DUE_TODAY = _office("due_today", "今天是答复期限的最后一天", "申请 {number} 的答复期限是 {day}，今天应当答复并送出。")
OVERDUE = _office("overdue", "申请已经逾期", "申请 {number} 的答复期限 {day} 已过，还没有答复。请立即办理。")
UNIT_DUE = _office("unit_due", "承办期限将到", "申请 {number} 请在 {day} 以前反馈材料、检索记录和意见。")
EXPLAINED = _office("explained", "申请人说明了理由", "申请 {number} 的申请人在网上说明了理由，请查看。")
REVIEW = _office("review", "有文书待您审签", "申请 {number} 的文书轮到您审签。", "notice_review")
TO_CLEAR = _office("to_clear", "有拟公开的文件待审查", "申请 {number} 提交了拟公开的文件，请审查。")
TO_SEAL = _office("to_seal", "有文书待用印", "申请 {number} 的文书已经签发，请用印。", "notice")
FILES_DUE = _office(
    "files_due",
    "暂缓提供的文件可以提供了",
    "申请 {number} 因第三方不同意公开而暂缓提供的文件，期限 {day} 已满，请提供给申请人。",
)
REDATED = _office("redated", "答复期限因放假安排调整", "申请 {number} 的答复期限按新的放假安排重新计算，现为 {day}。")

TAKEN = _applicant(
    "taken", "已收到您的政府信息公开申请", "您的申请 {number} 已经收到。凭登记编号和查询码可以随时查询进度。"
)
NEWS = _applicant("news", "您的政府信息公开申请有新的文书", "您的申请 {number} 有新的文书，请凭登记编号和查询码查看。")
ANSWERED = _applicant(
    "answered", "您的政府信息公开申请已经答复", "您的申请 {number} 已经答复，请凭登记编号和查询码查看。"
)

_ALL = (
    *(ARRIVED, UNCONFIRMED, UNREAD, CLARIFY_SOON, EXTEND_SOON, DUE_SOON, DUE_TODAY, OVERDUE, UNIT_DUE),
    *(EXPLAINED, REVIEW, TO_CLEAR, TO_SEAL, FILES_DUE, REDATED, TAKEN, NEWS, ANSWERED),
)


def announce() -> None:
    """Makes the texts known to the outbox."""
    for template in _ALL:
        templates.add(template.id, template)
