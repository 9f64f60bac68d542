"""Leaving an agency, and handing over what waits for somebody (离任、交接)."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from gongkai.agencies.actions.acting import Actor, changed, journal, lock, require_standing, save, told, withdraw
from gongkai.agencies.actions.people import end_appointment, hold, reasons_against_ending, withdraw_appointment
from gongkai.agencies.models import Agency, Appointment, LeadingGroupMember, OfficeMember, Person, Post
from gongkai.agencies.permissions import APPOINT, in_force
from gongkai.agencies.staff import open_work_of
from gongkai.audit.actions import Author
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason, refuse_for
from gongkai.kernel.registry import OpenWork, hand_overs

_BESIDE: tuple[type[Post | OfficeMember | LeadingGroupMember], ...] = (Post, OfficeMember, LeadingGroupMember)
"""What a person is at an agency beside his appointments."""


@transaction.atomic
def leave(actor: Actor, person: Person, agency: Agency, *, to_on: date, to: Person | None = None) -> None:
    """Ends all that a person is at an agency on a day (离任), and hands everything that waits for him to another.

    Raises ActionRefused with everything that stands in the way; then nothing is done.
    """
    author = actor.author(APPOINT, agency)
    require_standing(agency)
    lock(person)
    held = in_force(Appointment.objects.filter(person=person, agency=agency), to_on)
    for model in (Appointment, *_BESIDE):
        for row in model._default_manager.filter(person=person, agency=agency, from_on__gt=today()):
            withdraw_appointment(row, author) if isinstance(row, Appointment) else withdraw(row, author, agency)
    begun = sum(
        model._default_manager.filter(person=person, agency=agency, from_on__gte=to_on).count()
        for model in (Appointment, *_BESIDE)
    )
    refuse_for(_reasons_against_leaving(person, agency, to, begun, [*held], to_on))
    # Delegations that he gave end with what they come from; those that he holds are his own.
    for row in held.order_by("delegated_from", "pk"):
        end_appointment(actor, row, to_on=to_on)
    for kind in _BESIDE:
        rows = kind._default_manager.filter(person=person, agency=agency, from_on__lt=to_on)
        for dated in rows.filter(Q(to_on=None) | Q(to_on__gt=to_on)):
            changes = changed(dated, {"to_on": to_on})
            save(dated)
            journal(f"agencies.end_{kind._meta.model_name}", author, dated.public_id, agency, changes)
    if to is not None:
        _hand_over(author, person, to, agency)
    journal("agencies.leave", author, person.public_id, agency, told({"to_on": to_on, "to": to}))


@transaction.atomic
def hand_over(actor: Actor, person: Person, agency: Agency, *, to: Person) -> int:
    """Hands everything that waits for a person at an agency to another (交接); how many things that were."""
    author = actor.author(APPOINT, agency)
    hold(agency, person)
    refuse_for(_reasons_against_handing(person, agency, to))
    return _hand_over(author, person, to, agency)


def _hand_over(author: Author, person: Person, to: Person, agency: Agency) -> int:
    works = open_work_of(person, today(), agency=agency)
    for work in works:
        hand_overs[work.kind](work.key, person.public_id, to.public_id)
    if works:
        changes = {f"{work.kind}.{work.key}": (person.public_id, to.public_id) for work in works}
        journal("agencies.hand_over", author, person.public_id, agency, changes)
    return len(works)


def _reasons_against_leaving(
    person: Person, agency: Agency, to: Person | None, begun: int, held: list[Appointment], to_on: date
) -> list[Reason]:
    found = []
    if begun:
        found.append(Reason("later", f"有{begun}项登记在离任日期当天或之后已经开始", "请核对离任日期"))
    found += [reason for row in held for reason in reasons_against_ending(row, to_on)]
    works = open_work_of(person, today(), agency=agency)
    if works and to is None:
        found.append(Reason("open_work", f"{person.name}还有{len(works)}件未了的事项", "请选择由谁接手"))
    if to is not None:
        found += _reasons_against_handing(person, agency, to)
    return found


def _reasons_against_handing(person: Person, agency: Agency, to: Person) -> list[Reason]:
    if to.pk == person.pk:
        return [Reason("self", "接手的人不能是本人", "请另选接手的人")]
    if not in_force(Appointment.objects.filter(person=to), today()).exists():
        return [Reason("taker", f"{to.name}现在没有任用，不能办理事项", "请先任用，或另选接手的人")]
    stuck = [work for work in open_work_of(person, today(), agency=agency) if not _can_be_handed(work)]
    return [Reason(f"stuck.{work.kind}", f"“{work.title}”不能直接交接", "请打开该事项办理") for work in stuck]


def _can_be_handed(work: OpenWork) -> bool:
    return bool(work.key) and work.kind in hand_overs
