"""Playing stories in the order of their days (按日推演): each is a generator that says when it goes on.

Numbers, journals and reminders come out as they would have, since whatever happens on a day in one case happens before
what happens the day after in another.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gongkai.kernel.clock import SHANGHAI, at
from gongkai.law.workdays import Calendar, calendar

Story = Iterator[date]
"""Gives the day on which it goes on, again and again, and ends."""
_BEGINS = timedelta(hours=8, minutes=40)
_EACH = timedelta(minutes=7)
_LONGEST_DAY = timedelta(hours=9)


@dataclass(order=True, slots=True)
class _Waiting:
    on: date
    order: int
    story: Story = field(compare=False)


def play(stories: list[Story], *, until: date) -> None:
    """Plays all stories together, day by day, up to and with the last day; what would come later stays undone."""
    waiting: list[_Waiting] = []
    for order, story in enumerate(stories):
        _go_on(waiting, story, order)
    today, moment = date.min, timedelta()
    while waiting and waiting[0].on <= until:
        turn = heapq.heappop(waiting)
        moment = min(moment + _EACH, _LONGEST_DAY) if turn.on == today else timedelta()
        today = turn.on
        with at(datetime.combine(today, datetime.min.time(), SHANGHAI) + _BEGINS + moment):
            _go_on(waiting, turn.story, turn.order)


def _go_on(waiting: list[_Waiting], story: Story, order: int) -> None:
    day = next(story, None)
    if day is not None:
        heapq.heappush(waiting, _Waiting(day, order, story))


class Days:
    """The working days of a story: each `after` is so many working days on from where it stands."""

    def __init__(self, first: date, days: Calendar | None = None) -> None:
        self._calendar = days or calendar()
        self.on = self._calendar.on_or_after(first)

    def after(self, count: int) -> date:
        """Goes on by so many working days; none means the same day."""
        self.on = self._calendar.add(self.on, count) if count else self.on
        return self.on

    def until(self, day: date) -> date:
        """Goes on to a day, or stays where it lies before."""
        self.on = max(self.on, day)
        return self.on
