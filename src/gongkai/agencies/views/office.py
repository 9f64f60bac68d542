"""What pages of the office share: who acts, which agency, what is shown of it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from gongkai.agencies import queries
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.models import Agency, Person, User
from gongkai.agencies.permissions import reasons_against
from gongkai.kernel.clock import today
from gongkai.kernel.registry import Act


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in user as the one who acts."""
    assert isinstance(request.user, User)
    return Actor(request.user)


def agency_or_404(public_id: str) -> Agency:
    """The agency of that public id."""
    agency = Agency.objects.filter(public_id=public_id).select_related("parent", "government").first()
    if agency is None:
        raise Http404
    return agency


def may(request: HttpRequest, act: Act, agency: Agency | None) -> bool:
    """Whether the signed-in user may do that there today."""
    assert isinstance(request.user, User)
    return not reasons_against(act, agency, request.user, today())


def require(request: HttpRequest, act: Act, agency: Agency | None) -> None:
    """Raises PermissionDenied, with the reason, where the signed-in user may not do that there today."""
    assert isinstance(request.user, User)
    against = reasons_against(act, agency, request.user, today())
    if against:
        raise PermissionDenied("；".join(f"{reason.message}。{reason.instead}" for reason in against))


def agency_choices(on: date, *, without: Agency | None = None) -> list[tuple[str, str]]:
    """Agencies to choose from, deeper ones set in."""
    return [(row.url_id, "　" * depth + row.name) for depth, row in queries.tree(on) if row.agency != without]


def people_choices(agency: Agency, on: date) -> list[tuple[str, str]]:
    """The people of an agency to choose from."""
    return [(person.public_id, person.name) for person in queries.people(agency, on)]


def person_or_404(public_id: str) -> Person:
    """The person of that public id."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person


def trail(*links: tuple[str, str] | str) -> list[dict[str, Any]]:
    """A breadcrumb: (label, address) for each level, the page's own name last."""
    return [{"label": link} if isinstance(link, str) else {"label": link[0], "href": link[1]} for link in links]
