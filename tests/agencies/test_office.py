"""The disclosure office, the leading group, channels and the guide's words over time."""

from datetime import date

import pytest
from tests.agencies.people import FOUNDED, SYSTEM, a_person, a_user, an_agency

from gongkai.agencies import queries, staff
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.office import (
    add_group_member,
    add_office_member,
    correct_row,
    end_row,
    open_channel,
    set_office,
    write_guide_text,
)
from gongkai.agencies.actions.tree import open_unit
from gongkai.agencies.models import Agency, Channel, DisclosureOffice, GuideText
from gongkai.agencies.permissions import MANAGE_AGENCY, SEE_MISSING, Authority, reasons_against
from gongkai.agencies.roles import ChannelKind, Role
from gongkai.audit.models import Entry
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 1)
TODAY = date(2026, 9, 1)


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


def refused(error: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in error.value.reasons]


def test_the_office_is_what_it_was_on_each_day(bureau: Agency) -> None:
    set_office(SYSTEM, bureau, name="办公室", phone="0375-8051234", from_on=FOUNDED)
    set_office(SYSTEM, bureau, name="法规股", phone="0375-8050000", from_on=LATER)
    told = {
        on: getattr(queries.office(bureau, on), "name", None) for on in (date(2019, 2, 28), date(2026, 2, 28), LATER)
    }
    assert told == {date(2019, 2, 28): None, date(2026, 2, 28): "办公室", LATER: "法规股"}


def test_the_same_day_is_put_right_and_nothing_new_leaves_no_entry(bureau: Agency) -> None:
    for phone in ("0375-8051234", "0375-8051235", "0375-8051235"):
        set_office(SYSTEM, bureau, name="办公室", phone=phone, from_on=FOUNDED)
    assert DisclosureOffice.objects.count() == 1
    assert Entry.objects.filter(act="agencies.set_office").count() == 2


def test_an_office_of_another_agency_may_keep_this_one_s_guide() -> None:
    government, general = an_agency("青禾县人民政府"), an_agency("青禾县人民政府办公室")
    clerk = a_user(Role.CLERK, general)
    assert reasons_against(MANAGE_AGENCY, government, clerk, TODAY)
    unit = open_unit(SYSTEM, general, name="政务公开股", from_on=FOUNDED)
    set_office(SYSTEM, government, name="政务公开股", unit=unit, from_on=FOUNDED)
    assert reasons_against(MANAGE_AGENCY, government, clerk, TODAY) == []
    assert government.pk in (Authority(clerk, TODAY).agency_ids(SEE_MISSING) or ())
    set_office(SYSTEM, government, name="值班室", unit=None, from_on=LATER)
    assert reasons_against(MANAGE_AGENCY, government, clerk, TODAY)


def test_a_channel_follows_the_one_before_it(bureau: Agency) -> None:
    open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="人民路88号", from_on=FOUNDED)
    new = open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="建设路1号", from_on=LATER)
    details = {on: [row.details for row in queries.channels(bureau, on)] for on in (date(2026, 2, 28), LATER)}
    assert details == {date(2026, 2, 28): ["人民路88号"], LATER: ["建设路1号"]}
    for from_on, reason in ((LATER, "same_day"), (date(2025, 1, 1), "day")):
        with pytest.raises(ActionRefused) as error:
            open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="和平路3号", from_on=from_on)
        assert refused(error) == [reason]
    assert Channel.objects.filter(to_on=None).get() == new
    end_row(SYSTEM, new, to_on=TODAY)
    with pytest.raises(ActionRefused) as error:
        end_row(SYSTEM, new, to_on=TODAY)
    assert refused(error) == ["ended"]


def test_the_group_has_one_leader_at_a_time(bureau: Agency) -> None:
    wang, zhao = a_person(bureau), a_person(bureau, "赵刚")
    first = add_group_member(SYSTEM, bureau, wang, part="leader", duties="全面负责", from_on=FOUNDED)
    with pytest.raises(ActionRefused) as error:
        add_group_member(SYSTEM, bureau, zhao, part="leader", from_on=LATER)
    assert refused(error) == ["leader"]
    member = add_group_member(SYSTEM, bureau, zhao, part="member", from_on=FOUNDED)
    with pytest.raises(ActionRefused) as error:
        correct_row(SYSTEM, member, part="leader")
    assert refused(error) == ["leader"]
    end_row(SYSTEM, first, to_on=LATER)
    end_row(SYSTEM, member, to_on=LATER)
    add_group_member(SYSTEM, bureau, zhao, part="leader", from_on=LATER)
    told = {on: [(row.part, row.person.name) for row in staff.leading_group(bureau, on)] for on in (FOUNDED, LATER)}
    assert told == {FOUNDED: [("leader", "王敏"), ("member", "赵刚")], LATER: [("leader", "赵刚")]}


def test_somebody_is_a_member_once_at_a_time(bureau: Agency) -> None:
    wang = a_person(bureau)
    row = add_office_member(SYSTEM, bureau, wang, from_on=FOUNDED, is_full_time=True)
    with pytest.raises(ActionRefused) as error:
        add_office_member(SYSTEM, bureau, wang, from_on=LATER)
    assert refused(error) == ["twice"]
    correct_row(SYSTEM, row, is_full_time=False, is_established=False)
    assert [(row.is_full_time, row.is_established) for row in staff.office_members(bureau, TODAY)] == [(False, False)]


def test_nothing_begins_before_the_agency(bureau: Agency) -> None:
    before = date(2019, 2, 28)
    acts = (
        lambda: set_office(SYSTEM, bureau, name="办公室", from_on=before),
        lambda: open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="人民路88号", from_on=before),
        lambda: write_guide_text(SYSTEM, bureau, part=GuideText.Part.FEES, text="不收费。", from_on=before),
        lambda: add_office_member(SYSTEM, bureau, a_person(bureau), from_on=before),
    )
    for act in acts:
        with pytest.raises(ActionRefused) as error:
            act()
        assert refused(error) == ["day"]


def test_who_works_elsewhere_changes_nothing_here(bureau: Agency) -> None:
    other = Actor(a_user(Role.CLERK, an_agency("青禾县林业局")))
    row = add_office_member(SYSTEM, bureau, a_person(bureau), from_on=FOUNDED)
    acts = (
        lambda: set_office(other, bureau, name="办公室", from_on=FOUNDED),
        lambda: end_row(other, row, to_on=TODAY),
        lambda: correct_row(other, row, is_full_time=True),
        lambda: write_guide_text(other, bureau, part=GuideText.Part.FEES, text="不收费。", from_on=FOUNDED),
    )
    for act in acts:
        with pytest.raises(ActionRefused) as error:
            act()
        assert refused(error) == ["scope"]
