"""Appointments: who may what, from when to when, and what is refused."""

from datetime import date

import pytest

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import add_person, appoint, delegate, end_appointment, open_account
from gongkai.agencies.actions.tree import found_agency, merge_agency
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.permissions import APPOINT, reasons_against
from gongkai.agencies.roles import Kind, Level, Role
from gongkai.audit.models import Entry
from gongkai.audit.queries import proof
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
SYSTEM = Actor(None)
DAY = date(2026, 3, 2)


@pytest.fixture
def bureau() -> Agency:
    return found_agency(
        SYSTEM, name="青禾县水利局", code="QH-SL", kind=Kind.DEPARTMENT, level=Level.COUNTY, from_on=date(2019, 3, 1)
    )


@pytest.fixture
def wang(bureau: Agency) -> Person:
    return add_person(SYSTEM, bureau, name="王敏")


def refused(error: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in error.value.reasons]


def test_the_same_role_twice_at_the_same_time_is_refused(bureau: Agency, wang: Person) -> None:
    appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=DAY, to_on=date(2026, 6, 1))
    with pytest.raises(ActionRefused) as error:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 5, 31))
    assert refused(error) == ["twice"]
    appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=date(2026, 6, 1))


def test_the_last_head_stays_until_there_is_another(bureau: Agency, wang: Person) -> None:
    head = appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=DAY)
    with pytest.raises(ActionRefused) as error:
        end_appointment(SYSTEM, head, to_on=date(2026, 9, 1))
    assert refused(error) == ["last"]
    appoint(SYSTEM, add_person(SYSTEM, bureau, name="李强"), Role.HEAD, agency=bureau, from_on=date(2026, 9, 1))
    end_appointment(SYSTEM, head, to_on=date(2026, 9, 1))


def test_the_three_administrators_are_three_people(wang: Person) -> None:
    appoint(SYSTEM, wang, Role.SYSTEM_ADMIN, agency=None, from_on=DAY)
    with pytest.raises(ActionRefused) as error:
        appoint(SYSTEM, wang, Role.AUDIT_ADMIN, agency=None, from_on=DAY)
    assert refused(error) == ["separated"]


def test_a_delegation_ends_with_what_it_comes_from(bureau: Agency, wang: Person) -> None:
    head = appoint(SYSTEM, wang, Role.OFFICE_HEAD, agency=bureau, from_on=DAY)
    zhao = add_person(SYSTEM, bureau, name="赵刚")
    user = open_account(SYSTEM, zhao, username="zhaogang", password="a long enough word")
    delegate(SYSTEM, head, to=zhao, from_on=DAY, to_on=date(2026, 12, 1))
    assert reasons_against(APPOINT, bureau, user, date(2026, 5, 1)) == []
    end_appointment(SYSTEM, head, to_on=date(2026, 4, 1))
    assert [reason.id for reason in reasons_against(APPOINT, bureau, user, date(2026, 5, 1))] == ["role"]


def test_authority_ends_at_the_own_agency(bureau: Agency, wang: Person) -> None:
    user = open_account(SYSTEM, wang, username="wangmin", password="a long enough word")
    appoint(SYSTEM, wang, Role.HEAD, agency=bureau, from_on=DAY)
    other = found_agency(
        SYSTEM, name="青禾县林业局", code="QH-LY", kind=Kind.DEPARTMENT, level=Level.COUNTY, from_on=date(2019, 3, 1)
    )
    with at(DAY):
        assert [reason.id for reason in reasons_against(APPOINT, other, user, DAY)] == ["scope"]
        with pytest.raises(ActionRefused):
            appoint(Actor(user), wang, Role.CLERK, agency=other, from_on=DAY)
        made = appoint(Actor(user), wang, Role.CLERK, agency=bureau, from_on=DAY)
    entry = Entry.objects.get(subject=made.public_id)
    assert (entry.actor, entry.role, entry.act) == (user.public_id, "head", "agencies.appoint")


def test_a_merged_agency_leaves_its_rows_and_closes_its_journal(bureau: Agency, wang: Person) -> None:
    heir = found_agency(
        SYSTEM, name="青禾县水务局", code="QH-SW", kind=Kind.DEPARTMENT, level=Level.COUNTY, from_on=date(2025, 1, 1)
    )
    clerk = appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=DAY)
    with at(date(2026, 7, 1)):
        merge_agency(SYSTEM, bureau, into=[heir], on=date(2026, 7, 1))
    ended = Appointment.objects.get(pk=clerk.pk)
    assert (ended.agency, ended.to_on) == (bureau, date(2026, 7, 1))
    assert list(proof(bureau.public_id, values=True)) == []
