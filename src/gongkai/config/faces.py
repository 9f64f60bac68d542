"""The public face and the office: an address of the other face is not there, whatever stands behind it."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.kernel.visitors import client_address

OFFICE = "/office/"
HEALTH = "/healthz"


class FaceMiddleware:
    """Answers 404 to the office's addresses on the public face, to all others on the staff face, and from outside the
    address ranges that the office may be reached from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, or 404."""
        path = request.path_info
        if path == HEALTH or path.startswith(settings.STATIC_URL):
            return self._get_response(request)
        if path.startswith(OFFICE) or path == OFFICE.rstrip("/"):
            if settings.FACE == "public" or not may_reach_office(client_address(request)):
                raise Http404
        elif settings.FACE == "staff":
            if path != "/":
                raise Http404
            return HttpResponseRedirect(OFFICE)
        return self._get_response(request)


class VisitorCookieMiddleware:
    """Gives visitors of the public face a session cookie of their own, also where both faces are one site.

    A login of the office means nothing there, and leaving the office ends nobody's draft.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; what lies between here and the session knows one name only."""
        if request.path_info.startswith(OFFICE):
            return self._get_response(request)
        name, own = settings.SESSION_COOKIE_NAME, settings.VISITOR_COOKIE_NAME
        request.COOKIES.pop(name, None)
        if own in request.COOKIES:
            request.COOKIES[name] = request.COOKIES.pop(own)
        response = self._get_response(request)
        made = response.cookies.pop(name, None)
        if made is not None:
            response.cookies[own] = made.value
            response.cookies[own].update(made)
        return response


def may_reach_office(address: str) -> bool:
    """Whether the office may be reached from an address: from all where no ranges are set."""
    if not settings.STAFF_RANGES:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in ipaddress.ip_network(text, strict=False) for text in settings.STAFF_RANGES)
