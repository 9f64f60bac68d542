"""The pages of one agency: their tabs, the day that they show, and forms that belong to it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.actions.acting import CLOSED
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import MANAGE_AGENCY, SEE_OFFICE
from gongkai.agencies.queries import Named
from gongkai.agencies.views.office import (
    Asked,
    NotPermitted,
    day_asked,
    known_or_404,
    may,
    require,
    require_anywhere,
    trail,
)
from gongkai.kernel.clock import today
from gongkai.kernel.registry import Act
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page

_TABS = (
    ("概况", "agency"),
    ("人员", "agency_people"),
    ("内设机构", "agency_units"),
    ("工作机构和领导小组", "agency_office"),
    ("公开指南", "agency_guide"),
)


def address(agency: Agency, name: str = "agency", *more: str) -> str:
    """The address of a page of an agency."""
    return reverse(name, args=[agency.public_id, *more])


def asked_of(request: HttpRequest, public_id: str) -> tuple[Named, Asked]:
    """The agency as it stood on the day that is asked for, which lies within its life."""
    require_anywhere(request, SEE_OFFICE)
    now = known_or_404(public_id, today())
    asked = day_asked(request, since=now.agency.from_on)
    return (now if asked.is_today else known_or_404(public_id, asked.on)), asked


def agency_tab(
    request: HttpRequest, here: Named, asked: Asked, tab: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A tab of an agency's pages. Acts are offered on the present alone, and by an agency that exists."""
    agency = here.agency
    shown = {
        "agency": agency,
        "here": here,
        "asked": asked,
        "heirs": queries.heirs(agency, asked.on) if is_gone(agency, asked.on) else (),
        "tabs": [
            {"label": label, "href": address(agency, name) + asked.query, "current": name == tab}
            for label, name in _TABS
        ],
        "breadcrumb": trail(("机构", reverse("agencies")), here.name),
        **context,
    }
    return render(request, template, shown)


def may_now(request: HttpRequest, act: Act, here: Named, asked: Asked) -> bool:
    """Whether the act is offered on the page: by who may do it, on the present, where the agency exists."""
    return asked.is_today and not here.is_closed and may(request, act, here.agency)


def is_gone(agency: Agency, on: date) -> bool:
    """Whether an agency's duties went to others by a day."""
    return agency.to_on is not None and agency.to_on <= on


def form_at(
    request: HttpRequest,
    here: Named,
    form: Callable[..., Form],
    act: Callable[[dict[str, Any]], str],
    title: str,
    *,
    done: str,
    needs: Act = MANAGE_AGENCY,
    submit: str = "保存",
    back: tuple[str, str] | None = None,
    **options: Any,
) -> HttpResponse:
    """A page with a form of an agency. Raises NotPermitted where it is merged or the user may not do the act."""
    require(request, needs, here.agency)
    if here.is_closed:
        raise NotPermitted([CLOSED])
    links = [("机构", reverse("agencies")), (here.name, address(here.agency)), *([back] if back else [])]
    return form_page(
        request, form, act, title=title, submit=submit, done=done, breadcrumb=trail(*links, title), **options
    )
