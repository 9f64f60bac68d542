"""What a browser keeps of the office: nothing, so that the way back after sign-out shows the next person no case."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.config.faces import OFFICE


class NotKeptMiddleware:
    """Forbids keeping a page of the office, where the page does not say itself what may be kept of it.

    A page with a form does: what was typed comes back with the page, by the browser's way back (`ui.pages`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        response = self._get_response(request)
        if request.path_info.startswith(OFFICE):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
