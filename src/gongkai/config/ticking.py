"""What the worker does each minute: everything that apps have announced, one after the other, each on its own."""

import time
from dataclasses import dataclass

import structlog

from gongkai.config.environment import DATA
from gongkai.config.locks import held_if_free
from gongkai.kernel.clock import now
from gongkai.kernel.registry import ticks

_log = structlog.get_logger("gongkai.tick")


@dataclass(frozen=True, slots=True)
class Ticked:
    """How a tick ended: how many jobs were done, which failed; `is_busy` where another tick was under way."""

    done: int = 0
    failed: tuple[str, ...] = ()
    is_busy: bool = False


def tick() -> Ticked:
    """Runs every announced job once. A job that fails is logged, and tried again at the next tick."""
    with held_if_free(DATA / "tick.lock") as is_ours:
        if not is_ours:
            return Ticked(is_busy=True)
        failed = tuple(name for name in ticks.names() if not _run(name))
        return Ticked(done=len(ticks.names()) - len(failed), failed=failed)


def _run(name: str) -> bool:
    begun = time.perf_counter()
    try:
        ticks[name](now())
    except Exception:  # noqa: BLE001  one job that fails must not stop the others
        _log.exception("job_failed", job=name)
        return False
    _log.debug("job_done", job=name, ms=round((time.perf_counter() - begun) * 1000))
    return True
