"""What a page shows beside its own matter: the navigation, in the office by what the user may do."""

from collections.abc import Callable, Iterable
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
    offered = (link for link in navigation if not link.acts or any(authority.holds(acts[act]) for act in link.acts))
    return _entries(offered, request.path)


def _public_links(path: str) -> list[dict[str, Any]]:
    return _entries(public_navigation, path)


def _entries(offered: Iterable[Link], path: str) -> list[dict[str, Any]]:
    """The entries in their order; of those that the page lies below, the nearest is the current one."""
    found = [(link.name, reverse(link.url_name)) for link in sorted(offered, key=lambda link: link.order)]
    here = max((href for _, href in found if _is_within(path, href)), key=len, default="")
    return [{"name": name, "href": href, "current": href == here} for name, href in found]


def _is_within(path: str, href: str) -> bool:
    return path == href if href in ("/", _OFFICE) else path.startswith(href)
