"""Reading the organisation as it stood on a day; what other apps may ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q

from gongkai.agencies.models import (
    Agency,
    AgencyName,
    Appointment,
    Channel,
    DisclosureOffice,
    LeadingGroupMember,
    OfficeMember,
    Person,
    Post,
    Succession,
    Unit,
)
from gongkai.agencies.permissions import in_force
from gongkai.agencies.roles import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Named:
    """An agency with what it is called on the day asked for."""

    agency: Agency
    name: str
    short_names: tuple[str, ...]

    @property
    def url_id(self) -> str:
        """Its public id."""
        return self.agency.public_id


def existing(on: date) -> "QuerySet[Agency]":
    """The agencies that exist on a day."""
    return Agency.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)


def named(agencies: "QuerySet[Agency]", on: date) -> list[Named]:
    """Agencies with their names on a day, in one query more."""
    rows = agencies.prefetch_related(Prefetch("names", AgencyName.objects.order_by("from_on")))
    return [_named(agency, list(agency.names.all()), on) for agency in rows]


def name_of(agency: Agency, on: date) -> str:
    """What an agency is called on a day."""
    return _named(agency, list(agency.names.all()), on).name


def tree(on: date) -> list[tuple[int, Named]]:
    """Every agency that exists on a day with its depth, each below the one that oversees it."""
    rows = named(existing(on).order_by("code"), on)
    below: dict[int | None, list[Named]] = {}
    known = {row.agency.pk for row in rows}
    for row in rows:
        parent = row.agency.parent_id
        below.setdefault(parent if parent in known else None, []).append(row)
    ordered: list[tuple[int, Named]] = []
    waiting = [(0, row) for row in reversed(below.get(None, []))]
    while waiting:
        depth, row = waiting.pop()
        ordered.append((depth, row))
        waiting += [(depth + 1, child) for child in reversed(below.get(row.agency.pk, []))]
    return ordered


def search(words: str, on: date) -> list[Named]:
    """Agencies by name, short name, old name or what they do; those named so come before those that do so.

    All words, parted by white space, must be found. An agency that was merged is found and leads to its successor.
    """
    wanted = words.split()
    if not wanted:
        return []
    found = Agency.objects.all()
    for word in wanted:
        by_name = Q(names__name__icontains=word) | Q(names__short_names__icontains=word)
        found = found.filter(by_name | Q(functions__icontains=word))
    rows = named(found.distinct().order_by("code"), on)
    return sorted(rows, key=lambda row: not all(word in row.name + " ".join(row.short_names) for word in wanted))


def successors(agency: Agency, on: date) -> list[Named]:
    """To whom an agency's duties went by a day."""
    ids = Succession.objects.filter(predecessor=agency, on__lte=on).values("successor")
    return named(Agency.objects.filter(pk__in=ids), on)


def predecessors(agency: Agency, on: date) -> list[Named]:
    """Whose duties an agency took over by a day."""
    ids = Succession.objects.filter(successor=agency, on__lte=on).values("predecessor")
    return named(Agency.objects.filter(pk__in=ids), on)


def heads(agency: Agency, on: date) -> list[Appointment]:
    """Who leads an agency on a day."""
    return list(appointments(agency, on).filter(role=Role.HEAD))


def appointments(agency: Agency, on: date) -> "QuerySet[Appointment]":
    """Who is what at an agency on a day."""
    rows = in_force(Appointment.objects.filter(agency=agency), on)
    return rows.select_related("person", "unit", "delegated_from__person")


def people(agency: Agency, on: date) -> "QuerySet[Person]":
    """Everybody who works at an agency on a day: has an appointment, a post, or a place in its office or group."""
    is_there = Q(to_on=None) | Q(to_on__gt=on)
    rows: Iterable[QuerySet[Any]] = (
        Appointment.objects.filter(is_there, agency=agency),
        Post.objects.filter(is_there, agency=agency),
        OfficeMember.objects.filter(is_there, agency=agency),
        LeadingGroupMember.objects.filter(is_there, agency=agency),
    )
    ids = Q()
    for row in rows:
        ids |= Q(pk__in=row.values("person"))
    return Person.objects.filter(ids)


def office(agency: Agency, on: date) -> DisclosureOffice | None:
    """The agency's disclosure office as it is on a day."""
    rows = DisclosureOffice.objects.filter(agency=agency, from_on__lte=on).select_related("unit__agency")
    return rows.order_by("-from_on").first()


def office_members(agency: Agency, on: date) -> "QuerySet[OfficeMember]":
    """Who works in the disclosure office on a day."""
    rows = OfficeMember.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    return rows.select_related("person")


def leading_group(agency: Agency, on: date) -> list[LeadingGroupMember]:
    """The leading group on a day: leader, deputies, members."""
    rows = LeadingGroupMember.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)
    order = list(LeadingGroupMember.Part.values)
    return sorted(rows.select_related("person"), key=lambda row: (order.index(row.part), row.pk))


def channels(agency: Agency, on: date) -> "QuerySet[Channel]":
    """The channels open for requests on a day."""
    return Channel.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)


def units(agency: Agency, on: date) -> "QuerySet[Unit]":
    """The sections of an agency on a day."""
    return Unit.objects.filter(Q(to_on=None) | Q(to_on__gt=on), agency=agency, from_on__lte=on)


def _named(agency: Agency, names: list[AgencyName], on: date) -> Named:
    """The name that holds on a day; before the first, the first: an agency that is yet to be founded has one too."""
    held = [row for row in names if row.from_on <= on] or names[:1]
    if not held:
        return Named(agency, agency.code, ())
    return Named(agency, held[-1].name, tuple(held[-1].short_names.split()))
