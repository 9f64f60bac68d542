"""Looking for the cases of an applicant is access to who he is: the journal tells who looked, never for whom."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.agencies.people import SYSTEM, an_agency, signed_in
from tests.inforequests.cases import APPLICANT, Office, a_case, a_letter, an_office

from gongkai.agencies.actions.office import set_office
from gongkai.agencies.models import Agency, Succession
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.audit.queries import values_of
from gongkai.inforequests.actions.intake import file_request
from gongkai.inforequests.models import Party
from gongkai.kernel.clock import at
from gongkai.kernel.fields import BlindIndexField

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
ACT = "inforequests.find_applicant"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(MONDAY):
        yield


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(office.users[Role.CLERK])


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act=ACT).order_by("id"))


def found_in(entry: Entry) -> object:
    told = values_of(entry)
    assert told is not None
    assert set(told) == {"cases"}
    return told["cases"]


def index_of(field: str, value: str) -> bytes:
    column = Party._meta.get_field(field)
    assert isinstance(column, BlindIndexField)
    return column.of(value)


@pytest.mark.parametrize(("words", "count"), [(APPLICANT.name, "2"), (APPLICANT.identity, "2"), ("没有这个人", "0")])
def test_a_search_stands_in_the_journal_with_who_and_how_many(
    office: Office, clerk: Client, words: str, count: str
) -> None:
    a_case(office)
    a_case(office)
    answer = clerk.post(reverse("find"), {"name": words})
    assert answer.status_code == 200
    (entry,) = entries()
    assert (entry.actor, entry.role) == (office.users[Role.CLERK].public_id, Role.CLERK)
    assert (entry.chain_id, entry.subject) == (office.agency.public_id, office.agency.public_id)
    assert found_in(entry) == (None, count)
    head = signed_in(office.users[Role.OFFICE_HEAD])
    page = head.get(reverse("journal_agency", args=[office.agency.public_id])).content.decode()
    assert "按申请人查找" in page
    assert words not in page


def test_what_was_looked_for_stands_nowhere(office: Office, clerk: Client) -> None:
    a_case(office)
    clerk.post(reverse("find"), {"name": APPLICANT.name})
    kept = json.dumps(list(Entry.objects.values()), default=repr) + str(values_of(entries()[0]))
    assert APPLICANT.name not in kept
    assert index_of("name_index", APPLICANT.name).hex() not in kept


@pytest.mark.parametrize("words", ["", " ", "长" * 121])
def test_what_is_no_search_is_not_journaled(clerk: Client, words: str) -> None:
    assert clerk.get(reverse("find")).status_code == 200
    assert clerk.post(reverse("find"), {"name": words}).status_code == 422
    assert entries() == []


def test_the_page_says_so_before_one_searches(clerk: Client) -> None:
    assert "按申请人查找会记入日志" in clerk.get(reverse("find")).content.decode()


def test_a_page_of_who_was_found_is_kept_by_no_browser(office: Office, clerk: Client) -> None:
    a_case(office)
    assert clerk.post(reverse("find"), {"name": APPLICANT.name})["Cache-Control"] == "private, no-store"


def test_who_may_not_open_identities_finds_nobody_and_leaves_no_entry(office: Office) -> None:
    a_case(office)
    for role in (Role.HEAD, Role.UNIT_HANDLER, Role.SEAL_KEEPER):
        answer = signed_in(office.users[role]).post(reverse("find"), {"name": APPLICANT.name})
        assert answer.status_code == 403
    assert entries() == []


def test_cases_that_are_found_of_a_government_stand_in_its_journal_too(office: Office, clerk: Client) -> None:
    government = an_agency("青禾县人民政府")
    set_office(SYSTEM, government, from_on=government.from_on, unit=office.unit, name="政务公开工作办公室")
    file_request(a_letter(government))
    a_case(office)
    a_case(an_office("青禾县林业局"))
    answer = clerk.post(reverse("find"), {"name": APPLICANT.name})
    assert "找到 2 件" in answer.content.decode()
    told = {entry.chain_id: found_in(entry) for entry in entries()}
    assert told == {office.agency.public_id: (None, "1"), government.public_id: (None, "1")}


def test_cases_of_who_was_merged_stand_in_the_journal_of_the_successor(office: Office, clerk: Client) -> None:
    a_case(office)
    before = an_office("青禾县水务局")
    a_case(before)
    _merge(before.agency, office.agency)
    clerk.post(reverse("find"), {"name": APPLICANT.name})
    assert [(entry.chain_id, found_in(entry)) for entry in entries()] == [(office.agency.public_id, (None, "2"))]


def _merge(agency: Agency, into: Agency) -> None:
    Succession.objects.create(predecessor=agency, successor=into, on=MONDAY)
    Agency.objects.filter(pk=agency.pk).update(to_on=MONDAY)
