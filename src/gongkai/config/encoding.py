"""What a request is written in: UTF-8, whatever it says of itself."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_OURS = codecs.lookup("utf-8").name


class EncodingMiddleware:
    """Answers 400 to a request that names another encoding. No browser does so for a page in UTF-8.

    Django would read form and address by any codec of Python, some of which give halves of characters that can neither
    be stored nor sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        if request.encoding is not None and codecs.lookup(request.encoding).name != _OURS:
            raise BadRequest("not UTF-8")
        return self._get_response(request)
