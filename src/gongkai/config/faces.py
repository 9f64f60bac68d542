"""The public face and the office: an address of the other face is not there, whatever stands behind it."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

OFFICE = "/office/"


class FaceMiddleware:
    """Answers 404 to the office's addresses on the public face, to all others on the staff face, and from outside the
    address ranges that the office may be reached from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._ranges = [ipaddress.ip_network(text, strict=False) for text in settings.STAFF_RANGES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, or 404."""
        is_office = request.path.startswith(OFFICE) or request.path == OFFICE.rstrip("/")
        is_static = request.path.startswith(settings.STATIC_URL)
        if is_office and (settings.FACE == "public" or not self._may_reach(request)):
            raise Http404
        if not is_office and not is_static and settings.FACE == "staff" and request.path != "/":
            raise Http404
        return self._get_response(request)

    def _may_reach(self, request: HttpRequest) -> bool:
        if not self._ranges:
            return True
        address = ipaddress.ip_address(request.META["REMOTE_ADDR"])
        return any(address in network for network in self._ranges)
