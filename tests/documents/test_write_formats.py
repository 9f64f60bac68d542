import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree, html
from tests.documents.written import REPORT, first_places, places, read_back, remedies, requests, texts

from gongkai.documents.blocks import Cell, Grid, Paragraph, Style
from gongkai.documents.writing import FORMATS, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN = tuple(name for name in FORMATS if name != "pdf")


def document_xml(data: bytes) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))


def page_of(*blocks: Paragraph | Grid) -> html.HtmlElement:
    return html.document_fromstring(write(blocks, to="html", title="年度<报告>").decode())


def scopes(page: html.HtmlElement) -> dict[str, str]:
    return {cell.text_content(): cell.get("scope", "") for cell in page.iter("th")}


def test_an_unknown_format_is_refused_with_those_that_are_written() -> None:
    with pytest.raises(ValueError, match="不能写成“odt”格式；可以写的格式有：docx、pdf、html、xlsx、md"):
        write(REPORT, to="odt", title="")


@pytest.mark.parametrize("to", PLAIN)
def test_the_same_blocks_give_the_same_bytes(to: str) -> None:
    assert write(REPORT, to=to, title="年度报告") == write(REPORT, to=to, title="年度报告")


@pytest.mark.parametrize("to", PLAIN)
def test_no_blocks_give_an_empty_file_of_the_format(to: str) -> None:
    assert write([], to=to, title="空")


@pytest.mark.parametrize("to", ["docx", "html", "md"])
def test_what_cannot_be_written_is_left_out(to: str) -> None:
    grid = Grid((Cell("甲\x00\x0b乙"), Cell("1\ud800\uffff", 0, 1), Cell("丙\r\n丁", 1, 0), Cell("2", 1, 1)))
    blocks = [Paragraph("　　公\x08开\x1f\t条例\ufffe　"), Paragraph("第一行\n第二行"), grid, Paragraph(" \x01 ")]
    found = read_back(write(blocks, to=to, title="\x00题\n名"), to).blocks
    assert texts(found) == ["公开条例", "第一行", "第二行"]
    assert first_places(found) == [[["甲乙", "1"], ["丙丁", "2"]]]


@pytest.mark.parametrize("to", ["docx", "html"])
def test_neighbouring_tables_stay_apart_and_empty_ones_are_left_out(to: str) -> None:
    blocks = [requests(), remedies(), Grid(()), remedies()]
    assert places(read_back(write(blocks, to=to, title=""), to).blocks) == places([requests(), remedies(), remedies()])


@pytest.mark.parametrize("to", ["docx", "html"])
def test_places_without_a_cell_become_empty_cells(to: str) -> None:
    grid = Grid((Cell("甲"), Cell("乙", 0, 1), Cell("丙", 1, 1)))
    assert first_places(read_back(write([grid], to=to, title=""), to).blocks) == [[["甲", "乙"], ["", "丙"]]]


def test_a_word_page_has_the_type_area_and_grid_of_the_standard() -> None:
    section = document_xml(write(REPORT, to="docx", title="")).find(f".//{W}sectPr")
    assert section is not None
    size, margins, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert margins is not None
    assert grid is not None
    millimetres = {
        side: round(int(margins.get(f"{W}{side}", "0")) / 56.7) for side in ("top", "right", "bottom", "left")
    }
    assert millimetres == {"top": 37, "right": 26, "bottom": 35, "left": 28}
    height = int(size.get(f"{W}h", "0")) - int(margins.get(f"{W}top", "0")) - int(margins.get(f"{W}bottom", "0"))
    width = int(size.get(f"{W}w", "0")) - int(margins.get(f"{W}left", "0")) - int(margins.get(f"{W}right", "0"))
    assert grid.get(f"{W}type") == "linesAndChars"
    assert height // int(grid.get(f"{W}linePitch", "0")) == 22
    assert int(width / (20 * (16 + int(grid.get(f"{W}charSpace", "0")) / 4096))) == 28


def test_word_styles_and_parts_are_well_formed_and_complete() -> None:
    package = ZipFile(BytesIO(write(REPORT, to="docx", title="甲&乙")))
    parts = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    declared = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    used = {element.get(f"{W}val") for element in parts["word/document.xml"].iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= declared
    fonts = {font.get(f"{W}name") for font in parts["word/fontTable.xml"]}
    assert {"仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体"} <= fonts
    assert "甲&乙" in parts["docProps/core.xml"].itertext()
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_header_rows_of_a_word_table_are_repeated_and_rows_stay_whole() -> None:
    tables = list(document_xml(write(REPORT, to="docx", title="")).iter(f"{W}tbl"))
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in tables] == [0, 3, 3]
    assert all(len(list(row.iter(f"{W}cantSplit"))) == 1 for table in tables for row in table.iter(f"{W}tr"))
    captions = [element.get(f"{W}val") for table in tables for element in table.iter(f"{W}tblCaption")]
    assert captions == [block.caption for block in REPORT if isinstance(block, Grid)]


def test_headers_of_a_web_table_claim_what_they_head() -> None:
    scope = scopes(page_of(requests()))
    assert scope["申请人情况"] == "colgroup"
    assert scope["法人或其他组织"] == scope["自然人"] == scope["科研机构"] == "col"
    assert scope["三、本年度办理结果"] == "rowgroup"
    assert scope["（三）不予公开"] == scope["（七）总计"] == scope["一、本年新收政府信息公开申请数量"] == "row"


def test_a_heading_across_a_web_table_heads_its_group_of_rows() -> None:
    page = page_of(*REPORT)
    groups = page.findall(".//table")[0].findall("tbody")
    assert [group.findtext("tr/th") for group in groups] == ["第二十条第（一）项", "第二十条第（五）项"]
    assert [group.find("tr/th").get("scope") for group in groups] == ["rowgroup", "rowgroup"]
    assert [len(table.findall("thead/tr")) for table in page.findall(".//table")] == [0, 3, 3]


def test_a_web_page_names_its_language_title_and_tables_and_asks_for_nothing_else() -> None:
    page = page_of(*REPORT)
    assert page.get("lang") == "zh-CN"
    assert page.findtext(".//title") == "年度<报告>"
    assert [element.tag for element in page.iter("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2", "h2", "h2", "h2"]
    regions = page.xpath("//div[@role='region']")
    assert [region.get("aria-label") for region in regions] == [
        table.findtext("caption") for table in page.iter("table")
    ]
    assert all(region.get("tabindex") == "0" for region in regions)
    assert not page.xpath("//script|//link|//img|//@src|//@href")
    assert not re.search(r"url\(|@import|https?:", write(REPORT, to="html", title="").decode())


def test_figures_of_a_spreadsheet_are_numbers_and_spans_are_merged() -> None:
    sheet = openpyxl.load_workbook(BytesIO(write(REPORT, to="xlsx", title=""))).active
    assert sheet is not None
    values = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert [cell.value for cell in sheet[values["四、结转下年度继续办理"].row] if isinstance(cell.value, int)] == [
        7 * 27 + column for column in range(3, 10)
    ]
    merged = {sheet.cell(area.min_row, area.min_col).value: area.size for area in sheet.merged_cells.ranges}
    assert merged["三、本年度办理结果"]["rows"] == 22
    assert merged["临溪县水利局2024年政府信息公开工作年度报告"] == {"rows": 1, "columns": 15}
    assert sheet.page_setup.paperSize == 9


def test_prose_of_a_spreadsheet_is_shown_whole_and_never_a_formula() -> None:
    long = "主动公开政府信息" * 400
    data = write([Paragraph("=1+1"), Paragraph(long), Paragraph("完")], to="xlsx", title="")
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    rows = list(range(2, sheet.max_row))
    assert sheet["A2"].value == long
    assert len(rows) > 1
    assert all(sheet.row_dimensions[row].height <= 409 for row in rows)
    assert sheet.cell(sheet.max_row, 1).value == "完"


def test_a_text_too_long_for_a_spreadsheet_is_refused() -> None:
    with pytest.raises(ValueError, match="长 32768 个字符"):
        write([Paragraph("长" * 32_768)], to="xlsx", title="")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("0", 0),
        ("-3", -3),
        ("12.50", 12.5),
        ("007", "007"),
        ("1" * 16, "1" * 16),
        ("1,286", "1,286"),
        ("", None),
    ],
)
def test_only_plain_figures_become_numbers(text: str, value: object) -> None:
    grid = Grid((Cell("名称", header=True), Cell(text, 0, 1)))
    sheet = openpyxl.load_workbook(BytesIO(write([grid], to="xlsx", title=""))).active
    assert sheet is not None
    assert sheet["B1"].value == value


def test_markdown_marks_headings_and_escapes_what_would_be_marks() -> None:
    blocks = [
        Paragraph("标题", style=Style.TITLE),
        Paragraph("1. 甲*乙*"),
        Paragraph("#丙"),
        Grid((Cell("a|b"), Cell("2", 1, 0))),
    ]
    assert (
        write(blocks, to="md", title="").decode() == "# 标题\n\n1\\. 甲\\*乙\\*\n\n\\#丙\n\n| a\\|b |\n| --- |\n| 2 |\n"
    )
