"""Room for all the calls of a request in one piece of memory.

CPython 3.11 and later keep the frames of calls in pieces of 16 KB and give a piece back to the system as soon as it is
left. A call that crosses the end of a piece, made a thousand times by a template, asks the system for memory a thousand
times: the same page takes up to twice as long, by how deep in the stack it happens to be rendered.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

_WORDS = 17_000
"""Of the stack of one frame. Its piece is 256 KB then, the next power of two, and the calls below it have the rest."""


class RoomMiddleware:
    """Answers a request from within a frame whose piece has room for all the frames below it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        return _with_room(self._get_response, request)


def _call(work: Callable[[Any], Any], given: Any) -> Any:
    return work(given)


_with_room = cast("Callable[..., HttpResponse]", FunctionType(_call.__code__.replace(co_stacksize=_WORDS), globals()))
