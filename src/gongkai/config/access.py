"""The access log: what was asked for, how it ended, how long it took; no address, no name, no typed word."""

from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse

_log = structlog.get_logger("gongkai.access")


class AccessLogMiddleware:
    """Logs each request by the pattern that it matched: ids, search words and whoever asks stay out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        begun = perf_counter()
        response = self._get_response(request)
        route = request.resolver_match.route if request.resolver_match else None
        milliseconds = round((perf_counter() - begun) * 1000, 1)
        _log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        return response
