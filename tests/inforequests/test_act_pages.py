"""The pages of acts on a case: each leads to its action, tells what it causes, keeps what was typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.agencies.people import SYSTEM, an_agency, signed_in
from tests.inforequests.cases import Office, a_case, a_letter
from tests.inforequests.issuing import FIELDS, decided, served
from tests.inforequests.situations import ASKED, consulted, happened
from tests.pages import carried

from gongkai.agencies.actions.office import set_office
from gongkai.inforequests.actions.drafting import Consulted, FeeFacts, draft_notice
from gongkai.inforequests.actions.intake import enter_request, file_request, register_request
from gongkai.inforequests.actions.progress import record_opinion
from gongkai.inforequests.choices import CaseState, Channel, Opinion
from gongkai.inforequests.models import Item, Release, Step
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.views.acts import half_way
from gongkai.kernel.clock import at
from gongkai.law.clock import Act as LawAct
from gongkai.law.fees import Method

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(TUESDAY):
        yield


@pytest.fixture
def item(office: Office) -> Item:
    return a_case(office, on=MONDAY)


def acted(office: Office, item: Item, act: str, role: str = "clerk", **typed: Any) -> str:
    """Does an act on its page; gives what was wrong with it, nothing where it was done."""
    client, address = signed_in(office.users[role]), reverse(f"case_{act}", args=[item.public_id])
    assert client.get(address).status_code == 200
    answer = client.post(address, {**carried(client, address), **typed})
    item.refresh_from_db()
    if answer.status_code == 302:
        assert answer["Location"] == reverse("case", args=[item.public_id])
        return ""
    assert answer.status_code == 422
    return "；".join(error["message"] for error in answer.context["form"].summary)


def refused(office: Office, item: Item, act: str, role: str = "clerk") -> str:
    """What the page of an act tells instead of a form."""
    answer = signed_in(office.users[role]).get(reverse(f"case_{act}", args=[item.public_id]))
    assert answer.status_code == 200
    assert "form" not in answer.context
    return answer.content.decode()


def acts_of(item: Item) -> list[str]:
    return list(item.steps.values_list("act", flat=True))


class TestIntake:
    def test_a_letter_by_mail_is_confirmed_then_registered(self, office: Office) -> None:
        letter = a_letter(office.agency, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY)
        item = Item.objects.get(request=enter_request(office.actor("clerk"), letter).request)
        assert "请先“确认收到”" in refused(office, item, "register")
        assert "到达日期和今天之间" in acted(office, item, "confirm", on="2026-03-01")
        assert acted(office, item, "confirm", on="2026-03-03") == ""
        assert item.received_on == TUESDAY
        assert acted(office, item, "register", opinion="请水政股查找") == ""
        assert item.handlings.get().opinion == "请水政股查找"
        assert "已经登记" in refused(office, item, "register")

    def test_a_letter_that_asks_several_things_is_split_by_lines(self, office: Office, item: Item) -> None:
        assert "拆分后至少要有两件" in acted(office, item, "split", texts="只有一件\n\n")
        assert acted(office, item, "split", texts=" 甲文件 \n\n乙文件") == ""
        assert list(Item.objects.order_by("order").values_list("order", "text")) == [(1, "甲文件"), (2, "乙文件")]


class TestInside:
    def test_a_case_goes_to_a_unit_and_comes_back_with_search_and_file(self, office: Office, item: Item) -> None:
        unit = office.unit.public_id
        assert acted(office, item, "assign", units=[unit], due_on="2026-03-10", task="请查找") == ""
        search = {
            "place": "OA公文系统",
            "terms": "农村饮水",
            "searched_on": "2026-03-03",
            "is_found": "yes",
            "outcome": "一件",
        }
        assert acted(office, item, "search", "unit_handler", **search) == ""
        file = SimpleUploadedFile("清单.txt", "一、柳溪镇".encode())
        assert acted(office, item, "release", "unit_handler", file=file, note="项目清单") == ""
        assert acted(office, item, "answer", "unit_handler", opinion="可以公开") == ""
        assert (item.turn_role, item.searches.get().is_found) == ("clerk", True)
        page = signed_in(office.users["clerk"]).get(reverse("case", args=[item.public_id])).content.decode()
        for told in ("可以公开", "OA公文系统", "项目清单", "待审查"):
            assert told in page, told

    def test_who_answers_for_a_government_gives_its_cases_to_his_own_units(self, office: Office) -> None:
        government = an_agency("青禾县人民政府")
        set_office(SYSTEM, government, from_on=government.from_on, unit=office.unit, name="政务公开工作办公室")
        with at(MONDAY):
            filed = file_request(a_letter(government))
            register_request(office.actor("clerk"), filed.request)
        case = filed.request.items.get()
        assert acted(office, case, "assign", units=[office.unit.public_id], due_on="2026-03-10") == ""
        assert case.assignments.get().unit == office.unit

    def test_the_internal_due_day_is_half_way_and_never_after_the_due_day(self, item: Item) -> None:
        item.refresh_from_db()
        assert half_way(item, TUESDAY) == date(2026, 3, 16)
        assert half_way(item, date(2026, 3, 30)) == date(2026, 3, 30)

    def test_a_due_day_after_the_reply_s_is_refused_and_what_was_typed_stays(self, office: Office, item: Item) -> None:
        unit = office.unit.public_id
        wrong = acted(office, item, "assign", units=[unit], due_on="2026-04-01", task="请查找清单")
        assert "内部办理期限晚于答复期限2026年3月30日" in wrong
        assert not item.assignments.exists()

    def test_a_secret_carrier_is_never_uploaded_only_pointed_to(self, office: Office, item: Item) -> None:
        file = SimpleUploadedFile("清单.txt", "一".encode())
        assert "涉密载体不得上传" in acted(office, item, "release", file=file, is_pointer="on", note="柜")
        assert acted(office, item, "release", is_pointer="on", note="机要柜3号") == ""
        assert (Release.objects.get().is_pointer, Release.objects.get().file) == (True, "")

    def test_a_released_file_is_reviewed_by_another(self, office: Office, item: Item) -> None:
        file = SimpleUploadedFile("清单.txt", "一、柳溪镇".encode())
        acted(office, item, "release", file=file)
        release = Release.objects.get()
        assert (release.item, release.reviewed_at) == (item, None)

    def test_a_unit_that_declines_says_why(self, office: Office, item: Item) -> None:
        acted(office, item, "assign", units=[office.unit.public_id], due_on="2026-03-10")
        assert "承办意见：请填写" in acted(office, item, "answer", "unit_handler", is_declined="on")
        assert acted(office, item, "answer", "unit_handler", is_declined="on", opinion="属于财务股") == ""
        assert item.assignments.get().is_declined


class TestProgress:
    def test_a_request_put_right_starts_the_period_anew(self, office: Office, item: Item) -> None:
        notice = draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS)
        served(office, notice)
        with at(date(2026, 3, 5)):
            wrong = acted(office, item, "clarified", on="2026-03-05")
            assert "还没有补正的内容" in wrong
            assert acted(office, item, "clarified", on="2026-03-05", text="2025年度的清单") == ""
        assert item.due_on == date(2026, 4, 2)
        assert "2025年度的清单" in item.text

    def test_a_consulted_party_s_answer_ends_the_wait(self, office: Office, item: Item) -> None:
        whom = Consulted("third_party", "青禾县清河物业有限公司", "0375-8050000", "合同单价")
        served(
            office,
            draft_notice(office.actor("clerk"), item, "third_party_consultation", fields=FIELDS, consultation=whom),
        )
        item.refresh_from_db()
        assert item.state == CaseState.WAITING
        consultation = item.consultations.get()
        with at(date(2026, 3, 6)):
            typed = {
                "consultation": consultation.public_id,
                "on": "2026-03-06",
                "opinion": Opinion.REFUSES,
                "reply": "涉及商业秘密",
            }
            assert acted(office, item, "consulted", **typed) == ""
        consultation.refresh_from_db()
        assert (consultation.opinion, item.state) == (Opinion.REFUSES, CaseState.RUNNING)

    def test_a_fee_that_was_paid_starts_the_period_anew(self, office: Office, item: Item) -> None:
        fee = FeeFacts(Method.PAGES, 120)
        served(office, draft_notice(office.actor("clerk"), item, "fee", fields=FIELDS, fee=fee))
        with at(date(2026, 3, 5)):
            assert acted(office, item, "paid", on="2026-03-05", proof="非税收入票据 0012345 号") == ""
        assert (item.due_on, item.payments.get().proof) == (date(2026, 4, 2), "非税收入票据 0012345 号")

    def test_a_withdrawal_ends_the_case(self, office: Office, item: Item) -> None:
        assert acted(office, item, "withdraw", on="2026-03-03", evidence="申请人签名的撤回申请") == ""
        assert (item.state, item.closed_on) == (CaseState.ENDED, TUESDAY)
        assert "已经办结" in refused(office, item, "assign")

    def test_an_ended_case_is_filed_or_opened_again(self, office: Office, item: Item) -> None:
        served(office, decided(office, item, "not_responsible"))
        item.refresh_from_db()
        assert item.state == CaseState.ENDED
        assert acted(office, item, "archive") == ""
        assert "已经归档" in refused(office, item, "archive")
        with at(date(2026, 4, 7)):
            typed = {"ground": "order", "on": "2026-04-07", "evidence": "青政复决〔2026〕3号"}
            assert acted(office, item, "reopen", **typed) == ""
        assert (item.round, item.state) == (2, CaseState.RUNNING)

    def test_a_step_recorded_wrongly_is_corrected_and_both_stay(self, office: Office, item: Item) -> None:
        step = item.steps.get()
        typed = {"step": step.public_id, "way": "correct", "on": "2026-03-03", "reason": "系统时钟有误"}
        assert acted(office, item, "correct", "office_head", **typed) == ""
        assert (item.due_on, Step.objects.count()) == (date(2026, 3, 31), 2)
        page = signed_in(office.users["clerk"]).get(reverse("case", args=[item.public_id])).content.decode()
        assert "已更正" in page
        assert "系统时钟有误" in page


@pytest.mark.parametrize(
    ("act", "typed", "wrong"),
    [
        ("assign", {"units": ["x"], "due_on": "2026-03-10"}, "请从列出的股室中选择"),
        ("assign", {"due_on": "三月十日"}, "日期应写作"),
        ("search", {"place": "字" * 201}, "最多 200 个字"),
        ("withdraw", {"on": "2026-03-04", "evidence": "电话"}, "日期还没有到"),
        ("withdraw", {"on": "2026-03-01", "evidence": "电话"}, "早于收到申请之日"),
        ("register", {"opinion": "字" * 2_001}, "最多 2000 个字"),
    ],
)
def test_bad_input_is_told_and_nothing_is_done(office: Office, act: str, typed: dict[str, Any], wrong: str) -> None:
    item = a_case(office, on=MONDAY, is_registered=act != "register")
    before = acts_of(item)
    assert wrong in acted(office, item, act, **typed)
    assert acts_of(item) == before
    assert item.state == CaseState.RUNNING


def test_every_act_of_the_table_has_a_page(item: Item) -> None:
    for act in CASE_ACTS:
        assert reverse(f"case_{act}", args=[item.public_id])


def test_two_who_act_on_the_same_case_are_told_what_the_first_did(office: Office, item: Item) -> None:
    client, address = signed_in(office.users["clerk"]), reverse("case_withdraw", args=[item.public_id])
    seen = client.get(address).context["form"]["seen"].value()
    acted(office, item, "withdraw", "office_head", on="2026-03-03", evidence="电话记录")
    answer: Any = Client.post(client, address, {"seen": seen, "on": "2026-03-03", "evidence": "来信"})
    assert answer.status_code == 422
    assert "已经办结" in answer.content.decode()
    assert "来信" in answer.content.decode()


def test_who_was_silent_may_answer_late(office: Office, item: Item) -> None:
    consultation = consulted(item)
    happened(item, LawAct.THIRD_PARTY_SERVED, ASKED, key=consultation.key)
    last = date(2026, 3, 31)
    with at(last):
        record_opinion(office.actor("clerk"), consultation, on=last, opinion=Opinion.SILENT)
        typed = {
            "consultation": consultation.public_id,
            "on": "2026-03-31",
            "opinion": Opinion.REFUSES,
            "reply": "不同意",
        }
        assert acted(office, item, "consulted", **typed) == ""
    consultation.refresh_from_db()
    assert consultation.opinion == Opinion.REFUSES
