"""What pages of the office share: who acts, which agency, what is shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from gongkai.agencies import queries, staff
from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.agencies.models import Agency, Person, User
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.queries import Named
from gongkai.agencies.roles import Kind
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason
from gongkai.kernel.registry import Act


class NotPermitted(PermissionDenied):
    """What somebody may not do; its reasons are told on the page that answers it."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("；".join(reason.message for reason in reasons))
        self.reasons = tuple(reasons)


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in user as the one who acts."""
    assert isinstance(request.user, User)
    return Actor(request.user)


def may(request: HttpRequest, act: Act, agency: Agency | None) -> bool:
    """Whether the signed-in user may do that there today."""
    return not authority_of(request).reasons_against(act, agency)


def require(request: HttpRequest, act: Act, agency: Agency | None) -> None:
    """Raises NotPermitted where the signed-in user may not do that there today."""
    against = authority_of(request).reasons_against(act, agency)
    if against:
        raise NotPermitted(against)


def known_or_404(public_id: str, on: date) -> Named:
    """The agency of that public id with what it is called on a day."""
    found = queries.known(public_id, on)
    if found is None:
        raise Http404
    return found


def require_anywhere(request: HttpRequest, act: Act) -> None:
    """Raises NotPermitted where the signed-in user may do that at no agency today."""
    authority = authority_of(request)
    if not authority.holds(act):
        raise NotPermitted(authority.reasons_against(act, None))


def agency_choices(on: date, *, without: Agency | None = None, governments: bool = False) -> list[tuple[str, str]]:
    """Agencies that exist on a day to choose from, deeper ones set in; governments alone where only those will do."""
    return [
        (row.url_id, "　" * depth + row.name)
        for depth, row in queries.tree(on)
        if row.agency != without and not (governments and row.agency.kind != Kind.GOVERNMENT)
    ]


def people_choices(agency: Agency, on: date, *, without: Person | None = None) -> list[tuple[str, str]]:
    """The people of an agency to choose from."""
    return [(person.public_id, person.name) for person in staff.people(agency, on) if person != without]


def person_or_404(public_id: str) -> Person:
    """The person of that public id."""
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person


def person_here_or_404(public_id: str, agency: Agency) -> Person:
    """The person of that public id, who must have to do with the agency: its staff keep their own people only."""
    person = person_or_404(public_id)
    if not staff.was_here(person, agency):
        raise Http404
    return person


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that a page is asked to be shown as of: `typed` as it stands in the box, `error` where it is none."""

    on: date
    typed: str
    error: str

    @property
    def is_today(self) -> bool:
        """Whether nothing but the present was asked for."""
        return self.on == today()

    @property
    def title(self) -> str:
        """What the page says about it."""
        return f"按{in_words(self.on)}的情况显示"

    @property
    def query(self) -> str:
        """What links of the page carry on, so that one stays on that day."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"


def day_asked(request: HttpRequest, *, since: date | None = None) -> Asked:
    """The day in `?on=`, from the first day that there is up to today; today where it is none."""
    typed, now = request.GET.get("on", "").strip()[:20], today()
    if not typed:
        return Asked(now, now.isoformat(), "")
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return Asked(now, typed, "日期应写作 2026-01-05，下面按今天的情况显示")
    if on > now:
        return Asked(now, typed, "还没有到这一天，下面按今天的情况显示")
    if since is not None and on < since:
        return Asked(now, typed, f"最早只能看{in_words(since)}，那一天才设立；下面按今天的情况显示")
    return Asked(on, on.isoformat(), "")


def trail(*links: tuple[str, str] | str) -> list[dict[str, Any]]:
    """A breadcrumb: (label, address) for each level, the page's own name last."""
    return [{"label": link} if isinstance(link, str) else {"label": link[0], "href": link[1]} for link in links]


def links(*offered: tuple[str, str, bool]) -> list[dict[str, str]]:
    """Acts as links: label, address, whether the user may."""
    return [{"label": label, "href": href} for label, href, may_do in offered if may_do]
