"""What every act on a notice shares: it is held with its cases, it makes legal steps, the law may be against it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from gongkai.agencies.actions.acting import Actor
from gongkai.inforequests.actions.acting import hold, note, person_id_of
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Item, Notice, Step
from gongkai.inforequests.notices.kinds import INTERNET_STANDS_FOR_SENT, KINDS
from gongkai.inforequests.steps import project, reasons_against_step, record
from gongkai.kernel.reasons import ActionRefused, Reason
from gongkai.law.clock import Act, parse_step
from gongkai.law.clock.steps import Argument
from gongkai.law.errors import BadStep

WITH_ARGUMENT = (Act.CLARIFICATION_ASKED, Act.EXTENDED, Act.DEFERRED)
"""Steps that say besides their day for how long, or until when: as their letter does."""


class Moment(StrEnum):
    """The moments of a notice that make legal steps."""

    SIGNED = "signed"
    SENT = "sent"
    RECEIVED = "received"


def hold_notice(notice: Notice) -> tuple[Notice, list[Item]]:
    """Reads a notice and its cases anew and holds them until the transaction ends; cases first, in their order."""
    keys = notice.items.order_by("id")
    items = [hold(item) for item in keys]
    rows = Notice.objects.select_for_update(of=("self",), no_key=True).select_related("agency", "consultation")
    return rows.get(pk=notice.pk), items


def act_at(notice: Notice, moment: Moment) -> Act | None:
    """The legal step that a notice makes at a moment."""
    kind = KINDS[notice.kind]
    match moment:
        case Moment.SIGNED:
            return kind.on_signed
        case Moment.SENT:
            return kind.on_sent
        case Moment.RECEIVED:
            return kind.on_received


def step_made(notice: Notice, moment: Moment) -> bool:
    """Whether the step of a moment is on record and counts: one that was voided can be made again."""
    act = act_at(notice, moment)
    rows = notice.steps.filter(voids=None, corrections=None, voidings=None)
    return act is not None and rows.filter(act=act.value).exists()


def argument_of(act: Act, text: str, *, on: date) -> Argument:
    """What stands behind a step, as the law reads it. Raises ActionRefused for what it does not take."""
    try:
        return parse_step(f"{act.value}:{on.isoformat()}:{text}" if text else f"{act.value}:{on.isoformat()}").argument
    except BadStep as error:
        instead = "日期应写作 2026-03-02" if act is Act.DEFERRED else "请填写工作日数"
        raise ActionRefused([Reason("argument", f"“{text}”不能用在这份文书里", instead)]) from error


def reasons_in_law(notice: Notice, items: Sequence[Item], *, on: date) -> list[Reason]:
    """What the law has against the step for which a notice is written, were it made on that day."""
    act = act_at(notice, Moment.SIGNED) or act_at(notice, Moment.SENT)
    if act is None:
        return []
    argument = argument_of(act, notice.argument, on=on) if act in WITH_ARGUMENT else None
    key = key_of(notice)
    return [one for item in items for one in reasons_against_step(item, act, on=on, key=key, argument=argument)]


def key_of(notice: Notice) -> str:
    """The key that pairs a consultation's steps."""
    return notice.consultation.key if notice.consultation is not None else ""


def make_step(
    notice: Notice,
    items: Sequence[Item],
    moment: Moment,
    actor: Actor,
    role: str,
    *,
    on: date,
    evidence: str = "",
    is_posted: bool = True,
) -> list[Step]:
    """Records the step of a moment for each case, once; without one only the cached columns are written anew."""
    act = act_at(notice, moment)
    if act is None or step_made(notice, moment) or (act in INTERNET_STANDS_FOR_SENT and not is_posted):
        for item in items:
            project(item)
        return []
    return [
        record(
            item,
            act,
            on=on,
            key=key_of(notice) if act not in (Act.DISPATCHED, Act.DELIVERED) else "",
            argument=notice.argument if act in WITH_ARGUMENT else "",
            person_id=person_id_of(actor),
            role=role,
            evidence=evidence,
            notice=notice,
        )
        for item in items
    ]


def note_all(
    notice: Notice, items: Sequence[Item], kind: HandlingKind, actor: Actor, role: str, **more: object
) -> None:
    """Notes at each case what was done with the notice."""
    for item in items:
        note(item, kind, actor, role, notice=notice, **more)
