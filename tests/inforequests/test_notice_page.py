"""The notice's page: the document, what was found, the chain, the acts by role, changing and submitting, downloads."""

import pytest
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, sealed, stamped
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.documents.reading import read
from gongkai.inforequests.actions.approving import review_notice
from gongkai.inforequests.actions.drafting import draft_notice, submit_notice
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.choices import Stage
from gongkai.inforequests.models import Notice
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def notice(office: Office) -> Notice:
    case = a_case(office)
    with at(ON):
        return decided(office, case, "refused_process")


def test_the_page_shows_the_document_and_what_may_be_done(office: Office, notice: Notice) -> None:
    with at(ON):
        page = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
    for words in (
        "不予公开告知书", "（文号待编）", "该材料是内部讨论形成的过程稿", "拟稿", "保密审查", "法制审核",
        at_page(notice, "submit"), at_page(notice, "change"), at_page(notice, "file", "docx"),
    ):  # fmt: skip
        assert words in page, words
    assert at_page(notice, "seal") not in page


def test_the_main_act_leads_on_and_never_ends_the_notice(office: Office) -> None:
    case = a_case(office)

    def offered(role: str) -> list[tuple[str, str]]:
        allowed = browser_of(office, role).get(at_page(notice)).context["allowed"]
        return [(act["label"], act["kind"]) for act in allowed]

    with at(ON):
        notice = draft_notice(office.actor(Role.CLERK), case, "clarification", fields=FIELDS)
        assert offered(Role.CLERK)[0] == ("送审", "")
        agreed(office, notice)
        assert offered(Role.CLERK) == [("作废", "warning")]
        seal_notice(office.actor(Role.SEAL_KEEPER), notice, file=stamped(notice))
        assert offered(Role.CLERK) == [("送达", ""), ("作废", "warning")]
        assert offered(Role.SEAL_KEEPER) == [("用印", "")]


def test_no_personal_data_in_title_and_address(office: Office, notice: Notice) -> None:
    with at(ON):
        page = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title == "不予公开告知书 2026-1"


@pytest.mark.parametrize(("form", "kind"), [("docx", "docx"), ("pdf", "pdf")])
def test_a_draft_is_taken_out_and_says_that_it_is_one(office: Office, notice: Notice, form: str, kind: str) -> None:
    with at(ON):
        answer = browser_of(office, Role.CLERK).get(at_page(notice, "file", form))
    found = read(answer.content)
    assert found.kind == kind
    text = "".join(block.text for block in found.paragraphs)
    assert "送审稿（未签发，不对外）" in text
    assert "内部讨论形成的过程稿" in text
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("form", ["final", "sealed", "exe"])
def test_what_is_not_there_yet_is_not_there(office: Office, notice: Notice, form: str) -> None:
    with at(ON):
        assert browser_of(office, Role.CLERK).get(at_page(notice, "file", form)).status_code == 404


def test_the_sealed_file_is_given_as_it_is_stored(office: Office, notice: Notice) -> None:
    with at(ON):
        notice = sealed(office, notice)
        client = browser_of(office, Role.CLERK)
        whole = b"".join(client.get(at_page(notice, "file", "sealed")).streaming_content)  # type: ignore[attr-defined]
        assert whole.startswith(b"%PDF")
        assert client.get(at_page(notice, "file", "docx")).status_code == 404


def test_a_changed_field_writes_the_words_anew_and_changed_words_stay(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        typed = {**notice.fields, "body": notice.body, "ground": "该材料是草拟中的会议纪要"}
        assert client.post(at_page(notice, "change"), typed).headers["Location"] == at_page(notice)
        notice.refresh_from_db()
        assert "草拟中的会议纪要" in notice.body
        by_hand = notice.body + "\n另附说明。"
        client.post(at_page(notice, "change"), {**notice.fields, "body": by_hand})
        client.post(at_page(notice, "change"), {**notice.fields, "body": by_hand})
    notice.refresh_from_db()
    assert notice.body.endswith("另附说明。")


def test_who_saves_after_another_is_told_and_loses_nothing(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        seen = client.get(at_page(notice, "change")).context["form"]["seen"].value()
        typed = {**notice.fields, "body": notice.body, "seen": seen}
        browser_of(office, Role.OFFICE_HEAD).post(at_page(notice, "change"), {**typed, "reason": "先存的理由"})
        answer = client.post(at_page(notice, "change"), {**typed, "reason": "后存的理由"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "另一人已作了修改" in page
    assert "后存的理由" in page


def test_too_long_a_body_is_told(office: Office, notice: Notice) -> None:
    with at(ON):
        answer = browser_of(office, Role.CLERK).post(
            at_page(notice, "change"), {**notice.fields, "body": "甲" * 20_001}
        )
    assert answer.status_code == 422
    assert "最多 20000 个字" in answer.content.decode()


def test_submitting_tells_the_way_and_hands_it_over(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        page = client.get(at_page(notice, "submit")).content.decode()
        assert "保密审查 → 法制审核 → 工作机构负责人 → 主要领导" in page
        assert client.post(at_page(notice, "submit")).status_code == 302
        again = client.post(at_page(notice, "submit"))
    notice.refresh_from_db()
    assert notice.stage == Stage.REVIEW
    assert again.status_code == 422
    assert "这份文书现在是“审批”" in again.content.decode()


def test_what_has_to_be_mended_first_is_told_instead(office: Office, notice: Notice) -> None:
    notice.body = notice.body.replace("该材料是内部讨论形成的过程稿", "【请填写：认定的事实】")
    notice.save()
    with at(ON):
        client = browser_of(office, Role.CLERK)
        page = client.get(at_page(notice, "submit")).content.decode()
        shown = client.get(at_page(notice)).content.decode()
    assert "认定的事实" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert "发出前检查" in shown


def test_a_notice_is_given_up_with_a_reason(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        assert client.post(at_page(notice, "discard"), {"reason": ""}).status_code == 422
        assert client.post(at_page(notice, "discard"), {"reason": "另行拟稿"}).status_code == 302
    notice.refresh_from_db()
    assert notice.stage == Stage.WITHDRAWN


def test_the_page_tells_the_chain_and_what_changed_since(office: Office, notice: Notice) -> None:
    with at(ON):
        submit_notice(office.actor(Role.CLERK), notice)
        notice.refresh_from_db()
        review_notice(office.actor(Role.SECRECY_REVIEWER), notice, is_agreed=True)
        notice.refresh_from_db()
        review_notice(office.actor(Role.LEGALITY_REVIEWER), notice, is_agreed=False, opinion="理由太简单")
        client = browser_of(office, Role.CLERK)
        notice.refresh_from_db()
        client.post(at_page(notice, "change"), {**notice.fields, "body": notice.body, "reason": "尚未形成结论"})
        page = client.get(at_page(notice)).content.decode()
    assert "理由太简单" in page
    assert "以前的送审（2 条意见）" in page
    assert "上次审签以后的改动" in page
    assert "gk-diff__added" in page


def test_a_signed_notice_can_not_be_changed(office: Office, notice: Notice) -> None:
    with at(ON):
        notice = agreed(office, notice)
        client = browser_of(office, Role.CLERK)
        page = client.get(at_page(notice, "change")).content.decode()
        assert "这份文书现在是“待用印”" in page
        answer = client.post(at_page(notice, "change"), {**notice.fields, "body": "另一份"})
    assert answer.status_code == 422
    assert "另一份" in answer.content.decode()


def test_markup_in_what_was_typed_is_shown_as_typed(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        client.post(
            at_page(notice, "change"), {**notice.fields, "body": notice.body, "reason": "<script>alert(1)</script>"}
        )
        page = client.get(at_page(notice)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_stranger_s_notice_is_not_there(office: Office, notice: Notice) -> None:
    stranger = an_office("青禾县林业局")
    with at(ON):
        client = browser_of(stranger, Role.CLERK)
        for name in ("", "change", "submit", "discard", "review", "seal", "serve", "enter_paper", "received"):
            assert client.get(at_page(notice, name)).status_code == 404, name
            assert client.post(at_page(notice, name)).status_code == 404, name


@pytest.mark.parametrize("name", ["change", "submit", "discard", "serve", "received", "failed", "enter_paper"])
def test_who_may_not_is_told_why(office: Office, notice: Notice, name: str) -> None:
    with at(ON):
        answer = browser_of(office, Role.HEAD).get(at_page(notice, name))
    assert answer.status_code == 403
    assert "您现在的角色不能" in answer.content.decode()
