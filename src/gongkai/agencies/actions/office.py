"""The disclosure office, the leading group, channels and the guide's own words."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from gongkai.agencies.actions.acting import (
    Actor,
    changed,
    in_words,
    is_to_come,
    journal,
    lock,
    refuse_overtaken,
    require_day,
    require_period,
    require_standing,
    save,
    told,
    withdraw,
)
from gongkai.agencies.models import (
    Agency,
    Channel,
    DisclosureOffice,
    GuideText,
    LeadingGroupMember,
    OfficeMember,
    Person,
    Post,
    Unit,
)
from gongkai.agencies.permissions import MANAGE_AGENCY
from gongkai.kernel.reasons import ActionRefused, Reason

DatedRow = Post | OfficeMember | LeadingGroupMember | Channel


@transaction.atomic
def set_office(
    actor: Actor, agency: Agency, *, from_on: date, unit: Unit | None = None, **values: Any
) -> DisclosureOffice:
    """Tells what the disclosure office is from a day on; what it was before stays readable in the old guide.

    `unit` may belong to another agency, which then does the work for this one.
    """
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    require_day(from_on, not_before=agency.from_on, what="启用日期")
    row = DisclosureOffice.objects.filter(agency=agency, from_on=from_on).first()
    office = row or DisclosureOffice(agency=agency, from_on=from_on)
    changes = changed(office, {"unit": unit, **values})
    if changes or row is None:
        save(office)
        journal("agencies.set_office", author, agency.public_id, agency, {**told({"from_on": from_on}), **changes})
    return office


@transaction.atomic
def add_office_member(actor: Actor, agency: Agency, person: Person, *, from_on: date, **values: Any) -> OfficeMember:
    """Notes who works in the disclosure office."""
    author = actor.author(MANAGE_AGENCY, agency)
    _require_place(agency, person, from_on)
    _refuse_twice(OfficeMember.objects.filter(agency=agency, person=person), from_on)
    row = OfficeMember(agency=agency, person=person, from_on=from_on, **values)
    save(row)
    journal("agencies.add_office_member", author, person.public_id, agency, told({"from_on": from_on, **values}))
    return row


@transaction.atomic
def add_group_member(
    actor: Actor, agency: Agency, person: Person, *, from_on: date, **values: Any
) -> LeadingGroupMember:
    """Notes a member of the leading group and his part in it."""
    author = actor.author(MANAGE_AGENCY, agency)
    _require_place(agency, person, from_on)
    _refuse_twice(LeadingGroupMember.objects.filter(agency=agency, person=person), from_on)
    row = LeadingGroupMember(agency=agency, person=person, from_on=from_on, **values)
    _refuse_second_leader(row)
    save(row)
    journal("agencies.add_group_member", author, person.public_id, agency, told({"from_on": from_on, **values}))
    return row


@transaction.atomic
def open_channel(actor: Actor, agency: Agency, *, kind: str, from_on: date, **values: Any) -> Channel:
    """Opens a channel for requests; the one of that kind that was open before ends."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    require_day(from_on, not_before=agency.from_on, what="开通日期")
    for before in Channel.objects.filter(agency=agency, kind=kind).filter(Q(to_on=None) | Q(to_on__gt=from_on)):
        require_day(from_on, not_before=before.from_on, what="开通日期")
        if before.from_on == from_on:
            raise ActionRefused([Reason("same_day", "同一天已登记过这个渠道", "请更正那一条，或改用别的开通日期")])
        before.to_on = from_on
        save(before)
    row = Channel(agency=agency, kind=kind, from_on=from_on, **values)
    save(row)
    journal(
        "agencies.open_channel", author, agency.public_id, agency, told({"kind": kind, "from_on": from_on, **values})
    )
    return row


@transaction.atomic
def write_guide_text(actor: Actor, agency: Agency, *, part: str, text: str, from_on: date) -> GuideText:
    """Gives a part of the guide its words from a day on; the same day's are replaced. None: the law's stand again."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_standing(agency)
    require_day(from_on, not_before=agency.from_on, what="启用日期")
    row = GuideText.objects.filter(agency=agency, part=part, from_on=from_on).first()
    guide = row or GuideText(agency=agency, part=part, from_on=from_on)
    changes = changed(guide, {"text": text})
    if changes or row is None:
        save(guide)
        told_too = told({"part": part, "from_on": from_on})
        journal("agencies.write_guide_text", author, agency.public_id, agency, {**told_too, **changes})
    return guide


@transaction.atomic
def correct_row(actor: Actor, row: DatedRow, **values: Any) -> None:
    """Puts right what was entered wrongly about a post, a membership or a channel (更正)."""
    author = actor.author(MANAGE_AGENCY, row.agency)
    require_standing(row.agency)
    refuse_overtaken(row, lock(row), values)
    changes = changed(row, values)
    require_period(row.from_on, row.to_on)
    if isinstance(row, LeadingGroupMember):
        _refuse_second_leader(row)
    if changes:
        save(row)
        journal(f"agencies.correct_{row._meta.model_name}", author, row.public_id, row.agency, changes)


@transaction.atomic
def end_row(actor: Actor, row: DatedRow, *, to_on: date) -> None:
    """Ends a post, a membership or a channel on a day; one that has not begun may be withdrawn."""
    author = actor.author(MANAGE_AGENCY, row.agency)
    require_standing(row.agency)
    lock(row)
    if is_to_come(row) and to_on <= row.from_on:
        withdraw(row, author, row.agency)
        return
    require_period(row.from_on, to_on)
    if row.to_on is not None and row.to_on <= to_on:
        raise ActionRefused([Reason("ended", f"已于{in_words(row.to_on)}终止", "无需再办")])
    changes = changed(row, {"to_on": to_on})
    save(row)
    journal(f"agencies.end_{row._meta.model_name}", author, row.public_id, row.agency, changes)


def _require_place(agency: Agency, person: Person, from_on: date) -> None:
    """Holds agency and person: the same entered twice at once is seen by the second."""
    require_standing(agency)
    lock(person)
    require_day(from_on, not_before=agency.from_on, what="起始日期")


def _refuse_twice(rows: "models.QuerySet[Any]", from_on: date) -> None:
    if rows.filter(Q(to_on=None) | Q(to_on__gt=from_on)).exists():
        raise ActionRefused([Reason("twice", "该人员在这段时间已经登记过", "请先终止原来的登记")])


def _refuse_second_leader(row: LeadingGroupMember) -> None:
    if row.part != LeadingGroupMember.Part.LEADER:
        return
    others = LeadingGroupMember.objects.filter(agency=row.agency, part=row.part).exclude(pk=row.pk)
    others = others.filter(Q(to_on=None) | Q(to_on__gt=row.from_on))
    if row.to_on is not None:
        others = others.filter(from_on__lt=row.to_on)
    if others.exists():
        raise ActionRefused([Reason("leader", "领导小组在这段时间已有组长", "请先终止原组长的登记")])
