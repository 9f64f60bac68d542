"""Who works at an agency on a day (人员): who leads it, who is appointed and has which post, what waits for whom."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q, Subquery

from gongkai.agencies.models import Agency, Appointment, LeadingGroupMember, OfficeMember, Person, Post
from gongkai.agencies.permissions import in_force
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import today
from gongkai.kernel.registry import OpenWork, open_work

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MOST_FOUND = 50


def heads(agency: Agency, on: date) -> list[Appointment]:
    """Who leads an agency on a day."""
    return list(appointments(agency, on).filter(role=Role.HEAD))


def headed(agencies: "QuerySet[Agency]", on: date) -> "QuerySet[Agency]":
    """The agencies, each with `is_headed`: whether somebody leads it on a day. No query of its own."""
    return agencies.annotate(
        is_headed=Exists(in_force(Appointment.objects.filter(agency=OuterRef("pk"), role=Role.HEAD), on))
    )


def leaders(agency: Agency, on: date) -> list[tuple[Person, str]]:
    """Who leads an agency and who stands beside him, with the post that is shown (负责人，条例第二十条)."""
    roles = [Role.HEAD, Role.DEPUTY_HEAD]
    rows = in_force(Appointment.objects.filter(agency=agency, role__in=roles, delegated_from=None), on)
    held = Post.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    title = held.filter(person=OuterRef("person")).order_by("-from_on").values("title")[:1]
    found = rows.select_related("person").annotate(title=Subquery(title))
    ordered = sorted(found, key=lambda row: (roles.index(Role(row.role)), row.from_on, row.pk))
    shown: dict[Person, str] = {}
    for row in ordered:
        shown.setdefault(row.person, row.title or str(row.get_role_display()))
    return list(shown.items())


def leading_group(agency: Agency, on: date) -> list[LeadingGroupMember]:
    """The leading group on a day: leader, deputies, members."""
    rows = LeadingGroupMember.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    order = list(LeadingGroupMember.Part.values)
    return sorted(rows.select_related("person"), key=lambda row: (order.index(row.part), row.pk))


def appointments(agency: Agency, on: date) -> "QuerySet[Appointment]":
    """Who is what at an agency on a day."""
    rows = in_force(Appointment.objects.filter(agency=agency), on)
    return rows.select_related("person", "unit", "delegated_from__person")


def appointments_of(person: str, on: date) -> "QuerySet[Appointment]":
    """What somebody (by public id) is on a day, at whatever agency."""
    return in_force(Appointment.objects.filter(person__public_id=person), on)


def people(agency: Agency, on: date) -> "QuerySet[Person]":
    """Everybody who works at an agency on a day; today also who was entered there and has begun nowhere yet."""
    at_the_day = Q(to_on=None) | Q(to_on__gt=on), Q(from_on__lte=on)
    works_here = _places(lambda model: model._default_manager.filter(*at_the_day, agency=agency))
    if on < today():
        return Person.objects.filter(works_here)
    ever = _places(lambda model: model._default_manager.filter(from_on__lte=on).exclude(agency=None))
    return Person.objects.filter(works_here | (Q(agency=agency) & ~ever))


def was_here(person: Person, agency: Agency) -> bool:
    """Whether a person was entered at an agency, or ever worked there."""
    here = _places(lambda model: model._default_manager.filter(agency=agency))
    return Person.objects.filter(here | Q(agency=agency), pk=person.pk).exists()


def _places(rows: "Callable[[type[Model]], QuerySet[Any]]") -> Q:
    """Persons with any such row that places them at an agency."""
    found = Q()
    for model in (Appointment, Post, OfficeMember, LeadingGroupMember):
        found |= Q(pk__in=rows(model).values("person"))
    return found


def people_named(words: str) -> "QuerySet[Person]":
    """People of all agencies by a part of their name, so that somebody who changes agency need not be entered anew."""
    return (
        Person.objects.filter(name__icontains=words).select_related("agency")[:_MOST_FOUND]
        if words
        else Person.objects.none()
    )


def open_work_of(person: Person, on: date, *, agency: Agency) -> list[OpenWork]:
    """What waits for a person at an agency; a thing that names no agency counts at each."""
    works = (work for list_work in open_work for work in list_work(person.public_id, on))
    return [work for work in works if work.agency in ("", agency.public_id)]


def open_work_at(agency: Agency, on: date) -> list[tuple[Person, list[OpenWork]]]:
    """Who has open work at an agency, and which."""
    if not list(open_work):
        return []
    everybody = Person.objects.filter(_places(lambda model: model._default_manager.filter(agency=agency)))
    found = ((person, open_work_of(person, on, agency=agency)) for person in everybody)
    return [(person, works) for person, works in found if works]


def titles(agency: Agency, on: date) -> dict[int, list[str]]:
    """The posts at an agency on a day, by the key of who has them."""
    found: dict[int, list[str]] = {}
    rows = Post.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    for person, title in rows.values_list("person", "title"):
        found.setdefault(person, []).append(title)
    return found


def office_members(agency: Agency, on: date) -> "QuerySet[OfficeMember]":
    """Who works in the disclosure office on a day."""
    rows = OfficeMember.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    return rows.select_related("person")
