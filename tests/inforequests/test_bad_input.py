"""What people type by mistake or on purpose: told in words beside what was typed, and nothing half done."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.applying import PERSON, Citizen, an_open_agency
from tests.inforequests.cases import APPLICANT, Office, a_case, a_letter
from tests.inforequests.issuing import FIELDS, decided, sealed, served
from tests.pages import carried

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import enter_request, register_request
from gongkai.inforequests.choices import Channel, Way
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Item, Notice
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)
MARKUP = "<script>alert(1)</script>周明远&amp;"
LONG = "长" * 10_000
_APPS = ("inforequests", "files", "audit", "outbox")
SEARCH = {"place": "局档案室", "terms": "农村饮水", "searched_on": "2026-03-03", "is_found": "yes", "outcome": "一件"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(WEDNESDAY):
        yield


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of the apps that a request is kept in."""
    found: list[type[models.Model]] = [model for name in _APPS for model in apps.get_app_config(name).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in found}  # fmt: skip


def told(office: Office, role: str, address: str, typed: dict[str, Any]) -> str:
    """What the page says to what was typed; everything typed still stands there, and no row is another."""
    client = signed_in(office.users[role])
    unseen = carried(client, address)
    before = rows()
    answer = client.post(address, {**unseen, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422, answer.status_code
    assert rows() == before
    assert "<script>alert" not in page
    form = answer.context["form"] if "form" in answer.context else answer.context["forms"].letter
    for name, value in typed.items():
        if name in form.fields:
            assert form[name].value() == value, name
    return "；".join(one["message"] for one in form.summary)


def case_page(item: Item, act: str) -> str:
    return reverse(f"case_{act}", args=[item.public_id])


def notice_page(notice: Notice, act: str) -> str:
    return reverse(f"notice_{act}", args=[notice.public_id])


ON_A_CASE = [
    ("assign", "clerk", {"due_on": "2026-03-03"}, "内部办理期限已经过去"),
    ("assign", "clerk", {"due_on": "2027-03-03"}, "内部办理期限晚于答复期限"),
    ("assign", "clerk", {"due_on": "三月三日"}, "日期应写作"),
    ("assign", "clerk", {"due_on": "2026-02-30"}, "日期应写作"),
    ("assign", "clerk", {"due_on": "2026-03-10", "task": LONG}, "最多 500 个字，现有 10000 个"),
    ("assign", "clerk", {"due_on": "2026-03-10", "units": ["zzzzzzzzzzzzzzzz"]}, "请从列出的股室中选择"),
    ("search", "clerk", {**SEARCH, "searched_on": "2026-03-05"}, "检索日期还没有到"),
    ("search", "clerk", {**SEARCH, "searched_on": "2026-03-01"}, "检索日期早于申请到达的"),
    ("search", "clerk", {**SEARCH, "place": LONG}, "最多 200 个字，现有 10000 个"),
    ("withdraw", "clerk", {"on": "2026-03-05", "evidence": "撤回申请"}, "的日期还没有到"),
    ("withdraw", "clerk", {"on": "2026-03-01", "evidence": "撤回申请"}, "早于收到申请之日2026年3月2日"),
    ("clarify", "clerk", {"argument": "0", "guidance": MARKUP, "all_defects": "一"}, "至少为 1"),
    ("clarify", "clerk", {"argument": "10", "guidance": LONG, "all_defects": "一"}, "最多 2000 个字，现有 10000 个"),
    ("extend", "clerk", {"argument": "21", "reason": MARKUP}, "最长不得超过20个工作日"),
]


@pytest.mark.parametrize(("act", "role", "typed", "message"), ON_A_CASE)
def test_what_is_wrong_on_a_case_is_told_and_nothing_is_done(
    office: Office, act: str, role: str, typed: dict[str, Any], message: str
) -> None:
    item = a_case(office, on=MONDAY)
    if act == "assign":
        typed = {"units": [office.unit.public_id], **typed}
    said = told(office, role, case_page(item, act), typed)
    assert message in said, said
    assert re.search("[a-z]{4}|C-", said) is None, "marks of the machine"


ON_A_NOTICE = [
    ("serve", "clerk", {"way": "post", "sent_on": "2026-03-05", "tracking": "EA1"}, "送达日期还没有到"),
    ("serve", "clerk", {"way": "post", "sent_on": "2026-03-03", "tracking": "EA1"}, "送达日期早于签发日期"),
    ("serve", "clerk", {"way": "post", "sent_on": "2026-03-04", "tracking": LONG}, "最多 40 个字，现有 10000 个"),
    ("serve", "clerk", {"way": "window", "sent_on": "2026-03-04", "proof": ""}, "还没有写明由谁签收"),
    ("serve", "clerk", {"way": "download", "sent_on": "2026-03-03"}, "送达日期早于签发日期"),
    ("serve", "clerk", {"way": "pigeon", "sent_on": "2026-03-04"}, "请从列出的几项中选择"),
]


@pytest.mark.parametrize(("act", "role", "typed", "message"), ON_A_NOTICE)
def test_what_is_wrong_on_a_notice_is_told_and_nothing_is_done(
    office: Office, act: str, role: str, typed: dict[str, Any], message: str
) -> None:
    notice = sealed(office, decided(office, a_case(office, on=MONDAY), "refused_process"))
    said = told(office, role, notice_page(notice, act), typed)
    assert message in said, said


def test_days_before_and_after_are_told_of_what_was_posted(office: Office) -> None:
    notice = decided(office, a_case(office, on=MONDAY), "refused_process")
    served(office, notice, Way.POST)
    for on in ("2026-03-03", "2026-03-05"):
        for act, more in (("received", {"proof": "本人签收"}), ("failed", {"failure": "查无此人"})):
            said = told(office, Role.CLERK, notice_page(notice, act), {"on": on, **more})
            assert "应在发出日期" in said, said


OUT_OF_ORDER = [
    ("clarified", "clerk", {"on": "2026-03-04", "text": "要2025年的"}),
    ("paid", "clerk", {"on": "2026-03-04", "proof": "票据1号"}),
    ("reopen", "clerk", {"on": "2026-03-04", "ground": "order", "evidence": "决定书"}),
    ("archive", "clerk", {}),
    ("confirm", "clerk", {"on": "2026-03-04"}),
    ("register", "clerk", {"opinion": "再登记一次"}),
]


@pytest.mark.parametrize(("act", "role", "typed"), OUT_OF_ORDER)
def test_a_step_out_of_order_is_refused_with_its_reason(
    office: Office, act: str, role: str, typed: dict[str, Any]
) -> None:
    item = a_case(office, on=MONDAY)
    before = rows()
    answer = signed_in(office.users[role]).post(case_page(item, act), typed)
    assert answer.status_code in (403, 422), answer.status_code
    assert rows() == before
    page = answer.content.decode()
    assert all(value in page for value in typed.values())


def test_nothing_is_done_with_a_notice_before_its_turn(office: Office) -> None:
    notice = decided(office, a_case(office, on=MONDAY), "refused_process")
    before = rows()
    for act, role, typed in (
        ("review", Role.SECRECY_REVIEWER, {"decision": "return", "opinion": "请改"}),
        ("seal", Role.SEAL_KEEPER, {}),
        ("serve", Role.CLERK, {"way": "post", "sent_on": "2026-03-04", "tracking": "EA1"}),
        ("received", Role.CLERK, {"on": "2026-03-04", "proof": "本人签收"}),
    ):
        answer = signed_in(office.users[role]).post(notice_page(notice, act), typed)
        assert answer.status_code in (200, 422), (act, answer.status_code)
        assert rows() == before, act


def test_names_with_markup_go_through_every_page_as_text(office: Office) -> None:
    party = replace(APPLICANT, name=MARKUP)
    with at(TUESDAY):
        filed = enter_request(
            office.actor(Role.CLERK), a_letter(office.agency, text=MARKUP, parties=(party,), channel=Channel.IN_PERSON)
        )
        register_request(office.actor(Role.CLERK), filed.request)
    item = filed.request.items.get()
    notice = decided(office, item, "refused_process")
    client = signed_in(office.users[Role.CLERK])
    pages = [
        reverse("desk"),
        reverse("case", args=[item.public_id]),
        case_page(item, "evidence"),
        reverse("notice", args=[notice.public_id]),
        notice_page(notice, "change"),
    ]
    for address in pages:
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page, address
    opened = client.post(case_page(item, "identity"), {"reason": "核对"}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;周明远&amp;amp;" in opened
    citizen = Citizen()
    citizen.post("/query/", {"number": filed.request.register_number, "code": filed.code})
    page = citizen.page("/query/case/")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_unit_is_given_a_case_once_and_answers_once(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=date(2026, 3, 10))
    typed = {"units": [office.unit.public_id], "due_on": "2026-03-10"}
    assert "还没有反馈" in told(office, Role.CLERK, case_page(item, "assign"), typed)
    handler = signed_in(office.users[Role.UNIT_HANDLER])
    assert handler.post(case_page(item, "answer"), {"opinion": "可以公开"}).status_code == 302
    before = rows()
    again = handler.post(case_page(item, "answer"), {"opinion": "不可以公开"})
    assert again.status_code in (403, 422)
    assert rows() == before


def test_ten_thousand_characters_of_a_name_stay_and_nothing_is_filed() -> None:
    citizen = Citizen().fill(an_open_agency(), until="applicant")
    answer = citizen.post("/apply/applicant/", {**PERSON, "name": LONG})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "最多60个字，现有10000个" in page
    assert LONG in page
    assert PERSON["phone"] in page
    assert LONG in citizen.page("/apply/applicant/")
    assert citizen.get("/apply/check/").status_code == 302
    assert not Item.objects.exists()


def test_too_long_a_clarification_stays_typed_and_changes_nothing(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    code = new_code()
    item.request.code_index = code_index(code)
    item.request.save()
    served(office, draft_notice(office.actor(Role.CLERK), item, "clarification", fields=FIELDS), Way.DOWNLOAD)
    citizen = Citizen()
    citizen.post("/query/", {"number": item.request.register_number, "code": code})
    before = rows()
    answer = citizen.post("/query/case/0/clarify/", {"text": LONG})
    assert answer.status_code == 422
    assert LONG in answer.content.decode()
    assert rows() == before
