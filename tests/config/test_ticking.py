"""The tick: every job, each on its own, one tick at a time."""

from collections.abc import Callable
from datetime import datetime

import pytest

from gongkai.config import ticking
from gongkai.config.environment import DATA
from gongkai.config.locks import held
from gongkai.kernel.registry import Registry


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Registry[Callable[[datetime], object]]:
    made: Registry[Callable[[datetime], object]] = Registry()
    monkeypatch.setattr(ticking, "ticks", made)
    return made


def test_a_job_that_fails_stops_no_other(jobs: Registry[Callable[[datetime], object]]) -> None:
    done: list[str] = []
    jobs.add("a.first", lambda at: done.append("first"))
    jobs.add("a.broken", lambda at: 1 // 0)
    jobs.add("b.last", lambda at: done.append("last"))
    ticked = ticking.tick()
    assert (done, ticked.done, ticked.failed) == (["first", "last"], 2, ("a.broken",))


def test_two_ticks_at_once_are_one(jobs: Registry[Callable[[datetime], object]]) -> None:
    jobs.add("a.first", lambda at: pytest.fail("ran beside another tick"))
    with held(DATA / "tick.lock"):
        assert ticking.tick().is_busy


@pytest.mark.django_db
def test_the_jobs_of_the_site_can_be_done_again_and_again() -> None:
    for _ in range(2):
        ticked = ticking.tick()
        assert ticked.done
        assert ticked.failed == ()
