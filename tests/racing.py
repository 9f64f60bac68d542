"""Two who act at once on two connections of PostgreSQL: the second waits for the first, then is told what happened."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

from django.db import connection, transaction

from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused, Reason

SECONDS = 60


def refusal(first: Callable[[], object], second: Callable[[], object], *, on: date) -> tuple[Reason, ...]:
    """What the second is told who acts on a connection of his own while the first has not committed."""

    def act() -> None:
        try:
            with at(on):
                second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, at(on):
        with transaction.atomic():
            first()
            other: Future[None] = pool.submit(act)
            _wait_until_somebody_waits()
        error = other.exception(SECONDS)
    assert isinstance(error, ActionRefused), error
    return error.reasons


def _wait_until_somebody_waits() -> None:
    """For us, that is: others use the server too."""
    for _ in range(SECONDS * 20):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the second does not wait for the first")
