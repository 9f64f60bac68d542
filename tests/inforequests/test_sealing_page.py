"""The seal's pages: the signed file is taken out, the sealed one handed in, a scan compared by a second person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import agreed, decided
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.documents.blocks import Paragraph
from gongkai.documents.writing import write
from gongkai.files.queries import pieces_of
from gongkai.inforequests.choices import Stage
from gongkai.inforequests.models import Notice
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def notice(office: Office) -> Notice:
    case = a_case(office)
    with at(ON):
        return agreed(office, decided(office, case, "already_public_end"))


def final(notice: Notice) -> bytes:
    return b"".join(pieces_of(notice.final_file, owner=notice.public_id))


def a_file(data: bytes, name: str = "用印后.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def test_the_sealed_file_is_handed_in(office: Office, notice: Notice) -> None:
    with at(ON):
        client = browser_of(office, Role.SEAL_KEEPER)
        page = client.get(at_page(notice, "seal")).content.decode()
        assert f"文号青水公开〔2026〕1号，共 {notice.pages} 页" in page
        assert at_page(notice, "file", "final") in page
        answer = client.post(at_page(notice, "seal"), {"file": a_file(final(notice))})
    notice.refresh_from_db()
    assert answer.headers["Location"] == at_page(notice)
    assert notice.stage == Stage.SEALED


def test_another_letter_is_not_taken(office: Office, notice: Notice) -> None:
    other = write([Paragraph("青水公开〔2026〕9号"), Paragraph("另一份文书")], to="pdf", title="另一份")
    with at(ON):
        client = browser_of(office, Role.SEAL_KEEPER)
        answer = client.post(at_page(notice, "seal"), {"file": a_file(other)})
    assert answer.status_code == 422
    assert "上传的文件中没有文号" in answer.content.decode()
    notice.refresh_from_db()
    assert notice.stage == Stage.SIGNED


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "请选择文件"),
        ({"file": a_file(b"", "空.pdf")}, "空.pdf"),
        ({"file": a_file(b"MZ\x90\x00" + b"\x00" * 200, "印章.pdf")}, "印章.pdf"),
    ],
)
def test_what_is_no_such_file_is_told(
    office: Office, notice: Notice, sent: dict[str, SimpleUploadedFile], message: str
) -> None:
    with at(ON):
        answer = browser_of(office, Role.SEAL_KEEPER).post(at_page(notice, "seal"), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_scan_waits_for_a_second_person(office: Office, notice: Notice) -> None:
    notice.stage, notice.is_scan, notice.sealed_file = Stage.SEALED, True, notice.final_file
    notice.sealed_by = office.users[Role.SEAL_KEEPER].person
    notice.save()
    with at(ON):
        shown = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
        assert at_page(notice, "confirm_seal") in shown
        assert "用印后的扫描件还没有第二人核对" in shown
        own = browser_of(office, Role.SEAL_KEEPER).post(at_page(notice, "confirm_seal"))
        assert "用印的人不能自己核对" in own.content.decode()
        other = browser_of(office, Role.CLERK)
        assert at_page(notice, "file", "sealed") in other.get(at_page(notice, "confirm_seal")).content.decode()
        assert other.post(at_page(notice, "confirm_seal")).status_code == 302
    notice.refresh_from_db()
    assert notice.seal_confirmed_by == office.users[Role.CLERK].person


def test_nothing_is_sealed_before_it_is_signed(office: Office) -> None:
    case = a_case(office)
    with at(ON):
        draft = decided(office, case)
        page = browser_of(office, Role.SEAL_KEEPER).get(at_page(draft, "seal")).content.decode()
    assert "这份文书现在是“拟稿”" in page
    assert 'type="file"' not in page
