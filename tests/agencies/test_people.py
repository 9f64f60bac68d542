"""People over time: appointing, delegating, leaving and handing over; nothing twice, nobody missing, nothing half done."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests.agencies.people import FOUNDED, SYSTEM, a_person, a_user, an_agency

from gongkai.agencies import staff
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.leaving import hand_over, leave
from gongkai.agencies.actions.office import add_group_member, add_office_member, correct_row, end_row
from gongkai.agencies.actions.people import (
    appoint,
    change_person,
    delegate,
    end_appointment,
    give_post,
)
from gongkai.agencies.actions.tree import merge_agency, open_unit
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.permissions import MANAGE_AGENCY, reasons_against
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.audit.queries import proof, values_of
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.kernel.registry import OpenWork, hand_overs, open_work

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


class Cases:
    """A fake app above: cases, each somebody's."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def open_work(self, person: str, _on: date) -> list[OpenWork]:
        return [
            OpenWork("case", f"{key}号申请", f"/office/{key}/", key=key)
            for key, whose in self.of.items()
            if whose == person
        ]

    def hand_over(self, key: str, giver: str, taker: str) -> None:
        assert self.of[key] == giver
        self.of[key] = taker


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(TODAY):
        yield


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> Cases:
    made = Cases()
    monkeypatch.setattr(open_work, "_things", {"case": made.open_work})
    monkeypatch.setattr(hand_overs, "_things", {"case": made.hand_over})
    return made


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


@pytest.fixture
def wang(bureau: Agency) -> Person:
    return a_person(bureau)


@pytest.fixture
def zhao(bureau: Agency) -> Person:
    return a_person(bureau, "赵刚")


def refused(error: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in error.value.reasons]


class TestAppointing:
    def test_a_day_after_the_end_is_no_overlap_and_the_day_before_is(self, bureau: Agency, wang: Person) -> None:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 3, 1), to_on=date(2026, 6, 1))
        for from_on, to_on in (
            (date(2026, 5, 31), None),
            (date(2026, 1, 1), date(2026, 3, 2)),
            (date(2026, 1, 1), None),
        ):
            with pytest.raises(ActionRefused) as error:
                appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=from_on, to_on=to_on)
            assert refused(error) == ["twice"]
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 1, 1), to_on=date(2026, 3, 1))
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 6, 1))

    def test_an_end_before_the_beginning_is_told_in_words(self, bureau: Agency, wang: Person) -> None:
        with pytest.raises(ActionRefused) as error:
            appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=TODAY, to_on=TODAY)
        assert [reason.message for reason in error.value.reasons] == ["终止日期应晚于起始日期"]

    def test_a_section_must_be_the_agency_s_own_and_there(self, bureau: Agency, wang: Person) -> None:
        foreign = open_unit(SYSTEM, an_agency("青禾县林业局"), name="办公室", from_on=FOUNDED)
        late = open_unit(SYSTEM, bureau, name="法规股", from_on=date(2026, 10, 1))
        for unit, reason in ((foreign, "unit"), (late, "unit_gone")):
            with pytest.raises(ActionRefused) as error:
                appoint(SYSTEM, wang, Role.UNIT_HANDLER, agency=bureau, unit=unit, from_on=TODAY)
            assert refused(error) == [reason]

    def test_nobody_is_appointed_where_there_is_nothing_any_more(self, bureau: Agency, wang: Person) -> None:
        merge_agency(SYSTEM, bureau, into=[an_agency("青禾县水务局")], on=TODAY)
        with pytest.raises(ActionRefused) as error:
            appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 1, 1))
        assert refused(error) == ["closed"]

    def test_who_was_what_on_a_day_before(self, bureau: Agency, wang: Person, zhao: Person) -> None:
        first = appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, zhao, Role.HEAD, agency=bureau, from_on=date(2026, 5, 1))
        end_appointment(SYSTEM, first, to_on=date(2026, 5, 1))
        assert [row.person.name for row in staff.heads(bureau, date(2026, 4, 30))] == ["王敏"]
        assert [row.person.name for row in staff.heads(bureau, date(2026, 5, 1))] == ["赵刚"]

    def test_one_to_come_is_withdrawn_with_its_delegation(self, bureau: Agency, wang: Person, zhao: Person) -> None:
        row = appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=date(2026, 10, 1))
        delegate(SYSTEM, row, to=zhao, from_on=date(2026, 10, 8), to_on=date(2026, 11, 1))
        end_appointment(SYSTEM, row, to_on=date(2026, 10, 1))
        assert not Appointment.objects.exists()
        told = values_of(Entry.objects.filter(act="agencies.withdraw_appointment").latest("number"))
        assert told is not None
        assert told["person"] == (wang.public_id, None)
        begun = appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=TODAY)
        with pytest.raises(ActionRefused) as error:
            end_appointment(SYSTEM, begun, to_on=TODAY)
        assert refused(error) == ["period"]

    def test_an_end_is_told_once(self, bureau: Agency, wang: Person) -> None:
        row = appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        end_appointment(SYSTEM, row, to_on=date(2026, 5, 1))
        with pytest.raises(ActionRefused) as error:
            end_appointment(SYSTEM, row, to_on=date(2026, 6, 1))
        assert refused(error) == ["ended"]


class TestWhoIsHere:
    def test_who_was_just_entered_or_begins_later_is_found_today(self, bureau: Agency, wang: Person) -> None:
        assert list(staff.people(bureau, TODAY)) == [wang]
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 10, 1))
        assert list(staff.people(bureau, TODAY)) == [wang]
        assert list(staff.people(bureau, date(2026, 8, 31))) == []

    def test_who_moved_is_at_the_new_agency_alone(self, bureau: Agency, wang: Person) -> None:
        other = an_agency("青禾县林业局")
        old = appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, wang, Role.CLERK, agency=other, from_on=TODAY)
        end_appointment(SYSTEM, old, to_on=TODAY)
        assert list(staff.people(bureau, TODAY)) == []
        assert list(staff.people(other, TODAY)) == [wang]
        assert list(staff.people(bureau, date(2026, 8, 31))) == [wang]


class TestDelegating:
    def test_the_delegate_acts_while_the_head_is_on_leave_and_not_a_day_longer(
        self, bureau: Agency, wang: Person
    ) -> None:
        deputy = a_user(None, bureau, "赵刚")
        row = appoint(SYSTEM, wang, Role.OFFICE_HEAD, agency=bureau, from_on=FOUNDED)
        assert deputy.person is not None
        delegate(SYSTEM, row, to=deputy.person, from_on=date(2026, 9, 7), to_on=date(2026, 9, 14))
        may = {day: not reasons_against(MANAGE_AGENCY, bureau, deputy, date(2026, 9, day)) for day in (6, 7, 13, 14)}
        assert may == {6: False, 7: True, 13: True, 14: False}

    def test_one_place_has_one_delegate_at_a_time_and_never_oneself(
        self, bureau: Agency, wang: Person, zhao: Person
    ) -> None:
        row = appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=date(2026, 8, 1), to_on=date(2026, 12, 1))
        days = {"from_on": date(2026, 9, 7), "to_on": date(2026, 9, 14)}
        made = delegate(SYSTEM, row, to=zhao, **days)
        refusals = (
            (row, a_person(bureau, "李强"), days, "two"),
            (row, wang, {"from_on": date(2026, 10, 1), "to_on": date(2026, 10, 2)}, "self"),
            (row, zhao, {"from_on": date(2026, 7, 1), "to_on": date(2026, 7, 5)}, "earlier"),
            (row, zhao, {"from_on": date(2026, 11, 1), "to_on": date(2026, 12, 2)}, "longer"),
            (made, a_person(bureau, "陈静"), {"from_on": date(2026, 9, 8), "to_on": date(2026, 9, 9)}, "chain"),
        )
        for source, to, when, reason in refusals:
            with pytest.raises(ActionRefused) as error:
                delegate(SYSTEM, source, to=to, **when)
            assert refused(error)[0] == reason
        assert Appointment.objects.filter(delegated_from=row).count() == 1

    def test_ending_a_delegation_is_no_vacancy(self, bureau: Agency, wang: Person, zhao: Person) -> None:
        row = appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=FOUNDED)
        made = delegate(SYSTEM, row, to=zhao, from_on=date(2026, 8, 1), to_on=date(2026, 10, 1))
        end_appointment(SYSTEM, made, to_on=TODAY)
        made.refresh_from_db()
        assert made.to_on == TODAY


class TestLeaving:
    def test_everything_ends_and_what_waits_goes_to_another(
        self, bureau: Agency, wang: Person, zhao: Person, cases: Cases
    ) -> None:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, zhao, Role.CLERK, agency=bureau, from_on=FOUNDED)
        post = give_post(SYSTEM, wang, bureau, title="科员", from_on=FOUNDED)
        member = add_office_member(SYSTEM, bureau, wang, from_on=FOUNDED)
        group = add_group_member(SYSTEM, bureau, wang, part="member", from_on=FOUNDED)
        cases.of = {"2026-5": wang.public_id, "2026-6": wang.public_id, "2026-7": zhao.public_id}
        with pytest.raises(ActionRefused) as error:
            leave(SYSTEM, wang, bureau, to_on=TODAY)
        assert [reason.message for reason in error.value.reasons] == ["王敏还有2件未了的事项"]
        assert staff.appointments(bureau, TODAY).filter(person=wang).exists()
        leave(SYSTEM, wang, bureau, to_on=TODAY, to=zhao)
        assert set(cases.of.values()) == {zhao.public_id}
        for row in (post, member, group):
            row.refresh_from_db()
            assert row.to_on == TODAY
        assert [person.name for person in staff.people(bureau, TODAY)] == ["赵刚"]
        assert wang in staff.people(bureau, date(2026, 8, 31))
        entry = Entry.objects.get(act="agencies.hand_over")
        assert values_of(entry) == {
            "case.2026-5": (wang.public_id, zhao.public_id),
            "case.2026-6": (wang.public_id, zhao.public_id),
        }
        assert list(proof(bureau.public_id, values=True)) == []

    def test_the_last_head_doesn_t_go_and_keeps_everything(
        self, bureau: Agency, wang: Person, zhao: Person, cases: Cases
    ) -> None:
        appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, zhao, Role.CLERK, agency=bureau, from_on=FOUNDED)
        cases.of = {"2026-5": wang.public_id}
        with pytest.raises(ActionRefused) as error:
            leave(SYSTEM, wang, bureau, to_on=TODAY, to=zhao)
        assert refused(error) == ["last"]
        assert staff.appointments(bureau, TODAY).filter(person=wang).count() == 2
        assert cases.of == {"2026-5": wang.public_id}

    def test_what_was_to_come_is_withdrawn_and_what_has_begun_since_is_told(self, bureau: Agency, wang: Person) -> None:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, wang, Role.PUBLISHER, agency=bureau, from_on=date(2026, 10, 1))
        give_post(SYSTEM, wang, bureau, title="科长", from_on=date(2026, 10, 1))
        appoint(SYSTEM, wang, Role.ARCHIVIST, agency=bureau, from_on=date(2026, 8, 20))
        with pytest.raises(ActionRefused) as error:
            leave(SYSTEM, wang, bureau, to_on=date(2026, 8, 15))
        assert refused(error) == ["later"]
        assert Appointment.objects.filter(to_on=None).count() == 3
        leave(SYSTEM, wang, bureau, to_on=TODAY)
        assert set(Appointment.objects.values_list("role", "to_on")) == {("clerk", TODAY), ("archivist", TODAY)}
        assert not wang.posts.exists()

    def test_half_a_hand_over_is_none(self, bureau: Agency, wang: Person, zhao: Person, cases: Cases) -> None:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=FOUNDED)
        appoint(SYSTEM, zhao, Role.CLERK, agency=bureau, from_on=FOUNDED)
        cases.of = {"2026-5": wang.public_id}
        hand_overs._things["case"] = refuse
        with pytest.raises(ActionRefused):
            leave(SYSTEM, wang, bureau, to_on=TODAY, to=zhao)
        assert staff.appointments(bureau, TODAY).filter(person=wang).exists()
        assert not Entry.objects.filter(act="agencies.leave").exists()

    def test_who_takes_it_must_be_somebody_who_can(
        self, bureau: Agency, wang: Person, zhao: Person, cases: Cases
    ) -> None:
        cases.of = {"2026-5": wang.public_id}
        for to, reason in ((wang, "self"), (zhao, "taker")):
            with pytest.raises(ActionRefused) as error:
                hand_over(SYSTEM, wang, bureau, to=to)
            assert refused(error) == [reason]
        appoint(SYSTEM, zhao, Role.CLERK, agency=bureau, from_on=FOUNDED)
        assert hand_over(SYSTEM, wang, bureau, to=zhao) == 1


class TestRows:
    def test_the_same_post_twice_and_an_end_that_was_told(self, bureau: Agency, wang: Person) -> None:
        post = give_post(SYSTEM, wang, bureau, title="副局长", from_on=FOUNDED)
        with pytest.raises(ActionRefused) as error:
            give_post(SYSTEM, wang, bureau, title="副局长", from_on=TODAY)
        assert refused(error) == ["twice"]
        correct_row(SYSTEM, post, title="局长", from_on=date(2020, 1, 1))
        end_row(SYSTEM, post, to_on=TODAY)
        with pytest.raises(ActionRefused) as error:
            correct_row(SYSTEM, post, from_on=TODAY)
        assert refused(error) == ["period"]
        assert staff.titles(bureau, date(2026, 8, 31)) == {wang.pk: ["局长"]}

    def test_a_person_is_kept_by_where_he_works(self, bureau: Agency, wang: Person) -> None:
        other = a_user(Role.CLERK, an_agency("青禾县林业局"), "陈静")
        assert other.person is not None
        with pytest.raises(ActionRefused):
            change_person(Actor(other), wang, bureau, name="王小敏")
        assert not staff.was_here(wang, an_agency("青禾县教体局"))
        assert staff.was_here(wang, bureau)


def refuse(_key: str, _giver: str, _taker: str) -> None:
    """A hand-over that fails at the last moment."""
    raise ActionRefused([])
