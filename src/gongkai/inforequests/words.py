"""A case in words, the same on every page: where it stands, until when, whose turn it is."""

import re
from datetime import date

from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Item
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.law.clock.steps import ACT_NAMES
from gongkai.law.results import result
from gongkai.law.workdays import Calendar

SOON = 5
"""Working days before the due day from which a case is marked; practice, as the first reminder."""
_LONGEST_WHAT = 30
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NAMES = {act.value: name for act, name in ACT_NAMES.items()}
_RULE = re.compile(r"（C-[A-Z-]+）$")
_STEP = re.compile(r"^([a-z][a-z-]*)(?:#[^:：]*)?:(\d{4}-\d{2}-\d{2})(?::[^：]*)?：")
_REVIEWS: dict[str, str] = {
    Role.SECRECY_REVIEWER: "保密审查",
    Role.LEGALITY_REVIEWER: "法制审核",
    Role.OFFICE_HEAD: "待审批",
    Role.DEPUTY_HEAD: "待审批",
    Role.HEAD: "待审批",
    Role.SEAL_KEEPER: "待用印",
    SECOND_PERSON: "待核对",
}
_STATES = {
    CaseState.UNCONFIRMED: "待确认",
    CaseState.DECIDED: "待送达",
    CaseState.LAPSED: "待终止",
    CaseState.ENDED: "已办结",
}
_SHORT_ROLES: dict[str, str] = {Role.OFFICE_HEAD: "工作机构负责人", SECOND_PERSON: "第二人核对"}
_WAITING = {"applicant": "等补正", "payment": "等缴费", "third_party": "征求意见", "organ": "征求意见"}
_WAITED_FOR = {"applicant": "申请人", "payment": "申请人", "third_party": "第三方", "organ": "其他机关"}
_WITHOUT_DUE = {"applicant": "收到补正后重新计算", "payment": "缴清费用后重新计算"}


def shortened(text: str) -> str:
    """What is asked in 30 characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_WHAT else f"{line[: _LONGEST_WHAT - 1]}…"


def dated(text: str) -> str:
    """A sentence of the law's engine with its dates as the office writes them: 2026年3月2日."""
    return _DATE.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)


def against_step(error: Exception) -> str:
    """What the law's engine has against a step, without the marks by which it writes steps and rules."""
    text = _STEP.sub(lambda found: f"“{_NAMES.get(found[1], found[1])}”（{found[2]}）", _RULE.sub("", str(error)))
    return dated(text)


def state_of(item: Item) -> str:
    """Where a case stands, in a word or two."""
    if item.turn_role in _REVIEWS:
        return _REVIEWS[item.turn_role]
    if item.state == CaseState.WAITING:
        return _WAITING.get(item.waiting_for, "等待")
    if item.state in _STATES:
        return _STATES[CaseState(item.state)]
    if item.request.registered_at is None:
        return "待登记"
    return "股室承办" if item.turn_role == Role.UNIT_HANDLER else "办理中"


def result_of(item: Item) -> str:
    """The result as it is called on the form, without its number and what stands in brackets; empty where none."""
    if not item.result:
        return "申请人撤回" if item.state == CaseState.ENDED and item.closed_on else ""
    label = result(item.result).label
    return label.partition("（区分")[0].lstrip("（）一二三四五六123456789.")


def turn_of(item: Item) -> str:
    """Whose turn it is: a person or unit by name, else the role, or who outside is waited for."""
    if item.turn_person is not None:
        return item.turn_person.name
    if item.turn_unit is not None:
        return item.turn_unit.name
    if item.turn_role:
        return _SHORT_ROLES.get(item.turn_role) or Role(item.turn_role).label
    return _WAITED_FOR.get(item.waiting_for, "")


def remaining(due: date, on: date, days: Calendar) -> tuple[str, str]:
    """How long there is until a day, in working days, with its mark: late, soon or nothing."""
    if due == on:
        return "今天到期", "soon"
    if due < on:
        over = days.between(due, on)
        return (f"已超过 {over} 个工作日" if over else "已过期限"), "late"
    left = days.between(on, due)
    return f"还剩 {left} 个工作日", "soon" if left <= SOON else ""


def without_due(item: Item) -> str:
    """What is said of the due day of an open case that has none."""
    if item.state == CaseState.UNCONFIRMED:
        return "确认收到后起算"
    return _WITHOUT_DUE.get(item.waiting_for, "申请人逾期，待终止" if item.state == CaseState.LAPSED else "")
