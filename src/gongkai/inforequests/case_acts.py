"""What one may do with a case: the acts as buttons with what they cause, those refused with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.permissions import Authority
from gongkai.inforequests import words
from gongkai.inforequests.choices import Stage
from gongkai.inforequests.models import Item
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import CONFIRM, READ_NOTICES
from gongkai.inforequests.queries import entered_by
from gongkai.inforequests.rules import CASE_ACTS, CaseAct, authority_reasons, open_notice
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.kernel.reasons import Reason
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Clock
from gongkai.ui.templatetags.ui import day

_LIKELY = (
    *("confirm", "register", "answer", "clear", "clarified", "consulted", "paid", "decide", "explained", "archive"),
    *("assign", "clarify", "search", "release", "consult", "extend"),
)
"""The acts that a case waits for, the most urgent first; the others follow in the order of `CASE_ACTS`."""
_FIRST = ("confirm", "register", "assign", *_LIKELY)
"""The same while nobody has looked for what is asked: it is given to a unit before it is answered."""
_USUAL = 4
"""Acts that are seen at once; the rest unfolds."""
_NEXT = {
    Stage.DRAFT: "继续拟稿",
    Stage.REVIEW: "审签",
    Stage.SIGNED: "用印",
    Stage.SEALED: "送达",
}
_NOTHING_TO_DO = "无需再办"
_LIMITS = {"clarify": LawAct.CLARIFICATION_ASKED, "extend": LawAct.EXTENDED}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """What one may do: the usual acts, the rest of those that are possible, and what can't be done, with reasons."""

    usual: list[Row]
    more: list[Row]
    refused: list[Row]


def acts(item: Item, clock: Clock | None, actor: Actor, authority: Authority, on: date) -> Acts:
    """The acts of a case for somebody, the likeliest first; what one's role may never do is left out.

    Only whose turn it is gets a main button: a page of refusals, or of invitations to interfere, helps nobody.
    """
    held = [act for act in CASE_ACTS.values() if not authority_reasons(act.needs, item, actor, on, authority)]
    against = {act.id: act.against(item, on) for act in held}
    order = _FIRST if not item.assignments.all() and not item.searches.all() else _LIKELY
    allowed = sorted((act for act in held if not against[act.id]), key=lambda act: _rank(act, order))
    is_turn = _is_turn(item, actor, authority)
    may_read = not authority.reasons_against(READ_NOTICES, item.agency)
    rows = (_under_way(item, is_turn=is_turn) if may_read else []) + [_allowed(act, item, clock) for act in allowed]
    if rows and is_turn:
        rows[0]["kind"] = ""
    refused = [(act, against[act.id][0]) for act in held if against[act.id]]
    return Acts(rows[:_USUAL], rows[_USUAL:], _refused(refused))


def _is_turn(item: Item, actor: Actor, authority: Authority) -> bool:
    """Whether it waits for one of somebody's roles; for a second person, where he is not the first."""
    if item.turn_role != SECOND_PERSON:
        return item.turn_role in {row.role for row in authority.standings}
    first = entered_by(actor.user.person_id if actor.user is not None else None)
    return not authority.reasons_against(CONFIRM, item.agency) and not Item.objects.filter(first, pk=item.pk).exists()


def _rank(act: CaseAct, order: tuple[str, ...]) -> int:
    return order.index(act.id) if act.id in order else len(order)


def _under_way(item: Item, *, is_turn: bool) -> list[Row]:
    """The notice that a case waits for, as the first thing to do, or to look at."""
    notice = open_notice(item)
    if notice is None:
        return []
    verb = "核对" if item.turn_role == SECOND_PERSON else _NEXT[Stage(notice.stage)]
    verb = verb if is_turn else "查看"
    name, href = KINDS[notice.kind].name, reverse("notice", args=[notice.public_id])
    text = f"现在到了{notice.get_stage_display()}，轮到{words.turn_of(item)}"
    return [{"label": f"{verb}《{name}》", "text": text, "href": href, "kind": "second"}]


def _allowed(act: CaseAct, item: Item, clock: Clock | None) -> Row:
    limit = clock.limits.get(str(_LIMITS[act.id])) if clock is not None and act.id in _LIMITS else None
    text = f"{act.causes}；最迟{day(limit)}" if limit is not None else act.causes
    return {"label": act.name, "text": text, "href": address(item, act.id), "kind": "second"}


def _refused(refused: Iterable[tuple[CaseAct, Reason]]) -> list[Row]:
    """The acts that can't be done now, together where the reason is the same; not those that are done already."""
    names: dict[Reason, list[str]] = {}
    for act, reason in refused:
        if reason.instead != _NOTHING_TO_DO:
            names.setdefault(reason, []).append(act.name)
    return [
        {"label": "、".join(told), "reason": reason.message, "instead": reason.instead, "basis": reason.basis}
        for reason, told in names.items()
    ]


def address(item: Item, act: str) -> str:
    """The page of an act on a case."""
    return reverse(f"case_{act}", args=[item.public_id])
