"""Who may do what where: acts of the organisation, and the one question that every app asks.

Authority comes from dated appointments alone. `own` is the agency, those whose duties it took over, and those whose
disclosure office one of its units is (a county's general office answers for its government); `below` all that it
oversees; `installation` everything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Appointment, DisclosureOffice, Succession, User
from gongkai.agencies.roles import INSTALLATION_ROLES, Role
from gongkai.kernel.reasons import Reason
from gongkai.kernel.registry import Act, Scope

_DEEPEST = 12
"""Levels of a tree of agencies; more would be a cycle."""

MANAGE_TREE = Act("agencies.manage_tree", "设立、更名、合并、撤销机构", {Role.SYSTEM_ADMIN: Scope.INSTALLATION})
MANAGE_AGENCY = Act(
    "agencies.manage_agency",
    "维护本机关的机构、人员和公开指南",
    {Role.SYSTEM_ADMIN: Scope.INSTALLATION, Role.OFFICE_HEAD: Scope.OWN, Role.CLERK: Scope.OWN},
)
APPOINT = Act(
    "agencies.appoint",
    "任用和免去人员",
    {Role.SYSTEM_ADMIN: Scope.INSTALLATION, Role.HEAD: Scope.OWN, Role.OFFICE_HEAD: Scope.OWN},
)
APPOINT_ADMIN = Act("agencies.appoint_admin", "任用系统管理员", {Role.SECURITY_ADMIN: Scope.INSTALLATION})
MANAGE_ACCOUNTS = Act("agencies.manage_accounts", "管理账号", {Role.SECURITY_ADMIN: Scope.INSTALLATION})
READ_JOURNAL = Act(
    "agencies.read_journal",
    "查阅日志",
    {Role.AUDIT_ADMIN: Scope.INSTALLATION, Role.OFFICE_HEAD: Scope.OWN, Role.SUPERVISOR: Scope.BELOW},
)
SEE_OFFICE = Act("agencies.see_office", "查看机构和人员", dict.fromkeys(Role, Scope.INSTALLATION))
SEE_MISSING = Act(
    "agencies.see_missing",
    "查看下级机关指南的缺漏",
    {
        Role.SYSTEM_ADMIN: Scope.INSTALLATION,
        Role.OFFICE_HEAD: Scope.BELOW,
        Role.CLERK: Scope.BELOW,
        Role.SUPERVISOR: Scope.BELOW,
    },
)

OWN_ACTS = (MANAGE_TREE, MANAGE_AGENCY, APPOINT, APPOINT_ADMIN, MANAGE_ACCOUNTS, READ_JOURNAL, SEE_OFFICE, SEE_MISSING)


@dataclass(frozen=True, slots=True)
class Standing:
    """An appointment as it stands on a day: in which role, at which agency and unit (None: the installation)."""

    role: Role
    agency_id: int | None
    unit_id: int | None
    appointment: str


def standings(user: User, on: date) -> list[Standing]:
    """What a user is on a day; nothing for a login that is switched off or has no person."""
    if not user.is_active or user.person_id is None:
        return []
    rows = in_force(Appointment.objects.filter(person=user.person_id), on).select_related("delegated_from")
    return [
        Standing(Role(row.role), row.agency_id, row.unit_id, row.public_id)
        for row in rows
        if row.delegated_from is None or _is_in_force(row.delegated_from, on)
    ]


def in_force(appointments: "QuerySet[Appointment]", on: date) -> "QuerySet[Appointment]":
    """Those that hold on a day."""
    return appointments.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)


class Authority:
    """What a user may do on a day: the database is asked once, however often a page asks."""

    def __init__(self, user: User, on: date) -> None:
        self.on = on
        self.standings = standings(user, on)
        self._own = cache(lambda agency_id: own_ids(agency_id, on))
        self._below = cache(lambda agency_id: below_ids(agency_id) | served_ids(agency_id, on))

    def holds(self, act: Act) -> bool:
        """Whether one of the user's roles may do the act anywhere."""
        return any(standing.role in act.scopes for standing in self.standings)

    def reasons_against(self, act: Act, agency: Agency | None) -> list[Reason]:
        """Why the user may not do an act at an agency (None: at the installation); empty where he may."""
        if not self.holds(act):
            return [Reason("role", f"您现在的角色不能{act.name}", "请由有相应角色的人员办理")]
        if self.role_for(act, agency):
            return []
        return [Reason("scope", f"您不能在这个机关{act.name}", "请由该机关有相应角色的人员办理")]

    def role_for(self, act: Act, agency: Agency | None) -> str:
        """The role in which the user does an act there; empty where he may not."""
        reaching = (row for row in self.standings if row.role in act.scopes and self._reaches(act, row, agency))
        return next((str(row.role) for row in reaching), "")

    def agency_ids(self, act: Act) -> frozenset[int] | None:
        """The agencies at which the user may do an act; None where it is all of them."""
        found: frozenset[int] = frozenset()
        for row in self.standings:
            scope = act.scopes.get(row.role)
            if scope == Scope.INSTALLATION:
                return None
            if scope is not None and row.agency_id is not None:
                found |= self._below(row.agency_id) if scope == Scope.BELOW else self._own(row.agency_id)
        return found

    def _reaches(self, act: Act, standing: Standing, agency: Agency | None) -> bool:
        scope = act.scopes[standing.role]
        if scope == Scope.INSTALLATION:
            return True
        if agency is None or standing.agency_id is None:
            return False
        if agency.pk == standing.agency_id:
            return True
        return agency.pk in (self._below if scope == Scope.BELOW else self._own)(standing.agency_id)


def reasons_against(act: Act, agency: Agency | None, actor: User, on: date) -> list[Reason]:
    """Why somebody may not do an act at an agency on a day (None: at the installation); empty where he may."""
    return Authority(actor, on).reasons_against(act, agency)


def own_ids(agency_id: int, on: date) -> frozenset[int]:
    """The agency, those whose disclosure work it does, and all whose duties came to them by that day."""
    start = {agency_id} | served_ids(agency_id, on)
    return _closure(start, lambda ids: Succession.objects.filter(successor__in=ids, on__lte=on), "predecessor_id")


def served_ids(agency_id: int, on: date) -> set[int]:
    """The agencies whose disclosure office on a day is a unit of this one."""
    rows = DisclosureOffice.objects.filter(from_on__lte=on)
    served = rows.filter(unit__agency=agency_id).values("agency")
    newest = dict(rows.filter(agency__in=served).order_by("from_on").values_list("agency", "unit__agency"))
    return {agency for agency, office in newest.items() if office == agency_id}


def holders(role: str, agency: Agency, on: date) -> list[Appointment]:
    """Who may act in a role for an agency on a day: there, at whoever took over its duties or does its disclosure work.

    Delegates are among them, by the appointment that was delegated.
    """
    successors = _closure(
        {agency.pk}, lambda ids: Succession.objects.filter(predecessor__in=ids, on__lte=on), "successor_id"
    )
    offices = DisclosureOffice.objects.filter(agency__in=successors, from_on__lte=on)
    serving = dict(offices.order_by("from_on").values_list("agency", "unit__agency"))
    rows = Appointment.objects.filter(role=role, agency__in=successors | set(serving.values()))
    return [
        row
        for row in in_force(rows, on).select_related("person", "delegated_from")
        if row.delegated_from is None or _is_in_force(row.delegated_from, on)
    ]


def below_ids(agency_id: int) -> frozenset[int]:
    """The agency and all that it oversees, at any depth; the tree is read whole, which is one query however deep."""
    below: dict[int, list[int]] = {}
    for key, parent in Agency.objects.order_by().values_list("id", "parent"):
        if parent is not None:
            below.setdefault(parent, []).append(key)
    found, waiting = {agency_id}, [agency_id]
    while waiting:
        met = [key for key in below.get(waiting.pop(), ()) if key not in found]
        found.update(met)
        waiting += met
    return frozenset(found)


def _closure(start: set[int], rows: "Callable[[set[int]], QuerySet[Any]]", column: str) -> frozenset[int]:
    """Everything that can be reached, level by level; what was found is not asked again, so that a cycle ends."""
    found, edge = set(start), set(start)
    for _ in range(_DEEPEST):
        edge = set(rows(edge).values_list(column, flat=True)) - found
        if not edge:
            break
        found |= edge
    return frozenset(found)


def _is_in_force(appointment: Appointment, on: date) -> bool:
    return appointment.from_on <= on and (appointment.to_on is None or on < appointment.to_on)


def holds_several(roles: Iterable[str]) -> bool:
    """Whether somebody would hold two of the installation's three separated roles."""
    return len({Role(role) for role in roles} & INSTALLATION_ROLES) > 1
