"""The seal: only the file of what was signed is taken; a scan waits for a second person."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from PIL import Image
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, sealed, stamped

from gongkai.documents.blocks import Paragraph
from gongkai.documents.writing import write
from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.queries import file_of, is_intact, pieces_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.sealing import confirm_seal, seal_notice
from gongkai.inforequests.actions.serving import serve_notice
from gongkai.inforequests.choices import Stage, Way
from gongkai.inforequests.models import Notice
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


def signed(office: Office) -> Notice:
    return agreed(office, draft_notice(office.actor("clerk"), a_case(office), "clarification", fields=FIELDS))


def a_pdf(*texts: str) -> Inspected:
    blocks = [Paragraph(text) for text in texts]
    return inspect_made(write(blocks, to="pdf", title="补正告知书"), name="件.pdf", purpose=Purpose.CASE)


def a_scan(pages: int = 1) -> Inspected:
    sheets = [Image.new("L", (200, 300), 200) for _ in range(pages)]
    held = io.BytesIO()
    sheets[0].save(held, "PDF", save_all=True, append_images=sheets[1:])
    return inspect_made(held.getvalue(), name="扫描.pdf", purpose=Purpose.CASE)


def test_the_sealed_file_is_kept_byte_for_byte() -> None:
    office = an_office()
    with at(DAY):
        notice = signed(office)
        file = stamped(notice)
        content = file.path.read_bytes()
        notice = seal_notice(office.actor("seal_keeper"), notice, file=file)
    assert (notice.stage, notice.is_scan) == (Stage.SEALED, False)
    assert b"".join(pieces_of(notice.sealed_file, owner=notice.public_id)) == content
    assert is_intact(notice.sealed_file, owner=notice.public_id)
    assert file_of(notice.sealed_file, owner=notice.public_id).name == f"补正告知书{notice.number}.pdf"
    assert notice.items.get().turn_role == "clerk"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (lambda: a_pdf("青水公开〔2026〕9号", "请补正"), "没有文号“青水公开〔2026〕1号”"),
        (lambda: a_pdf("青水公开〔2026〕1号", *["内容"] * 200), "上传的文件有"),
        (lambda: a_scan(3), "上传的文件有 3 页"),
        (lambda: inspect_made("文字".encode(), name="件.txt", purpose=Purpose.CASE), "应为 PDF"),
    ],
)
def test_another_file_is_not_taken(file: Callable[[], Inspected], message: str) -> None:
    office = an_office()
    with at(DAY):
        notice = signed(office)
        with pytest.raises(ActionRefused, match=message):
            seal_notice(office.actor("seal_keeper"), notice, file=file())
    notice.refresh_from_db()
    assert (notice.stage, notice.sealed_file) == (Stage.SIGNED, "")


def test_brackets_and_spaces_of_the_number_may_be_written_otherwise() -> None:
    office = an_office()
    with at(DAY):
        notice = signed(office)
        Notice.objects.update(pages=1)
        file = a_pdf("青水公开 [2026] 1 号", "请补正")
        assert seal_notice(office.actor("seal_keeper"), notice, file=file).stage == Stage.SEALED


def test_a_scan_is_served_only_after_a_second_person_has_compared_it() -> None:
    office = an_office()
    with at(DAY):
        notice = signed(office)
        notice = seal_notice(office.actor("seal_keeper"), notice, file=a_scan(notice.pages))
        assert notice.is_scan
        assert notice.items.get().turn_role == SECOND_PERSON
        with pytest.raises(ActionRefused, match="还没有第二人核对"):
            serve_notice(office.actor("clerk"), notice, way=Way.WINDOW, sent_on=DAY, proof="本人签收")
        with pytest.raises(ActionRefused, match="用印的人不能自己核对"):
            confirm_seal(office.actor("seal_keeper"), notice)
        assert confirm_seal(office.actor("clerk"), notice).seal_confirmed_by is not None
        assert notice.items.get().turn_role == "clerk"
        serve_notice(office.actor("clerk"), notice, way=Way.WINDOW, sent_on=DAY, proof="本人签收")


def test_what_is_not_a_scan_needs_no_second_look() -> None:
    office = an_office()
    with at(DAY):
        notice = sealed(office, draft_notice(office.actor("clerk"), a_case(office), "clarification", fields=FIELDS))
        with pytest.raises(ActionRefused, match="没有等待核对"):
            confirm_seal(office.actor("clerk"), notice)


def test_only_the_seal_keeper_seals_and_only_what_is_signed() -> None:
    office, other = an_office(), an_office("青禾县林业局")
    with at(DAY):
        notice = signed(office)
        for actor in (office.actor("clerk"), other.actor("seal_keeper")):
            with pytest.raises(ActionRefused):
                seal_notice(actor, notice, file=stamped(notice))
        draft = draft_notice(office.actor("clerk"), a_case(office), "clarification", fields=FIELDS)
        with pytest.raises(ActionRefused, match="现在是“拟稿”"):
            seal_notice(office.actor("seal_keeper"), draft, file=stamped(notice))
