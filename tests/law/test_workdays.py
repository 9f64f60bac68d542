"""Working days: the yearly schedules of the State Council, one day or a million at a time."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.errors import BadQuantity, OutsideCodedLaw, RuleError
from gongkai.law.workdays import FIRST, LAST, BadSchedule, Calendar, Schedule, calendar, schedules

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/workdays-2027.toml"
DAY = timedelta(days=1)
SHIPPED = calendar()
days_known = st.dates(date(2003, 12, 1), date(2028, 2, 1))
counts = st.integers(1, 60)


@cache
def worked(day):
    """Whether a day is worked, asked of the library where it knows, by weekday where it does not."""
    return chinese_calendar.is_workday(day) if 2004 <= day.year <= 2026 else day.weekday() < 5


def walked(day, count):
    """The `count`-th working day after a day, found by stepping."""
    while count:
        day += DAY
        count -= worked(day)
    return day


def counted(after, until):
    """The working days in (after, until], counted one by one."""
    return sum(worked(after + n * DAY) for n in range(1, (until - after).days + 1))


def as_array(days):
    return np.array(days, dtype="datetime64[D]")


def test_every_day_that_the_library_knows_is_the_same():
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    assert [SHIPPED.is_workday(day) for day in days] == [worked(day) for day in days]


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        ("2024-02-04", True),  # 春节前的星期日，调休上班
        ("2024-02-09", True),  # 除夕，只是鼓励休息
        ("2024-02-12", False),  # 春节假期里的星期一
        ("2024-02-18", True),  # 春节后的星期日，调休上班
        ("2026-02-28", True),  # 星期六，调休上班
        ("2026-04-04", False),
        ("2027-02-08", True),  # 2027年的安排尚未公布，按星期推算
    ],
)
def test_make_up_days_are_worked_and_days_off_are_not(day, is_workday):
    assert SHIPPED.is_workday(date.fromisoformat(day)) is is_workday


@pytest.mark.parametrize(
    ("day", "official"), [("2003-12-31", False), ("2004-01-01", True), ("2026-12-31", True), ("2027-01-01", False)]
)
def test_only_published_years_are_official(day, official):
    assert SHIPPED.is_official(date.fromisoformat(day)) is official


@pytest.mark.parametrize(
    ("method", "day", "found"),
    [
        ("on_or_after", "2026-02-17", "2026-02-24"),
        ("on_or_after", "2026-02-24", "2026-02-24"),
        ("on_or_before", "2026-01-31", "2026-01-30"),
        ("on_or_before", "2025-01-31", "2025-01-27"),
        ("on_or_before", "2026-01-30", "2026-01-30"),
        ("on_or_before", "2000-01-03", "2000-01-03"),
    ],
)
def test_a_day_off_moves_to_the_next_or_the_last_working_day(method, day, found):
    assert getattr(SHIPPED, method)(date.fromisoformat(day)) == date.fromisoformat(found)


@given(days_known, counts)
def test_add_is_what_stepping_finds(day, count):
    assert SHIPPED.add(day, count) == walked(day, count)
    assert SHIPPED.add(day, 0) == day


@given(days_known, st.integers(-30, 400))
def test_between_is_what_stepping_counts(after, length):
    until = after + length * DAY
    assert SHIPPED.between(after, until) == counted(after, until)


@given(days_known, counts)
def test_between_undoes_add(day, count):
    assert SHIPPED.between(day, SHIPPED.add(day, count)) == count


@given(st.lists(st.tuples(days_known, counts), max_size=30))
def test_arrays_are_counted_as_single_days_are(rows):
    days, wanted = as_array([day for day, _ in rows]), np.array([count for _, count in rows], dtype=int)
    found, provisional = SHIPPED.add_each(days, wanted)
    ends = [walked(day, count) for day, count in rows]
    assert found.tolist() == ends
    assert provisional.tolist() == [
        not (SHIPPED.is_official(day) and SHIPPED.is_official(end)) for (day, _), end in zip(rows, ends, strict=True)
    ]
    assert SHIPPED.between_each(days, found).tolist() == wanted.tolist()
    assert SHIPPED.is_workday_each(days).tolist() == [worked(day) for day, _ in rows]


@given(st.lists(st.tuples(days_known, days_known), min_size=1, max_size=30))
def test_counts_between_arrays_are_those_between_single_days(rows):
    after, until = (as_array(column) for column in zip(*rows, strict=True))
    assert SHIPPED.between_each(after, until).tolist() == [counted(*row) for row in rows]


def test_one_count_serves_a_whole_array_and_other_units_of_time_are_days():
    days = as_array(["2024-01-29", "2026-12-03", "2026-12-04", "2003-12-31", "2004-01-01"])
    for given_days in (days, days.astype("datetime64[s]")):
        found, provisional = SHIPPED.add_each(given_days, 20)
        assert found.tolist() == [SHIPPED.add(day, 20) for day in days.tolist()]
        assert found.tolist()[:3] == [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)]
        assert provisional.tolist() == [False, False, True, True, False]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: SHIPPED.is_workday(FIRST - DAY),
        lambda: SHIPPED.is_workday(LAST + DAY),
        lambda: SHIPPED.add(LAST, 1),
        lambda: SHIPPED.add(FIRST - DAY, 1),
        lambda: SHIPPED.between(FIRST, LAST + DAY),
        lambda: SHIPPED.add_each(as_array([LAST]), 1),
        lambda: SHIPPED.add_each(as_array([FIRST - DAY]), 1),
        lambda: SHIPPED.add_each(as_array([LAST + DAY]), 1),
        lambda: SHIPPED.between_each(as_array([FIRST]), as_array([LAST + DAY])),
        lambda: SHIPPED.between_each(as_array([FIRST - DAY]), as_array([LAST])),
        lambda: SHIPPED.on_or_before(FIRST),
        lambda: SHIPPED.add_each(as_array(["NaT"]), 1),
    ],
)
def test_days_that_no_calendar_knows_are_refused(ask):
    with pytest.raises(OutsideCodedLaw, match="范围"):
        ask()


def test_the_first_and_the_last_day_are_known():
    assert not SHIPPED.is_workday(FIRST)
    assert SHIPPED.is_workday(LAST)
    assert SHIPPED.add_each(as_array([FIRST]), 1)[0].tolist() == [SHIPPED.add(FIRST, 1)]


# Schedule files -------------------------------------------------------------------------------------------------------


def test_the_example_of_a_coming_year_can_be_used():
    known = SHIPPED.with_schedules(schedules(EXAMPLE.read_text(encoding="utf-8")))
    assert known.is_official(date(2027, 12, 31))
    assert not SHIPPED.is_official(date(2027, 1, 1))
    assert not known.is_workday(date(2027, 1, 1))
    received = date(2026, 12, 7)
    assert known.add(received, 20) != SHIPPED.add(received, 20)


def test_an_example_never_passes_for_a_notice():
    text = EXAMPLE.read_text(encoding="utf-8")
    assert "并非国务院办公厅的通知" in text
    assert all("示例" in schedule.source for schedule in schedules(text))


def test_a_later_schedule_of_a_year_takes_the_place_of_the_earlier():
    changed = SHIPPED.with_schedules([Schedule(2026, "更正", frozenset({date(2026, 11, 24)}), frozenset())])
    assert not changed.is_workday(date(2026, 11, 24))
    assert changed.is_workday(date(2026, 10, 1))
    assert changed.revision.endswith("2026 更正")
    assert changed.revision != SHIPPED.revision


def test_a_year_must_not_be_left_out():
    with pytest.raises(BadSchedule, match="还没有2027年的放假安排"):
        SHIPPED.with_schedules([Schedule(2028, "通知", frozenset(), frozenset())])


@pytest.mark.parametrize("year", [2000, 2099])
def test_a_schedule_may_be_of_any_year_that_a_calendar_knows(year):
    (schedule,) = schedules(f"[[schedule]]\nyear = {year}\nsource = '通知'\noff = [{year}-01-01]\nworked = []\n")
    assert schedule.off == {date(year, 1, 1)}


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_refused_for_arrays(count):
    days = as_array(["2024-01-29", "2024-01-30"])
    for counts in (count, np.array([20, count])):
        with pytest.raises(BadQuantity):
            SHIPPED.add_each(days, counts)


def test_days_and_spans_of_days_can_be_listed():
    (schedule,) = schedules("""
        [[schedule]]
        year = 2027
        source = " 国办发明电〔2026〕0号 "
        off = [2027-01-01, [2027-02-05, 2027-02-07]]
        worked = [2027-02-20]
        """)
    assert schedule.source == "国办发明电〔2026〕0号"
    assert schedule.off == {date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7)}
    assert schedule.worked == {date(2027, 2, 20)}


ROW = {"year": "2027", "source": '"通知"', "off": "[2027-01-01]", "worked": "[]"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"year": None}, "year 应为年份"),
        ({"year": '"2027"'}, "year 应为年份"),
        ({"year": "true"}, "year 应为年份"),
        ({"year": "1999"}, "year 应为年份"),
        ({"year": "2100"}, "year 应为年份"),
        ({"source": None}, "没有写明来源"),
        ({"source": '" "'}, "没有写明来源"),
        ({"off": None}, "off 应为日期的列表"),
        ({"off": '"2027-01-01"'}, "off 应为日期的列表"),
        ({"off": "[2026-12-31]"}, "不是2027年的日期"),
        ({"off": "[[2027-01-03, 2027-01-01]]"}, "不是2027年的日期"),
        ({"off": "[[2027-01-01, 2027-01-02, 2027-01-03]]"}, "不是2027年的日期"),
        ({"off": "[2027-01-01T08:00:00]"}, "不是2027年的日期"),
        ({"off": "[20270101]"}, "不是2027年的日期"),
        ({"off": "[[]]"}, "不是2027年的日期"),
        ({"worked": "[2027-01-04]"}, "不是周末"),
        ({"worked": "[2027-01-02]", "off": "[[2027-01-01, 2027-01-03]]"}, "同时列为放假"),
        ({"of": "[2027-01-01]"}, "of"),
    ],
)
def test_a_bad_schedule_is_refused_with_its_place(changes, told):
    row = {key: value for key, value in (ROW | changes).items() if value is not None}
    text = "[[schedule]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items())
    with pytest.raises(BadSchedule, match=told) as refused:
        schedules(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "schedule = 1", "schedule = []", "schedule = [1]", "[[schedules]]", "[[", "\0"])
def test_what_is_no_schedule_file_is_refused_in_one_line(text):
    with pytest.raises(BadSchedule) as refused:
        schedules(text)
    assert "\n" not in str(refused.value)


def test_one_year_listed_twice_is_refused():
    text = "[[schedule]]\n" + "\n".join(f"{key} = {value}" for key, value in ROW.items()) + "\n"
    with pytest.raises(BadSchedule, match="2027年的放假安排写了两次"):
        schedules(text + text)


VALUES = st.recursive(
    st.sampled_from(
        ["2027-01-01", "2027-01-02", "2028-02-29", "2027", "-1", "1.5", "true", '""', '"通知"', "12:00:00", "{}"]
    ),
    lambda values: st.lists(values, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
ROWS = st.dictionaries(st.sampled_from([*ROW, "of"]), VALUES).map(lambda row: ROW | row)


@settings(max_examples=300)
@given(st.lists(ROWS, max_size=2))
def test_whatever_a_file_lists_is_a_schedule_or_refused(rows):
    text = "".join(
        f"[[schedule]]\n{''.join(f'{key} = {value}{chr(10)}' for key, value in row.items())}" for row in rows
    )
    try:
        read = schedules(text)
    except RuleError:
        return
    assert len(read) == len(rows)


def test_a_calendar_of_nothing_but_weekdays_is_not_official():
    plain = Calendar((Schedule(2024, "通知", frozenset(), frozenset()),))
    assert plain.is_workday(date(2024, 2, 12))
    assert not plain.is_official(date(2025, 1, 1))
