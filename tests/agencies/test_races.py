"""Two who act at once on PostgreSQL: the second waits, sees what the first did, and is told."""

from collections.abc import Callable
from datetime import date

import pytest
from tests import racing
from tests.agencies.people import FOUNDED, SYSTEM, a_person, an_agency

from gongkai.agencies.actions.office import add_group_member, add_office_member
from gongkai.agencies.actions.people import appoint, delegate, end_appointment
from gongkai.agencies.actions.tree import change_agency, merge_agency, open_unit
from gongkai.agencies.models import Agency, Appointment, OfficeMember, Unit
from gongkai.agencies.roles import Role
from gongkai.agencies.staff import heads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 9, 1)


def refusal(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The ids of what the second is told."""
    return [reason.id for reason in racing.refusal(first, second, on=DAY)]


def test_the_same_person_is_appointed_once() -> None:
    bureau = an_agency()
    wang = a_person(bureau)

    def act() -> None:
        appoint(SYSTEM, wang, Role.CLERK, agency=bureau, from_on=DAY)

    assert refusal(act, act) == ["twice"]
    assert Appointment.objects.count() == 1


def test_no_two_of_the_separated_powers_come_into_one_hand() -> None:
    wang = a_person(an_agency())
    assert refusal(
        lambda: appoint(SYSTEM, wang, Role.SYSTEM_ADMIN, agency=None, from_on=DAY),
        lambda: appoint(SYSTEM, wang, Role.AUDIT_ADMIN, agency=None, from_on=DAY),
    ) == ["separated"]


def test_the_last_two_heads_don_t_both_go() -> None:
    bureau = an_agency()
    rows = [
        appoint(SYSTEM, a_person(bureau, name), Role.HEAD, agency=bureau, from_on=FOUNDED) for name in ("王敏", "赵刚")
    ]
    assert refusal(*(lambda row=row: end_appointment(SYSTEM, row, to_on=DAY) for row in rows)) == ["last"]
    assert len(heads(bureau, DAY)) == 1


def test_the_last_two_administrators_don_t_both_go() -> None:
    general = an_agency()
    rows = [
        appoint(SYSTEM, a_person(general, name), Role.AUDIT_ADMIN, agency=None, from_on=FOUNDED)
        for name in ("王敏", "赵刚")
    ]
    assert refusal(*(lambda row=row: end_appointment(SYSTEM, row, to_on=DAY) for row in rows)) == ["last"]


def test_one_place_gets_one_delegate() -> None:
    bureau = an_agency()
    row = appoint(SYSTEM, a_person(bureau), Role.HEAD, agency=bureau, from_on=FOUNDED)
    others = [a_person(bureau, name) for name in ("赵刚", "李强")]

    def acts(to: object) -> Callable[[], object]:
        return lambda: delegate(SYSTEM, Appointment.objects.get(pk=row.pk), to=to, from_on=DAY, to_on=date(2026, 9, 9))  # type: ignore[arg-type]

    assert refusal(acts(others[0]), acts(others[1])) == ["two"]


def test_of_two_who_save_at_the_same_moment_the_second_is_told() -> None:
    bureau = an_agency()
    copies = [Agency.objects.get(pk=bureau.pk) for _ in range(2)]
    told = refusal(
        lambda: change_agency(SYSTEM, copies[0], functions="防汛抗旱"),
        lambda: change_agency(SYSTEM, copies[1], functions="农村饮水"),
    )
    assert told == ["changed"]
    bureau.refresh_from_db()
    assert bureau.functions == "防汛抗旱"


def test_two_moves_don_t_close_a_ring() -> None:
    first, second = an_agency("青禾县科技局"), an_agency("青禾县工信局")
    assert refusal(
        lambda: change_agency(SYSTEM, Agency.objects.get(pk=first.pk), parent=second),
        lambda: change_agency(SYSTEM, Agency.objects.get(pk=second.pk), parent=first),
    ) == ["cycle"]


def test_nobody_comes_to_an_agency_while_it_ends() -> None:
    gone, heir = an_agency("青禾县科技局"), an_agency("青禾县工信局")
    wang = a_person(gone)
    assert refusal(
        lambda: merge_agency(SYSTEM, gone, into=[heir], on=DAY),
        lambda: appoint(SYSTEM, wang, Role.CLERK, agency=Agency.objects.get(pk=gone.pk), from_on=FOUNDED),
    ) == ["closed"]
    assert Appointment.objects.count() == 0


@pytest.mark.parametrize("add", [add_office_member, add_group_member])
def test_nobody_is_a_member_twice(add: Callable[..., object]) -> None:
    bureau = an_agency()
    wang = a_person(bureau)
    values = {"part": "member"} if add is add_group_member else {}

    def act() -> None:
        add(SYSTEM, bureau, wang, from_on=DAY, **values)

    assert refusal(act, act) == ["twice"]
    assert OfficeMember.objects.count() <= 1


def test_a_section_is_set_up_once() -> None:
    bureau = an_agency()

    def act() -> None:
        open_unit(SYSTEM, bureau, name="法规股", from_on=FOUNDED)

    assert refusal(act, act) == ["unit_name"]
    assert Unit.objects.count() == 1
