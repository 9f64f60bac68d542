"""The pages of service: ways by who it is for, proof, arrival, failure and service anew."""

from datetime import timedelta

import pytest
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, decided, sealed
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import Consulted, draft_notice
from gongkai.inforequests.choices import CaseState, ConsultationKind, Stage, Way
from gongkai.inforequests.models import Notice
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def notice(office: Office) -> Notice:
    case = a_case(office, way=Way.POST)
    with at(ON):
        return sealed(office, decided(office, case, "already_public_end"))


def test_the_way_that_the_applicant_chose_is_offered_first(office: Office, notice: Notice) -> None:
    with at(ON):
        page = browser_of(office, Role.CLERK).get(at_page(notice, "serve")).content.decode()
    assert "申请人选择的方式是“邮寄”" in page
    assert 'value="post" checked' in page
    assert "已主动公开告知书青水公开〔2026〕1号" in page


def test_it_is_posted_arrives_and_ends_the_case(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        sent = {"way": "post", "sent_on": ON.isoformat(), "tracking": "EA123456789CN", "proof": ""}
        assert client.post(at_page(notice, "serve"), sent).status_code == 302
        shown = client.get(at_page(notice)).content.decode()
        assert "EA123456789CN" in shown
        assert at_page(notice, "received") in shown
    with at(ON + timedelta(days=2)):
        client = browser_of(office, Role.CLERK)
        early = {"on": (ON - timedelta(days=1)).isoformat(), "proof": "邮政查询"}
        assert client.post(at_page(notice, "received"), early).status_code == 422
        arrived = {"on": (ON + timedelta(days=1)).isoformat(), "proof": "邮政查询结果“已签收”，本人"}
        assert client.post(at_page(notice, "received"), arrived).status_code == 302
        again = client.post(at_page(notice, "received"), arrived)
    notice.refresh_from_db()
    assert notice.stage == Stage.SERVED
    assert again.status_code == 422
    assert notice.items.get().state == CaseState.ENDED


def test_what_comes_back_is_served_again(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.CLERK)
        client.post(at_page(notice, "serve"), {"way": "post", "sent_on": ON.isoformat(), "tracking": "EA1"})
    with at(ON + timedelta(days=5)):
        client = browser_of(office, Role.CLERK)
        back = {"on": (ON + timedelta(days=4)).isoformat(), "failure": "地址不详"}
        assert client.post(at_page(notice, "failed"), {**back, "failure": ""}).status_code == 422
        assert client.post(at_page(notice, "failed"), back).status_code == 302
        shown = client.get(at_page(notice)).content.decode()
        assert "未送达：地址不详" in shown
        anew = {"way": "window", "sent_on": (ON + timedelta(days=5)).isoformat(), "proof": "本人签收"}
        assert client.post(at_page(notice, "serve"), anew).status_code == 302
    assert notice.services.count() == 2
    notice.refresh_from_db()
    assert notice.stage == Stage.SERVED


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"way": "", "sent_on": "2026-03-04"}, "请选择一项"),
        ({"way": "post", "sent_on": "2026-03-04"}, "还没有填写邮件号码"),
        ({"way": "window", "sent_on": "2026-03-04"}, "还没有写明由谁签收"),
        ({"way": "post", "sent_on": "2026-03-30", "tracking": "EA1"}, "送达日期还没有到"),
        ({"way": "post", "sent_on": "昨天", "tracking": "EA1"}, "日期应写作 2026-01-05"),
        ({"way": "post", "sent_on": "2026-03-04", "tracking": "E" * 10_000}, "最多 40 个字"),
        ({"way": "pigeon", "sent_on": "2026-03-04"}, "请从列出的几项中选择"),
    ],
)
def test_what_is_wrong_is_told(office: Office, notice: Notice, sent: dict[str, str], message: str) -> None:
    with at(ON):
        answer = browser_of(office, Role.CLERK).post(at_page(notice, "serve"), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not notice.services.exists()


def test_a_third_party_has_no_code_to_download_with(office: Office) -> None:
    case = a_case(office)
    whom = Consulted(ConsultationKind.THIRD_PARTY, "青禾县清源建设有限公司", "人民路 9 号", "合同单价")
    with at(ON):
        clerk = office.actor(Role.CLERK)
        letter = draft_notice(clerk, case, "third_party_consultation", fields=FIELDS, consultation=whom)
        letter = sealed(office, letter)
        page = browser_of(office, Role.CLERK).get(at_page(letter, "serve")).content.decode()
    assert "收件人没有查询码" in page
    assert 'value="download"' not in page


def test_a_download_tells_until_when_it_is_there(office: Office) -> None:
    case = a_case(office)
    with at(ON):
        made = sealed(office, decided(office, case, "already_public_end"))
        client = browser_of(office, Role.CLERK)
        assert "到2026年8月31日（周一）为止" in client.get(at_page(made, "serve")).content.decode()
        assert client.post(at_page(made, "serve"), {"way": "download", "sent_on": ON.isoformat()}).status_code == 302
        shown = client.get(at_page(made)).content.decode()
    assert "下载到2026年8月31日（周一）止，已下载 0 次" in shown
