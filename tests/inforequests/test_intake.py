"""Taking in a letter: its number, its receipt in law by the way it came, its code, its parties, its split."""

from datetime import date

import pytest
from django.db import connection
from tests.inforequests.cases import APPLICANT, a_case, a_letter, an_office

from gongkai.inforequests.actions.intake import (
    confirm_request,
    enter_request,
    file_request,
    register_request,
    split_request,
)
from gongkai.inforequests.choices import CaseState, Channel
from gongkai.inforequests.codes import code_index
from gongkai.inforequests.models import Item, Party, Request
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def test_a_letter_filed_on_the_web_is_received_at_once_and_has_a_due_day() -> None:
    office = an_office()
    with at(MONDAY):
        filed = file_request(a_letter(office.agency))
    item = Item.objects.get(request=filed.request)
    assert (filed.request.register_number, item.register_number) == ("2026-1", "2026-1")
    assert (item.received_on, item.due_on, item.state) == (MONDAY, date(2026, 3, 30), CaseState.RUNNING)
    assert item.turn_role == "clerk"


def test_the_code_finds_the_letter_and_is_kept_nowhere() -> None:
    filed = file_request(a_letter(an_office().agency))
    assert Request.objects.get(code_index=code_index(filed.code.upper())) == filed.request
    assert filed.code not in str(Request.objects.filter(pk=filed.request.pk).values())


def test_the_same_letter_sent_twice_is_one() -> None:
    letter = a_letter(an_office().agency)
    first, second = file_request(letter), file_request(letter)
    assert (first.request, second.code) == (second.request, "")
    assert Request.objects.count() == 1


def test_parties_lie_encrypted_and_are_found_by_their_exact_value() -> None:
    file_request(a_letter(an_office().agency))
    index = Party._meta.get_field("identity_index")
    found = Party.objects.get(identity_index=index.of(APPLICANT.identity))
    assert found.name == APPLICANT.name
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inforequests_party")
        assert APPLICANT.name.encode() not in b"".join(
            bytes(value) for value in cursor.fetchone() if isinstance(value, bytes)
        )


def test_ordinary_mail_waits_for_the_confirmation_before_the_clock_starts() -> None:
    office = an_office()
    with at(MONDAY):
        filed = enter_request(
            office.actor("clerk"), a_letter(office.agency, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY)
        )
        item = Item.objects.get(request=filed.request)
        assert (item.state, item.due_on) == (CaseState.UNCONFIRMED, None)
        with pytest.raises(ActionRefused, match="还没有与申请人确认"):
            register_request(office.actor("clerk"), filed.request)
    with at(date(2026, 3, 4)):
        confirm_request(office.actor("clerk"), filed.request, on=date(2026, 3, 4))
    item.refresh_from_db()
    assert (item.received_on, item.due_on) == (date(2026, 3, 4), date(2026, 4, 1))


def test_numbers_run_by_agency_and_year_without_gaps() -> None:
    one, other = an_office(), an_office("青禾县林业局")
    with at(MONDAY):
        numbers = [file_request(a_letter(office.agency)).request.number for office in (one, other, one, one)]
    with at(date(2027, 1, 4)):
        numbers.append(file_request(a_letter(one.agency)).request.number)
    assert numbers == [1, 1, 2, 3, 1]


def test_a_split_letter_has_an_item_for_each_thing_with_the_steps_so_far() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY)
    with at(date(2026, 3, 3)):
        items = split_request(office.actor("clerk"), item.request, texts=["甲文件", "", "乙文件"])
    assert [(one.register_number, one.text, one.due_on) for one in items] == [
        ("2026-1-1", "甲文件", date(2026, 3, 30)),
        ("2026-1-2", "乙文件", date(2026, 3, 30)),
    ]


@pytest.mark.parametrize(
    ("role", "may"), [("clerk", True), ("window_clerk", True), ("head", False), ("seal_keeper", False)]
)
def test_who_may_enter_a_letter(role: str, may: bool) -> None:
    office = an_office()
    letter = a_letter(office.agency, channel=Channel.IN_PERSON, arrived_on=MONDAY)
    with at(MONDAY):
        if may:
            assert enter_request(office.actor(role), letter).request.number == 1
        else:
            with pytest.raises(ActionRefused, match="不能登记收到的申请"):
                enter_request(office.actor(role), letter)


def test_nobody_of_another_agency_may_register() -> None:
    item, other = a_case(an_office(), is_registered=False), an_office("青禾县林业局")
    with pytest.raises(ActionRefused):
        register_request(other.actor("clerk"), item.request)
