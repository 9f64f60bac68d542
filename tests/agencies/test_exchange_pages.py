"""The pages: export, dry run, import; for the system administrator alone."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.agencies.organisations import DAY, of_one_agency
from tests.agencies.people import a_user, an_agency, signed_in
from tests.agencies.workbooks import an_agency_line, workbook_of

from gongkai.agencies.exchange import uploads
from gongkai.agencies.exchange.reading import LARGEST
from gongkai.agencies.exchange.sheets import NOTES, SHEETS
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.kernel.clock import at, now

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def client() -> Client:
    return signed_in(a_user(Role.SYSTEM_ADMIN, an_agency()))


def upload(client: Client, data: bytes, name: str = "机构.xlsx") -> str:
    """The address that an upload leads to."""
    answer = client.post(reverse("exchange_upload"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_the_way_from_upload_to_import(client: Client) -> None:
    trial = upload(client, of_one_agency())
    assert not Agency.objects.filter(code="QH-XF").exists()
    page = client.get(trial).content.decode()
    assert "没有问题，可以导入" in page
    confirm = f"{trial}apply/"
    assert confirm in page
    assert "办理以后" in client.get(confirm).content.decode()
    done = client.post(confirm, follow=True)
    assert "已导入，这次写入2行" in done.content.decode()
    assert Agency.objects.filter(code="QH-XF").exists()
    assert client.get(trial).status_code == 404, "what is imported is not kept"


def test_findings_stand_in_the_way(client: Client) -> None:
    trial = upload(client, workbook_of({"机构": [an_agency_line("QH-XF", 设立日期="去年")]}))
    page = client.get(trial).content.decode()
    assert "“机构”第2行“设立日期”：“去年”不是日期" in page
    assert "apply" not in page
    assert client.get(f"{trial}apply/").status_code == 302
    client.post(f"{trial}apply/")
    assert not Agency.objects.filter(code="QH-XF").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "这是空文件"),
        (b"%PDF-1.7" + bytes(100), "不是 xlsx 文件"),
        (b"PK" + bytes(LARGEST), "超过 20 MB 的上限"),
        (
            workbook_of({"机构": [{"机构编码": "机密★5年", "性质": "", "层级": "", "设立日期": ""}]}),
            "有密级标志“机密★5年”",
        ),
    ],
)
def test_what_is_not_taken_is_told(client: Client, data: bytes, said: str) -> None:
    answer = client.post(reverse("exchange_upload"), {"file": SimpleUploadedFile("机构.xlsx", data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_export_opens_in_a_spreadsheet_and_is_journaled(client: Client) -> None:
    answer = client.post(reverse("exchange_export"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [NOTES, *(sheet.name for sheet in SHEETS)]
    assert book["名称沿革"]["B2"].value == "青禾县水利局"
    assert Entry.objects.filter(chain="installation", act="agencies.export").exists()


def test_the_blank_table_has_headings_alone(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("exchange_blank")).content))
    assert {sheet.max_row for sheet in book.worksheets if sheet.title != NOTES} == {1}


def test_an_upload_is_sealed_and_gone_after_a_day(client: Client) -> None:
    with at(DAY):
        upload_id = upload(client, of_one_agency()).rstrip("/").rpartition("/")[2]
        assert uploads.kept(upload_id) is not None
        assert "青禾县消防局".encode() not in uploads._path(upload_id).read_bytes()
        later = now() + timedelta(days=1, minutes=1)
    with at(later):
        assert uploads.kept(upload_id) is None
        uploads.sweep()
    assert not uploads._path(upload_id).exists()


def test_an_id_is_no_path() -> None:
    assert uploads.kept("../../etc/passwd") is None
