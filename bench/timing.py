"""How the figures are taken: the median of several runs, both sides of a ratio in turn, so that drift hits both."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object], *, runs: int = 7) -> float:
    """The median time of one call."""
    work()
    return median(_once(work) for _ in range(runs))


def ratio(work: Callable[[], object], bare: Callable[[], object], *, runs: int = 9) -> float:
    """The median of work/bare, measured pair by pair."""
    work(), bare()
    return median(_once(work) / _once(bare) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start
