"""Why somebody asks for so much (说明理由): told on the web or entered, once for all the things asked; no clock moves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.files.samples import word
from tests.inforequests.applying import Citizen
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, decided, path_to, served
from tests.inforequests.notice_pages import at_page, browser_of
from tests.inforequests.situations import ASKED, MONDAY, asked_for_reasons, happened
from tests.pages import carried

from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.files.purposes import Purpose
from gongkai.files.queries import files_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.drafting import draft_notice, draft_together, submit_notice
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import Filed, split_request
from gongkai.inforequests.actions.progress import reopen, withdraw
from gongkai.inforequests.choices import CaseState, HandlingKind, Stage, Way
from gongkai.inforequests.explaining import asked_of
from gongkai.inforequests.models import Handling, Item, Notice, Service, Step
from gongkai.inforequests.notice_rules import waiting_place
from gongkai.inforequests.review_forms import CHECKS
from gongkai.inforequests.steps import record
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act, Ground
from gongkai.law.questions import QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TOLD, LAST, AFTER = date(2026, 3, 9), date(2026, 3, 18), date(2026, 3, 19)
"""A day in time, the tenth working day after Wednesday, and the day after it."""
WHY, MORE = "编写水利志第七卷，需要逐年核对。", "2023年以前的可以不要。"


def explained(item: Item) -> list[str]:
    return list(item.handlings.filter(kind=HandlingKind.EXPLAINED).values_list("opinion", flat=True))


def refused(caught: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in caught.value.reasons]


def opened(filed: Filed) -> Citizen:
    client = Citizen()
    answer = client.post("/query/", {"number": filed.request.register_number, "code": filed.code})
    assert answer.status_code == 302
    return client


def steps_of(page: str) -> list[str]:
    """What happened, from top to bottom, with its mark."""
    parts = page.split('<p class="gk-steps__what">')[1:]
    return [part.partition("<")[0].strip() for part in parts]


class TestAction:
    def test_what_is_told_moves_neither_the_clock_nor_the_turn(self, item: Item) -> None:
        asked_for_reasons(item)
        before = Item.objects.values().get(pk=item.pk)
        file = inspect_made("课题批准书\n".encode(), name="批准书.txt", purpose=Purpose.APPLICATION)
        with at(TOLD):
            row = record_explanation(None, item, on=TOLD, text=WHY, file=file)
            record_explanation(None, item, on=TOLD, text=MORE)
        assert Item.objects.values().get(pk=item.pk) == before
        assert (before["state"], before["turn_role"]) == (CaseState.RUNNING, Role.CLERK)
        assert not Step.objects.filter(happened_on=TOLD).exists()
        assert explained(item) == [WHY, MORE]
        assert (row.happened_on, row.person) == (TOLD, None)
        assert [(one.public_id, one.name) for one in files_of(item.request.public_id)] == [
            (row.file, "说明理由_批准书.txt")
        ]
        assert Entry.objects.filter(act="inforequests.explained").count() == 2

    def test_a_unit_that_has_the_case_keeps_it(self, office: Office, item: Item) -> None:
        asked_for_reasons(item)
        with at(ASKED):
            assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=TOLD)
        with at(TOLD):
            record_explanation(None, item, on=TOLD, text=WHY)
        item.refresh_from_db()
        assert (item.turn_role, item.turn_unit) == (Role.UNIT_HANDLER, office.unit)

    def test_told_once_it_counts_for_all_that_the_letter_asks_about_and_that_is_open(
        self, office: Office, filed: Filed
    ) -> None:
        clerk = office.actor(Role.CLERK)
        with at(MONDAY):
            first, second, third, apart = split_request(clerk, filed.request, texts=["甲", "乙", "丙", "丁"])
        asked_for_reasons(first, second, third)
        with at(TOLD):
            withdraw(clerk, third, on=TOLD, evidence="撤回申请书")
            record_explanation(None, second, on=TOLD, text=WHY)
        assert [explained(one) for one in (first, second, third, apart)] == [[WHY], [WHY], [], []]
        assert Entry.objects.filter(act="inforequests.explained").count() == 1

    @pytest.mark.parametrize(
        ("on", "text", "why"),
        [
            (TOLD, " \n", "text"),
            (TOLD + timedelta(days=1), WHY, "future"),
            (ASKED - timedelta(days=1), WHY, "before"),
        ],
    )
    def test_it_has_content_and_a_day_between_the_letter_and_today(
        self, office: Office, item: Item, on: date, text: str, why: str
    ) -> None:
        asked_for_reasons(item)
        with at(TOLD), pytest.raises(ActionRefused) as caught:
            record_explanation(office.actor(Role.CLERK), item, on=on, text=text)
        assert refused(caught) == [why]
        assert explained(item) == []

    def test_what_comes_late_counts_until_there_is_a_decision(self, item: Item) -> None:
        asked_for_reasons(item)
        with at(AFTER):
            record_explanation(None, item, on=AFTER, text=WHY)
            record(item, Act.DECIDED, on=AFTER)
            with pytest.raises(ActionRefused) as caught:
                record_explanation(None, item, on=AFTER, text=MORE)
        assert refused(caught) == ["decided"]
        assert "送达" not in caught.value.reasons[0].instead  # what the office can do is nothing to the applicant
        assert explained(item) == [WHY]

    def test_what_was_asked_in_an_earlier_round_or_by_mistake_is_not_asked(self, office: Office, item: Item) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            withdraw(None, item, on=TOLD)
            reopen(office.actor(Role.CLERK), item, on=TOLD, ground=Ground.OWN, evidence="内部核查")
        assert asked_of(Item.objects.get(pk=item.pk)) is None
        other = a_case(office, on=MONDAY)
        notice = asked_for_reasons(other)
        step = notice.steps.get()
        with at(TOLD):
            Step.objects.create(item=other, act=step.act, happened_on=ASKED, recorded_at=now(), voids=step)
        assert asked_of(Item.objects.get(pk=other.pk)) is None

    def test_the_days_run_from_when_the_letter_arrived(self, item: Item) -> None:
        notice = asked_for_reasons(item)
        asked = asked_of(item)
        assert asked is not None
        assert (asked.until, asked.within) == (LAST, "2026年3月18日（周三）以前")
        assert [asked.is_over(day) for day in (LAST, AFTER)] == [False, True]
        Service.objects.filter(notice=notice).update(way=Way.POST, received_on=None)
        asked = asked_of(item)
        assert asked is not None
        assert (asked.until, asked.within, asked.is_over(AFTER)) == (None, "收到告知书之日起10个工作日内", False)


class TestApplicant:
    def test_who_is_asked_is_shown_the_way_tells_his_reasons_and_sees_them(
        self, office: Office, filed: Filed, item: Item
    ) -> None:
        with at(ASKED):
            served(office, draft_notice(office.actor(Role.CLERK), item, "reasons", fields=FIELDS), Way.DOWNLOAD)
        with at(TOLD):
            client = opened(filed)
            page = client.get("/query/case/").content.decode()
            for words in (FIELDS["excess"], "去说明理由", "等您说明", "请在2026年3月18日（周三）以前书面说明理由"):
                assert words in page, words
            form = client.get("/query/case/0/explain/").content.decode()
            for words in (FIELDS["excess"], "2026年3月18日（周三）以前", "答复期限照常计算"):
                assert words in form, words
            file = SimpleUploadedFile("批准书.docx", word("批准"))
            typed = {**carried(client, "/query/case/0/explain/"), "text": WHY, "file": file}
            assert client.post("/query/case/0/explain/", typed).headers["Location"] == "/query/case/"
            page = client.get("/query/case/").content.decode()
        for words in (
            "收到您说明的理由",
            "您说明的理由",
            "2026年3月9日（周一）说明",
            WHY,
            "补充说明理由",
            "说明理由_批准书.docx",
        ):
            assert words in page, words
        assert "等您说明" not in page
        assert steps_of(page)[1:3] == ["请您说明理由", "收到您说明的理由"]
        assert [one.name for one in files_of(filed.request.public_id)] == ["说明理由_批准书.docx"]

    def test_more_is_added_below_what_was_told(self, filed: Filed, item: Item) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            client = opened(filed)
            for text in (WHY, MORE):
                client.post("/query/case/0/explain/", {**carried(client, "/query/case/0/explain/"), "text": text})
            form = client.get("/query/case/0/explain/").content.decode()
        assert form.index(WHY) < form.index(MORE) < form.index("前面说明的仍然有效")
        assert explained(item) == [WHY, MORE]

    def test_what_is_sent_twice_is_told_once(self, filed: Filed, item: Item) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            client = opened(filed)
            typed = {**carried(client, "/query/case/0/explain/"), "text": WHY}
            for _ in range(2):
                assert client.post("/query/case/0/explain/", typed).headers["Location"] == "/query/case/"
            assert "这些理由已经收到" in client.get("/query/case/").content.decode()
            answer = client.post("/query/case/0/explain/", {**typed, "text": MORE})
            assert answer.status_code == 422
            assert MORE in answer.content.decode()
            client.post("/query/case/0/explain/", {"new": answer.context["form"]["new"].value(), "text": MORE})
        assert explained(item) == [WHY, MORE]

    @pytest.mark.parametrize(
        ("typed", "said"), [({"text": ""}, "请填写"), ({"text": "字" * 3_000}, "最多2000个字，现有3000个")]
    )
    def test_what_is_wrong_is_told_and_kept(self, filed: Filed, item: Item, typed: dict[str, Any], said: str) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            client = opened(filed)
            sent = {**carried(client, "/query/case/0/explain/"), **typed}
            answer = client.post("/query/case/0/explain/", sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert typed["text"] in answer.content.decode()
        assert explained(item) == []

    def test_who_is_not_asked_is_shown_no_way_and_told_why(self, filed: Filed, item: Item) -> None:
        with at(TOLD):
            client = opened(filed)
            assert "/explain/" not in client.get("/query/case/").content.decode()
            assert "没有要求申请人说明理由" in client.get("/query/case/0/explain/").content.decode()
            typed = {**carried(client, "/query/case/0/explain/"), "text": WHY}
            answer = client.post("/query/case/0/explain/", typed)
        assert answer.status_code == 422
        assert WHY in answer.content.decode()
        assert "请先“要求说明理由”" not in answer.content.decode()
        assert explained(item) == []

    def test_what_was_typed_when_the_time_was_over_comes_back_to_its_own_page(self, filed: Filed, item: Item) -> None:
        asked_for_reasons(item)
        happened(item, Act.CLARIFICATION_ASKED, ASKED)
        with at(TOLD):
            client, since = opened(filed), now()
        with at(since + timedelta(minutes=40)):
            assert client.post("/query/case/0/explain/", {"text": WHY}).headers["Location"] == "/query/"
            assert WHY not in str(dict(client.session))
            answer = client.post("/query/", {"number": "2026-1", "code": filed.code})
            assert answer.headers["Location"] == "/query/case/0/explain/"
            assert WHY in client.get("/query/case/0/explain/").content.decode()
            assert WHY not in client.get("/query/case/0/clarify/").content.decode()

    def test_after_the_last_day_it_is_told_that_it_counts_still(self, filed: Filed, item: Item) -> None:
        asked_for_reasons(item)
        with at(AFTER):
            client = opened(filed)
            assert "作出答复以前仍可以说明" in client.get("/query/case/").content.decode()
            form = client.get("/query/case/0/explain/").content.decode()
        assert "这一日已经过去；作出答复以前说明的，仍会一并考虑" in form

    def test_a_letter_about_several_things_tells_that_once_is_enough(self, office: Office, filed: Filed) -> None:
        clerk = office.actor(Role.CLERK)
        with at(ASKED):
            items = split_request(clerk, filed.request, texts=["甲文件", "乙文件"])
            served(office, draft_together(clerk, items, "reasons", fields=FIELDS), Way.DOWNLOAD)
        with at(TOLD):
            client = opened(filed)
            form = client.get("/query/case/2/explain/").content.decode()
            client.post("/query/case/2/explain/", {**carried(client, "/query/case/2/explain/"), "text": WHY})
            page = client.get("/query/case/").content.decode()
        assert "涉及您的 2 项申请，说明一次即可" in form
        assert page.count("<h3>您说明的理由</h3>") == 2
        assert "等您说明" not in page


def page_of(client: Client, item: Item, name: str = "case") -> str:
    return client.get(reverse(name, args=[item.public_id])).content.decode()


class TestOffice:
    def test_the_case_page_tells_what_is_waited_for_and_what_was_told(self, office: Office, item: Item) -> None:
        clerk = signed_in(office.users[Role.CLERK])
        asked_for_reasons(item)
        with at(TOLD):
            assert "已要求申请人在2026年3月18日（周三）以前说明理由，还没有说明" in page_of(clerk, item)
        with at(AFTER):
            assert "要求2026年3月18日（周三）以前说明，没有说明" in page_of(clerk, item)
            file = inspect_made("课题批准书\n".encode(), name="批准书.txt", purpose=Purpose.APPLICATION)
            row = record_explanation(None, item, on=AFTER, text=WHY, file=file)
            page = page_of(clerk, item)
        for words in (WHY, "2026年3月19日（周四） 申请人在网上说明", "已经说明；理由是否合理", "收到说明的理由"):
            assert words in page, words
        assert page.count(reverse("case_file", args=[item.public_id, row.file])) == 1
        assert clerk.get(reverse("case_file", args=[item.public_id, row.file])).status_code == 200

    def test_what_came_otherwise_is_entered_with_its_day(self, office: Office, item: Item) -> None:
        clerk, address = signed_in(office.users[Role.CLERK]), reverse("case_explained", args=[item.public_id])
        with at(ASKED):
            assert "没有要求申请人说明理由" in clerk.get(address).content.decode()
        asked_for_reasons(item)
        with at(TOLD):
            assert "告知书请申请人在2026年3月18日（周三）以前说明" in clerk.get(address).content.decode()
            typed = {**carried(clerk, address), "on": "2026-03-06", "text": WHY}
            assert clerk.post(address, typed)["Location"] == reverse("case", args=[item.public_id])
            page, proofs = page_of(clerk, item), page_of(clerk, item, "case_evidence")
        assert "2026年3月6日（周五） 经办人甲登记" in page
        assert "经办人甲登记；2026年3月6日（周五）说明" in page
        for words in ("说明的理由", "经办人甲登记", WHY):
            assert words in proofs, words

    def test_the_applicant_sees_the_day_and_no_officer(self, office: Office, filed: Filed, item: Item) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            record_explanation(office.actor(Role.CLERK), item, on=date(2026, 3, 6), text=WHY)
            page = opened(filed).get("/query/case/").content.decode()
        assert "2026年3月6日（周五）说明" in page
        assert "经办人甲" not in page

    def test_the_desk_marks_the_case_until_there_is_a_decision(self, office: Office, item: Item) -> None:
        clerk, desk = signed_in(office.users[Role.CLERK]), reverse("desk")
        asked_for_reasons(item)
        with at(TOLD):
            assert "已说明理由" not in clerk.get(desk).content.decode()
            record_explanation(None, item, on=TOLD, text=WHY)
            page = clerk.get(desk, {"tab": "turn"}).content.decode()
            assert "已说明理由" in page
            record(item, Act.DECIDED, on=TOLD)
            assert "已说明理由" not in clerk.get(desk, {"tab": "all"}).content.decode()

    def test_who_decides_reads_them_beside_the_questions_and_the_notice(self, office: Office, item: Item) -> None:
        clerk, address = signed_in(office.users[Role.CLERK]), reverse("case_decide", args=[item.public_id])
        with at(TOLD):
            assert "说明的理由" not in clerk.get(address).content.decode()
        asked_for_reasons(item)
        with at(AFTER):
            assert "要求2026年3月18日（周三）以前说明，没有说明" in clerk.get(address).content.decode()
            record_explanation(None, item, on=AFTER, text=WHY)
            way = "".join("y" if answer else "n" for answer in path_to("excessive_end"))
            pages = [clerk.get(address, {"a": path}).content.decode() for path in (way[:-1], way)]
        assert QUESTIONS["reasons_rejected"].text in pages[0]
        assert "申请人说明的理由为何不合理" in pages[1]
        assert all(WHY in page for page in pages)

    def test_whether_the_reasons_are_good_stays_a_question(self, office: Office, item: Item) -> None:
        notice = asked_for_reasons(item)
        with at(TOLD):
            record_explanation(None, item, on=TOLD, text=WHY)
            answer = decided(office, item, "excessive_end")
        assert Notice.objects.get(pk=notice.pk).stage == Stage.SERVED
        assert answer.kind == "excessive"
        assert Handling.objects.filter(kind=HandlingKind.EXPLAINED).count() == 1

    def test_who_reviews_the_answer_reads_them_and_what_came_meanwhile(self, office: Office, item: Item) -> None:
        asked_for_reasons(item)
        with at(TOLD):
            record_explanation(None, item, on=TOLD, text=WHY)
            notice = submit_notice(office.actor(Role.CLERK), decided(office, item, "excessive_end"))
            place = waiting_place(notice)
            assert place is not None
            reviewer, checks = browser_of(office, place.role), [word for word, _ in CHECKS.get(place.act, ())]
            page = reviewer.get(at_page(notice, "review"))
            assert WHY in page.content.decode()
            assert "送审以后收到" not in page.content.decode()
            record_explanation(None, item, on=TOLD, text=MORE)
            sent = {"decision": "agree", "checks": checks, "seen": page.context["form"]["seen"].value()}
            answer = reviewer.post(at_page(notice, "review"), sent)
            shown = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
        assert answer.status_code == 422
        for words in ("申请人又说明了理由", MORE, "申请人在网上说明，送审以后收到"):
            assert words in answer.content.decode(), words
        assert all(words in shown for words in (WHY, MORE, "送审以后收到"))
