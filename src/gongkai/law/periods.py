"""Last days of periods (期间): the first day is not counted, and a last day on a day off moves to the next working day.

《中华人民共和国民法典》第二百零一条至第二百零三条, and the same in 《中华人民共和国民事诉讼法》第八十五条 to which
reconsideration refers (《中华人民共和国行政复议法》第八十八条).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.errors import BadQuantity
from gongkai.law.parameters import Standing, number, parameter
from gongkai.law.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which something can be done in time (届满日), that day counted in.

    `provisional`: a day that the count rests on lies in a year whose working days were not yet published.
    """

    last_on: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A last day that explains itself: from what day, how many working days, what has to be done, on what basis.

    `standing` tells how the length is known; a `default` is a recommendation where the text sets none.
    """

    last_on: date
    provisional: bool
    explanation: str
    basis: str
    standing: Standing


def due(key: str, since: date, *, event: str, act: str, calendar: Calendar, days: int | None = None) -> Due:
    """The last day of a period whose length is a parameter in working days, as in force on the day it runs from.

    `event` and `act` say in words what happened that day and what is due. `days` overrides a default. Raises
    OutsideCodedLaw before the parameter's first day, BadQuantity for a number of days that can't be.
    """
    known = parameter(key)
    count = number(key, on=since)
    if days is not None:
        if isinstance(days, bool) or days < 1:
            raise BadQuantity(f"工作日数应为大于零的整数，现为{days}；请核对")
        count = days
    last = in_working_days(since, count, calendar=calendar)
    text = f"{since}{event}，自次日起算{count}个工作日，应当在{last.last_on}以前{act}"
    if known.standing is Standing.DEFAULT:
        text = f"{since}{event}，没有法定期限，建议自次日起算{count}个工作日，在{last.last_on}以前{act}"
    return Due(
        last_on=last.last_on,
        provisional=last.provisional,
        explanation=text,
        basis=known.basis,
        standing=known.standing,
    )


def in_working_days(day: date, count: int, *, calendar: Calendar) -> Deadline:
    """The `count`-th working day after a day, which is not counted. Raises OutsideCodedLaw beyond the calendar."""
    last_on = calendar.add(day, count)
    first = day + timedelta(days=1)
    return Deadline(last_on, not (calendar.is_official(first) and calendar.is_official(last_on)))


def in_days(day: date, count: int, *, calendar: Calendar) -> Deadline:
    """The `count`-th calendar day after a day; on a day off, the next working day."""
    return rolled(day + timedelta(days=count), calendar=calendar)


def in_months(day: date, count: int, *, calendar: Calendar) -> Deadline:
    """The day of the same number `count` months later, or the last of that month; rolled as `in_days`."""
    return rolled(months_after(day, count), calendar=calendar)


def in_years(day: date, count: int, *, calendar: Calendar) -> Deadline:
    """The same day `count` years later, 28 February where there is none; rolled as `in_days`."""
    return rolled(years_after(day, count), calendar=calendar)


def rolled(day: date, *, calendar: Calendar) -> Deadline:
    """The day itself, or the next working day where it is a day off. Raises OutsideCodedLaw beyond the calendar."""
    last_on = calendar.on_or_after(day)
    return Deadline(last_on, not (calendar.is_official(day) and calendar.is_official(last_on)))


def months_after(day: date, count: int) -> date:
    """The day of the same number `count` months later, or the last day of that month (第二百零二条)."""
    first = day.replace(day=1)
    for _ in range(count):
        first += timedelta(days=_length(first))
    return first.replace(day=min(day.day, _length(first)))


def years_after(day: date, count: int) -> date:
    """The same day `count` years later; the last day of February where there is none."""
    first = day.replace(day=1, year=day.year + count)
    return first.replace(day=min(day.day, _length(first)))


def _length(first: date) -> int:
    """How many days the month has."""
    _, length = monthrange(first.year, first.month)
    return length
