"""The page of a case: letter, clock, timeline, acts; who it is for; the applicant's identity only for a reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import HtmlElement, fromstring
from tests.agencies.people import a_user, signed_in
from tests.inforequests.cases import APPLICANT, Office, a_case, a_letter, an_office
from tests.inforequests.issuing import FIELDS, decided, served

from gongkai.audit.models import Entry
from gongkai.files.queries import files_of
from gongkai.inforequests.actions.drafting import draft_notice, submit_notice
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import enter_request, file_request, split_request
from gongkai.inforequests.choices import Channel
from gongkai.inforequests.models import Item, Opening
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MONDAY = date(2026, 3, 2)


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(office.users["clerk"])


def page(client: Client, item: Item, name: str = "case") -> str:
    answer = client.get(reverse(name, args=[item.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def tree(client: Client, item: Item) -> HtmlElement:
    return fromstring(page(client, item))


def buttons(made: HtmlElement) -> list[str]:
    """The acts that are offered, in their order; the main one marked."""
    found = made.xpath("//a[contains(@class, 'gk-acts__button')]")
    return [one.text_content() + ("" if "--second" in one.get("class") else " !") for one in found]


def refusals(made: HtmlElement) -> str:
    return " ".join(one.text_content() for one in made.xpath("//ul[@class='gk-acts__reasons']"))


def what(made: HtmlElement) -> list[str]:
    """What happened, from top to bottom."""
    return [" ".join(one.text_content().split()) for one in made.xpath("//p[@class='gk-steps__what']")]


class TestParts:
    def test_the_page_tells_the_letter_the_clock_the_steps_and_the_next_act(
        self, office: Office, clerk: Client
    ) -> None:
        item = a_case(office, on=MONDAY, is_registered=False)
        with at(date(2026, 3, 3)):
            told, made = page(clerk, item), tree(clerk, item)
        for part in (
            item.text,
            "2026年3月30日（周一）",
            "还剩 19 个工作日",
            "收到申请",
            "《条例》第三十一条",
            "待登记",
        ):
            assert part in told, part
        assert buttons(made)[0] == "登记 !"
        assert "这一件还没有登记" in refusals(made)

    def test_a_letter_that_waits_for_its_confirmation_has_no_due_day(self, office: Office, clerk: Client) -> None:
        letter = a_letter(office.agency, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY)
        with at(date(2026, 3, 5)):
            item = Item.objects.get(request=enter_request(office.actor("clerk"), letter).request)
            told = page(clerk, item)
            assert buttons(tree(clerk, item)) == ["确认收到 !"]
        assert "还没有起算" in told
        assert "应当在2026年3月2日以前与申请人确认" in told

    def test_inner_handling_stands_between_the_steps_in_the_order_of_time(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(date(2026, 3, 4)):
            served(office, draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS))
        with at(date(2026, 3, 5)):
            steps, told = what(tree(clerk, item)), page(clerk, item)
        assert steps[:4] == ["收到申请", "登记", "拟稿《补正告知书》", "送审《补正告知书》"]
        assert steps[-2:] == ["告知补正", "补正告知书送达"]
        assert "等待申请人补正" in told
        assert "《条例》第三十条" in told

    def test_an_unlawful_step_is_marked_with_what_the_law_says(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(date(2026, 4, 1)):
            served(office, decided(office, item, "not_responsible"))
            told = page(clerk, item)
        assert "不符合规定" in told
        assert "答复期限是2026年3月30日，超期答复" in told

    def test_a_split_letter_shows_its_siblings_and_the_whole(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY, text="甲文件和乙文件")
        with at(MONDAY):
            first, _ = split_request(office.actor("clerk"), item.request, texts=["甲文件", "乙文件"])
            told = page(clerk, first)
        assert "2026-1-2" in told
        assert "甲文件和乙文件" in told

    def test_likely_duplicates_are_shown_to_who_handles_the_case(self, office: Office, clerk: Client) -> None:
        item, other = a_case(office, on=MONDAY), a_case(office, on=MONDAY)
        with at(MONDAY):
            assert reverse("case", args=[other.public_id]) in page(clerk, item)
            assert reverse("case", args=[other.public_id]) not in page(signed_in(office.users["head"]), item)

    def test_an_ended_case_tells_its_result(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(date(2026, 3, 4)):
            served(office, decided(office, item, "not_responsible"))
            told, made = page(clerk, item), tree(clerk, item)
        assert "本机关不掌握相关政府信息" in told
        assert buttons(made) == ["归档", "重新办理"]

    def test_how_the_due_day_was_reckoned_is_told_line_by_line(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(date(2026, 3, 4)):
            told = page(clerk, item, "case_clock")
        for part in ("2026年3月3日（周二）", "2026年3月30日", "第三十三条第二款", "即2026年3月2日"):
            assert part in told, part


class TestActs:
    def test_only_whose_turn_it_is_has_a_main_button(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(MONDAY):
            assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 10))
            assert not [one for one in buttons(tree(clerk, item)) if one.endswith("!")]
            assert buttons(tree(signed_in(office.users["unit_handler"]), item)) == [
                "反馈 !",
                "登记检索",
                "提交拟公开的文件",
            ]

    def test_a_notice_under_review_is_the_reviewer_s_first_act(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY)
        with at(MONDAY):
            submit_notice(
                office.actor("clerk"), draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS)
            )
            assert buttons(tree(signed_in(office.users["office_head"]), item))[0] == "审签《补正告知书》 !"
            assert buttons(tree(clerk, item))[0] == "查看《补正告知书》"
            assert buttons(tree(signed_in(office.users["head"]), item)) == ["查看《补正告知书》"]

    def test_acts_that_are_refused_for_the_same_reason_stand_together(self, office: Office, clerk: Client) -> None:
        item = a_case(office, on=MONDAY, is_registered=False)
        with at(MONDAY):
            told = refusals(tree(clerk, item))
        assert told.count("这一件还没有登记") == 1

    def test_an_act_tells_until_when_it_is_possible(self, office: Office, clerk: Client) -> None:
        with at(date(2026, 3, 3)):
            assert "最迟2026年3月11日（周三）" in page(clerk, a_case(office, on=MONDAY))


class TestIdentity:
    """The applicant's identity lies apart; opening it is an act."""

    def told(self, client: Client, item: Item, **typed: str) -> Any:
        return client.post(reverse("case_identity", args=[item.public_id]), typed)

    def test_the_page_masks_the_name_and_hides_the_rest(self, office: Office, clerk: Client) -> None:
        told = page(clerk, a_case(office))
        assert "周＊＊" in told
        for secret in (APPLICANT.name, APPLICANT.identity, APPLICANT.phone, APPLICANT.email, APPLICANT.address):
            assert secret not in told

    def test_it_is_opened_for_a_reason_that_the_journal_keeps(self, office: Office, clerk: Client) -> None:
        item = a_case(office)
        answer = self.told(clerk, item, reason="与申请人确认收到")
        assert APPLICANT.identity in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert Opening.objects.exclude(reason="").get().reason == "与申请人确认收到"
        assert Entry.objects.filter(act="inforequests.open_identity").count() == 1

    def test_without_a_reason_it_stays_closed(self, office: Office, clerk: Client) -> None:
        answer = self.told(clerk, a_case(office), reason=" ")
        assert answer.status_code == 422
        assert APPLICANT.name not in answer.content.decode()
        assert not Entry.objects.filter(act="inforequests.open_identity").exists()

    @pytest.mark.parametrize("role", ["head", "unit_handler", "seal_keeper"])
    def test_who_may_not_open_it_sees_the_kind_alone(self, office: Office, role: str) -> None:
        item = a_case(office)
        with at(MONDAY):
            assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 10))
        client = signed_in(office.users[role])
        assert "周" not in page(client, item).replace("（周", "")
        assert self.told(client, item, reason="看看").status_code == 403

    def test_a_proof_of_identity_is_given_out_only_after_the_reason(self, office: Office, clerk: Client) -> None:
        with at(MONDAY):
            shown = clerk.get(reverse("enter"))
            initial = {name: shown.context["form"][name].value() for name in ("new", "agency")}
            typed = {
                **initial, "channel": "in_person", "arrived_on": "2026-03-02", "kind": "information", "text": "甲",
                "medium": "paper", "way": "window", "applicant_kind": "natural_person", "name": "吴桂芳",
            }  # fmt: skip
            clerk.post(reverse("enter"), {**typed, "proof": SimpleUploadedFile("证.pdf", _PDF)})
            item = Item.objects.get()
            assert "证.pdf" not in page(clerk, item)
            (proof,) = _files(item)
            address = reverse("case_file", args=[item.public_id, proof])
            assert clerk.get(address).status_code == 404
            assert address in self.told(clerk, item, reason="核对身份证明").content.decode()
            assert b"".join(clerk.get(address).streaming_content) == _PDF  # type: ignore[attr-defined]
        with at(date(2026, 3, 3)):
            assert clerk.get(address).status_code == 404


def test_the_first_look_is_stamped_once(office: Office, clerk: Client) -> None:
    item = a_case(office, on=MONDAY)
    with at(date(2026, 3, 3)):
        page(clerk, item)
    with at(date(2026, 3, 4)):
        page(clerk, item)
    item.request.refresh_from_db()
    assert item.request.seen_at is not None
    assert item.request.seen_at.date() == date(2026, 3, 3)
    assert Opening.objects.count() == 2


def test_a_foreign_case_and_its_files_are_not_there(office: Office) -> None:
    item, stranger = a_case(office), signed_in(an_office("青禾县林业局").users["clerk"])
    for name in ("case", "case_clock", "case_identity", "case_register", "case_withdraw"):
        assert stranger.get(reverse(name, args=[item.public_id])).status_code == 404
        assert stranger.post(reverse(name, args=[item.public_id])).status_code == 404


def test_the_page_asks_the_database_little(office: Office, clerk: Client) -> None:
    item = a_case(office)
    for _ in range(3):
        file_request(replace(a_letter(office.agency)))
    page(clerk, item)
    with CaptureQueriesContext(connection) as asked:
        page(clerk, item)
    reads = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(reads) <= 18, "\n".join(sql[:200] for sql in reads)


def _files(item: Item) -> list[str]:
    return [file.public_id for file in files_of(item.request.public_id)]


_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


def test_who_oversees_the_office_is_not_the_first_to_see_a_letter(office: Office) -> None:
    item = a_case(office)
    above = a_user("supervisor", office.agency, "上级甲")
    assert signed_in(above).get(reverse("case", args=[item.public_id])).status_code == 200
    item.request.refresh_from_db()
    assert item.request.seen_at is None
    assert Opening.objects.filter(request=item.request, person=above.person).exists()
