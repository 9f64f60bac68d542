"""The page of a case: letter, clock, timeline, acts; who it is for; the applicant's identity only for a reason."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office, a_case, an_office

from gongkai.inforequests.models import Item
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def office() -> Office:
    return an_office()


def page(client: Client, item: Item, name: str = "case") -> str:
    answer = client.get(reverse(name, args=[item.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_the_letter_the_clock_the_steps_and_the_next_act(office: Office) -> None:
    item = a_case(office, on=MONDAY, is_registered=False)
    with at(date(2026, 3, 3)):
        told = page(signed_in(office.users["clerk"]), item)
    for part in (item.text, "2026年3月30日（周一）", "还剩 19 个工作日", "收到申请", "《条例》第三十一条", "待登记"):
        assert part in told, part
    assert reverse("case_register", args=[item.public_id]) in told


def test_the_page_asks_the_database_little(office: Office) -> None:
    item, client = a_case(office), signed_in(office.users["clerk"])
    page(client, item)
    with CaptureQueriesContext(connection) as asked:
        page(client, item)
    reads = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(reads) <= 18, "\n".join(sql[:200] for sql in reads)
