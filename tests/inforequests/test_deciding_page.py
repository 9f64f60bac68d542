"""Deciding as a page: the questions one by one, what the records answer, the conclusion, and the draft that follows."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office, a_case, an_office

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.handling import record_search
from gongkai.inforequests.models import Decision, Item, Notice
from gongkai.inforequests.questioning import GROUPS
from gongkai.kernel.clock import at, today
from gongkai.law.questions import QUESTIONS, Question, after

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ON = date(2026, 3, 4)


@pytest.fixture
def case(office: Office) -> Item:
    return a_case(office)


def path_of(case: Item) -> str:
    return reverse("case_decide", args=[case.public_id])


def the_clerk(office: Office) -> Client:
    return signed_in(office.users[Role.CLERK])


def to_outcome(*yes: str) -> str:
    """The path of answers that says yes to these questions alone."""
    marks = ""
    while isinstance(here := after([mark == "y" for mark in marks]), Question):
        marks += "y" if here.id in yes else "n"
    return marks


GRANTED = to_outcome("made_here", "found")
REFUSED = to_outcome("made_here", "found", "process")
NOT_EXISTING = to_outcome("made_here")


def test_the_first_questions_are_the_first_that_no_record_answers(office: Office, case: Item) -> None:
    with at(ON):
        page = the_clerk(office).get(path_of(case)).content.decode()
    assert "第 3 至 8 问" in page
    assert "申请实际上是信访、投诉、举报等活动" in page
    assert "都不是" in page
    assert "已回答 2 问" in page
    assert page.count("（据办理记录）") == 2
    assert case.text in page


@pytest.mark.parametrize(
    ("path", "answer", "led"),
    [
        ("nn", "none", "nnnnnnnn"),
        ("nn", "petition", "nny"),
        ("nn", "publication", "nnnny"),
        ("nnnn", "none", "nnnnnnnn"),
        ("nnnnnnnnnnn", "yes", "nnnnnnnnnnny"),
        ("nnnnnnnnnnn", "no", "nnnnnnnnnnnn"),
    ],
)
def test_an_answer_leads_on_and_stays_in_the_address(
    office: Office, case: Item, path: str, answer: str, led: str
) -> None:
    with at(ON):
        client = the_clerk(office)
        found = client.get(path_of(case), {"a": path, "asked": "1", "answer": answer})
        assert found.headers["Location"] == f"{path_of(case)}?a={led}"
        assert client.get(found.headers["Location"]).status_code == 200


@pytest.mark.parametrize(("path", "answer"), [("nn", "yes"), ("nn", "state_secret"), ("nnnnnnnnnnn", "none")])
def test_an_answer_that_is_none_is_asked_for_again(office: Office, case: Item, path: str, answer: str) -> None:
    with at(ON):
        page = the_clerk(office).get(path_of(case), {"a": path, "asked": "1", "answer": answer})
    assert page.status_code == 200
    assert "有错误" in page.content.decode()


def test_no_answer_is_told_beside_the_question(office: Office, case: Item) -> None:
    with at(ON):
        client = the_clerk(office)
        assert "请选一项" in client.get(path_of(case), {"a": "nn", "asked": "1"}).content.decode()
        page = client.get(path_of(case), {"a": "n" * 11, "asked": "1"}).content.decode()
    assert "请选“是”或者“否”" in page


def test_an_answer_is_changed_by_asking_it_again_alone(office: Office, case: Item) -> None:
    with at(ON):
        client = the_clerk(office)
        page = client.get(path_of(case), {"a": "n", "again": "1"}).content.decode()
        assert "是否已经告知申请人补正？" in page
        assert 'value="no" checked' in page
        again = {"a": "nnnn", "again": "1", "asked": "1"}
        assert "是否要求提供政府公报" in client.get(path_of(case), again).content.decode()
        led = client.get(path_of(case), {**again, "answer": "yes"})
    assert led.headers["Location"] == f"{path_of(case)}?a=nnnny"


def test_questions_asked_at_once_follow_on_each_other_s_no() -> None:
    for _, ids in GROUPS:
        assert [QUESTIONS[id_].no for id_ in ids[:-1]] == list(ids[1:])
        assert all("是否" in QUESTIONS[id_].text for id_ in ids)


@pytest.mark.parametrize("path", ["xx", "nnq", GRANTED + "nnnn", "y" * 300, "<script>"])
def test_a_path_that_is_none_is_followed_as_far_as_it_goes(office: Office, case: Item, path: str) -> None:
    with at(ON):
        answer = the_clerk(office).get(path_of(case), {"a": path})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_the_conclusion_names_result_article_letter_and_remedy(office: Office, case: Item) -> None:
    with at(ON):
        page = the_clerk(office).get(path_of(case), {"a": REFUSED}).content.decode()
    for words in (
        "不予公开：属于四类过程性信息",
        "《中华人民共和国政府信息公开条例》第十六条第二款",
        "不予公开告知书",
        "复议前置",
        "送审：保密审查 → 法制审核 → 工作机构负责人 → 主要领导",
    ):
        assert words in page, words


def test_the_search_record_answers_whether_it_was_found(office: Office, case: Item) -> None:
    with at(ON):
        record_search(
            office.actor(Role.CLERK), case, place="公文系统", terms="饮水", searched_on=today(), is_found=False,
            outcome="没有",
        )  # fmt: skip
        page = the_clerk(office).get(path_of(case), {"a": to_outcome("made_here")[:-2]}).content.decode()
    assert "加工、分析" in page


def test_a_decision_is_drafted_with_the_answers_and_one_point(office: Office, case: Item) -> None:
    with at(ON):
        answer = the_clerk(office).post(
            path_of(case), {"a": GRANTED, "points": "1", "information": "资金安排文件电子文件1份，随本告知书一并提供"}
        )
    notice = Notice.objects.get()
    assert answer.headers["Location"] == reverse("notice", args=[notice.public_id])
    decision = Decision.objects.get()
    assert decision.result == "granted"
    assert [point.point for point in decision.points.all()] == [case.text]
    assert "资金安排文件电子文件1份" in notice.body


def test_what_is_missing_is_told_and_what_was_typed_stays(office: Office, case: Item) -> None:
    with at(ON):
        answer = the_clerk(office).post(path_of(case), {"a": REFUSED, "points": "1", "ground": "讨论稿", "reason": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不予公开的理由：请填写" in page
    assert "讨论稿" in page
    assert not Notice.objects.exists()


def test_another_thing_asked_is_added_without_losing_anything(office: Office, case: Item) -> None:
    with at(ON):
        client = the_clerk(office)
        page = client.post(path_of(case), {"a": REFUSED, "points": "1", "reason": "未定稿", "more": "1"})
        assert page.status_code == 200
        assert "第 2 项" in page.content.decode()
        typed = {
            "a": REFUSED, "points": "3",
            "p1-point": "会议记录", "p1-answer": "不予公开", "p1-ground": "第十六条",
            "p2-point": "<b>通知</b>", "p2-answer": "已经公开", "p2-ground": "",
            "p3-point": "", "p3-answer": "", "p3-ground": "",
        }  # fmt: skip
        assert client.post(path_of(case), typed).status_code == 302
    points = Decision.objects.get().points.all()
    assert [(one.point, one.answer) for one in points] == [("会议记录", "不予公开"), ("<b>通知</b>", "已经公开")]


def test_too_long_an_answer_is_told_with_its_length(office: Office, case: Item) -> None:
    with at(ON):
        answer = the_clerk(office).post(path_of(case), {"a": GRANTED, "points": "1", "information": "甲" * 10_000})
    assert answer.status_code == 422
    assert "最多 2000 个字，现有 10000 个" in answer.content.decode()


def test_not_existing_needs_a_search_and_nothing_typed_is_lost(office: Office, case: Item) -> None:
    with at(ON):
        answer = the_clerk(office).post(
            path_of(case), {"a": NOT_EXISTING, "points": "1", "search_record": "公文系统，饮水"}
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有检索记录" in page
    assert "公文系统，饮水" in page


def test_sent_twice_it_is_decided_once_and_the_second_is_told(office: Office, case: Item) -> None:
    typed = {"a": GRANTED, "points": "1", "information": "文件1份"}
    with at(ON):
        client = the_clerk(office)
        assert client.post(path_of(case), typed).status_code == 302
        again = client.post(path_of(case), typed)
    assert again.status_code == 422
    assert "还没有办完" in again.content.decode()
    assert "文件1份" in again.content.decode()
    assert Decision.objects.count() == 1


def test_a_case_that_can_not_be_decided_says_why(office: Office) -> None:
    case = a_case(office, is_registered=False)
    with at(ON):
        page = the_clerk(office).get(path_of(case)).content.decode()
    assert "这一件还没有登记" in page
    assert "请先“登记”" in page


def test_a_withdrawn_request_is_led_to_its_own_page(office: Office, case: Item) -> None:
    with at(ON):
        page = the_clerk(office).get(path_of(case), {"a": "y"}).content.decode()
    assert reverse("case_withdraw", args=[case.public_id]) in page


def test_others_get_a_refusal_and_strangers_nothing(office: Office, case: Item) -> None:
    stranger = an_office("青禾县林业局")
    with at(ON):
        head = signed_in(office.users[Role.HEAD]).get(path_of(case))
        assert head.status_code == 403
        assert "您现在的角色不能办理申请" in head.content.decode()
        assert the_clerk(stranger).get(path_of(case)).status_code == 404
        assert the_clerk(stranger).post(path_of(case), {"a": GRANTED}).status_code == 404


def test_a_login_that_ended_brings_the_page_back_with_its_answers(office: Office, case: Item) -> None:
    with at(ON):
        client = the_clerk(office)
        mark = client.get(path_of(case), {"a": GRANTED}).context["request"].form_mark
        client.logout()
        typed = {"a": GRANTED, "points": "1", "information": "写到一半", "shown_to": mark}
        assert client.post(path_of(case), typed).status_code == 302
        client.force_login(office.users[Role.CLERK])
        page = client.get(path_of(case)).content.decode()
    assert "写到一半" in page
    assert "登录中断前您填写的内容已经恢复" in page
