"""A form of the office sent twice, by two clicks or by reloading: done once, one entry, and a clear word to the second.

What adds a row carries the row's id; the rest is refused by what the first has made of the case.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from tests.agencies.people import SYSTEM
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, agreed, decided, sealed, served
from tests.inforequests.notice_pages import at_page, browser_of
from tests.inforequests.situations import NOW, SITUATIONS
from tests.pages import carried

from gongkai.agencies.actions.people import appoint
from gongkai.agencies.actions.tree import open_unit
from gongkai.agencies.roles import Role
from gongkai.files.queries import pieces_of
from gongkai.inforequests.actions.drafting import Consulted, draft_notice, submit_notice
from gongkai.inforequests.actions.handling import add_release, assign, review_release
from gongkai.inforequests.choices import Way
from gongkai.inforequests.models import Consultation, Item, Notice, Release, Request, SearchRecord, Step
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.adding import SENT_BEFORE

pytestmark = pytest.mark.django_db
TODAY = NOW.isoformat()
SEARCH = {"place": "局档案室", "terms": "农村饮水", "searched_on": TODAY, "is_found": "yes", "outcome": "一件"}
Make = Callable[[Office], Item]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(NOW):
        yield


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row that an act may make; a look at a page is none."""
    names = ("agencies", "inforequests", "files", "audit", "outbox")
    found: list[type[models.Model]] = [model for name in names for model in apps.get_app_config(name).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in found}


def a_file(content: str = "一、柳溪镇", name: str = "清单.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def told(client: Client, answer: Any) -> str:
    """What the answer says: on the page that it leads to, or beside what was typed."""
    if answer.status_code == 302:
        return client.get(answer["Location"]).content.decode()
    if answer.status_code == 403:  # the case is not his any more
        return answer.content.decode()
    assert answer.status_code == 422, answer.status_code
    return "；".join(error["message"] for error in answer.context["form"].summary)


@dataclass(frozen=True)
class Form:
    """A form: its page in a case made so, by whom and with what it is sent, and what the second sending is told."""

    make: Callable[[Office], str]
    typed: dict[str, Any] | Callable[[], dict[str, Any]]
    told: str
    role: str = Role.CLERK

    def send(self, client: Client, address: str, unseen: dict[str, str]) -> Any:
        return client.post(address, {**unseen, **(self.typed() if callable(self.typed) else self.typed)})


def case(act: str, situation: str = "running") -> Callable[[Office], str]:
    return lambda office: reverse(f"case_{act}", args=[SITUATIONS[situation](office).public_id])


def letter(kind: str, situation: str = "running") -> Callable[[Office], str]:
    return lambda office: reverse("case_letter", args=[SITUATIONS[situation](office).public_id, kind])


def notice(act: str, made: Callable[[Office, Item], Any]) -> Callable[[Office], str]:
    return lambda office: at_page(made(office, a_case(office)), act)


def _telling(office: Office) -> str:
    item = a_case(office)
    whom = Consulted("third_party", "青禾公司", "人民路9号", "合同单价")
    asked = draft_notice(office.actor(Role.CLERK), item, "third_party_consultation", fields=FIELDS, consultation=whom)
    served(office, asked, Way.POST)
    return reverse("case_letter", args=[item.public_id, "third_party_disclosure"])


def _stamped() -> SimpleUploadedFile:
    notice = Notice.objects.get()
    content = b"".join(pieces_of(notice.final_file, owner=notice.public_id))
    return SimpleUploadedFile("用印后.pdf", content, content_type="application/pdf")


def _reply(office: Office, item: Item) -> Any:
    return decided(office, item, "already_public_end")


FORMS = {
    "confirm": Form(case("confirm", "unconfirmed"), {"on": TODAY}, "已经确认收到"),
    "register": Form(case("register", "unregistered"), {"opinion": "请查找"}, "已经登记"),
    "split": Form(case("split"), {"texts": "甲\n乙"}, "已经拆分过"),
    "search": Form(case("search"), SEARCH, SENT_BEFORE),
    "search of a unit": Form(case("search", "given_out"), SEARCH, SENT_BEFORE, Role.UNIT_HANDLER),
    "release": Form(case("release"), lambda: {"file": a_file(), "note": "清单"}, SENT_BEFORE),
    "pointer": Form(case("release"), {"is_pointer": "on", "note": "机要柜3号"}, SENT_BEFORE),
    "answer": Form(case("answer", "given_out"), {"opinion": "可以公开"}, "您的股室已经反馈这一件", Role.UNIT_HANDLER),
    "clarify": Form(case("clarify"), {**FIELDS, "argument": "10"}, "“补正告知书”已经在办"),
    "consult": Form(
        case("consult"),
        {**FIELDS, "consulted": "third_party", "name": "青禾公司", "contact": "人民路9号"},
        "向这一家征求意见的文书已经在办",
    ),
    "clarified": Form(case("clarified", "clarifying"), {"on": TODAY, "text": "2025年的"}, "没有等待补正的告知"),
    "explained": Form(
        case("explained", "explaining"), lambda: {"on": TODAY, "text": "编写县志", "file": a_file()}, SENT_BEFORE
    ),
    "consulted": Form(
        case("consulted", "consulting"),
        lambda: {"consultation": Consultation.objects.get().public_id, "on": TODAY, "opinion": "consents"},
        "没有等待答复的征求意见",
    ),
    "correct": Form(
        case("correct"),
        lambda: {
            "step": Step.objects.order_by("id")[0].public_id,
            "way": "correct",
            "on": "2026-03-03",
            "reason": "错",
        },
        "这一步已经更正过",
        Role.OFFICE_HEAD,
    ),
    "extend": Form(case("extend"), {**FIELDS, "argument": "20"}, "“延期答复告知书”已经在办"),
    "charge": Form(case("charge"), {**FIELDS, "method": "pages", "count": "120"}, "“收费通知书”已经在办"),
    "review": Form(
        notice("review", lambda office, item: submit_notice(office.actor(Role.CLERK), _reply(office, item))),
        {"decision": "agree", "opinion": ""},
        "",
        Role.OFFICE_HEAD,
    ),
    "paid": Form(case("paid", "charged"), {"on": TODAY, "proof": "票据1号"}, "已经登记缴清"),
    "withdraw": Form(case("withdraw"), {"on": TODAY, "evidence": "撤回申请书"}, "已经办结"),
    "reopen": Form(case("reopen", "ended"), {"ground": "order", "on": TODAY, "evidence": "决定书"}, "还没有办结"),
    "archive": Form(case("archive", "ended"), {}, "已经归档"),
    "receipt": Form(letter("registration"), {}, "“登记回执”已经在办"),
    "told third party": Form(
        _telling, lambda: {**FIELDS, "consultation": Consultation.objects.get().public_id}, "告知这一第三方的"
    ),
    "withdrawn": Form(letter("withdrawn", "ended"), {"withdrawal": "来信撤回"}, "已经在办"),
    "submit": Form(notice("submit", _reply), {}, "刚刚办了“送审”"),
    "discard": Form(notice("discard", _reply), {"reason": "写错了"}, "已作废"),
    "serve": Form(
        notice("serve", lambda office, item: sealed(office, _reply(office, item))),
        {"way": "post", "sent_on": TODAY, "tracking": "EA1"},
        "刚刚办了“送达”",
    ),
    "failed": Form(
        notice("failed", lambda office, item: served(office, _reply(office, item), Way.POST).notice),
        {"on": TODAY, "failure": "查无此人"},
        "刚刚办了“送达”",
    ),
    "seal": Form(
        notice("seal", lambda office, item: agreed(office, _reply(office, item))),
        lambda: {"file": _stamped()},
        "这份用印后的文件已经收下",
        Role.SEAL_KEEPER,
    ),
    "setting": Form(
        lambda office: reverse("notice_setting", args=[office.agency.public_id, "granted"]),
        {"secrecy": "on", "legality": "on", "signer": Role.HEAD, "reason": "局务会议定"},
        "",
        Role.OFFICE_HEAD,
    ),
    "received": Form(
        notice("received", lambda office, item: served(office, _reply(office, item), Way.POST).notice),
        {"on": TODAY, "proof": "本人签收"},
        "刚刚办了“送达”",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_sent_twice_is_done_once(office: Office, name: str) -> None:
    form = FORMS[name]
    address, client = form.make(office), browser_of(office, form.role)
    unseen = carried(client, address)
    first = form.send(client, address, unseen)
    assert first.status_code == 302, told(client, first)
    client.get(first["Location"])
    before = rows()
    second = form.send(client, address, unseen)
    assert rows() == before
    assert form.told in told(client, second)
    assert second.status_code != 302 or second["Location"] == first["Location"]


def test_a_letter_on_paper_is_one_and_the_next_is_another(office: Office) -> None:
    client, address = browser_of(office, Role.CLERK), reverse("enter")
    unseen = carried(client, address)
    typed = {
        "channel": "in_person", "arrived_on": TODAY, "kind": "information", "text": "2025年的清单", "medium": "paper",
        "way": "window", "applicant_kind": "natural_person", "name": "吴桂芳",
    }  # fmt: skip
    first, second = (client.post(address, {**unseen, **typed}, follow=True) for _ in range(2))
    assert first.context["filed"].code == second.context["filed"].code != ""
    answer = client.post(address, {**unseen, **typed, "name": "孙大山"})
    assert "登记的内容与现在填写的不同" in told(client, answer)
    assert Request.objects.count() == 1
    again = {**typed, "name": "孙大山", "agency": unseen["agency"], "new": answer.context["form"]["new"].value()}
    assert client.post(address, again, follow=True).context["filed"].code not in ("", first.context["filed"].code)
    assert Request.objects.count() == 2


OTHERWISE: dict[str, tuple[str, dict[str, Any], Callable[[], dict[str, Any]]]] = {
    "search": ("search", SEARCH, lambda: {**SEARCH, "place": "县档案馆"}),
    "pointer": ("release", {"is_pointer": "on", "note": "机要柜3号"}, lambda: {"is_pointer": "on", "note": "4号"}),
    "another file": ("release", {"note": "清单"}, lambda: {"file": a_file("二、河口镇"), "note": "清单"}),
    "another name": ("release", {"note": "清单"}, lambda: {"file": a_file(name="名单.txt"), "note": "清单"}),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_is_typed_anew_after_going_back_is_not_lost(office: Office, name: str) -> None:
    act, typed, otherwise = OTHERWISE[name]
    address, client = case(act)(office), browser_of(office, Role.CLERK)
    unseen = carried(client, address)
    first = typed if "note" not in typed or "is_pointer" in typed else {**typed, "file": a_file()}
    assert client.post(address, {**unseen, **first}).status_code == 302
    before = rows()
    answer = client.post(address, {**unseen, **otherwise()})
    assert "登记的内容与现在填写的不同" in told(client, answer)
    assert rows() == before
    fresh = answer.context["form"]["new"].value()
    assert client.post(address, {"new": fresh, **otherwise()}).status_code == 302
    assert len(SearchRecord.objects.all()) + len(Release.objects.all()) == 2


def test_the_id_of_another_case_s_or_another_s_record_makes_nothing(office: Office) -> None:
    clerk, head = browser_of(office, Role.CLERK), browser_of(office, Role.OFFICE_HEAD)
    here, there = case("search")(office), case("search")(office)
    unseen = carried(clerk, here)
    assert clerk.post(here, {**unseen, **SEARCH}).status_code == 302
    before = rows()
    for client, address in ((clerk, there), (head, here)):
        answer = client.post(address, {**unseen, **SEARCH})
        assert "这一页已经提交过" in told(client, answer)
        assert answer.context["form"]["new"].value() != unseen["new"]
    assert rows() == before


@pytest.mark.parametrize("mark", ["", "abcdefgh23456789", "abcdefgh23456789:x", "甲"])
def test_an_id_that_no_page_gave_is_not_taken_and_the_form_comes_back_with_another(office: Office, mark: str) -> None:
    address, client = case("search")(office), browser_of(office, Role.CLERK)
    before = rows()
    answer = client.post(address, {"new": mark, **SEARCH})
    assert "这一页已经失效" in told(client, answer)
    assert rows() == before
    form = answer.context["form"]
    assert form["place"].value() == SEARCH["place"]
    assert client.post(address, {"new": form["new"].value(), **SEARCH}).status_code == 302


def test_who_is_of_two_units_gives_back_the_one_that_the_page_tells_of(office: Office) -> None:
    handler = office.users[Role.UNIT_HANDLER].person
    assert handler is not None
    other = open_unit(SYSTEM, office.agency, name="财务股", from_on=office.agency.from_on)
    appoint(SYSTEM, handler, Role.UNIT_HANDLER, agency=office.agency, unit=other, from_on=office.agency.from_on)
    item, client = a_case(office), browser_of(office, Role.UNIT_HANDLER)
    for unit, task in ((other, "请查预算"), (office.unit, "请查合同")):
        assign(office.actor(Role.CLERK), item, units=[unit], due_on=NOW, task=task)
    address = reverse("case_answer", args=[item.public_id])
    assert "请查预算" in client.get(address).content.decode()
    unseen = carried(client, address)
    for status in (302, 422):
        answer = client.post(address, {**unseen, "opinion": "预算已公开"})
        assert answer.status_code == status
    assert "这一次分办已经反馈" in told(client, answer)
    assert list(item.assignments.filter(returned_at=None).values_list("unit", flat=True)) == [office.unit.pk]
    assert "请查合同" in client.get(address).content.decode()


def test_a_file_is_reviewed_once(office: Office) -> None:
    item = a_case(office)
    for note in ("一号柜", "二号柜"):
        add_release(office.actor(Role.CLERK), item, file=None, note=note, is_pointer=True)
    release, reviewer = Release.objects.order_by("id")[0], office.actor(Role.SECRECY_REVIEWER)
    review_release(reviewer, release, is_cleared=False, review="属于国家秘密")
    before = rows()
    with pytest.raises(ActionRefused, match="已经审查过"):
        review_release(reviewer, release, is_cleared=False, review="不公开")
    assert rows() == before
