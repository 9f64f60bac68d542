"""The only clock of the platform: instants in UTC, legal days in Asia/Shanghai.

A demo county, and tests, live through months in seconds: within `at(instant)` the clock stands where it is put.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""There has been no summer time since 1991, before anything that is recorded here."""
_WORKDAY_BEGINS = time(9)
_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _standing.get() or datetime.now(UTC)


def today() -> date:
    """The legal day: the date in Shanghai."""
    return legal_day(now())


def legal_day(instant: datetime) -> date:
    """The date in Shanghai at that instant."""
    return instant.astimezone(SHANGHAI).date()


@contextmanager
def at(instant: datetime | date) -> Iterator[None]:
    """Within, the clock stands at that instant; a day means nine in the morning of it, Shanghai time."""
    if not isinstance(instant, datetime):
        instant = datetime.combine(instant, _WORKDAY_BEGINS, SHANGHAI)
    token = _standing.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
