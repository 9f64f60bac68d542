"""A letter that was split, answered and written to in one notice: what is offered, what is drafted, who sees it where."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.inforequests.cases import Office, a_case, a_letter
from tests.inforequests.issuing import FIELDS, path_to, served
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.intake import file_request, register_request, split_request
from gongkai.inforequests.actions.progress import withdraw
from gongkai.inforequests.choices import Way
from gongkai.inforequests.models import Decision, Item, Notice
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
OFFERED = "同一封申请的其他事项，一并办理"
FIRST_DAY = date(2026, 3, 2)


@pytest.fixture
def client(office: Office) -> Client:
    return browser_of(office, Role.CLERK)


def a_split_case(office: Office, texts: Sequence[str] = ("甲文件", "乙文件", "丙文件")) -> list[Item]:
    first = a_case(office)
    with at(FIRST_DAY):
        return split_request(office.actor(Role.CLERK), first.request, texts=texts)


def page_of(case: Item, act: str) -> str:
    return reverse(f"case_{act}", args=[case.public_id])


def way_to(outcome: str) -> str:
    return "".join("y" if answer else "n" for answer in path_to(outcome))


GRANTED = {"a": way_to("granted"), "points": "1", "information": "文件1份"}


def test_nothing_is_offered_where_the_letter_asks_one_thing(office: Office, client: Client) -> None:
    case = a_case(office)
    with at(ON):
        assert OFFERED not in client.get(page_of(case, "clarify")).content.decode()
        assert OFFERED not in client.get(page_of(case, "decide"), {"a": GRANTED["a"]}).content.decode()


@pytest.mark.parametrize(("act", "query"), [("clarify", {}), ("extend", {}), ("decide", {"a": GRANTED["a"]})])
def test_the_other_things_asked_are_offered_unticked(
    office: Office, client: Client, act: str, query: dict[str, str]
) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        page = client.get(page_of(second, act), query).content.decode()
    for row in (first, third):
        assert f'value="{row.public_id}"' in page
        assert row.register_number in page
        assert row.text in page
    assert f'value="{second.public_id}"' not in page
    assert "全部 2 件" in page
    assert "checked" not in page[page.index(OFFERED) :]


def test_what_can_not_be_done_now_is_not_offered(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        withdraw(office.actor(Role.CLERK), second, on=ON, evidence="撤回申请书")
        draft_notice(office.actor(Role.CLERK), third, "clarification", fields=FIELDS)
        page = client.get(page_of(first, "decide"), {"a": GRANTED["a"]}).content.decode()
        assert OFFERED not in page
        assert client.post(page_of(first, "decide"), GRANTED).status_code == 302
    assert Notice.objects.get(kind="granted").items.get() == first


def test_a_search_that_one_lacks_keeps_it_from_the_answer_that_nothing_exists(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        for row in (first, second):
            row.searches.create(
                place="公文系统",
                terms="饮水",
                searched_on=ON,
                is_found=False,
                outcome="没有",
                recorded_at="2026-03-04T01:00Z",
            )
        page = client.get(page_of(first, "decide"), {"a": way_to("not_existing")}).content.decode()
    assert f'value="{second.public_id}"' in page
    assert third.public_id not in page


def test_the_ticked_are_answered_in_one_reply_each_by_itself(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        assert client.post(page_of(second, "decide"), {**GRANTED, "together": [first.public_id]}).status_code == 302
        notice = Notice.objects.get()
        assert [row.register_number for row in notice.items.all()] == ["2026-1-1", "2026-1-2"]
        assert [(row.item, row.points.get().point) for row in Decision.objects.order_by("item")] == [
            (first, "甲文件"),
            (second, "乙文件"),
        ]
        page = client.get(at_page(notice)).content.decode()
        assert "同一封申请的 2 件一并办理" in page
        assert "甲文件" in page
        for case, other in ((first, second), (second, first)):
            page = client.get(reverse("case", args=[case.public_id])).content.decode()
            assert f"与{other.register_number}一并办理" in page
        assert "一并办理" not in client.get(reverse("case", args=[third.public_id])).content.decode()


def test_all_of_forty_are_ticked_at_once(office: Office, client: Client) -> None:
    items = a_split_case(office, [f"{number}号文件" for number in range(1, 41)])
    with at(ON):
        page = client.get(page_of(items[0], "clarify")).content.decode()
        assert "全部 39 件" in page
        typed = {**FIELDS, "argument": "15", "together": ["all"]}
        assert client.post(page_of(items[0], "clarify"), typed).status_code == 302
        assert Notice.objects.get().items.count() == 40
        page = client.get(reverse("case", args=[items[0].public_id])).content.decode()
    assert "与2026-1-2、2026-1-3、2026-1-4等 39 件一并办理" in page


def test_points_are_for_one_thing_alone_and_the_ticks_stay(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    typed = {
        "a": GRANTED["a"], "points": "2", "together": [second.public_id, third.public_id],
        "p1-point": "通知", "p1-answer": "提供", "p2-point": "附件", "p2-answer": "已经公开",
    }  # fmt: skip
    with at(ON):
        more = client.post(page_of(first, "decide"), {**typed, "more": "1"}).content.decode()
        assert more[more.index(OFFERED) :].count("checked") == 2
        answer = client.post(page_of(first, "decide"), typed)
        assert answer.status_code == 422
        assert "一并办理的事项作同一答复" in answer.content.decode()
        one_point = {**typed, "p2-point": "", "p2-answer": ""}
        assert client.post(page_of(first, "decide"), one_point).status_code == 302
    told = Decision.objects.order_by("item").values_list("points__point", "points__answer")
    assert list(told) == [("通知", "提供"), ("乙文件", "提供"), ("丙文件", "提供")]


def test_one_that_was_taken_meanwhile_is_told_and_nothing_is_lost(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        withdraw(office.actor(Role.CLERK), second, on=ON, evidence="撤回申请书")
        typed = {**FIELDS, "argument": "15", "all_defects": "哪一年", "together": [second.public_id, third.public_id]}
        answer = client.post(page_of(first, "clarify"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "有的已经不能一并办理" in page
    assert "哪一年" in page
    assert not Notice.objects.exists()


def test_a_third_party_is_asked_for_each_thing_by_itself(office: Office, client: Client) -> None:
    first, *_ = a_split_case(office)
    with at(ON):
        assert OFFERED not in client.get(page_of(first, "consult"), {"of": "third_party"}).content.decode()


def test_the_end_of_all_that_was_withdrawn_is_told_in_one_letter(office: Office, client: Client) -> None:
    first, second, third = a_split_case(office)
    with at(ON):
        for row in (first, second):
            withdraw(office.actor(Role.CLERK), row, on=ON, evidence="撤回申请书")
        where = reverse("case_letter", args=[first.public_id, "withdrawn"])
        assert third.public_id not in client.get(where).content.decode()
        assert client.post(where, {**FIELDS, "together": [second.public_id]}).status_code == 302
    notice = Notice.objects.get()
    assert set(Decision.objects.values_list("item", "notice")) == {(first.pk, notice.pk), (second.pk, notice.pk)}


def test_the_applicant_sees_the_notice_at_each_thing_asked(office: Office, client: Client) -> None:
    with at(FIRST_DAY):
        filed = file_request(a_letter(office.agency))
        register_request(office.actor(Role.CLERK), filed.request)
        first, second = split_request(office.actor(Role.CLERK), filed.request, texts=["甲文件", "乙文件"])
    with at(ON):
        typed = {**FIELDS, "argument": "15", "together": [second.public_id]}
        client.post(page_of(first, "clarify"), typed)
        served(office, Notice.objects.get(), Way.DOWNLOAD)
        citizen = Client()
        typed = {"number": filed.request.register_number, "code": filed.code}
        page = citizen.post(reverse("query"), typed, follow=True).content.decode()
    assert "与2026-1-2一并办理" in page
    assert "与2026-1-1一并办理" in page


def test_the_last_one_that_was_taken_meanwhile_is_not_passed_over(office: Office, client: Client) -> None:
    first, second = a_split_case(office, ["甲文件", "乙文件"])
    with at(ON):
        withdraw(office.actor(Role.CLERK), second, on=ON, evidence="撤回申请书")
        typed = {**GRANTED, "together": [second.public_id]}
        assert client.post(page_of(first, "decide"), typed).status_code == 422
