"""What every act on a case shares: who acts, the case held, the journal written last."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.queries import acting_for
from gongkai.audit.actions import Author, Changes
from gongkai.audit.actions import record as write_journal
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Handling, Item, Request
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import Reason

if TYPE_CHECKING:
    from gongkai.agencies.models import Person


_TO_APPLICANT = "请在查询进度中查看；有疑问的，请与受理机关联系"


def person_of(actor: Actor) -> "Person | None":
    """Who acts; None for the system."""
    return actor.user.person if actor.user is not None else None


def person_id_of(actor: Actor) -> int | None:
    """The key of who acts; None for the system."""
    return actor.user.person_id if actor.user is not None else None


def hold(item: Item) -> Item:
    """Reads an item anew and holds it until the transaction ends: who acts on the same waits, then sees what was done.

    Lock order: counter, case, journal head.
    """
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("request", "agency")
    return rows.get(pk=item.pk)


def hold_request(request: Request) -> list[Item]:
    """All items of a letter, held as `hold` does, in their order."""
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("request", "agency")
    return list(rows.filter(request=request).order_by("order"))


def journal(
    act: str, author: Author, case: Item | Request, changes: Changes | None = None, *, is_first: bool = False
) -> None:
    """Writes the entry under the key of the letter, into the chain of the agency or of who took over its duties.

    `is_first`: it should be the first that is written of the letter.
    """
    request = case.request if isinstance(case, Item) else case
    chain = acting_for(case.agency, today()).public_id
    subject = request.public_id
    write_journal(
        f"inforequests.{act}", author=author, subject=subject, chain=chain, changes=changes, is_first=is_first
    )


def note(item: Item, kind: HandlingKind, actor: Actor, role: str, **more: Any) -> Handling:
    """Notes what was done inside the office."""
    return Handling.objects.create(item=item, kind=kind, at=now(), person_id=person_id_of(actor), role=role, **more)


def against_applicant(found: Sequence[Reason]) -> list[Reason]:
    """The reasons against an act that is the applicant's own: what an officer can do instead is nothing to him."""
    return [replace(reason, instead=_TO_APPLICANT) for reason in found]


def told(**values: object) -> dict[str, tuple[str | None, str | None]]:
    """Values as the journal has them: what became, from nothing."""
    return {name: (None, str(value)) for name, value in values.items() if value not in (None, "")}
