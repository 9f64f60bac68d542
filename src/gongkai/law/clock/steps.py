"""The steps of an information request (办理步骤): what can happen to it, and how a step is written.

`NAME[#KEY]:DATE[:ARG]`, as in `clarification-asked:2024-01-30:10`. KEY pairs a letter with its reply where there are
several. Which step means what, and what ARG is, stands at each member of `Act`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.errors import BadStep


class Act(StrEnum):
    """What can happen to a request (办理行为). ARG, where there is one, is told behind the dash."""

    RECEIVED = "received"
    CLARIFICATION_ASKED = "clarification-asked"  # working days to answer
    CLARIFICATION_SERVED = "clarification-served"
    CLARIFIED = "clarified"
    THIRD_PARTY_ASKED = "third-party-asked"
    THIRD_PARTY_SERVED = "third-party-served"
    THIRD_PARTY_REPLIED = "third-party-replied"
    ORGAN_ASKED = "organ-asked"
    ORGAN_SERVED = "organ-served"
    ORGAN_REPLIED = "organ-replied"
    CONFIRMATION_ASKED = "confirmation-asked"
    CONFIRMATION_REPLIED = "confirmation-replied"
    REASONS_ASKED = "reasons-asked"
    DEFERRED = "deferred"  # until which date
    EXTENDED = "extended"  # working days
    EXTENDED_SERVED = "extended-served"
    FEE_NOTICED = "fee-noticed"
    FEE_SERVED = "fee-served"
    FEE_PAID = "fee-paid"
    DECIDED = "decided"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"  # order, own or good-reason


ACT_NAMES = {
    Act.RECEIVED: "收到申请",
    Act.CLARIFICATION_ASKED: "告知补正",
    Act.CLARIFICATION_SERVED: "补正告知书送达",
    Act.CLARIFIED: "收到补正后的申请",
    Act.THIRD_PARTY_ASKED: "征求第三方意见",
    Act.THIRD_PARTY_SERVED: "第三方意见征求书送达",
    Act.THIRD_PARTY_REPLIED: "收到第三方意见",
    Act.ORGAN_ASKED: "征求共同制作机关意见",
    Act.ORGAN_SERVED: "共同制作机关意见征求书送达",
    Act.ORGAN_REPLIED: "收到共同制作机关意见",
    Act.CONFIRMATION_ASKED: "与其他机关协商确认",
    Act.CONFIRMATION_REPLIED: "收到其他机关确认",
    Act.REASONS_ASKED: "要求说明理由",
    Act.DEFERRED: "告知延迟答复",
    Act.EXTENDED: "延长答复期限",
    Act.EXTENDED_SERVED: "延期答复告知书送达",
    Act.FEE_NOTICED: "发出收费通知",
    Act.FEE_SERVED: "收费通知送达",
    Act.FEE_PAID: "缴清信息处理费",
    Act.DECIDED: "作出答复决定",
    Act.DISPATCHED: "交邮寄出",
    Act.DELIVERED: "送达申请人",
    Act.LAPSED: "视为放弃申请",
    Act.WITHDRAWN: "申请人撤回",
    Act.REOPENED: "重新办理",
}
"""Each act in the words of the office."""


class Ground(StrEnum):
    """Why a request is opened again (重新办理的缘由): ordered to, on the office's own motion, or for a good reason."""

    ORDER = "order"
    OWN = "own"
    GOOD_REASON = "good-reason"


GROUND_NAMES = {Ground.ORDER: "责令重新答复", Ground.OWN: "自行纠正", Ground.GOOD_REASON: "逾期有正当理由"}

Argument = int | date | Ground | None
_WITH_DAYS = frozenset({Act.CLARIFICATION_ASKED, Act.EXTENDED})
_ARGUMENTS = {Act.DEFERRED: date, Act.REOPENED: Ground}
_DAYS = re.compile(r"[1-9]\d{0,2}")
_STEP = re.compile(r"(?P<name>[a-z-]+)(?:#(?P<key>[^:\s]{1,40}))?:(?P<on>\d{4}-\d\d-\d\d)(?::(?P<argument>\S+))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a request, on a legal day (a date in Asia/Shanghai).

    `id` names the recorded step; `corrects` is the id of the one that this replaces, `voids` of one that never happened
    (then this one says no more). None of the three is written by `str`.
    """

    act: Act
    on: date
    key: str = ""
    argument: Argument = None
    id: str = ""
    corrects: str = ""
    voids: str = ""

    def __post_init__(self) -> None:
        """Raises BadStep for a moment in place of a day, and for an argument that the act does not take, or lacks."""
        argument = self.argument
        if type(self.on) is not date:
            raise BadStep(f"{self.act}：“{self.on}”不是日期，步骤只记到日")
        if self.act in _ARGUMENTS:
            fits = type(argument) is _ARGUMENTS[self.act]
        else:
            fits = argument is None or (self.act in _WITH_DAYS and isinstance(argument, int) and argument > 0)
        if not fits:
            raise BadStep(f"{self}：“{argument}”不是这个步骤的参数，请核对")

    def __str__(self) -> str:
        key = f"#{self.key}" if self.key else ""
        argument = "" if self.argument is None else f":{self.argument}"
        return f"{self.act.value}{key}:{self.on.isoformat()}{argument}"


def parse_step(text: str) -> Step:
    """The step that a text writes. Raises BadStep with one line that says what is wrong and how it is written."""
    match = _STEP.fullmatch(text.strip())
    if match is None:
        raise BadStep(f"看不懂步骤“{text}”，应写作 名称:日期 或 名称#编号:日期:参数，如 received:2024-01-25")
    try:
        act = Act(match["name"])
    except ValueError:
        raise BadStep(f"没有“{match['name']}”这个步骤；可用的步骤有：{'、'.join(Act)}") from None
    return Step(act, _date(match["on"], text), match["key"] or "", _argument(act, match["argument"], text))


def effective(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that count, corrections resolved: one that is corrected gives its place to the correction, or goes.

    The steps come in the order they were recorded. Raises BadStep when a correction names no recorded step, or one
    that is corrected already (then the correction is to be corrected).
    """
    kept: list[Step] = []
    for step in steps:
        wrong = step.corrects or step.voids
        if not wrong:
            kept.append(step)
            continue
        place = next((index for index, other in enumerate(kept) if other.id == wrong), None)
        if place is None:
            raise BadStep(f"{step}：要更正的步骤“{wrong}”不存在或已被更正，请更正最新的一条")
        kept[place : place + 1] = [] if step.voids else [step]
    return tuple(kept)


def _argument(act: Act, text: str | None, step: str) -> Argument:
    """What stands behind the date. Raises BadStep when the act has none, or wants another kind."""
    if act is Act.REOPENED:
        if text not in tuple(Ground):
            raise BadStep(f"{step}：重新办理要写明缘由：order（责令）、own（自行纠正）或 good-reason（逾期有正当理由）")
        return Ground(text)
    if act is Act.DEFERRED:
        if text is None:
            raise BadStep(f"{step}：延迟答复要写明延至哪一天，如 deferred:2024-03-01:2024-04-30")
        return _date(text, step)
    if text is None:
        return None
    if act not in _WITH_DAYS:
        raise BadStep(f"{step}：“{act}”后面不带参数")
    if not _DAYS.fullmatch(text) or not text.isascii():
        raise BadStep(f"{step}：“{text}”应为工作日数，如 10")
    return int(text)


def _date(text: str, step: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # Other spellings of ISO 8601 are no dates of this grammar.
    if day is None or day.isoformat() != text:
        raise BadStep(f"{step}：没有“{text}”这一天，日期应写作 2024-01-25")
    return day
