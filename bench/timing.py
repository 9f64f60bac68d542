"""How the figures are taken: the median of several runs, both sides of a ratio in turn, so that drift hits both.

Work of this process alone may be measured by `process_time`, which does not count what others do on the machine.
"""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter

Clock = Callable[[], float]


def seconds(work: Callable[[], object], *, runs: int = 7, clock: Clock = perf_counter) -> float:
    """The median time of one call."""
    work()
    return median(_once(work, clock) for _ in range(runs))


def ratio(
    work: Callable[[], object], bare: Callable[[], object], *, runs: int = 9, clock: Clock = perf_counter
) -> float:
    """The median of work/bare, measured pair by pair."""
    work(), bare()
    return median(_once(work, clock) / _once(bare, clock) for _ in range(runs))


def _once(work: Callable[[], object], clock: Clock) -> float:
    gc.collect()
    start = clock()
    work()
    return clock() - start
