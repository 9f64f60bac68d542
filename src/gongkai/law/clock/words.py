"""The clock in words: an explanation line by line, each with its article, fit to be put before a court."""

from collections.abc import Iterator
from datetime import date

from gongkai.law.clock import articles
from gongkai.law.clock.result import Clock, State
from gongkai.law.clock.steps import ACT_NAMES, GROUND_NAMES, Act, Ground, Step
from gongkai.law.clock.timeline import Waiting

SPAN_HEADINGS = ("起止日期", "工作日", "计入", "说明", "依据")
_STATES = {
    State.RUNNING: "办理中",
    State.DECIDED: "已作出决定，尚未送出",
    State.OVERDUE: "已超期",
    State.ENDED: "已办结",
}
_WAITING = {
    Waiting.APPLICANT: "等待申请人补正",
    Waiting.PAYMENT: "等待申请人缴费",
    Waiting.THIRD_PARTY: "等待第三方意见",
    Waiting.ORGAN: "等待其他机关意见",
}


def conclusion(clock: Clock) -> str:
    """By which day a reply is owed, and where the request stands."""
    state = _WAITING[clock.waiting_for] if clock.waiting_for is not None else _STATES[clock.state]
    return f"{_due(clock)}截至{chinese_date(clock.on)}：{state}{_remaining(clock)}。"


def story(clock: Clock) -> list[str]:
    """What happened, a line for each step, in order."""
    return [f"{chinese_date(step.on)}，{_step(step)}" for step in clock.steps]


def counting(clock: Clock) -> list[tuple[str, ...]]:
    """How the days were counted, a row under SPAN_HEADINGS for each span."""
    return [
        (
            f"{span.first}至{span.last}" if span.first != span.last else str(span.first),
            str(span.working_days),
            "计入" if span.counts else "不计入",
            span.reason,
            span.basis,
        )
        for span in clock.spans
    ]


def limits(clock: Clock) -> list[tuple[str, str]]:
    """The acts that are still open, in words, and their last lawful days."""
    return [(_limit_name(name), chinese_date(day)) for name, day in clock.limits.items()]


def explained(clock: Clock) -> Iterator[str]:
    """The whole explanation as plain lines, numbered as official papers are."""
    yield f"答复期限计算说明（截至{chinese_date(clock.on)}）"
    yield "一、办理经过"
    yield from (f"{number}.{line}。" for number, line in enumerate(story(clock), 1))
    yield "二、期限计算"
    yield (
        f"收到申请的{chinese_date(clock.received)}不计入，自次日起按工作日计算；工作日以国务院公布的放假安排为准，"
        f"调休上班的休息日计入。依据：{articles.RECEIPT}。"
    )
    for number, (days, count, counts, reason, basis) in enumerate(counting(clock), 1):
        yield f"{number}.{days}，{count}个工作日，{counts}：{reason}。依据：{basis}。"
    yield "三、结论"
    yield conclusion(clock)
    if clock.findings:
        yield "四、需要注意"
        yield from (f"{number}.{f.message}。依据：{f.basis}。" for number, f in enumerate(clock.findings, 1))


def chinese_date(day: date) -> str:
    """2024年1月25日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _due(clock: Clock) -> str:
    if clock.due is None:
        return "不再需要答复。" if clock.state is State.ENDED else "答复期限在申请人答复后重新起算。"
    told = f"应当在{chinese_date(clock.due)}（含当日）以前答复。"
    if clock.due_claimed is not None:
        told += f"如按已记录的步骤计算为{chinese_date(clock.due_claimed)}，但该步骤不符合规定。"
    if clock.provisional:
        told += "这是暂定日期：尚在征求意见，或该年度放假安排尚未公布，以后会相应变动。"
    return told


def _remaining(clock: Clock) -> str:
    days = clock.remaining_working_days
    if days is None or (days == 0 and clock.state is State.OVERDUE):
        return ""
    return f"，还有{days}个工作日" if days >= 0 else f"，已超过{-days}个工作日"


def _step(step: Step) -> str:
    name = ACT_NAMES[step.act] + (f"（{step.key}）" if step.key else "")
    match step.argument:
        case Ground():
            return f"{name}（{GROUND_NAMES[step.argument]}）"
        case date():
            return f"{name}（延至{chinese_date(step.argument)}）"
        case int():
            return f"{name}（{step.argument}个工作日）"
        case _:
            return name


def _limit_name(name: str) -> str:
    act, _, key = name.partition("#")
    return ACT_NAMES[Act(act)] + (f"（{key}）" if key else "")
