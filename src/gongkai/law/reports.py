"""By when a yearly report must be out (年度报告的期限): fixed dates that no holiday moves (条例第四十九条)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.parameters import Standing, number, parameter
from gongkai.law.periods import months_after
from gongkai.law.workdays import Calendar


class YearlyReport(StrEnum):
    """What has to be out every year: a department's report, a government's, and the year's enforcement data."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    ENFORCEMENT_DATA = "enforcement_data"


@dataclass(frozen=True, slots=True)
class ReportDeadline:
    """The last day by law, and the day to keep inside the office (`advised_on`): the last working day up to it.

    `provisional`: the working days of that year were not yet published, so `advised_on` may move.
    """

    last_on: date
    advised_on: date
    provisional: bool
    explanation: str
    basis: str
    standing: Standing


_NAMES = {
    YearlyReport.DEPARTMENT: "部门应当向本级政府信息公开工作主管部门提交并向社会公布年度报告",
    YearlyReport.GOVERNMENT: "本级政府信息公开工作主管部门应当向社会公布本级政府年度报告",
    YearlyReport.ENFORCEMENT_DATA: "行政执法机关应当公开上年度行政执法数据",
}


def report_by(report: YearlyReport, *, year: int, calendar: Calendar) -> ReportDeadline:
    """By which day the report for `year` must be out: 31 January or 31 March after it (条例第四十九条).

    Governing date: 1 January after the year reported. The text has no rule that a day off moves the date, so it stays;
    `advised_on` is a recommendation. Raises OutsideCodedLaw for years before the law coded.
    """
    key = f"reports.{report}"
    new_year = date(year + 1, 1, 1)
    last_on = months_after(new_year, number(key, on=new_year)) - timedelta(days=1)
    advised_on = calendar.on_or_before(last_on)
    return ReportDeadline(
        last_on,
        advised_on,
        not calendar.is_official(last_on),
        _explained(report, year, last_on, advised_on),
        parameter(key).basis,
        parameter(key).standing,
    )


def _explained(report: YearlyReport, year: int, last_on: date, advised_on: date) -> str:
    text = f"{year}年度：{_NAMES[report]}，不晚于{last_on}；该日期不因节假日顺延"
    if advised_on == last_on:
        return text
    return f"{text}，当日不是工作日，建议在{advised_on}（此前最后一个工作日）以前完成"
