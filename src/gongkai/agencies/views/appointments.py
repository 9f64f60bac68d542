"""Appointing, delegating, ending; leaving an agency and handing over what is open."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.agencies import queries, staff
from gongkai.agencies.actions import leaving, people
from gongkai.agencies.fields import offering
from gongkai.agencies.forms import AppointForm, DelegateForm, EndForm, HandOverForm, LeaveForm
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.permissions import APPOINT
from gongkai.agencies.roles import Role
from gongkai.agencies.views.office import (
    actor_of,
    known_or_404,
    people_choices,
    person_here_or_404,
    person_or_404,
)
from gongkai.agencies.views.pages import form_at
from gongkai.agencies.views.people import at_person, back_to_people, role_in_words
from gongkai.kernel.clock import today


@login_required
def appoint(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Appoints a person, who may come from another agency."""
    here, person = known_or_404(public_id, today()), person_or_404(person_id)
    units = [(unit.public_id, unit.name) for unit in queries.units(here.agency, today())]

    def act(values: dict[str, Any]) -> str:
        unit = Unit.objects.filter(public_id=values.pop("unit") or None, agency=here.agency).first()
        role = Role(values.pop("role"))
        people.appoint(actor_of(request), person, role, agency=here.agency, unit=unit, **values)
        return at_person(here, person)

    return form_at(
        request,
        here,
        offering(AppointForm, unit=units),
        act,
        f"任用{person.name}",
        done="已任用",
        needs=APPOINT,
        submit="任用",
        back=back_to_people(here),
    )


@login_required
def end(request: HttpRequest, public_id: str, appointment_id: str) -> HttpResponse:
    """Ends an appointment."""
    here, row = known_or_404(public_id, today()), _appointment_or_404(public_id, appointment_id)

    def act(values: dict[str, Any]) -> str:
        people.end_appointment(actor_of(request), row, **values)
        return at_person(here, row.person)

    return form_at(
        request,
        here,
        EndForm,
        act,
        f"终止{row.person.name}的“{row.get_role_display()}”任用",
        done="已终止任用",
        needs=APPOINT,
        row=row,
        submit="终止任用",
        kind="warning",
        follows=["由这项任用授权的代行同日终止", "以前的登记和办理记录不变"],
        back=back_to_people(here),
    )


@login_required
def delegate(request: HttpRequest, public_id: str, appointment_id: str) -> HttpResponse:
    """Lets another act in an appointment."""
    here, row = known_or_404(public_id, today()), _appointment_or_404(public_id, appointment_id)
    others = people_choices(here.agency, today(), without=row.person)

    def act(values: dict[str, Any]) -> str:
        to = person_or_404(values.pop("to"))
        people.delegate(actor_of(request), row, to=to, **values)
        return at_person(here, row.person)

    return form_at(
        request,
        here,
        offering(DelegateForm, to=others),
        act,
        f"授权他人代行{row.person.name}的“{row.get_role_display()}”",
        done="已授权代行",
        needs=APPOINT,
        submit="授权代行",
        intro="本人休假、出差或者暂时不能履职时用。代行人在这段时间以该角色办理，日志记代行人的名字；代行的职责不能再授权他人。",
        back=back_to_people(here),
    )


@login_required
def leave(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Ends all that a person is at an agency, and hands over what waits for him."""
    here = known_or_404(public_id, today())
    person = person_here_or_404(person_id, here.agency)
    works = staff.open_work_of(person, today(), agency=here.agency)

    def act(values: dict[str, Any]) -> str:
        to = person_or_404(values.pop("to")) if values["to"] else values.pop("to") or None
        leaving.leave(actor_of(request), person, here.agency, to=to, **values)
        return at_person(here, person)

    return form_at(
        request,
        here,
        offering(LeaveForm, to=people_choices(here.agency, today(), without=person)),
        act,
        f"{person.name}离任",
        done="已登记离任，未了的事项已交接",
        needs=APPOINT,
        submit="登记离任",
        kind="warning",
        follows=[
            f"{_all_that(person, here.agency)}同日终止，还没有生效的撤回",
            _waiting(works),
            "以前的登记和办理记录不变；账号由安全管理员停用",
        ],
        back=back_to_people(here),
    )


@login_required
def hand_over(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Hands over what waits for a person, who stays."""
    here = known_or_404(public_id, today())
    person = person_here_or_404(person_id, here.agency)
    works = staff.open_work_of(person, today(), agency=here.agency)

    def act(values: dict[str, Any]) -> str:
        leaving.hand_over(actor_of(request), person, here.agency, to=person_or_404(values["to"]))
        return at_person(here, person)

    return form_at(
        request,
        here,
        offering(HandOverForm, to=people_choices(here.agency, today(), without=person)),
        act,
        f"交接{person.name}未了的事项",
        done="已交接",
        needs=APPOINT,
        submit="交接",
        intro=_waiting(works),
        back=back_to_people(here),
    )


def _all_that(person: Person, agency: Agency) -> str:
    rows = staff.appointments(agency, today()).filter(person=person)
    roles = "、".join(f"“{role_in_words(row)}”" for row in rows)
    return f"{person.name}在本机关的任用{roles}，以及职务、工作机构和领导小组中的登记"


def _waiting(works: list[Any]) -> str:
    if not works:
        return "现在没有未了的事项"
    return f"未了的事项有{len(works)}件，交给接手的人：" + "；".join(work.title for work in works)


def _appointment_or_404(public_id: str, appointment_id: str) -> Appointment:
    rows = Appointment.objects.select_related("person", "agency", "unit")
    return get_object_or_404(rows, public_id=appointment_id, agency__public_id=public_id)
