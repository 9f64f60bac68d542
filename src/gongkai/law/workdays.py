"""Working days (工作日) by the State Council's yearly schedule, make-up days (调休) included.

The schedule of 2004 to the last published year comes from `chinesecalendar`; a later notice is added by a schedule
file (docs/guide/workdays.md). A day of a year without a schedule counts by its weekday, and what is computed over such
days is provisional: the mark goes with the result.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from gongkai.law.errors import BadQuantity, OutsideCodedLaw, RuleError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""The days that a calendar knows; official schedules lie within."""
_START = FIRST.toordinal()
_DAY = timedelta(days=1)
_SATURDAY = 5  # date.weekday()


class BadSchedule(RuleError):
    """A schedule file that can't be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The State Council's schedule of one year: its days off beside weekends, its weekend days that are worked."""

    year: int
    source: str
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """Which days are working days. Schedules are of years in a row; other years go by weekday."""

    schedules: tuple[Schedule, ...]

    def is_workday(self, day: date) -> bool:
        """Whether that is a working day. Raises OutsideCodedLaw outside of FIRST to LAST."""
        index = self._index(day)
        return self._ordinals[index + 1] > self._ordinals[index]

    def is_official(self, day: date) -> bool:
        """Whether the schedule of that day's year was published: otherwise results are provisional."""
        return self.schedules[0].year <= day.year <= self.schedules[-1].year

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day strictly after a day, which may itself be a holiday; `count` 0 is the day itself.

        Raises OutsideCodedLaw outside of FIRST to LAST.
        """
        if count < 1:
            return day
        place = self._ordinals[self._index(day) + 1] + count - 1
        if place >= len(self._worked):
            raise _outside(LAST)
        return date.fromordinal(self._worked[place])

    def between(self, after: date, until: date) -> int:
        """How many working days there are after the first day up to and with the second; 0 where there are none."""
        if until <= after:
            return 0
        return self._ordinals[self._index(until) + 1] - self._ordinals[self._index(after) + 1]

    def on_or_after(self, day: date) -> date:
        """The day itself where it is a working day, else the next one (期间届满的最后一日是法定休假日的顺延)."""
        return day if self.is_workday(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day itself where it is a working day, else the one before. Raises OutsideCodedLaw as `is_workday`."""
        place = self._ordinals[self._index(day) + 1] - 1
        if place < 0:
            raise _outside(day)
        return date.fromordinal(self._worked[place])

    def add_each(self, days: "Days", count: "int | NDArray[np.int_]") -> tuple["Days", "NDArray[np.bool_]"]:
        """`add` for arrays: days (datetime64[D]) and counts of at least 1 → days, and which of them are provisional.

        Raises OutsideCodedLaw when one lies outside of FIRST to LAST, BadQuantity for a count below 1.
        """
        if (count if isinstance(count, int) else count.min(initial=1)) < 1:
            raise BadQuantity("工作日数应为不小于1的整数，请核对")
        ordinals, worked, (official_from, official_to) = self._arrays
        numbered, earliest = _numbered(days)
        try:
            place = ordinals.take(numbered)
            place += count
            found = worked.take(place)
        except IndexError as error:
            raise _outside(LAST) from error
        provisional = found > official_to
        if earliest < official_from:
            provisional |= numbered < official_from
        return found.view("datetime64[D]"), provisional

    def between_each(self, after: "Days", until: "Days") -> "NDArray[np.int_]":
        """`between` for arrays of days (datetime64[D])."""
        ordinals = self._arrays[0]
        try:
            counted: NDArray[np.int_] = ordinals.take(_numbered(until)[0]) - ordinals.take(_numbered(after)[0])
        except IndexError as error:
            raise _outside(LAST) from error
        return counted.clip(0)

    def is_workday_each(self, days: "Days") -> "NDArray[np.bool_]":
        """`is_workday` for an array of days (datetime64[D])."""
        import numpy as np

        return self.between_each(days - np.timedelta64(1, "D"), days) > 0

    @property
    def revision(self) -> str:
        """Which schedules the calendar was made of: closed cases keep the revision that they were closed under."""
        return "；".join(f"{schedule.year} {schedule.source}" for schedule in self.schedules[-2:])

    def with_schedules(self, schedules: Iterable[Schedule]) -> "Calendar":
        """A calendar that knows these schedules too; of a year known before the new one counts.

        Raises BadSchedule where a year would be left out between.
        """
        years = {schedule.year: schedule for schedule in (*self.schedules, *schedules)}
        ordered = sorted(years)
        missing = sorted(set(range(ordered[0], ordered[-1])) - set(ordered))
        if missing:
            raise BadSchedule(f"还没有{missing[0]}年的放假安排，不能先用{ordered[-1]}年的；请先补上{missing[0]}年")
        return Calendar(tuple(years[year] for year in ordered))

    def _index(self, day: date) -> int:
        if not FIRST <= day <= LAST:
            raise _outside(day)
        return day.toordinal() - _START

    @cached_property
    def _ordinals(self) -> list[int]:
        """How many working days there are before each day from FIRST on; one entry more than days."""
        return [0, *accumulate(self._is_worked())]

    @cached_property
    def _worked(self) -> list[int]:
        """The ordinals (`date.toordinal`) of all working days in order."""
        return [_START + index for index, is_worked in enumerate(self._is_worked()) if is_worked]

    @cached_property
    def _arrays(self) -> tuple["NDArray[np.int64]", "NDArray[np.int64]", tuple[int, int]]:
        """For arrays: working days up to and with each day; the working days, from 1 on; the official ends.

        All days are numbered as numpy numbers them, from 1970 on.
        """
        import numpy as np

        since, until = date(self.schedules[0].year, 1, 1), date(self.schedules[-1].year, 12, 31)
        return (
            np.array([0] * (_START - _EPOCH) + self._ordinals[1:]),
            np.array([0, *self._worked]) - _EPOCH,
            (since.toordinal() - _EPOCH, until.toordinal() - _EPOCH),
        )

    def _is_worked(self) -> Iterator[bool]:
        off = frozenset(day for schedule in self.schedules for day in schedule.off)
        worked = frozenset(day for schedule in self.schedules for day in schedule.worked)
        for ordinal in range(_START, LAST.toordinal() + 1):
            day = date.fromordinal(ordinal)
            yield day in worked or (day.weekday() < _SATURDAY and day not in off)


_EPOCH = date(1970, 1, 1).toordinal()


def _numbered(days: "Days") -> tuple["NDArray[np.int64]", int]:
    """Days as numbers from 1970 on, and the least of them. Raises OutsideCodedLaw for days before FIRST."""
    numbered = days.astype("datetime64[D]", copy=False).view("int64")
    earliest = int(numbered.min()) if numbered.size else LAST.toordinal() - _EPOCH
    if earliest < _START - _EPOCH:
        raise _outside(FIRST)
    return numbered, earliest


def _outside(day: date) -> OutsideCodedLaw:
    return OutsideCodedLaw(f"{day}超出可以推算的范围（{FIRST}至{LAST}），请核对日期")


@cache
def calendar() -> Calendar:
    """The calendar as shipped: the schedules that `chinesecalendar` holds."""
    # Loaded when a day is first asked for: the command must start without it.
    from importlib.metadata import version

    from chinese_calendar import constants

    source = f"chinesecalendar {version('chinesecalendar')}"
    years = sorted({day.year for day in constants.holidays})
    off, worked = frozenset(constants.holidays), frozenset(constants.workdays)
    return Calendar(
        tuple(
            Schedule(
                year,
                source,
                frozenset(day for day in off if day.year == year),
                frozenset(day for day in worked if day.year == year),
            )
            for year in years
        )
    )


_KEYS = frozenset({"year", "source", "off", "worked"})
_PAIR = 2


def schedules(text: str) -> tuple[Schedule, ...]:
    """The schedules in a TOML file (docs/guide/workdays.md). Raises BadSchedule with a line that says where and why."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSchedule(f"放假安排文件不是合法的 TOML：{error}") from error
    rows = data.get("schedule")
    if not isinstance(rows, list) or not rows or set(data) != {"schedule"}:
        raise BadSchedule("放假安排文件应当只有 [[schedule]] 段，每年一段")
    read = tuple(_schedule(row) for row in rows)
    years = [schedule.year for schedule in read]
    twice = next((year for year in years if years.count(year) > 1), None)
    if twice is not None:
        raise BadSchedule(f"{twice}年的放假安排写了两次，请只留一段")
    return read


def _schedule(row: Any) -> Schedule:
    if not isinstance(row, dict):
        raise BadSchedule("放假安排文件应当只有 [[schedule]] 段，每年一段")
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise BadSchedule(f"放假安排中没有“{unknown[0]}”这一项，只有 {'、'.join(sorted(_KEYS))}")
    year, source = row.get("year"), row.get("source")
    if not isinstance(year, int) or not FIRST.year <= year <= LAST.year:
        raise BadSchedule(f"year 应为年份，现为“{year}”")
    if not isinstance(source, str) or not source.strip():
        raise BadSchedule(f"{year}年的放假安排没有写明来源（source），请写通知的文号")
    off = frozenset(day for span in _listed(row, "off", year) for day in _days(span, year))
    worked = frozenset(day for span in _listed(row, "worked", year) for day in _days(span, year))
    for day in sorted(worked):
        if day.weekday() < _SATURDAY or day in off:
            raise BadSchedule(f"{year}年 worked 中的{day}不是周末，或同时列为放假，请核对通知")
    return Schedule(year, source.strip(), off, worked)


def _listed(row: Mapping[str, Any], key: str, year: int) -> list[Any]:
    spans = row.get(key)
    if not isinstance(spans, list):
        raise BadSchedule(f"{year}年的 {key} 应为日期的列表，如 [{year}-01-01, [{year}-02-15, {year}-02-23]]")
    return spans


def _days(span: object, year: int) -> Iterator[date]:
    """A day, or the days from the first to the last of a pair."""
    first, last = span if isinstance(span, list) and len(span) == _PAIR else (span, span)
    if type(first) is not date or type(last) is not date or not first.year == last.year == year or last < first:
        raise BadSchedule(f"{year}年的放假安排中“{span}”不是{year}年的日期或起止日期")
    while first <= last:
        yield first
        first += _DAY
