"""The pages that draft letters within the procedure: what is offered, what is refused and why, what is drafted."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, served
from tests.inforequests.notice_pages import ON, browser_of

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import Consulted, draft_notice
from gongkai.inforequests.actions.progress import withdraw
from gongkai.inforequests.choices import ConsultationKind, LetterKind, Way
from gongkai.inforequests.models import Item, Notice, Payment
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
ASKING = {
    "third_party": "征求第三方意见书",
    "organ": "征求共同制作机关意见书",
    "confirmation": "协商确认函",
}


@pytest.fixture
def case(office: Office) -> Item:
    return a_case(office)


@pytest.fixture
def client(office: Office) -> Client:
    return browser_of(office, Role.CLERK)


def page_of(case: Item, act: str) -> str:
    return reverse(f"case_{act}", args=[case.public_id])


@pytest.mark.parametrize(
    ("act", "kind", "typed", "argument"),
    [
        ("clarify", "clarification", {"argument": "10"}, "10"),
        ("extend", "extension", {"argument": "20"}, "20"),
        ("reasons", "reasons", {}, ""),
    ],
)
def test_a_letter_is_drafted_and_shown(
    client: Client, case: Item, act: str, kind: str, typed: dict[str, str], argument: str
) -> None:
    with at(ON):
        page = client.get(page_of(case, act))
        assert page.status_code == 200
        assert case.text in page.content.decode()
        answer = client.post(page_of(case, act), {**FIELDS, **typed})
    notice = Notice.objects.get()
    assert answer.headers["Location"] == reverse("notice", args=[notice.public_id])
    assert (notice.kind, notice.argument) == (kind, argument)


def test_the_law_s_own_days_are_offered_and_the_last_day_is_told(client: Client, case: Item) -> None:
    with at(ON):
        page = client.get(page_of(case, "extend")).content.decode()
        assert 'value="20"' in page
        assert "最后应当在2026年3月30日（周一）告知" in page
        assert "最后应当在2026年3月11日（周三）告知" in client.get(page_of(case, "clarify")).content.decode()


def test_a_deferral_needs_reasons_asked_before(client: Client, case: Item) -> None:
    with at(ON):
        page = client.get(page_of(case, "defer")).content.decode()
    assert "<textarea" not in page
    assert "返回办件 2026-1" in page


@pytest.mark.parametrize("of", ASKING)
def test_who_is_consulted_is_chosen_first(client: Client, case: Item, of: str) -> None:
    with at(ON):
        assert f"?of={of}" in client.get(page_of(case, "consult")).content.decode()
        page = client.get(page_of(case, "consult"), {"of": of}).content.decode()
        assert ASKING[of] in page
        typed = {**FIELDS, "consulted": of, "name": "青禾县清源建设有限公司", "contact": "人民路 9 号"}
        assert client.post(page_of(case, "consult"), typed).status_code == 302
    notice = Notice.objects.get()
    assert notice.addressee == "青禾县清源建设有限公司"
    assert notice.consultation is not None
    assert notice.consultation.kind == of


@pytest.mark.parametrize(
    ("name", "sort", "word"),
    [
        ("丰收超市", "organization", "你单位"),
        ("丰收超市", "", "您"),
        ("欧阳秀兰娜", "person", "您"),
        ("清源建设有限公司", "", "你单位"),
    ],
)
def test_what_a_third_party_is_is_asked_and_else_told_by_its_name(
    client: Client, case: Item, name: str, sort: str, word: str
) -> None:
    with at(ON):
        asked = "收件人是个人还是单位"
        assert asked in client.get(page_of(case, "consult"), {"of": ConsultationKind.THIRD_PARTY}).content.decode()
        assert asked not in client.get(page_of(case, "consult"), {"of": ConsultationKind.ORGAN}).content.decode()
        typed = {**FIELDS, "consulted": "third_party", "name": name, "contact": "人民路 9 号", "sort": sort}
        assert client.post(page_of(case, "consult"), {**typed, "sort": "ghost"}).status_code == 422
        assert client.post(page_of(case, "consult"), typed).status_code == 302
    assert f"可能影响{word}的合法权益" in Notice.objects.get().body


def test_an_unknown_party_leads_back_to_the_choice(client: Client, case: Item) -> None:
    with at(ON):
        assert "征求谁的意见" in client.get(page_of(case, "consult"), {"of": "friend"}).content.decode()
        assert "征求谁的意见" in client.post(page_of(case, "consult"), {"consulted": "x"}).content.decode()


def test_a_fee_tells_the_applicant_s_number_and_is_reckoned(office: Office, client: Client, case: Item) -> None:
    for _ in range(11):
        last = a_case(office)
    with at(ON):
        page = client.get(page_of(last, "charge")).content.decode()
        assert "此前已向本机关申请 11 件，这一件是第 12 件" in page
        assert "每件 100 元" in page
        assert client.post(page_of(last, "charge"), {**FIELDS, "method": "items", "count": "1"}).status_code == 302
    assert Payment.objects.get().yuan == 100


def test_nothing_is_charged_where_nothing_is_due(client: Client, case: Item) -> None:
    with at(ON):
        answer = client.post(page_of(case, "charge"), {**FIELDS, "method": "items", "count": "1"})
    assert answer.status_code == 422
    assert "按所填的数量不需要收费" in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"argument": "0"}, "至少为 1"),
        ({"argument": "十天"}, "请填写整数"),
        ({"argument": "1000"}, "最多为 99"),
        ({"argument": ""}, "请填写数字"),
        ({"all_defects": ""}, "需要补正的全部事项"),
        ({"all_defects": "多" * 10_000}, "最多 2000 个字，现有 10000 个"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_stays(
    client: Client, case: Item, typed: dict[str, str], message: str
) -> None:
    with at(ON):
        answer = client.post(page_of(case, "clarify"), {**FIELDS, "argument": "10", **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert FIELDS["guidance"] in page
    assert not Notice.objects.exists()


def test_sent_twice_it_is_drafted_once(client: Client, case: Item) -> None:
    with at(ON):
        assert client.post(page_of(case, "clarify"), {**FIELDS, "argument": "10"}).status_code == 302
        again = client.post(page_of(case, "clarify"), {**FIELDS, "argument": "10"})
    assert again.status_code == 422
    assert "“补正告知书”已经在办" in again.content.decode()
    assert Notice.objects.count() == 1


def test_too_late_a_clarification_is_refused_with_its_reason(client: Client, case: Item) -> None:
    with at(date(2026, 3, 20)):
        page = client.get(page_of(case, "clarify")).content.decode()
    assert "<textarea" not in page
    assert "《中华人民共和国政府信息公开条例》第三十条" in page


def test_strangers_find_nothing_and_others_are_told_why(office: Office, case: Item) -> None:
    stranger = browser_of(an_office("青禾县林业局"), Role.CLERK)
    with at(ON):
        for act in ("clarify", "consult", "extend", "reasons", "defer", "charge"):
            assert stranger.get(page_of(case, act)).status_code == 404
            assert stranger.post(page_of(case, act)).status_code == 404
            assert browser_of(office, Role.HEAD).get(page_of(case, act)).status_code == 403


def test_other_letters_are_listed_with_what_is_against_them_and_drafted(client: Client, case: Item) -> None:
    with at(ON):
        page = client.get(page_of(case, "letters")).content.decode()
        assert "没有登记申请人撤回" in page
        receipt = reverse("case_letter", args=[case.public_id, "registration"])
        assert receipt in page
        assert client.post(receipt).status_code == 302
        withdrawn = reverse("case_letter", args=[case.public_id, "withdrawn"])
        assert "没有登记申请人撤回" in client.get(withdrawn).content.decode()
        assert client.get(reverse("case_letter", args=[case.public_id, "granted"])).status_code == 404
    assert Notice.objects.get().kind == "registration"


def test_a_withdrawn_request_is_told_so(office: Office, client: Client, case: Item) -> None:
    with at(ON):
        withdraw(office.actor(Role.CLERK), case, on=ON, evidence="撤回申请书")
        page = reverse("case_letter", args=[case.public_id, "withdrawn"])
        assert client.post(page, {"withdrawal": "2026年3月4日书面提出"}).status_code == 302
    notice = Notice.objects.get()
    assert notice.kind == "withdrawn"
    assert "2026年3月4日书面提出" in notice.body


def test_a_request_for_correction_is_answered_without_questions(office: Office, client: Client) -> None:
    case = a_case(office, kind=LetterKind.CORRECTION, text="更正土地登记表中的面积")
    with at(ON):
        page = client.get(page_of(case, "decide")).content.decode()
        assert "更正告知书" in page
        assert client.post(page_of(case, "decide"), {"correction_result": "已更正为2.3亩"}).status_code == 302
    assert Notice.objects.get().kind == "correction"


def test_a_third_party_is_told_of_disclosure_by_its_own_letter(office: Office, client: Client, case: Item) -> None:
    whom = Consulted(ConsultationKind.THIRD_PARTY, "青禾县清源建设有限公司", "人民路 9 号", "合同单价")
    with at(ON):
        letter = draft_notice(
            office.actor(Role.CLERK), case, "third_party_consultation", fields=FIELDS, consultation=whom
        )
        served(office, letter, Way.POST)
        page = reverse("case_letter", args=[case.public_id, "third_party_disclosure"])
        assert "青禾县清源建设有限公司" in client.get(page).content.decode()
        party = case.consultations.get().public_id
        assert client.post(page, FIELDS).status_code == 422
        assert client.post(page, {**FIELDS, "consultation": party}).status_code == 302
    notice = Notice.objects.get(kind="third_party_disclosure")
    assert notice.addressee == "青禾县清源建设有限公司"
    assert FIELDS["disclosure_reason"] in notice.body
