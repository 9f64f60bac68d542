"""Dates that cannot be, and periods that end before they begin."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_DATE = re.compile(r"(?:(?<!\d)(\d{4})\s*年\s*)?(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH = re.compile(r"(?<!\d)\d{4}\s*年\s*(\d{1,2})\s*月$")
_PERIOD = re.compile(
    r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日(?:起)?\s*(?:至|到|—|－|-|～|~)\s*(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_LEAP = 2024


def date_findings(text: Text) -> Iterator[Finding]:
    """Months and days that no calendar has. Dates that lost a character (`20231月1日`) are left alone."""
    joined = text.text
    for month in re.finditer("月", joined):
        match = _DATE.search(joined, max(0, month.start() - 10), month.end() + 5)
        if match is not None and match.start(2) <= month.start() < match.end():
            year, number, day = int(match[1] or _LEAP), int(match[2]), int(match[3])
            if not _exists(year, number, day) and not _lost_character(joined, match.start()):
                yield _finding(text, match.span(), "没有这一天，请核对日期")
            yield from _period(text, match.start())
            continue
        match = _MONTH.search(joined, max(0, month.start() - 10), month.end())
        if match is not None and not 1 <= int(match[1]) <= 12:
            yield _finding(text, match.span(), "没有这个月份，请核对日期")


def _period(text: Text, at: int) -> Iterator[Finding]:
    match = _PERIOD.match(text.text, at)
    if match is None:
        return
    first, last = _day(match[1], match[2], match[3]), _day(match[4] or match[1], match[5], match[6])
    if first is not None and last is not None and last < first:
        yield _finding(text, match.span(), "起止日期颠倒，结束早于开始，请核对")


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and year >= 1 and 1 <= day <= monthrange(year, month)[1]


def _day(year: str, month: str, day: str) -> date | None:
    return date(int(year), int(month), int(day)) if _exists(int(year), int(month), int(day)) else None


def _lost_character(joined: str, at: int) -> bool:
    return joined[max(0, at - 1) : at].isdigit()


def _finding(text: Text, span: tuple[int, int], message: str) -> Finding:
    return text.finding("proof.date", Severity.ERROR, span, message)
