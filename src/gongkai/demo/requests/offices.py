"""An office as the stories see it: who of it does what, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.permissions import in_force
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import today

if TYPE_CHECKING:
    from gongkai.agencies.models import User


@dataclass
class Office:
    """An agency, and the one whose people do its disclosure work: the county's office does it for the government."""

    agency: Agency
    worked_by: Agency
    unit: Unit
    _held: dict[tuple[str, date], Appointment] = field(default_factory=dict)

    def who(self, role: Role) -> Person:
        """Who holds a role today, at the agency itself or where its work is done; a delegate before who is away."""
        on = today()
        if (role, on) not in self._held:
            rows = in_force(Appointment.objects.filter(role=role, agency__in=(self.agency, self.worked_by)), on)
            rows = rows.select_related("person__user").order_by("delegated_from")
            found = sorted(rows, key=lambda row: (row.agency_id != self.agency.pk, row.delegated_from_id is None))
            self._held[role, on] = found[0]
        return self._held[role, on].person

    def actor(self, role: Role) -> Actor:
        """The same as one who acts."""
        return Actor(self.login(role))

    def login(self, role: Role) -> "User | None":
        """His login; None for one who signs on paper."""
        return getattr(self.who(role), "user", None)


def offices(agencies: Mapping[str, Agency], units: Mapping[str, list[Unit]]) -> dict[str, Office]:
    """The offices that take requests, by the keys of the plan."""
    return {
        key: Office(agency, agencies["office"] if key == "government" else agency, (units[key] or units["office"])[-1])
        for key, agency in agencies.items()
        if key != "commerce"
    }
