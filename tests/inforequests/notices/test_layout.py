from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree, html
from tests.inforequests.notices.letters import clean, facts_of, typed
from tests.programs import leave_out

from gongkai.documents.blocks import Block, Grid, Paragraph, Style
from gongkai.documents.docx import read_docx
from gongkai.documents.html import read_html
from gongkai.documents.limits import DEFAULT, ProgramNeeded
from gongkai.documents.writing import FORMATS, write
from gongkai.inforequests.notices.layout import NO_DATE, NO_NUMBER, blocks, letter_of
from gongkai.inforequests.notices.letters import FORMS
from gongkai.inforequests.notices.wording import compose

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ADDRESS = "https://xxgk.qinghe.example.cn/requests/8f3kq2"


def styles_of(kind: str) -> list[tuple[Style, str]]:
    letter, _ = clean(kind)
    return [(block.style, block.text) for block in blocks(letter) if isinstance(block, Paragraph)]


def words_of(document: Iterable[Block]) -> list[str]:
    return [line for block in document for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
    return [line.strip() for text in texts for line in text.split("\n") if line.strip()]


def pdf_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def printed(kind: str) -> bytes:
    letter, _ = clean(kind)
    try:
        return write(blocks(letter), to="pdf", title=letter.title)
    except ProgramNeeded as error:
        leave_out(str(error))
        raise


def test_a_letter_has_the_parts_of_the_standard_in_their_order() -> None:
    letter, _ = clean("granted")
    told = styles_of("granted")
    assert told[:4] == [
        (Style.LETTERHEAD, "青禾县农业农村局"),
        (Style.DOCUMENT_NUMBER, "青农公开〔2026〕12号"),
        (Style.TITLE, "政府信息予以公开告知书"),
        (Style.ADDRESSEE, "王小明："),
    ]
    assert [text for style, text in told[4:-2]] == list(letter.body)
    assert told[-2:] == [
        (Style.SIGNATURE, "青禾县农业农村局\n2026年11月24日"),
        (Style.BODY, "（联系方式：青禾县农业农村局办公室，电话：0000-5550106）"),
    ]


def test_a_draft_shows_where_number_and_date_will_stand() -> None:
    letter, _ = clean("granted")
    told = [block.text for block in blocks(replace(letter, number="", dated_on=None)) if isinstance(block, Paragraph)]
    assert told[1] == NO_NUMBER
    assert told[-2] == f"青禾县农业农村局\n{NO_DATE}"


@pytest.mark.parametrize(
    ("names", "printed"),
    [(("中标合同",), "附件：中标合同"), (("中标合同", "补充协议"), "附件：1.中标合同\n2.补充协议")],
)
def test_attachments_are_listed_before_the_signature(names: tuple[str, ...], printed: str) -> None:
    facts = facts_of("granted", attachments=names)
    told = blocks(letter_of(facts, compose(facts)))
    place = next(index for index, block in enumerate(told) if isinstance(block, Paragraph) and block.text == printed)
    assert isinstance(told[place + 1], Paragraph)
    assert told[place + 1].style is Style.SIGNATURE


@pytest.mark.parametrize("kind", FORMS)
def test_only_letters_that_ask_for_an_opinion_have_a_slip(kind: str) -> None:
    asks = kind in ("third_party_consultation", "organ_consultation")
    assert any(style is Style.PART_TITLE for style, _ in styles_of(kind)) is asks


def test_the_slip_of_a_third_party_never_names_the_applicant() -> None:
    letter, _ = clean("third_party_consultation")
    words = "\n".join(words_of(blocks(letter)))
    assert "王小明" not in words
    assert "□ 不同意公开" in words
    assert "青禾县惠民建设工程有限公司" in words
    assert "（登记编号：2026-12）" in words


def test_the_receipt_has_a_table_and_a_code_and_no_document_number() -> None:
    facts = facts_of("registration")
    told = blocks(letter_of(facts, compose(facts), query_address=ADDRESS))
    styles = [block.style for block in told if isinstance(block, Paragraph)]
    assert Style.DOCUMENT_NUMBER not in styles
    assert Paragraph(ADDRESS, style=Style.QR_CODE) in told
    (table,) = (block for block in told if isinstance(block, Grid))
    assert [cell.text for cell in table.cells][:2] == ["登记编号", "2026-12"]
    assert table.is_form


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("to", ["docx", "html"])
def test_what_is_written_is_read_back(kind: str, to: str) -> None:
    letter, _ = clean(kind)
    data = write(blocks(letter), to=to, title=letter.title)
    read = read_docx(data, DEFAULT) if to == "docx" else read_html(data, DEFAULT)
    assert words_of(read.blocks) == words_of(blocks(letter))


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_takes_a_letter_and_always_gives_the_same_bytes(to: str) -> None:
    facts = facts_of("registration")
    letter = letter_of(facts, compose(facts), query_address=ADDRESS)
    try:
        first = write(blocks(letter), to=to, title=letter.title)
    except ProgramNeeded as error:
        leave_out(str(error))
        raise
    assert first == write(blocks(letter), to=to, title=letter.title)


@pytest.mark.parametrize("kind", ["third_party_consultation", "partly_granted", "withdrawn"])
def test_a_printed_letter_loses_no_word(kind: str) -> None:
    letter, _ = clean(kind)
    pages = "".join(pdf_pages(printed(kind)))
    assert [line for line in letter.body if "".join(line.split()) not in pages.replace("—2—", "")] == []


def test_the_first_page_of_a_letter_bears_no_number_and_the_others_do() -> None:
    first, *others = pdf_pages(printed("third_party_consultation"))
    assert "—1—" not in first
    assert [f"—{number}—" in page for number, page in enumerate(others, 2)] == [True] * len(others)


def test_the_slip_stands_on_a_page_of_its_own() -> None:
    *_, last = pdf_pages(printed("third_party_consultation"))
    assert last.startswith("意见回执青禾县农业农村局：")


def test_the_receipt_keeps_its_address_on_one_page() -> None:
    facts = facts_of("registration")
    letter = letter_of(facts, compose(facts), query_address=ADDRESS)
    try:
        (page,) = pdf_pages(write(blocks(letter), to="pdf", title=letter.title))
    except ProgramNeeded as error:
        leave_out(str(error))
        raise
    assert ADDRESS in page
    assert "2026年11月24日" in page


def test_a_word_letter_has_red_lines_and_a_first_page_of_its_own() -> None:
    letter, _ = clean("granted")
    package = ZipFile(BytesIO(write(blocks(letter), to="docx", title=letter.title)))
    document = etree.fromstring(package.read("word/document.xml"))
    section = document.find(f".//{W}sectPr")
    assert section is not None
    assert section.find(f"{W}titlePg") is not None
    assert {node.get(f"{W}type") for node in section.iter(f"{W}footerReference")} == {"default", "even", "first"}
    assert b"thinThickSmallGap" in package.read("word/footer_first.xml")


def test_a_report_has_no_first_page_of_its_own() -> None:
    package = ZipFile(BytesIO(write([Paragraph("年度报告", style=Style.TITLE)], to="docx", title="")))
    assert b"titlePg" not in package.read("word/document.xml")


@pytest.mark.parametrize(
    ("agency", "points"), [("青禾县教育局", 38), ("青禾县人力资源和社会保障局", 34), ("青" * 30, 18)]
)
def test_the_head_is_set_as_big_as_fits_into_a_line(agency: str, points: int) -> None:
    facts = facts_of("withdrawn", agency=agency)
    page = html.document_fromstring(write(blocks(letter_of(facts, compose(facts))), to="html", title="").decode())
    (head,) = page.find_class("gk-letterhead")
    assert head.get("style") == f"--gk-head:{points}pt"
    data = write(blocks(letter_of(facts, compose(facts))), to="docx", title="")
    assert f'<w:sz w:val="{2 * points}"/>' in ZipFile(BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize(("agency", "right"), [("青禾县教育局", "4"), ("青禾县人力资源和社会保障局", "1")])
def test_the_date_stands_four_characters_from_the_edge_and_below_the_middle_of_the_name(
    agency: str, right: str
) -> None:
    facts = facts_of("withdrawn", agency=agency)
    page = write(blocks(letter_of(facts, compose(facts))), to="html", title="").decode()
    assert f'class="gk-signature" style="--gk-right:{right}em"' in page


def test_names_with_markup_are_written_as_they_are() -> None:
    facts = facts_of("granted", addressee="<b>王&小明", applicants=("<b>王&小明",), fields=typed("granted"))
    for to in ("docx", "html"):
        data = write(blocks(letter_of(facts, compose(facts))), to=to, title="<i>")
        read = read_docx(data, DEFAULT) if to == "docx" else read_html(data, DEFAULT)
        assert "<b>王&小明：" in words_of(read.blocks)
