"""Due dates by the million, beside one numpy index of the same size; one explained clock, and many mixed ones."""

import random
from datetime import date, timedelta

import chinese_calendar
import numpy as np

from bench.timing import ratio, seconds
from gongkai.law.clock import Act, Step, clock
from gongkai.law.workdays import calendar

MILLION = 1_000_000
STEPPED = 2_000
CLOCKS = 100_000
DAY = timedelta(days=1)
SIX = (
    (Act.RECEIVED, date(2026, 1, 12)),
    (Act.CLARIFICATION_ASKED, date(2026, 1, 16)),
    (Act.CLARIFIED, date(2026, 1, 26)),
    (Act.THIRD_PARTY_ASKED, date(2026, 1, 29)),
    (Act.THIRD_PARTY_SERVED, date(2026, 1, 30)),
    (Act.EXTENDED, date(2026, 3, 23)),
)


def rows() -> list[tuple[str, float, str]]:
    """Working days as arrays against numpy and against stepping; clocks against building their steps."""
    known, random_days = calendar(), np.random.default_rng(33)
    first, last = (np.datetime64(day).astype(int) for day in ("2019-05-15", "2026-11-23"))
    days = random_days.integers(first, last, MILLION).astype("datetime64[D]")
    table, places = np.arange(last), days.astype(int)
    few = [day.item() for day in days[:STEPPED]]
    six = _six()
    mixed = [_mixed(random.Random(seed)) for seed in range(CLOCKS)]
    on = date(2026, 3, 23)
    each = seconds(lambda: known.add_each(days, 20)) / MILLION
    return [
        (
            "law: 1,000,000 due dates / one numpy fancy index of the same size",
            ratio(lambda: known.add_each(days, 20), lambda: table[places]),
            "≤ 6",
        ),
        (
            "law: due dates, times faster than stepping with chinese_calendar",
            seconds(lambda: [_stepped(day, 20) for day in few], runs=3) / STEPPED / each,
            "≥ 1000",
        ),
        (
            "law: one explained clock of 6 steps, µs",
            seconds(lambda: [clock(six, on=on) for _ in range(200)]) * 5000,
            "≤ 200",
        ),
        (
            "law: the same / building its 6 steps",
            ratio(lambda: [clock(six, on=on) for _ in range(200)], lambda: [_six() for _ in range(200)]),
            "",
        ),
        (
            "law: 100,000 mixed clocks, s",
            seconds(lambda: [clock(steps, on=steps[-1].on + DAY) for steps in mixed], runs=1),
            "≤ 20",
        ),
    ]


def _six() -> list[Step]:
    return [Step(act, on) for act, on in SIX]


def _stepped(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= chinese_calendar.is_workday(day)
    return day


def _mixed(chance: random.Random) -> list[Step]:
    """A request as offices have them: most plain, some clarified, consulted, extended, charged or ended."""
    on = date(2019, 6, 1) + chance.randrange(2600) * DAY
    steps = [Step(Act.RECEIVED, on)]

    def then(act: Act, most: int) -> None:
        nonlocal on
        on += chance.randint(1, most) * DAY
        steps.append(Step(act, on))

    if chance.random() < 0.2:
        then(Act.CLARIFICATION_ASKED, 6)
        then(Act.CLARIFIED, 10)
    if chance.random() < 0.2:
        asking, answering = chance.choice(
            [(Act.THIRD_PARTY_ASKED, Act.THIRD_PARTY_REPLIED), (Act.ORGAN_ASKED, Act.ORGAN_REPLIED)]
        )
        then(asking, 5)
        then(answering, 15)
    if chance.random() < 0.05 and on > date(2021, 1, 1):
        then(Act.FEE_NOTICED, 5)
        then(Act.FEE_PAID, 15)
    if chance.random() < 0.3:
        then(Act.EXTENDED, 15)
    if chance.random() < 0.7:
        then(Act.DECIDED, 15)
        then(Act.DELIVERED, 3)
    return steps
