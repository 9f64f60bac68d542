"""Messages to staff go to the office mailbox of whoever serves now."""

from datetime import date

import pytest

from gongkai.agencies.actions import people, tree
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.mailboxes import PERSON, address_of
from gongkai.agencies.roles import Kind, Level, Role
from gongkai.kernel.clock import at
from gongkai.kernel.registry import addresses

pytestmark = pytest.mark.django_db
SYSTEM = Actor(None)


def test_only_who_serves_has_an_address() -> None:
    with at(date(2026, 3, 2)):
        agency = tree.found_agency(
            SYSTEM,
            name="青禾县财政局",
            code="QH-CZ",
            kind=Kind.DEPARTMENT,
            level=Level.COUNTY,
            from_on=date(2019, 3, 1),
        )
        wang = people.add_person(SYSTEM, agency, name="王敏", email="wang@office.example")
        li = people.add_person(SYSTEM, agency, name="李强")
        assert address_of("mail", wang.public_id) == "", "not appointed yet"
        row = people.appoint(SYSTEM, wang, Role.CLERK, agency=agency, from_on=date(2026, 1, 1))
        people.appoint(SYSTEM, li, Role.HEAD, agency=agency, from_on=date(2026, 1, 1))
        assert addresses[PERSON]("mail", wang.public_id) == "wang@office.example"
        assert address_of("mail", li.public_id) == "", "without a mailbox"
        assert address_of("sms", wang.public_id) == ""
        assert address_of("mail", "2" * 16) == ""
        people.end_appointment(SYSTEM, row, to_on=date(2026, 4, 1))
        assert address_of("mail", wang.public_id) == "wang@office.example"
    with at(date(2026, 4, 1)):
        assert address_of("mail", wang.public_id) == ""
