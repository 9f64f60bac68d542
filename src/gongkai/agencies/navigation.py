"""What a page shows beside its own matter: the navigation, in the office by what the user may do."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from gongkai.agencies.models import User
from gongkai.agencies.permissions import Authority
from gongkai.kernel.clock import today
from gongkai.kernel.registry import Link, acts, navigation, public_navigation

_OFFICE = "/office/"


class NavigationMiddleware:
    """Gives each page its navigation; nothing is asked of the database until a page shows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        is_office = request.path.startswith(_OFFICE)
        links: Any = SimpleLazyObject(lambda: _links(request) if is_office else _public_links(request.path))
        request.navigation = links  # type: ignore[attr-defined]  # read by the base page
        return self._get_response(request)


def authority_of(request: HttpRequest) -> Authority:
    """What the signed-in user may do today, asked of the database once for each request."""
    found: Authority | None = getattr(request, "authority", None)
    if found is None:
        assert isinstance(request.user, User)
        found = Authority(request.user, today())
        request.authority = found  # type: ignore[attr-defined]  # ours alone
    return found


def _links(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries that the user may open; nobody's but his who is wholly signed in."""
    user = request.user
    if not isinstance(user, User) or not user.has_second_factor or user.one_time_until is not None:
        return []
    authority = authority_of(request)
    return [
        _entry(link, request.path)
        for link in sorted(navigation, key=lambda link: link.order)
        if not link.acts or any(authority.holds(acts[act]) for act in link.acts)
    ]


def _public_links(path: str) -> list[dict[str, Any]]:
    return [_entry(link, path) for link in sorted(public_navigation, key=lambda link: link.order)]


def _entry(link: Link, path: str) -> dict[str, Any]:
    href = reverse(link.url_name)
    return {"name": link.name, "href": href, "current": _is_within(path, href)}


def _is_within(path: str, href: str) -> bool:
    return path == href if href in ("/", _OFFICE) else path.startswith(href)
