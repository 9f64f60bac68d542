"""The sections of an agency (内设机构)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.agencies import queries, staff
from gongkai.agencies.actions import tree
from gongkai.agencies.forms import EndForm, UnitChangeForm, UnitForm
from gongkai.agencies.models import Unit
from gongkai.agencies.permissions import MANAGE_AGENCY
from gongkai.agencies.queries import Named
from gongkai.agencies.views.office import actor_of, known_or_404, links
from gongkai.agencies.views.pages import address, agency_tab, asked_of, form_at, may_now
from gongkai.kernel.clock import today
from gongkai.ui.templatetags.ui import day


@login_required
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sections of an agency on a day, and who works in them."""
    here, asked = asked_of(request, public_id)
    agency, may_manage = here.agency, may_now(request, MANAGE_AGENCY, here, asked)
    members: dict[int | None, list[str]] = {}
    for row in staff.appointments(agency, asked.on):
        members.setdefault(row.unit_id, []).append(row.person.name)
    units = [
        {
            "unit": unit,
            "items": [
                {"label": "职责", "text": unit.duties},
                {"label": "人员", "text": "、".join(dict.fromkeys(members.get(unit.pk, [])))},
                {"label": "设立", "text": day(unit.from_on)},
            ],
            "links": links(
                ("修改", address(agency, "unit_change", unit.public_id), may_manage),
                ("撤销", address(agency, "unit_close", unit.public_id), may_manage),
            ),
        }
        for unit in queries.units(agency, asked.on)
    ]
    context = {"units": units, "links": links(("设立内设机构", address(agency, "unit_open"), may_manage))}
    return agency_tab(request, here, asked, "agency_units", "agencies/units.html", context)


@login_required
def open_unit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sets up a section."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        tree.open_unit(actor_of(request), here.agency, **values)
        return address(here.agency, "agency_units")

    return form_at(
        request, here, UnitForm, act, "设立内设机构", submit="设立内设机构", done="已设立内设机构", back=_back(here)
    )


@login_required
def change(request: HttpRequest, public_id: str, unit_id: str) -> HttpResponse:
    """Changes what a section is called or does."""
    here, unit = known_or_404(public_id, today()), _unit_or_404(public_id, unit_id)

    def act(values: dict[str, Any]) -> str:
        tree.change_unit(actor_of(request), unit, **values)
        return address(here.agency, "agency_units")

    initial = {"name": unit.name, "duties": unit.duties}
    title = f"修改“{unit.name}”"
    return form_at(
        request, here, UnitChangeForm, act, title, done="已保存", row=unit, initial=initial, back=_back(here)
    )


@login_required
def close(request: HttpRequest, public_id: str, unit_id: str) -> HttpResponse:
    """Ends a section."""
    here, unit = known_or_404(public_id, today()), _unit_or_404(public_id, unit_id)

    def act(values: dict[str, Any]) -> str:
        tree.close_unit(actor_of(request), unit, **values)
        return address(here.agency, "agency_units")

    return form_at(
        request,
        here,
        EndForm,
        act,
        f"撤销“{unit.name}”",
        submit="撤销内设机构",
        done="已撤销内设机构",
        row=unit,
        kind="warning",
        follows=["以前的记录仍能看到它", "还有人员任用在这里的，要先调整"],
        back=_back(here),
    )


def _unit_or_404(public_id: str, unit_id: str) -> Unit:
    return get_object_or_404(Unit.objects.select_related("agency"), public_id=unit_id, agency__public_id=public_id)


def _back(here: Named) -> tuple[str, str]:
    return "内设机构", address(here.agency, "agency_units")
