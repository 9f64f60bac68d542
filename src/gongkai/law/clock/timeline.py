"""How the time of a request runs under one reading of its steps: periods, consultations, pauses, restarts.

A clock keeps two of these where a step was unlawful: one in which it has no effect, and one in which it has what it
claims. Nothing is judged here.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.clock.steps import Act, Step
from gongkai.law.parameters import number
from gongkai.law.workdays import Calendar

_DAY = timedelta(days=1)


class Waiting(StrEnum):
    """Whom a request waits for."""

    APPLICANT = "applicant"
    PAYMENT = "payment"
    THIRD_PARTY = "third_party"
    ORGAN = "organ"


@dataclass(frozen=True, slots=True)
class Readings:
    """How open questions of the law are read; the defaults stand in `law/params/clock.toml` with their sources.

    `answer_day_excluded`: the day on which a consulted party answers is not counted. `confirmation_excluded`: the time
    of consulting another organ under Article 11 is not counted either.
    """

    answer_day_excluded: bool
    confirmation_excluded: bool

    @staticmethod
    def on(day: date) -> "Readings":
        """The defaults for a request received that day."""
        return Readings(
            bool(number("clock.answer_day_excluded", on=day)), bool(number("clock.confirmation_excluded", on=day))
        )


@dataclass(slots=True)
class Letter:
    """A letter that something is wanted by (告知书、意见征求书、收费通知).

    `days` are the working days to answer, counted from `served` (the day sent while that is not known); None means that
    only the answer ends it. `replied` is the day the answer came.
    """

    act: Act
    key: str
    asked: date
    days: int | None
    served: date | None = None
    replied: date | None = None

    def limit(self, calendar: Calendar) -> date | None:
        """The last day to answer."""
        return None if self.days is None else calendar.add(self.served or self.asked, self.days)


@dataclass(frozen=True, slots=True)
class Spent:
    """A period begun anew: it stood still from `asked` on, `restarted` is the new base, `basis` the article for it."""

    asked: date
    restarted: date
    why: Act
    basis: str


@dataclass(slots=True)
class Timeline:
    """The time of a request. `base` is the day after which the reply period runs; `extension` counts working days.

    `letters` are all that were sent, `consultations` those whose time the running period leaves out, `pauses` those
    that stop it altogether until they are answered.
    """

    calendar: Calendar
    readings: Readings
    received: date
    base: date
    period: int
    extension: int = 0
    deferred: date | None = None
    letters: list[Letter] = field(default_factory=list)
    consultations: list[Letter] = field(default_factory=list)
    pauses: list[Letter] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    ended: Step | None = None
    decided: Step | None = None

    def copy(self) -> "Timeline":
        """A second reading that goes on by itself from here. Letters are shared in their order, not as objects."""
        twins = {id(letter): replace(letter) for letter in self.letters}
        return replace(
            self,
            letters=list(twins.values()),
            consultations=[twins[id(letter)] for letter in self.consultations],
            pauses=[twins[id(letter)] for letter in self.pauses],
            spent=list(self.spent),
        )

    @property
    def pause(self) -> Letter | None:
        """The letter that the clock waits for, of several the one to be answered first; None while it runs."""
        if len(self.pauses) > 1:
            return min(self.pauses, key=lambda letter: letter.limit(self.calendar) or date.max)
        return self.pauses[0] if self.pauses else None

    def due(self, on: date) -> date | None:
        """The last day to reply; an open consultation counts as answered `on`. None while the clock is stopped."""
        if self.pauses:
            return None
        counted = self.counted_until(on)
        return counted if self.deferred is None else max(counted, self.deferred)

    def counted_until(self, on: date) -> date:
        """The day on which the counted working days of the running period are full, a deferral left aside."""
        days = self.period + self.extension
        for after, until in self.intervals(on):
            # What is asked when the period is full and only the deferred date runs takes nothing out of the period.
            if self.deferred is None or after <= self.calendar.add(self.base, days):
                days += self.calendar.between(after, until)
        return self.calendar.add(self.base, days)

    def intervals(self, on: date) -> list[tuple[date, date]]:
        """The times that are not counted, (after, until], joined where they overlap, in order."""
        joined: list[tuple[date, date]] = []
        for after, until in sorted((letter.asked, self._end(letter, on)) for letter in self.consultations):
            if joined and after <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], until))
            else:
                joined.append((after, until))
        return joined

    def lapse(self) -> date | None:
        """The last day on which the applicant may answer the letter that stops the clock; None while it runs."""
        pause = self.pause
        return pause.limit(self.calendar) if pause is not None else None

    def open_consultation(self, on: date) -> Letter | None:
        """The first letter whose answer is still awaited on that day."""
        for letter in self.consultations:
            limit = letter.limit(self.calendar)
            if letter.replied is None and (limit is None or on <= limit):
                return letter
        return None

    def restart(self, spent: Spent) -> None:
        """Begins the reply period anew after that day; consultations and extensions before it are spent."""
        self.spent.append(spent)
        self.base = spent.restarted
        self.extension = 0
        self.deferred = None
        self.consultations = []
        self.ended = None
        self.decided = None

    def _end(self, letter: Letter, on: date) -> date:
        """The last day that a consultation takes out of the count."""
        answered = on if letter.replied is None else letter.replied
        if not self.readings.answer_day_excluded:
            answered -= _DAY
        limit = letter.limit(self.calendar)
        return max(letter.asked, answered if limit is None else min(answered, limit))
