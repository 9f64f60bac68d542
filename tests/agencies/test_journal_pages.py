"""The journal as it is read: in words, by who may, without leaving a trace in itself; and what a page of it costs."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.agencies.people import SYSTEM, a_person, a_user, an_agency, signed_in

import gongkai
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import appoint, change_person
from gongkai.agencies.actions.tree import rename_agency
from gongkai.agencies.journal import AT_ONCE, journal_page
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.audit.actions import SYSTEM as SYSTEM_AUTHOR
from gongkai.audit.actions import erase
from gongkai.audit.models import Entry
from gongkai.kernel.clock import at
from gongkai.kernel.registry import act_names, navigation

pytestmark = pytest.mark.django_db
_ACT = re.compile(r'(?:journal|record|_note)\(\s*"([a-z_.]+)"')
PAGES = ("office", "agencies", "accounts", "account_candidates", "journal", "journal_installation")


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


@pytest.fixture
def desk(bureau: Agency) -> Client:
    return signed_in(a_user(Role.AUDIT_ADMIN, bureau, "欧阳慧敏"))


def words(client: Client, agency: Agency, **query: object) -> str:
    answer = client.get(reverse("journal_agency", args=[agency.public_id]), query)
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_every_act_that_is_journaled_has_a_name() -> None:
    root = Path(gongkai.__file__).parent
    acts = {
        act if "." in act else f"{source.relative_to(root).parts[0]}.{act}"
        for source in root.rglob("*.py")
        for act in _ACT.findall(source.read_text("utf-8"))
    }
    assert len(acts) > 50
    assert acts - {act for act in acts if act in act_names} == set()


def test_an_entry_tells_who_did_what_to_whom_in_words(desk: Client, bureau: Agency) -> None:
    head = a_user(Role.HEAD, bureau, "李建国")
    person = a_person(bureau, "王敏")
    appoint(Actor(head), person, Role.CLERK, agency=bureau, from_on=date(2026, 3, 2))
    told = words(desk, bureau)
    assert re.search(r"任用 +王敏（经办人） *李建国（主要领导）", told)
    assert "角色：经办人" in told
    assert "起始日期：2026-03-02" in told
    assert person.public_id not in told


def test_a_change_shows_what_was_and_what_became(desk: Client, bureau: Agency) -> None:
    person = a_person(bureau, "王敏")
    change_person(SYSTEM, person, bureau, name="王小敏")
    assert re.search(r"名称： *王敏 *→ 王小敏", words(desk, bureau))


def test_what_was_erased_is_told_as_erased(desk: Client, bureau: Agency) -> None:
    person = a_person(bureau, "王敏")
    change_person(SYSTEM, person, bureau, phone="0375-8051234")
    assert "8051234" in words(desk, bureau)
    erase(person.public_id, author=SYSTEM_AUTHOR, chain=bureau.public_id)
    told = words(desk, bureau)
    assert "8051234" not in told
    assert "内容已依规清除" in told


def test_reading_is_noted_in_the_access_log_and_not_in_the_journal(
    desk: Client, bureau: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    before = Entry.objects.count()
    with caplog.at_level("INFO", logger="gongkai.access"):
        words(desk, bureau)
    assert Entry.objects.count() == before
    assert "journal_read" in caplog.text
    assert "欧阳慧敏" not in caplog.text


def test_pages_follow_one_another_without_a_gap(bureau: Agency) -> None:
    for number in range(AT_ONCE + 5):
        a_person(bureau, f"甲{number}")
    first = journal_page(bureau.public_id)
    second = journal_page(bureau.public_id, before=first.earlier)
    numbers = [line.number for page in (first, second) for _day, lines in page.days for line in lines]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(set(numbers)) == Entry.objects.filter(chain=bureau.public_id).count()
    assert second.earlier is None


def test_a_day_is_a_day_in_shanghai(desk: Client, bureau: Agency) -> None:
    with at(date(2026, 3, 2)):
        a_person(bureau, "王敏")
    with at(date(2026, 3, 3)):
        rename_agency(SYSTEM, bureau, name="青禾县水务局", short_names="", from_on=date(2026, 3, 3))
    told = words(desk, bureau, day="2026-03-02")
    assert "2026年3月2日（周一）" in told
    assert "王敏" in told
    assert "机构更名" not in told
    assert "没有记录" in words(desk, bureau, day="2020-01-01")
    path = reverse("journal_agency", args=[bureau.public_id])
    assert [desk.get(path, query).status_code for query in ({"day": "1月"}, {"before": "x"}, {"before": "²"})] == [
        404
    ] * 3


def test_the_navigation_shows_what_somebody_may_open(bureau: Agency) -> None:
    shown = {
        role: {
            link["name"]
            for link in signed_in(a_user(role, bureau, "何平")).get("/office/").context["request"].navigation
        }
        for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.CLERK)
    }
    assert {"首页", "机构", "账号"} <= shown[Role.SECURITY_ADMIN]
    assert "日志" not in shown[Role.SECURITY_ADMIN]
    assert {"首页", "机构", "日志"} <= shown[Role.AUDIT_ADMIN]
    assert shown[Role.CLERK] & {"账号", "日志"} == set()
    assert {link.name for link in navigation} >= {"首页", "机构", "账号", "日志"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_office_takes_at_most_eight_queries(
    bureau: Agency, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    for number in range(3):
        a_user(Role.CLERK, an_agency(f"青禾县第{number}局", parent=bureau), f"甲{number}")
    roles = {"accounts": Role.SECURITY_ADMIN, "account_candidates": Role.SECURITY_ADMIN}
    client = signed_in(a_user(roles.get(name, Role.AUDIT_ADMIN), bureau, "何平"))
    with django_assert_max_num_queries(8):
        assert client.get(reverse(name)).status_code == 200


def test_pages_of_one_thing_take_at_most_eight_queries(
    bureau: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    li = a_user(Role.CLERK, bureau, "李强")
    security, audit = (signed_in(a_user(role, bureau, "何平")) for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
    head = signed_in(a_user(Role.OFFICE_HEAD, bureau, "赵刚"))
    supervisor = signed_in(a_user(Role.SUPERVISOR, bureau, "周平"))
    with at(date(2026, 3, 3)):
        a_person(bureau, "甲")
    for client, name, key in (
        (security, "account", li.public_id),
        (audit, "journal_agency", bureau.public_id),
        (head, "journal_agency", bureau.public_id),
        (supervisor, "journal_agency", bureau.public_id),
        (head, "agency", bureau.public_id),
        (head, "agency_guide", bureau.public_id),
        (head, "agency_people", bureau.public_id),
        (head, "agency_units", bureau.public_id),
        (head, "agency_office", bureau.public_id),
        (head, "person_add", bureau.public_id),
    ):
        with django_assert_max_num_queries(8, info=name):
            assert client.get(reverse(name, args=[key])).status_code == 200


def test_who_was_reader_yesterday_is_none_today(bureau: Agency) -> None:
    """Authority ends with the day of the appointment, not with the session."""
    user = a_user(Role.OFFICE_HEAD, bureau, "赵刚")
    client = signed_in(user)
    assert user.person is not None
    row = user.person.appointments.get()
    row.to_on = row.from_on + timedelta(days=1)
    row.save()
    assert client.get(reverse("journal_agency", args=[bureau.public_id])).status_code == 403
