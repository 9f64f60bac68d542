"""Whose turn an item is (轮到谁): it follows from the notices under way, the assignments, and where the case stands."""

from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import CaseState, Stage
from gongkai.inforequests.holding import owes_files
from gongkai.inforequests.models import Approval, Assignment, Item, Notice

Turn = tuple[str, int | None, int | None]
"""Role, key of the unit, key of the person; all empty where nobody in the office has to do anything."""

SECOND_PERSON = "second_person"
"""Stands in for a role where what was entered from paper waits to be compared with it: for whoever may, but not for who
entered it."""
NOBODY: Turn = ("", None, None)
_CLERK: Turn = (Role.CLERK, None, None)
_UNDER_WAY = (Stage.DRAFT, Stage.REVIEW, Stage.SIGNED, Stage.SEALED)


def turn_of(item: Item) -> Turn:
    """Whose turn it is. The notice that has come furthest decides; then open assignments; then the clerk.

    A person is named only where the case was handed over to him (`Item.turn_person`), which stays while the role does.
    """
    notice = Notice.objects.filter(items=item, stage__in=_UNDER_WAY).order_by("-id").first() if item.pk else None
    if notice is not None:
        return _kept(item, _of_notice(notice))
    if item.state == CaseState.ENDED:
        return _kept(item, _CLERK) if item.pk and owes_files(item) else NOBODY
    assignment = Assignment.objects.filter(item=item, returned_at=None).order_by("id").first() if item.pk else None
    if assignment is not None:
        return _kept(item, (Role.UNIT_HANDLER, assignment.unit_id, None))
    if item.state == CaseState.WAITING:
        return NOBODY
    return _kept(item, _CLERK)


def _of_notice(notice: Notice) -> Turn:
    match notice.stage:
        case Stage.REVIEW:
            rows = Approval.objects.filter(notice=notice)
            waiting = rows.filter(at=None).order_by("attempt", "order").first()
            to_confirm = rows.filter(is_on_paper=True, is_agreed=True, confirmed_by=None).exists()
            if to_confirm:
                return (SECOND_PERSON, None, None)
            return (waiting.role, None, None) if waiting is not None else _CLERK
        case Stage.SIGNED:
            return (Role.SEAL_KEEPER, None, None)
        case Stage.SEALED if notice.is_scan and notice.seal_confirmed_by_id is None:
            return (SECOND_PERSON, None, None)
        case _:
            return _CLERK


def _kept(item: Item, turn: Turn) -> Turn:
    """The turn, of the person to whom it was handed over where it is still the same role's (and the same unit's)."""
    role, unit, _ = turn
    return (role, unit, item.turn_person_id if (item.turn_role, item.turn_unit_id) == (role, unit) else None)
