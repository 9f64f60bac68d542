"""A form of the organisation sent twice, by two clicks or by reloading: done once, and a clear word to the second."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from tests.agencies.people import FOUNDED, SYSTEM, a_person, a_user, an_agency, signed_in
from tests.pages import carried

from gongkai.agencies.actions.office import set_office
from gongkai.agencies.actions.people import appoint, give_post
from gongkai.agencies.actions.tree import open_unit
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.roles import Role
from gongkai.kernel.clock import at
from gongkai.ui.adding import SENT_BEFORE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
ON = TODAY.isoformat()


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(TODAY):
        yield


@pytest.fixture
def bureau() -> Agency:
    agency = an_agency()
    appoint(SYSTEM, a_person(agency, "李强"), Role.HEAD, agency=agency, from_on=FOUNDED)
    a_person(agency, "赵刚")
    return agency


@pytest.fixture
def admin(bureau: Agency) -> Client:
    return signed_in(a_user(Role.SYSTEM_ADMIN, bureau, "系统员"))


def rows() -> dict[str, list[dict[str, Any]]]:
    found: list[type[models.Model]] = [
        model for name in ("agencies", "audit") for model in apps.get_app_config(name).get_models()
    ]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in found}


def filled(typed: dict[str, str]) -> dict[str, str]:
    """What is typed, with the person whom it is about."""
    return {name: value.format(person=Person.objects.get(name="赵刚").public_id) for name, value in typed.items()}


OFFICE = {"name": "办公室", "address": "人民路88号", "hours": "工作日", "phone": "0375-8051234", "from_on": ON}
_HEAD = "head's"
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "agency_found": (
        "",
        {"name": "青禾县林业局", "code": "QH-LY", "kind": "department", "level": "county", "from_on": ON},
        "机构编码：与已有的登记重复",
    ),
    "agency_rename": ("agency", {"name": "青禾县水务局", "from_on": ON}, "已有名称启用"),
    "unit_open": ("agency", {"name": "法规股", "from_on": ON}, "本机关已有内设机构“法规股”"),
    "person_add": ("agency", {"name": "王敏", "phone": "0375-8051234"}, SENT_BEFORE),
    "person_post": ("person", {"title": "副局长", "from_on": ON}, "该人员在这段时间已任副局长"),
    "person_appoint": ("person", {"role": "clerk", "from_on": ON}, "该人员在这段时间已任用为经办人"),
    "appointment_delegate": (
        _HEAD,
        {"to": "{person}", "from_on": ON, "to_on": "2026-09-10"},
        "这段时间已授权赵刚代行",
    ),
    "office_set": ("agency", OFFICE, "已登记"),
    "office_member_add": ("agency", {"person": "{person}", "from_on": ON}, "该人员在这段时间已经登记过"),
    "group_member_add": ("agency", {"person": "{person}", "part": "member", "from_on": ON}, "已经登记过"),
    "channel_open": ("agency", {"kind": "post", "details": "人民路88号", "from_on": ON}, "同一天已登记过这个渠道"),
    "guide_write": ("part", {"text": "按主题编排。", "from_on": ON}, ""),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_sent_twice_is_done_once(admin: Client, bureau: Agency, name: str) -> None:
    of, typed, message = FORMS[name]
    more = {
        "": [],
        "agency": [bureau.public_id],
        "part": [bureau.public_id, "information"],
        "person": [bureau.public_id, Person.objects.get(name="赵刚").public_id],
        _HEAD: [bureau.public_id, Appointment.objects.get(role=Role.HEAD).public_id],
    }[of]
    address = reverse(name, args=more)
    sent = {**carried(admin, address), **filled(typed)}
    first = admin.post(address, sent)
    assert first.status_code == 302, first.context["form"].summary
    admin.get(first["Location"])
    before = rows()
    second = admin.post(address, sent)
    assert rows() == before
    page = admin.get(second["Location"]).content.decode() if second.status_code == 302 else second.content.decode()
    assert message in page
    assert second.status_code in (302, 422)


CHANGES: dict[str, tuple[str, dict[str, str], str]] = {
    "agency_change": ("agency", {"functions": "防汛抗旱", "document_code": "青水"}, "已保存机构资料"),
    "person_change": ("person", {"name": "赵刚", "phone": "0375-8051299"}, "已保存"),
    "unit_change": ("unit", {"name": "水政股", "duties": "执法"}, "已保存"),
    "office_set": ("agency", {**OFFICE, "hours": "全天"}, "已登记"),
    "row_correct": ("post", {"title": "局长", "from_on": ON}, "已更正"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_twice_alike_is_changed_once_and_by_nobody_else(
    admin: Client, bureau: Agency, name: str
) -> None:
    person = Person.objects.get(name="赵刚")
    set_office(SYSTEM, bureau, name="办公室", address="人民路88号", hours="工作日", phone="0375-8051234", from_on=TODAY)
    of, typed, message = CHANGES[name]
    more = {
        "agency": [],
        "person": [person.public_id],
        "unit": [open_unit(SYSTEM, bureau, name="水政股", from_on=FOUNDED).public_id],
        "post": ["post", give_post(SYSTEM, person, bureau, title="副局长", from_on=FOUNDED).public_id],
    }[of]
    address = reverse(name, args=[bureau.public_id, *more])
    sent = {**carried(admin, address), **typed}
    first = admin.post(address, sent)
    assert first.status_code == 302, first.context["form"].summary
    admin.get(first["Location"])
    before = rows()
    second = admin.post(address, sent)
    assert rows() == before
    assert second.status_code == 302, second.context["form"].summary
    assert message in admin.get(second["Location"]).content.decode()


def test_two_of_one_name_are_entered_by_two_pages(admin: Client, bureau: Agency) -> None:
    address = reverse("person_add", args=[bureau.public_id])
    for _ in range(2):
        assert admin.post(address, {**carried(admin, address), "name": "王敏"}).status_code == 302
    assert Person.objects.filter(name="王敏").count() == 2


def test_the_id_of_somebody_at_another_agency_enters_nobody(admin: Client, bureau: Agency) -> None:
    here, there = (reverse("person_add", args=[one.public_id]) for one in (bureau, an_agency("青禾县林业局")))
    sent = {**carried(admin, here), "name": "王敏"}
    assert admin.post(here, sent).status_code == 302
    before = rows()
    answer = admin.post(there, sent)
    assert answer.status_code == 422
    assert "这一页已经提交过" in answer.content.decode()
    assert rows() == before


def test_an_account_is_opened_once(bureau: Agency) -> None:
    security = signed_in(a_user(Role.SECURITY_ADMIN, bureau, "安全员"))
    person = Person.objects.get(name="赵刚")
    address = reverse("account_issue", args=[person.public_id])
    assert security.post(address, {"username": "zhaogang"}).status_code == 200
    before = rows()
    answer = security.post(address, {"username": "zhaogang"})
    assert "赵刚已有账号" in answer.content.decode()
    assert rows() == before
