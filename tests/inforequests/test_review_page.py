"""The reviewer's page: everything on one page, the checks of the act, agreeing, sending back, paper."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.files.samples import png
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import decided
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.files.models import File
from gongkai.files.purposes import Purpose
from gongkai.inforequests.actions.approving import review_notice
from gongkai.inforequests.actions.drafting import submit_notice
from gongkai.inforequests.choices import HandlingKind, Stage
from gongkai.inforequests.models import Notice
from gongkai.inforequests.notice_rules import waiting_place
from gongkai.inforequests.review_forms import CHECKS
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
SECRECY = [word for word, _ in CHECKS[HandlingKind.SECRECY_REVIEWED]]
LEGALITY = [word for word, _ in CHECKS[HandlingKind.LEGALITY_REVIEWED]]
PICTURE = png()


@pytest.fixture
def notice(office: Office) -> Notice:
    case = a_case(office)
    with at(ON):
        made = decided(office, case, "refused_process")
        return submit_notice(office.actor(Role.CLERK), made)


def test_everything_for_the_decision_is_on_the_page(office: Office, notice: Notice) -> None:
    with at(ON):
        page = browser_of(office, Role.SECRECY_REVIEWER).get(at_page(notice, "review")).content.decode()
    for words in (
        "保密审查：不予公开告知书", "2025年全县农村饮水工程建设资金安排文件", "不予公开：属于四类过程性信息",
        "看办件 2026-1 的经过", "还剩", "该材料是内部讨论形成的过程稿", "没有国家秘密", "不会危及“三安全一稳定”", "退回修改", "经办人甲",
    ):  # fmt: skip
        assert words in page, words
    assert "同意，签发" not in page


def test_four_people_agree_and_the_last_signs(office: Office, notice: Notice) -> None:
    typed: dict[str, list[str]] = {Role.SECRECY_REVIEWER: SECRECY, Role.LEGALITY_REVIEWER: LEGALITY}
    with at(ON):
        for role in (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.OFFICE_HEAD, Role.HEAD):
            client = browser_of(office, role)
            page = client.get(at_page(notice, "review")).content.decode()
            assert [told in page for told in ("同意，签发", "同意即为签发：编定文号")] == [role is Role.HEAD] * 2
            assert ("同意的，转法制审核。" in page) == (role is Role.SECRECY_REVIEWER)
            sent = {"decision": "agree", "checks": typed.get(role, []), "opinion": ""}
            answer = client.post(at_page(notice, "review"), sent)
            assert answer.headers["Location"] == at_page(notice)
    notice.refresh_from_db()
    assert (notice.stage, notice.number) == (Stage.SIGNED, "青水公开〔2026〕1号")
    opinions = list(notice.approvals.values_list("opinion", flat=True))
    assert opinions[0] == "同意（已逐项审查：国家秘密、工作秘密、商业秘密、个人隐私、三安全一稳定）"
    assert opinions[2:] == ["同意", "同意"]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"decision": "agree", "checks": SECRECY[:3], "opinion": "可以"}, "还有 2 项没有勾选"),
        ({"decision": "return", "checks": SECRECY, "opinion": " "}, "退回的，请写明要修改什么"),
        ({"decision": "agree", "checks": [*SECRECY, "别的"], "opinion": "可以"}, "请从列出的几项中选择"),
        ({"decision": "agree", "checks": SECRECY, "opinion": "长" * 10_000}, "最多 500 个字"),
        ({"decision": "", "checks": SECRECY, "opinion": ""}, "退回的，请写明要修改什么"),
    ],
)
def test_what_is_missing_is_told(office: Office, notice: Notice, sent: dict[str, object], message: str) -> None:
    with at(ON):
        answer = browser_of(office, Role.SECRECY_REVIEWER).post(at_page(notice, "review"), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert waiting_place(notice).role == Role.SECRECY_REVIEWER  # type: ignore[union-attr]


def test_sent_back_it_is_the_drafter_s_again(office: Office, notice: Notice) -> None:
    with at(ON):
        sent = {"decision": "return", "opinion": "附件里有身份证号"}
        browser_of(office, Role.SECRECY_REVIEWER).post(at_page(notice, "review"), sent)
        page = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
    notice.refresh_from_db()
    assert notice.stage == Stage.DRAFT
    assert "附件里有身份证号" in page


def test_the_next_reviewer_sees_what_changed(office: Office, notice: Notice) -> None:
    with at(ON):
        review_notice(office.actor(Role.SECRECY_REVIEWER), notice, is_agreed=False, opinion="改理由")
        notice.refresh_from_db()
        typed = {**notice.fields, "body": notice.body, "reason": "讨论尚未结束"}
        browser_of(office, Role.CLERK).post(at_page(notice, "change"), typed)
        notice.refresh_from_db()
        submit_notice(office.actor(Role.CLERK), notice)
        page = browser_of(office, Role.SECRECY_REVIEWER).get(at_page(notice, "review")).content.decode()
    assert "上次审签以后的改动" in page
    assert "改理由" in page


def test_whose_turn_it_is_not_is_told_whose_it_is(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.HEAD)
        assert "现在轮到保密审查员" in client.get(at_page(notice, "review")).content.decode()
        answer = client.post(at_page(notice, "review"), {"decision": "agree", "opinion": ""})
        assert answer.status_code == 422
        assert browser_of(office, Role.CLERK).get(at_page(notice, "review")).status_code == 403


def test_who_comes_too_late_is_told_and_his_opinion_is_not_lost(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.SECRECY_REVIEWER)
        seen = client.get(at_page(notice, "review")).context["form"]["seen"].value()
        review_notice(office.actor(Role.SECRECY_REVIEWER), notice, is_agreed=False, opinion="先退")
        sent = {"decision": "return", "opinion": "我写了很久的意见", "seen": seen}
        answer = client.post(at_page(notice, "review"), sent).content.decode()
    assert "保密审查员甲刚刚办了" in answer
    assert "我写了很久的意见" in answer


def test_who_read_another_text_reads_it_again(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.SECRECY_REVIEWER)
        seen = client.get(at_page(notice, "review")).context["form"]["seen"].value()
        notice.body += "\n又加了一段。"
        notice.save()
        sent = {"decision": "agree", "checks": SECRECY, "opinion": "同意公开", "seen": seen}
        answer = client.post(at_page(notice, "review"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "您打开这一页之后，文书有了变动" in page
    assert "又加了一段" in page
    assert "同意公开" in page
    assert page.count("checked") == len(SECRECY)


def test_a_signature_on_paper_is_entered_and_compared(office: Office, notice: Notice) -> None:
    reviewer = office.users[Role.SECRECY_REVIEWER].person
    assert reviewer is not None
    with at(ON):
        client = browser_of(office, Role.CLERK)
        page = client.get(at_page(notice, "enter_paper")).content.decode()
        assert "保密审查员甲" in page
        sent = {"person": reviewer.public_id, "decision": "agree", "opinion": "同意", "on": ON.isoformat()}
        early = client.post(at_page(notice, "enter_paper"), {**sent, "on": (ON + timedelta(days=3)).isoformat()})
        assert early.status_code == 422
        assert client.post(at_page(notice, "enter_paper"), sent).status_code == 302
        case = notice.items.get()
        page = client.get(reverse("case", args=[case.public_id])).content.decode()
        assert "轮到第二人核对" in page
        assert "查看《不予公开告知书》" in page
        page = browser_of(office, Role.WINDOW_CLERK).get(reverse("case", args=[case.public_id])).content.decode()
        assert "核对《不予公开告知书》" in page
        own = client.post(at_page(notice, "confirm_paper"))
        assert "代录的人不能自己核对" in own.content.decode()
        other = browser_of(office, Role.OFFICE_HEAD)
        assert "经办人甲代录：保密审查员甲（保密审查）" in other.get(at_page(notice, "confirm_paper")).content.decode()
        assert other.post(at_page(notice, "confirm_paper")).status_code == 302
        assert other.post(at_page(notice, "confirm_paper")).status_code == 422
        shown = client.get(at_page(notice)).content.decode()
    assert "（纸质签批，经办人甲代录，政府信息公开工作机构负责人甲核对）" in shown
    assert waiting_place(notice).role == Role.LEGALITY_REVIEWER  # type: ignore[union-attr]


def test_the_scan_of_a_signature_is_kept_and_shown_to_who_compares_it(office: Office, notice: Notice) -> None:
    reviewer = office.users[Role.SECRECY_REVIEWER].person
    assert reviewer is not None
    with at(ON):
        client, other = browser_of(office, Role.CLERK), browser_of(office, Role.OFFICE_HEAD)
        sent = {"person": reviewer.public_id, "decision": "agree", "opinion": "同意", "on": ON.isoformat()}
        scan = SimpleUploadedFile("签批.png", PICTURE)
        assert client.post(at_page(notice, "enter_paper"), {**sent, "scan": scan}).status_code == 302
        where = reverse("notice_file", args=[notice.public_id, "paper-1-1"])
        page = other.get(at_page(notice, "confirm_paper")).content.decode()
        assert where in page
        assert "请对照扫描件和纸质件逐项核对" in page
        assert where in other.get(at_page(notice)).content.decode()
        assert b"".join(other.get(where)) == PICTURE  # type: ignore[arg-type]  # a stream
        for name in ("paper-1-2", "paper-2-1", "paper-", "paper-x-y"):
            assert other.get(reverse("notice_file", args=[notice.public_id, name])).status_code == 404
        assert browser_of(an_office("青禾县林业局"), Role.CLERK).get(where).status_code == 404
    stored = File.objects.get(owner=notice.public_id)
    item = notice.items.get()
    assert (stored.purpose, stored.subject) == (Purpose.CASE, item.request.public_id)


def test_a_scan_that_is_no_file_is_refused_and_what_was_typed_stays(office: Office, notice: Notice) -> None:
    reviewer = office.users[Role.SECRECY_REVIEWER].person
    assert reviewer is not None
    with at(ON):
        sent = {"person": reviewer.public_id, "decision": "agree", "opinion": "原则同意", "on": ON.isoformat()}
        scan = SimpleUploadedFile("签批.exe", b"MZ\0")
        answer = browser_of(office, Role.CLERK).post(at_page(notice, "enter_paper"), {**sent, "scan": scan})
    assert answer.status_code == 422
    assert "原则同意" in answer.content.decode()
    assert not File.objects.filter(owner=notice.public_id).exists()


def test_nobody_else_signs_on_paper_than_who_holds_the_role(office: Office, notice: Notice) -> None:
    stranger = office.users[Role.WINDOW_CLERK].person
    assert stranger is not None
    with at(ON):
        sent = {"person": stranger.public_id, "decision": "agree", "opinion": "", "on": ON.isoformat()}
        answer = browser_of(office, Role.CLERK).post(at_page(notice, "enter_paper"), sent)
    assert answer.status_code == 422
    assert "请从列出的几项中选择" in answer.content.decode()


def test_an_opinion_survives_the_end_of_the_login(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.SECRECY_REVIEWER)
        mark = client.get(at_page(notice, "review")).context["request"].form_mark
        client.logout()
        sent = {"decision": "return", "opinion": "第三段请改", "checks": SECRECY[:2], "shown_to": mark}
        assert client.post(at_page(notice, "review"), sent).status_code == 302
        client.force_login(office.users[Role.SECRECY_REVIEWER])
        page = client.get(at_page(notice, "review")).content.decode()
    assert "第三段请改" in page
    assert page.count("checked") == 2
    notice.refresh_from_db()
    assert notice.stage == Stage.REVIEW


def test_who_reviews_which_kind_is_set_by_the_office_s_head(office: Office) -> None:
    with at(ON):
        client = browser_of(office, Role.OFFICE_HEAD)
        page = client.get(reverse("notice_settings_index")).content.decode()
        assert reverse("notice_settings", args=[office.agency.public_id]) in page
        change = reverse("notice_setting", args=[office.agency.public_id, "already_public"])
        sent = {"secrecy": "", "legality": "on", "signer": "office_head", "reason": ""}
        assert client.post(change, sent).status_code == 422
        assert client.post(change, {**sent, "reason": "内容都已公开"}).status_code == 302
        page = client.get(reverse("notice_settings", args=[office.agency.public_id])).content.decode()
        assert "法制审核 → 工作机构负责人<" in page.replace(" <", "<")
        assert "内容都已公开" in page
        unlawful = reverse("notice_setting", args=[office.agency.public_id, "granted"])
        answer = client.post(unlawful, {"signer": "deputy_head", "reason": "省事"})
        assert answer.status_code == 422
        assert "请保留保密审查" in answer.content.decode()
        assert browser_of(office, Role.CLERK).get(change).status_code == 403
