"""People, what they are and were, appointments and delegations; the office, the leading group, channels, the guide."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.actions import office as office_actions
from gongkai.agencies.actions import people
from gongkai.agencies.forms import (
    AppointForm,
    ChannelForm,
    DelegateForm,
    EndForm,
    GroupMemberForm,
    GuideTextForm,
    OfficeForm,
    OfficeMemberForm,
    PersonForm,
    PostForm,
)
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.permissions import APPOINT, MANAGE_AGENCY, in_force
from gongkai.agencies.roles import Role
from gongkai.agencies.views.office import actor_of, agency_or_404, may, people_choices, person_or_404, require, trail
from gongkai.kernel.clock import today
from gongkai.kernel.registry import Act
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page


@login_required
def detail(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """A person at an agency: posts and appointments over time."""
    agency, person, on = agency_or_404(public_id), person_or_404(person_id), today()
    rows = person.appointments.select_related("agency", "unit", "delegated_from__person").order_by("-from_on")
    current = set(in_force(Appointment.objects.filter(person=person), on).values_list("pk", flat=True))
    context = {
        "agency": agency,
        "person": person,
        "posts": person.posts.select_related("agency").order_by("-from_on"),
        "appointments": [(row, row.pk in current) for row in rows],
        "may_manage": may(request, MANAGE_AGENCY, agency),
        "may_appoint": may(request, APPOINT, agency),
        "breadcrumb": _trail(agency, person.name),
    }
    return render(request, "agencies/person.html", context)


@login_required
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enters a person."""
    agency = agency_or_404(public_id)

    def act(values: dict[str, Any]) -> str:
        return _person_address(agency, people.add_person(actor_of(request), agency, **values))

    return _page(request, agency, PersonForm, act, "登记人员", done="已登记人员，接下来可以任用")


@login_required
def change(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Changes a person's name or contact."""
    agency, person = agency_or_404(public_id), person_or_404(person_id)

    def act(values: dict[str, Any]) -> str:
        people.change_person(actor_of(request), person, agency, **values)
        return _person_address(agency, person)

    initial = {"name": person.name, "phone": person.phone, "email": person.email}
    return _page(request, agency, PersonForm, act, "修改人员资料", done="已保存", row=person, initial=initial)


@login_required
def give_post(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Notes an official job."""
    agency, person = agency_or_404(public_id), person_or_404(person_id)

    def act(values: dict[str, Any]) -> str:
        people.give_post(actor_of(request), person, agency, **values)
        return _person_address(agency, person)

    return _page(request, agency, PostForm, act, f"登记{person.name}的职务", done="已登记职务")


@login_required
def appoint(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """Appoints a person."""
    agency, person = agency_or_404(public_id), person_or_404(person_id)
    units = [(unit.public_id, unit.name) for unit in queries.units(agency, today())]

    def form(data: Any, **options: Any) -> Form:
        return AppointForm(data, units=units, **options)

    def act(values: dict[str, Any]) -> str:
        unit = Unit.objects.filter(public_id=values.pop("unit") or None, agency=agency).first()
        role = Role(values.pop("role"))
        people.appoint(actor_of(request), person, role, agency=agency, unit=unit, **values)
        return _person_address(agency, person)

    return _page(request, agency, form, act, f"任用{person.name}", done="已任用", needs=APPOINT, submit="任用")


@login_required
def end(request: HttpRequest, public_id: str, appointment_id: str) -> HttpResponse:
    """Ends an appointment."""
    agency = agency_or_404(public_id)
    row = get_object_or_404(Appointment, public_id=appointment_id, agency=agency)
    title = f"终止{row.person.name}的“{row.get_role_display()}”任用"

    def act(values: dict[str, Any]) -> str:
        people.end_appointment(actor_of(request), row, **values)
        return _person_address(agency, row.person)

    return _page(request, agency, EndForm, act, title, done="已终止任用", needs=APPOINT, row=row, submit="终止任用")


@login_required
def delegate(request: HttpRequest, public_id: str, appointment_id: str) -> HttpResponse:
    """Lets another act in an appointment."""
    agency = agency_or_404(public_id)
    row = get_object_or_404(Appointment, public_id=appointment_id, agency=agency)

    def form(data: Any, **options: Any) -> Form:
        return DelegateForm(data, people=people_choices(agency, today()), **options)

    def act(values: dict[str, Any]) -> str:
        to = person_or_404(values.pop("to"))
        people.delegate(actor_of(request), row, to=to, **values)
        return _person_address(agency, to)

    return _page(
        request, agency, form, act, f"授权代行{row.get_role_display()}", done="已授权", needs=APPOINT, submit="授权"
    )


@login_required
def set_office(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tells what the disclosure office is from a day on."""
    agency = agency_or_404(public_id)
    before = queries.office(agency, today())

    def act(values: dict[str, Any]) -> str:
        office_actions.set_office(actor_of(request), agency, **values)
        return _agency_address(agency)

    initial = (
        {name: getattr(before, name) for name in OfficeForm.base_fields if name not in ("seen", "from_on")}
        if before
        else {}
    )
    return _page(
        request, agency, OfficeForm, act, "政府信息公开工作机构", done="已登记，公开指南随即更新", initial=initial
    )


@login_required
def add_office_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Notes who works in the office."""
    agency = agency_or_404(public_id)

    def form(data: Any, **options: Any) -> Form:
        return OfficeMemberForm(data, people=people_choices(agency, today()), **options)

    def act(values: dict[str, Any]) -> str:
        office_actions.add_office_member(actor_of(request), agency, person_or_404(values.pop("person")), **values)
        return _agency_address(agency)

    return _page(request, agency, form, act, "登记工作人员", done="已登记工作人员")


@login_required
def add_group_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Notes a member of the leading group."""
    agency = agency_or_404(public_id)

    def form(data: Any, **options: Any) -> Form:
        return GroupMemberForm(data, people=people_choices(agency, today()), **options)

    def act(values: dict[str, Any]) -> str:
        office_actions.add_group_member(actor_of(request), agency, person_or_404(values.pop("person")), **values)
        return _agency_address(agency)

    return _page(request, agency, form, act, "登记领导小组成员", done="已登记领导小组成员")


@login_required
def open_channel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Opens a channel."""
    agency = agency_or_404(public_id)

    def act(values: dict[str, Any]) -> str:
        office_actions.open_channel(actor_of(request), agency, **values)
        return _agency_address(agency)

    return _page(request, agency, ChannelForm, act, "登记申请渠道", done="已登记申请渠道，公开指南随即更新")


@login_required
def write_guide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Writes a part of the guide."""
    agency = agency_or_404(public_id)

    def act(values: dict[str, Any]) -> str:
        office_actions.write_guide_text(actor_of(request), agency, **values)
        return _agency_address(agency)

    return _page(request, agency, GuideTextForm, act, "填写公开指南", done="已保存，公开指南随即更新")


def _page(
    request: HttpRequest,
    agency: Agency,
    form: Callable[..., Form],
    act: Callable[[dict[str, Any]], str],
    title: str,
    *,
    done: str,
    needs: Act = MANAGE_AGENCY,
    submit: str = "保存",
    **options: Any,
) -> HttpResponse:
    require(request, needs, agency)
    return form_page(
        request, form, act, title=title, submit=submit, done=done, breadcrumb=_trail(agency, title), **options
    )


def _agency_address(agency: Agency) -> str:
    return reverse("agency", args=[agency.public_id])


def _person_address(agency: Agency, person: Person) -> str:
    return reverse("person", args=[agency.public_id, person.public_id])


def _trail(agency: Agency, page: str) -> list[dict[str, Any]]:
    return trail(("机构", reverse("agencies")), (queries.name_of(agency, today()), _agency_address(agency)), page)
