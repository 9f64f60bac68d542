"""Where messages to members of staff go: the office mailbox of whoever serves now."""

from gongkai.agencies.models import Appointment, Person
from gongkai.agencies.permissions import in_force
from gongkai.kernel.clock import today
from gongkai.kernel.registry import addresses

PERSON = "agencies.person"
"""The kind of recipient, for `outbox.actions.Recipient`; the id is the person's public id."""


def address_of(channel: str, public_id: str) -> str:
    """The address of a person on a channel; empty for one who has none, or has left."""
    if channel != "mail":
        return ""
    serving = in_force(Appointment.objects.all(), today()).values("person")
    found = Person.objects.filter(public_id=public_id, pk__in=serving).values_list("email", flat=True).first()
    return found or ""


def announce() -> None:
    """Fills the kernel's registry."""
    addresses.add(PERSON, address_of)
