"""The officer's desk: who sees which case, whose turn it is, what is pressing, what is found."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.agencies.people import a_user, an_agency, signed_in
from tests.inforequests.cases import APPLICANT, Office, a_case, an_office

from gongkai.agencies.queries import name_of
from gongkai.agencies.roles import Role
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import at, today

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def desk(client: Client, **query: str) -> str:
    answer = client.get(reverse("desk"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_desk_tells_what_will_be_here_and_how_to_begin(office: Office) -> None:
    page = desk(signed_in(office.users["clerk"]))
    assert "现在没有轮到您的办件" in page
    assert reverse("enter") in page


def test_a_row_tells_number_text_kind_state_due_day_and_turn(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    with at(date(2026, 3, 20)):
        page = desk(signed_in(office.users["clerk"]))
    for told in (
        "2026-1",
        "2025年全县农村饮水工程建设资金安排文件",
        "自然人",
        "办理中",
        "2026年3月30日（周一）",
        "还剩 6 个工作日",
        "您",
    ):
        assert told in page, told
    assert reverse("case", args=[item.public_id]) in page


def test_the_summary_counts_what_is_late_and_due_today(office: Office) -> None:
    a_case(office, on=MONDAY)
    a_case(office, on=date(2026, 3, 3))
    with at(date(2026, 3, 31)):
        page = desk(signed_in(office.users["clerk"]))
    assert "1 件已逾期 · 1 件今天到期" in page
    assert page.index("2026-1<") < page.index("2026-2<")


def test_the_desk_asks_the_database_little_however_many_cases(office: Office) -> None:
    client = signed_in(office.users["clerk"])
    for _ in range(3):
        a_case(office)
    desk(client)
    with CaptureQueriesContext(connection) as asked:
        desk(client)
    assert len(asked) <= 8, "\n".join(query["sql"][:300] for query in asked)
    assert APPLICANT.name not in str(asked.captured_queries)


def test_a_supervisor_whose_turn_never_comes_has_a_desk_too() -> None:
    top = an_office("青禾县人民政府办公室")
    supervisor = signed_in(a_user(Role.SUPERVISOR, top.agency, "监督人"))
    a_case(top)
    for tab in ("turn", "waiting", "all", "closed"):
        assert supervisor.get(f"/office/cases/?tab={tab}").status_code == 200


def test_a_supervisor_of_several_agencies_reads_whose_case_it_is_in_as_few_queries() -> None:
    top = an_agency("青禾县人民政府办公室")
    for name in ("青禾县水利局", "青禾县林业局"):
        below = an_office(name)
        below.agency.parent = top
        below.agency.save()
        a_case(below)
    supervisor = signed_in(a_user(Role.SUPERVISOR, top, "监督人"))
    page = desk(supervisor, tab="all")
    assert "青禾县水利局 2026-1" in page
    assert "青禾县林业局 2026-1" in page
    for case in Item.objects.all():
        shown = supervisor.get(reverse("case", args=[case.public_id])).content.decode()
        assert f"受理机关：{name_of(case.agency, today())}" in shown
    with CaptureQueriesContext(connection) as asked:
        desk(supervisor, tab="all")
    assert len(asked) <= 8, "\n".join(query["sql"][:300] for query in asked)


def test_a_long_list_comes_in_pages_of_fifty(office: Office) -> None:
    for _ in range(51):
        a_case(office, is_registered=False)
    client = signed_in(office.users["clerk"])
    assert desk(client).count('role="rowheader"') == 50
    assert desk(client, page="2").count('role="rowheader"') == 1
    assert desk(client, page="九").count('role="rowheader"') == 50


@pytest.mark.parametrize(
    ("words", "told"), [("2026-1", "找到 1 件"), ("河道", "没有找到"), ("\0", "轮到我"), ("字" * 500, "没有找到")]
)
def test_what_is_searched_for_is_found_or_told_not_to_be_there(office: Office, words: str, told: str) -> None:
    a_case(office)
    assert told in desk(signed_in(office.users["clerk"]), q=words)


def test_an_applicant_is_looked_for_without_his_name_in_any_address(office: Office) -> None:
    a_case(office)
    client = signed_in(office.users["clerk"])
    answer = client.post(reverse("find"), {"name": APPLICANT.name})
    assert "找到 1 件" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == ""
    assert client.post(reverse("find"), {"name": ""}).status_code == 422
    assert "没有找到" in client.post(reverse("find"), {"name": "没有这个人"}).content.decode()


def test_the_first_page_of_the_office_lists_what_waits(office: Office) -> None:
    item = a_case(office)
    page = signed_in(office.users["clerk"]).get(reverse("office")).content.decode()
    assert "2026-1 办理中" in page
    assert reverse("case", args=[item.public_id]) in page


def test_who_has_to_do_with_no_case_has_no_desk(office: Office) -> None:
    assert signed_in(a_user(Role.SYSTEM_ADMIN, office.agency, "系统员")).get(reverse("desk")).status_code == 403


def test_a_number_is_found_however_it_is_typed(office: Office) -> None:
    item = a_case(office)
    page = signed_in(office.users[Role.CLERK]).get(reverse("desk"), {"q": " ２０２６－ 1 "}).content.decode()
    assert reverse("case", args=[item.public_id]) in page
