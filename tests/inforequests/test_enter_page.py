"""Entering letters on paper: what is typed, what is missing, sent twice, the receipt with its code."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office

from gongkai.files.purposes import Purpose
from gongkai.files.queries import files_of
from gongkai.inforequests.codes import code_index
from gongkai.inforequests.models import Handling, Item, Party, Request
from gongkai.kernel.clock import at, now

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MONDAY = date(2026, 3, 2)
TYPED = {
    "channel": "in_person",
    "arrived_on": "2026-03-02",
    "kind": "information",
    "text": "2024年防汛物资采购合同",
    "medium": "paper",
    "way": "window",
    "applicant_kind": "natural_person",
    "name": "吴桂芳",
    "identity_kind": "resident",
    "identity": "000000195501010000",
    "phone": "0375-8059999",
}


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(office.users["clerk"])


def sent(client: Client, *, on: date = MONDAY, **instead: Any) -> Any:
    """The page that the form with these values leads to."""
    with at(on):
        shown = client.get(reverse("enter"))
        initial = {name: shown.context["form"][name].value() for name in ("new", "agency")}
        return client.post(reverse("enter"), {**TYPED, **initial, **instead}, follow=True)


def summary(answer: Any) -> str:
    assert answer.status_code == 422
    return "；".join(error["message"] for error in answer.context["form"].summary)


def test_a_visitor_s_letter_is_received_the_same_day_and_leaves_with_a_receipt(clerk: Client, office: Office) -> None:
    answer = sent(clerk)
    page, request = answer.content.decode(), Request.objects.get()
    item = Item.objects.get(request=request)
    assert answer.status_code == 200
    assert (item.received_on, item.due_on) == (MONDAY, date(2026, 3, 30))
    assert request.entered_by == office.users["clerk"].person
    assert "2026-03-02" not in page
    for told in ("登记编号", "2026-1", "2026年3月30日（周一）", "青禾县水利局", "当面提交", "localhost", "/query/"):
        assert told in page, told
    assert answer["Cache-Control"] == "private, no-store"
    assert code_index(answer.context["filed"].code) == bytes(request.code_index or b"")


def test_the_page_names_nobody_in_title_or_address(clerk: Client) -> None:
    answer = sent(clerk)
    assert TYPED["name"] not in answer.content.decode()
    assert answer.request["QUERY_STRING"] == ""


def twice(clerk: Client, between: Callable[[], None] = lambda: None) -> list[Any]:
    """The pages that a form leads to that is sent two times."""
    shown = clerk.get(reverse("enter"))
    typed = {**TYPED, **{name: shown.context["form"][name].value() for name in ("new", "agency")}}
    first = clerk.post(reverse("enter"), typed, follow=True)
    between()
    return [first, clerk.post(reverse("enter"), typed, follow=True)]


def test_sent_twice_it_is_one_letter_and_both_ways_lead_to_its_receipt(clerk: Client) -> None:
    with at(MONDAY):
        first, second = twice(clerk)
    assert Request.objects.count() == 1
    assert first.context["filed"].code == second.context["filed"].code != ""


def test_after_an_hour_the_code_is_shown_no_more(clerk: Client) -> None:
    with at(MONDAY):
        sent(clerk)
        later = now() + timedelta(minutes=61)
    with at(later):
        page = clerk.get(reverse("entered"))
    assert (page.status_code, "没有可以显示的回执" in page.content.decode()) == (200, True)


def test_what_was_entered_long_before_is_told_without_its_code(clerk: Client) -> None:
    with at(MONDAY):
        first, second = twice(clerk, lambda: sent(clerk, text="另一件"))
    assert Request.objects.count() == 2
    assert second.context["filed"].request == first.context["filed"].request
    assert second.context["filed"].code == ""
    assert "已经登记过，没有重复登记" in second.content.decode()


def test_a_colleague_sees_no_receipt_of_another(office: Office, clerk: Client) -> None:
    with at(MONDAY):
        sent(clerk)
        page = signed_in(office.users["office_head"]).get(reverse("entered")).content.decode()
    assert "没有可以显示的回执" in page


def test_a_letter_mark_that_is_not_ours_is_refused(clerk: Client) -> None:
    assert "已经失效" in summary(sent(clerk, new="abcdefgh23456789"))
    assert not Request.objects.exists()


@pytest.mark.parametrize("channel", ["ordinary_mail", "fax", "internet"])
def test_what_has_to_be_confirmed_waits_for_it(clerk: Client, channel: str) -> None:
    page = sent(clerk, channel=channel).content.decode()
    assert "与申请人确认后起算" in page
    assert Item.objects.get().due_on is None


def test_a_confirmation_on_another_day_starts_the_clock_that_day(clerk: Client) -> None:
    sent(clerk, on=date(2026, 3, 4), channel="ordinary_mail", confirmed_on="2026-03-03")
    assert Item.objects.get().received_on == date(2026, 3, 3)


def test_joint_applicants_an_agent_and_what_was_told_orally_are_kept(clerk: Client) -> None:
    sent(clerk, others="孙大山，000000196001010000\n\n李小河", agent_name="周明", agent_phone="1", is_oral="on")
    parties = [(party.part, party.order, party.name, party.identity) for party in Party.objects.all()]
    assert parties == [
        ("agent", 1, "周明", ""),
        ("applicant", 1, "吴桂芳", "000000195501010000"),
        ("applicant", 2, "孙大山", "000000196001010000"),
        ("applicant", 3, "李小河", ""),
    ]
    assert "口头提出" in Handling.objects.get().opinion


def test_what_came_with_a_letter_is_kept_by_what_it_is_for(clerk: Client) -> None:
    sent(
        clerk,
        proof=SimpleUploadedFile("身份证.pdf", _PDF),
        attachment=SimpleUploadedFile("申请书.txt", "申请公开".encode()),
    )
    stored = files_of(Request.objects.get().public_id)
    assert {(file.name, file.purpose) for file in stored} == {
        ("身份证.pdf", Purpose.IDENTITY),
        ("申请书.txt", Purpose.APPLICATION),
    }


@pytest.mark.parametrize(
    ("instead", "wrong"),
    [
        ({"text": ""}, "申请内容：请填写"),
        ({"text": "字" * 5_001}, "申请内容：最多 5000 个字"),
        ({"channel": ""}, "收到的方式：请选择一项"),
        ({"channel": "pigeon"}, "请从列出的几项中选择"),
        ({"arrived_on": "2026-02-30"}, "到达日期：日期应写作"),
        ({"arrived_on": "2026-03-03"}, "到达日期还没有到"),
        ({"arrived_on": "2019-04-01"}, "不能用于2019-04-01"),
        ({"arrived_on": "2018-01-02"}, "到达日期早于该机关设立"),
        ({"channel": "fax", "confirmed_on": "2026-03-01"}, "确认"),
        ({"way": "post"}, "通信地址：选了邮寄"),
        ({"identity_kind": ""}, "身份证明：填了证件号码"),
        ({"agent_phone": "1"}, "代理人姓名：请填写"),
        ({"others": "\n".join(["某人"] * 31)}, "共同申请人：最多写30人"),
        ({"name": "名" * 121}, "申请人姓名或者名称：最多 120 个字"),
        ({"email": "不是邮箱"}, "电子邮箱：邮箱地址不对"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(clerk: Client, instead: dict[str, str], wrong: str) -> None:
    answer = sent(clerk, **instead)
    assert wrong in summary(answer)
    assert not Request.objects.exists()
    assert TYPED["phone"] in answer.content.decode()


def test_markup_in_a_name_stays_text(clerk: Client) -> None:
    sent(clerk, name="<script>alert(1)</script>", text="<b>甲</b>")
    page = clerk.get(reverse("case", args=[Item.objects.get().public_id])).content.decode()
    assert "<b>甲</b>" not in page
    assert "&lt;b&gt;甲" in page


def test_who_does_not_enter_letters_is_told_so(office: Office) -> None:
    assert signed_in(office.users["head"]).get(reverse("enter")).status_code == 403


_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
