"""Reviewing a notice (审签): place by place along its chain, with sending back and signatures on paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.agencies.permissions import Authority, holders
from gongkai.agencies.roles import Role
from gongkai.audit.actions import SYSTEM, Author
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.inforequests.actions.acting import journal, person_of, told
from gongkai.inforequests.actions.noticing import hold_notice, note_all
from gongkai.inforequests.actions.signing import number_ahead, project_all, sign
from gongkai.inforequests.chains import against_person, against_place, chain_of, day_of, has_decided, is_delegate
from gongkai.inforequests.choices import HandlingKind, Stage
from gongkai.inforequests.models import Approval, Item, Notice
from gongkai.inforequests.notice_rules import (
    NOTICE_ACTS,
    overtaken,
    reasons_against_notice,
    release_unreviewed,
    unconfirmed_paper,
    waiting_place,
)
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import CONFIRM, HANDLE, REVIEW
from gongkai.kernel.clock import SHANGHAI, now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.kernel.registry import Act, Scope

if TYPE_CHECKING:
    from gongkai.agencies.models import Person

_NOON = time(12)
_DELEGATED = "（代行）"


def reasons_against_review(notice: Notice, actor: Actor, on: date, authority: Authority | None = None) -> list[Reason]:
    """Why somebody may not review a notice where it stands; empty where it is his turn."""
    found = NOTICE_ACTS["review"].against(notice, on)
    place = waiting_place(notice)
    if found or place is None or actor.user is None:
        return found
    held = authority or actor.authority(on)
    if held is not None and not held.role_for(_only(place.role), notice.agency):
        return [Reason("turn", f"现在轮到{Role(place.role).label}", "轮到您时会有提醒")]
    person = actor.user.person
    return against_person(notice, place, person, on) if person is not None else []


@transaction.atomic
def review_notice(
    actor: Actor,
    notice: Notice,
    *,
    is_agreed: bool,
    opinion: str = "",
    on_paper: bool = False,
    for_person: "Person | None" = None,
    on: date | None = None,
    scan: Inspected | None = None,
) -> Approval:
    """Agrees with a notice, or sends it back with a reason; the last agreement signs it (签发).

    `on_paper`, or `for_person`: he signed on paper on the day `on`, and the actor enters it, with its `scan` if there
    is one; an agreement takes effect when a second person confirms it (`confirm_paper`).
    """
    on_paper = on_paper or for_person is not None
    place = waiting_place(Notice.objects.select_related("agency").get(pk=notice.pk))
    number = number_ahead(notice, place, today()) if is_agreed and not on_paper else ""
    notice, items = hold_notice(notice)
    _require_same_place(notice, place)
    assert place is not None  # an empty one is overtaken
    if on_paper:
        author = _author_of_paper(actor, notice, place, for_person, on)
    else:
        refuse_for(reasons_against_review(notice, actor, today()))
        author = _author(actor, notice, place)
    refuse_for(_against_opinion(place, items, is_agreed=is_agreed, opinion=opinion))
    signer = for_person if on_paper else person_of(actor)
    _decide_place(notice, place, signer, is_agreed=is_agreed, opinion=opinion, on=on if on_paper else None)
    if on_paper:
        place.is_on_paper, place.entered_by, place.file = True, person_of(actor), _keep_scan(notice, items, scan)
    place.save()
    kind = HandlingKind(place.act) if is_agreed else HandlingKind.SENT_BACK
    _note_place(notice, items, place, kind, actor)
    act = _after(place, notice, items, actor, author, number)
    journal(act, author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number, opinion=opinion))
    return place


@transaction.atomic
def confirm_paper(actor: Actor, approval: Approval) -> Notice:
    """A second person compared an entry with the paper that was signed (核对纸质签批): the agreement takes effect."""
    place = unconfirmed_paper(Notice.objects.select_related("agency").get(pk=approval.notice_id))
    number = number_ahead(approval.notice, place, day_of(place)) if place is not None else ""
    notice, items = hold_notice(approval.notice)
    refuse_for(NOTICE_ACTS["confirm_paper"].against(notice, today()))
    place = unconfirmed_paper(notice)
    if place is None or place.pk != approval.pk:
        raise ActionRefused([overtaken(notice)])
    author = _author_of_confirmation(actor, notice, place)
    place.confirmed_by = person_of(actor)
    place.save()
    note_all(notice, items, HandlingKind.CONFIRMED, actor, author.role)
    _go_on(notice, items, actor, author, number, on=day_of(place))
    journal("confirm_paper", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number))
    return notice


def _against_opinion(place: Approval, items: Sequence[Item], *, is_agreed: bool, opinion: str) -> list[Reason]:
    """Sending back needs a reason, the secrecy reviewer's consent a look at each file that goes out (条例第十七条)."""
    if not is_agreed:
        return [] if opinion.strip() else [Reason("opinion", "退回时要写明理由", "请写明要修改什么")]
    is_secrecy = place.act == HandlingKind.SECRECY_REVIEWED and KINDS[place.notice.kind].releases
    return [reason for item in items for reason in release_unreviewed(item)] if is_secrecy else []


def _keep_scan(notice: Notice, items: Sequence[Item], scan: Inspected | None) -> str:
    """The public id of the scan that is kept with the entry; empty where there is none."""
    if scan is None:
        return ""
    return store(scan, owner=notice.public_id, subject=items[0].request.public_id).public_id


def make_chain(notice: Notice) -> None:
    """The rows of a new attempt. Raises ActionRefused where nobody can be asked at a place."""
    places = chain_of(notice)
    refuse_for([reason for place in places for reason in against_place(notice, place)])
    attempt = 1 + max(notice.approvals.values_list("attempt", flat=True), default=0)
    for order, place in enumerate(places, 1):
        Approval.objects.create(notice=notice, attempt=attempt, order=order, act=place.act, role=place.role)


def _author(actor: Actor, notice: Notice, place: Approval) -> Author:
    return SYSTEM if actor.user is None else Author(actor.user.public_id, place.role)


def _author_of_paper(actor: Actor, notice: Notice, place: Approval, person: "Person | None", on: date | None) -> Author:
    """Who enters what another signed on paper. Raises ActionRefused with what is against it."""
    day = on or today()
    refuse_for(reasons_against_notice(NOTICE_ACTS["enter_paper"], notice, actor, today()))
    if person is None:
        raise ActionRefused([Reason("person", "还没有写明是谁签批的", "请选择签批人")])
    if day > today() or day < _earliest(notice, place):
        earliest = in_words(_earliest(notice, place))
        raise ActionRefused([Reason("day", f"签批日期应在{earliest}和今天之间", "请核对纸质件上的日期")])
    if all(row.person_id != person.pk for row in holders(place.role, notice.agency, day)):
        label = Role(place.role).label
        raise ActionRefused([Reason("turn", f"现在轮到{label}，{person.name}在这一天不是{label}", "请核对签批人")])
    entering = person_of(actor)
    if entering is not None and entering.pk == person.pk:
        raise ActionRefused([Reason("self", "本人可以直接审签，不需要代录", "请直接审签")])
    refuse_for(against_person(notice, place, person, day))
    return actor.author(HANDLE, notice.agency)


def _author_of_confirmation(actor: Actor, notice: Notice, place: Approval) -> Author:
    """Who confirms: not who entered it; who signed may always confirm his own signature."""
    person = person_of(actor)
    if person is not None and person.pk == place.entered_by_id:
        raise ActionRefused([Reason("second", "代录的人不能自己核对", "请由另一人与纸质件核对")])
    if person is not None and person.pk == place.person_id:
        return _author(actor, notice, place)
    return actor.author(CONFIRM, notice.agency)


def _earliest(notice: Notice, place: Approval) -> date:
    """The day before which a place can't have been decided: that of the place before, or of the draft."""
    before = (
        Approval.objects.filter(notice=notice, attempt=place.attempt, order__lt=place.order).order_by("order").last()
    )
    return day_of(before) if before is not None else notice.drafted_at.astimezone(SHANGHAI).date()


def _only(role: str) -> Act:
    return replace(REVIEW, scopes={role: Scope.OWN})


def _require_same_place(notice: Notice, place: Approval | None) -> None:
    """Raises ActionRefused where the notice moved on since it was read."""
    current = waiting_place(notice)
    if current is None or place is None or current.pk != place.pk:
        raise ActionRefused([overtaken(notice)])


def _decide_place(
    notice: Notice, place: Approval, person: "Person | None", *, is_agreed: bool, opinion: str, on: date | None
) -> None:
    place.person, place.is_agreed = person, is_agreed
    place.at = datetime.combine(on, _NOON, SHANGHAI) if on is not None and on != today() else now()
    place.is_combined = person is not None and has_decided(place, person)
    is_for_another = person is not None and is_delegate(notice, place, person)
    place.opinion, place.text = (_DELEGATED if is_for_another else "") + (opinion.strip() or "同意"), notice.body


def _note_place(notice: Notice, items: Sequence[Item], place: Approval, kind: HandlingKind, actor: Actor) -> None:
    more = {"opinion": place.opinion, "is_on_paper": place.is_on_paper, "entered_by": place.entered_by}
    for_whom = {"person": place.person} if place.is_on_paper else {}
    note_all(notice, items, kind, actor, place.role, **more, **for_whom)


def _after(place: Approval, notice: Notice, items: Sequence[Item], actor: Actor, author: Author, number: str) -> str:
    """What follows from a decision at a place. Gives the name of the act for the journal."""
    if not place.is_agreed:
        _send_back(notice, items)
        return "send_back"
    if place.is_on_paper:  # nothing goes on before a second person has confirmed it
        project_all(items)
        return "enter_paper"
    return _go_on(notice, items, actor, author, number)


def _send_back(notice: Notice, items: Sequence[Item]) -> None:
    """Ends the attempt: the places that were not reached are no more."""
    notice.approvals.filter(at=None).delete()
    notice.stage = Stage.DRAFT
    notice.save(update_fields=["stage"])
    project_all(items)


def _go_on(
    notice: Notice, items: Sequence[Item], actor: Actor, author: Author, number: str, *, on: date | None = None
) -> str:
    """After an agreement: the next place, or the signature. Gives the name of the act for the journal."""
    if waiting_place(notice) is not None:
        project_all(items)
        return "approve"
    sign(notice, items, actor, author, number, on=on or today())
    return "sign"
