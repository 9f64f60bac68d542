"""The room for the calls of a request: none of them asks the system for memory again and again."""

from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage

import pytest
from django.http import HttpRequest, HttpResponse

from gongkai.config.room import RoomMiddleware

_CALLS, _DEPTHS = 1_000, 200


def _faults_at_worst() -> int:
    """At the worst depth of the stack, how often new memory was touched while a function was called again and again."""

    def deeper(depth: int) -> int:
        if depth:
            return deeper(depth - 1)
        before = getrusage(RUSAGE_SELF).ru_minflt
        for _ in range(_CALLS):
            _called()
        return getrusage(RUSAGE_SELF).ru_minflt - before

    return max(map(deeper, range(_DEPTHS)))


def _called() -> None:
    pass


def test_no_call_of_a_request_needs_new_memory_each_time() -> None:
    found: list[int] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        found.append(_faults_at_worst())
        return HttpResponse()

    assert RoomMiddleware(answer)(HttpRequest()).status_code == 200
    assert found[0] < _CALLS / 10


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_goes_wrong_goes_through(error: type[BaseException]) -> None:
    def wrong(_request: HttpRequest) -> HttpResponse:
        raise error

    middleware: Callable[[HttpRequest], HttpResponse] = RoomMiddleware(wrong)
    with pytest.raises(error):
        middleware(HttpRequest())
