"""Writing messages, in the transaction of the act that they tell of, and trying again what was given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from gongkai.kernel.clock import SHANGHAI, now
from gongkai.kernel.registry import addresses
from gongkai.outbox.models import Fault, Message, State
from gongkai.outbox.wording import Fact, NotAllowed, Template, require_public_id, templates

DIGEST_AT = time(8, 30)
"""When the day's digest goes out, Shanghai time: before the day's work."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom: a kind that an app gives addresses for (`agencies.person`), and a public id."""

    kind: str
    public_id: str


def write(
    template: Template,
    *,
    to: Recipient,
    target: str = "",
    facts: Mapping[str, Fact] | None = None,
    is_urgent: bool = False,
) -> None:
    """Writes a message; an urgent one is due at once, others wait for the recipient's next digest.

    `target` is the public id of what its link leads to. Raises TransactionManagementError outside of a transaction,
    NotAllowed for what is no announced text or could hold personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a message is written within the act that it tells of")
    if template.id not in templates or templates[template.id] != template or to.kind not in addresses:
        raise NotAllowed(f"{template.id} to {to.kind} was never announced")
    template.link(require_public_id(target))  # tells at once where there is no such page
    at = now()
    Message.objects.create(
        recipient_kind=to.kind,
        recipient=require_public_id(to.public_id),
        template=template.id,
        facts=template.plain_facts(facts or {}),
        target=target,
        is_urgent=is_urgent,
        written_at=at,
        due_at=at if is_urgent else next_digest(at),
    )


def next_digest(at: datetime) -> datetime:
    """When the digest after an instant goes out."""
    here = at.astimezone(SHANGHAI)
    digest = datetime.combine(here.date(), DIGEST_AT, SHANGHAI)
    return digest if here < digest else digest + timedelta(days=1)


def try_again() -> int:
    """Puts back all that was given up, to be sent at once; gives their number. The caller has checked authority."""
    given_up = Message.objects.filter(state=State.GIVEN_UP)
    return given_up.update(state=State.WAITING, tries=0, fault=Fault.NONE, due_at=now(), ended_at=None)
