"""The disclosure office, the leading group, channels and the guide's own words."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from gongkai.agencies.actions.acting import Actor, journal, require_day, save, told
from gongkai.agencies.models import (
    Agency,
    Channel,
    DisclosureOffice,
    GuideText,
    LeadingGroupMember,
    OfficeMember,
    Person,
)
from gongkai.agencies.permissions import MANAGE_AGENCY
from gongkai.kernel.reasons import ActionRefused, Reason


@transaction.atomic
def set_office(actor: Actor, agency: Agency, *, from_on: date, **values: Any) -> DisclosureOffice:
    """Tells what the disclosure office is from a day on; what it was before stays readable in the old guide."""
    author = actor.author(MANAGE_AGENCY, agency)
    require_day(from_on, not_before=agency.from_on, what="启用日期")
    row = DisclosureOffice.objects.filter(agency=agency, from_on=from_on).first()
    office = row or DisclosureOffice(agency=agency, from_on=from_on)
    for name, value in values.items():
        setattr(office, name, value)
    save(office)
    journal("agencies.set_office", author, agency.public_id, agency, told({"from_on": from_on, **values}))
    return office


@transaction.atomic
def add_office_member(actor: Actor, agency: Agency, person: Person, *, from_on: date, **values: Any) -> OfficeMember:
    """Notes who works in the disclosure office."""
    author = actor.author(MANAGE_AGENCY, agency)
    _refuse_twice(OfficeMember.objects.filter(agency=agency, person=person), from_on)
    row = OfficeMember(agency=agency, person=person, from_on=from_on, **values)
    save(row)
    journal("agencies.add_office_member", author, person.public_id, agency, told({"from_on": from_on}))
    return row


@transaction.atomic
def add_group_member(
    actor: Actor, agency: Agency, person: Person, *, from_on: date, **values: Any
) -> LeadingGroupMember:
    """Notes a member of the leading group and his part in it."""
    author = actor.author(MANAGE_AGENCY, agency)
    _refuse_twice(LeadingGroupMember.objects.filter(agency=agency, person=person), from_on)
    row = LeadingGroupMember(agency=agency, person=person, from_on=from_on, **values)
    save(row)
    journal("agencies.add_group_member", author, person.public_id, agency, told({"from_on": from_on, **values}))
    return row


@transaction.atomic
def open_channel(actor: Actor, agency: Agency, *, kind: str, from_on: date, **values: Any) -> Channel:
    """Opens a channel for requests; the one of that kind that was open before ends."""
    author = actor.author(MANAGE_AGENCY, agency)
    for before in Channel.objects.select_for_update().filter(agency=agency, kind=kind, to_on=None):
        require_day(from_on, not_before=before.from_on, what="开通日期")
        if before.from_on == from_on:
            raise ActionRefused([Reason("same_day", "同一天已登记过这个渠道", "请改用别的开通日期")])
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
    """Gives a part of the guide its words from a day on; the same day's words are replaced."""
    author = actor.author(MANAGE_AGENCY, agency)
    row = GuideText.objects.filter(agency=agency, part=part, from_on=from_on).first()
    guide = row or GuideText(agency=agency, part=part, from_on=from_on)
    guide.text = text
    save(guide)
    journal("agencies.write_guide_text", author, agency.public_id, agency, told({"part": part, "from_on": from_on}))
    return guide


@transaction.atomic
def end_row(actor: Actor, row: "OfficeMember | LeadingGroupMember | Channel", *, to_on: date) -> None:
    """Ends a membership or a channel on a day."""
    author = actor.author(MANAGE_AGENCY, row.agency)
    require_day(to_on, not_before=row.from_on, what="终止日期")
    row.to_on = to_on
    save(row)
    act = f"agencies.end_{row._meta.model_name}"
    journal(act, author, row.agency.public_id, row.agency, {"to_on": (None, str(to_on))})


def _refuse_twice(rows: "models.QuerySet[Any]", from_on: date) -> None:
    if rows.filter(Q(to_on=None) | Q(to_on__gt=from_on)).exists():
        raise ActionRefused([Reason("twice", "该人员在这段时间已经登记过", "请先终止原来的登记")])
