"""Excel files: cells as they are seen, sheets cut into paragraphs and tables, what is hidden told apart."""

import io
import random
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from tests.documents.packages import SHEET, xlsx, zipped

from gongkai.documents.blocks import Document, Grid, Paragraph
from gongkai.documents.limits import Damaged, Limits, TooLarge, Unreadable
from gongkai.documents.reading import read
from gongkai.documents.xlsx import read_xlsx


def shapes(document: Document) -> list[str | list[list[str]]]:
    """Paragraphs as texts, tables as rows with spans expanded; a place that no cell covers is `·`."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [["·" if cell is None else cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def sheet(*rows: str, after: str = "", before: str = "") -> str:
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def row(*cells: str, more: str = "") -> str:
    return f"<row {more}>{''.join(cells)}</row>"


def text(words: str, more: str = "") -> str:
    return f'<c t="inlineStr" {more}><is><t>{words}</t></is></c>'


def number(value: str, more: str = "") -> str:
    return f"<c {more}><v>{value}</v></c>"


def saved(book: Workbook) -> Document:
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), name="报告.xlsx")


def cell(xml: str, **parts: str) -> str:
    """What a cell shows beside another one."""
    found = shapes(read(xlsx(sheet(row(text("甲"), xml), row(text("乙"), number("0"))), **parts)))
    assert isinstance(found[0], list)
    return found[0][0][1]


SHARED = (
    "<si><r><rPr><b/></rPr><t>自然</t></r><r><t xml:space='preserve'>人 </t></r></si>"
    "<si><t>公开</t><rPh sb='0' eb='2'><t>コウカイ</t></rPh></si><si><t>一_x000D_\n二_x0041_</t></si>"
)


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        pytest.param(number("0", 't="s"'), "自然人 ", id="rich text"),
        pytest.param(number("1", 't="s"'), "公开", id="phonetic guide"),
        pytest.param(number("2", 't="s"'), "一\n二A", id="escapes"),
        pytest.param(number("9", 't="s"'), "", id="no such text"),
        pytest.param(number("²", 't="s"'), "", id="no number of a text"),
        pytest.param('<c t="inlineStr"><is><r><t>文</t></r><r><t>字</t></r></is></c>', "文字", id="inline"),
        pytest.param('<c t="str"><f>A1&amp;"x"</f><v>甲x</v></c>', "甲x", id="text of a formula"),
        pytest.param("<c><f>SUM(A1:A9)</f><v>12</v></c>", "12", id="formula"),
        pytest.param("<c><f>SUM(A1:A9)</f></c>", "=SUM(A1:A9)", id="formula never calculated"),
        pytest.param("<c><f>SUM(A1:A9)</f><v></v></c>", "=SUM(A1:A9)", id="formula with an empty value"),
        pytest.param('<c t="e"><v>#REF!</v></c>', "#REF!", id="error"),
        pytest.param('<c t="b"><v>1</v></c>', "TRUE", id="truth"),
        pytest.param('<c t="d"><v>2024-12-31</v></c>', "2024-12-31", id="day as text"),
        pytest.param(number("12"), "12", id="whole"),
        pytest.param(number("12.0"), "12", id="whole as a fraction"),
        pytest.param(number("0.30000000000000004"), "0.3", id="binary noise"),
        pytest.param(number("18.8710"), "18.871", id="fraction"),
        pytest.param(number("1.5E-2"), "0.015", id="exponent"),
        pytest.param(number("1E3"), "1000", id="great exponent"),
        pytest.param(number("-417"), "-417", id="below zero"),
        pytest.param(number("110101199003071234"), "110101199003071234", id="longer than a float"),
        pytest.param(number("1e999"), "1e999", id="beyond all"),
        pytest.param(number("nan"), "nan", id="no number"),
        pytest.param("<c/>", "", id="empty"),
    ],
)
def test_a_cell_shows_what_is_seen(xml: str, seen: str) -> None:
    xml = xml.replace("<c", "<c r='B1'", 1)
    data = xlsx(sheet(row(text("甲"), xml, text("丙", "r='C1'")), row(text("乙"), number("0"))), shared=SHARED)
    found = shapes(read(data))
    assert isinstance(found[0], list)
    assert found[0][0][1] == seen


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [
        ("0%", "0.25", "25%"),
        ("0.00%", "0.28999999999999998", "29%"),
        ('0.0"%"', "25", "25"),
        ('0"件"', "12", "12"),
        ("#,##0;[Red]-#,##0", "1234", "1234"),
        ("General", "12", "12"),
        ('_ * #,##0.00_ ;_ * "-"??_ ;_ @_ ', "5", "5"),
        ("yyyy-mm-dd", "45657", "2024年12月31日"),
        ('yyyy"年"m"月"d"日";@', "45657", "2024年12月31日"),
        ('[DBNum1][$-804]yyyy"年"m"月"', "45657", "2024年12月"),
        ('m"月"d"日"', "45657", "12月31日"),
        ("yyyy/m/d h:mm", "45657.5", "2024年12月31日 12:00"),
        ("h:mm", "0.75", "18:00"),
        ("mm:ss", "0.75", "18:00"),
        ("yyyy-mm-dd", "59", "1900年2月28日"),
        ("yyyy-mm-dd", "-3", "-3"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("yyyy-mm-dd", "2958465.9999999", "2958465.9999999"),
        ("0000", "7", "7"),
    ],
)
def test_a_share_or_a_day_never_becomes_another_figure(code: str, value: str, seen: str) -> None:
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["B1"].number_format = "甲", 1, code
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = bytes(parts["xl/worksheets/sheet1.xml"]).replace(
        b"<v>1<", f"<v>{value}<".encode()
    )
    assert shapes(read(zipped(parts))) == [[["甲", seen]]]


def test_days_are_told_as_openpyxl_writes_them() -> None:
    book = Workbook()
    book.active.append(
        ["日期", date(2024, 12, 31), datetime(2025, 1, 20, 10, 12, tzinfo=UTC).replace(tzinfo=None), 0.25]
    )
    book.active["D1"].number_format = "0%"
    assert shapes(saved(book)) == [[["日期", "2024年12月31日", "2025年1月20日 10:12", "25%"]]]


@pytest.mark.parametrize(
    ("known", "seen"),
    [
        (0, "45657.25"),
        (9, "4565725%"),
        (14, "2024年12月31日"),
        (27, "2024年12月"),
        (58, "12月31日"),
        (21, "6:00"),
        (49, "45657.25"),
    ],
)
def test_formats_that_excel_knows_by_number(known: int, seen: str) -> None:
    styles = f'<cellXfs><xf/><xf numFmtId="{known}"/></cellXfs>'
    assert cell(number("45657.25", 'r="B1" s="1"'), styles=styles) == seen
    assert cell(number("45657.25", 'r="B1" s="7"'), styles=styles) == "45657.25"


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    assert cell(number("0", 'r="B1" s="1"'), styles=styles, book='<workbookPr date1904="1"/>') == "1904年1月1日"


def test_a_report_on_a_sheet_is_paragraphs_and_tables() -> None:
    book = Workbook()
    page = book.active
    page["A1"] = "临溪县2024年政府信息公开工作年度报告"
    page.merge_cells("A1:C1")
    page["A2"] = "一、总体情况\n全年公开12条。"
    for place, value in {"A4": "项目", "B4": "制发", "C4": "废止", "A5": "规章", "B5": 1, "C5": 0}.items():
        page[place] = value
    for place, value in {"A8": "甲", "B8": 3, "A10": "乙", "B10": 4}.items():
        page[place] = value
    page["A11"] = "注：统计期限为全年。"
    document = saved(book)
    assert shapes(document) == [
        "临溪县2024年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开12条。",
        [["项目", "制发", "废止"], ["规章", "1", "0"]],
        [["甲", "3"], ["乙", "4"]],
        "注：统计期限为全年。",
    ]
    assert [block.line for block in document.blocks] == [1, 2, 2, 3, 4, 5]
    assert [p.column for p in document.paragraphs] == [1, 1, 8, 1]


def test_a_label_without_figures_stays_in_its_table() -> None:
    book = Workbook()
    page = book.active
    side = Side(style="thin")
    rows = [
        ["项目", "自然人", "总计"],
        ["新收", None, None],
        ["结转", 1, 1],
        ["第二十条第（一）项", None, None],
        ["规章", 0, 0],
    ]
    for index, values in enumerate(rows, 1):
        page.append(values)
        for letter in "ABC":
            page[f"{letter}{index}"].border = Border(left=side, right=side, top=side, bottom=side)
    page.merge_cells("A4:C4")
    assert shapes(saved(book)) == [
        [["项目", "自然人", "总计"], ["新收", "", ""], ["结转", "1", "1"]],
        "第二十条第（一）项",
        [["规章", "0", "0"]],
    ]


def test_merged_cells_span_and_never_overlap() -> None:
    merged = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ("A1:A3", "B1:C1", "C1:D2", "A2:B2", "B9:A1", "x", "D1:XFD1")
    )
    data = xlsx(
        sheet(
            row(text("三"), text("法人"), text("", 'r="C1"'), text("总计", 'r="D1"')),
            row(number("1", 'r="B2"'), number("2"), number("3")),
            row(number("4", 'r="B3"'), number("5"), number("6")),
            after=f"<mergeCells>{merged}</mergeCells>",
        )
    )
    assert shapes(read(data)) == [[["三", "法人", "法人", "总计"], ["三", "1", "2", "3"], ["三", "4", "5", "6"]]]


def test_a_lone_text_within_a_vertical_merge_stays_in_its_table() -> None:
    data = xlsx(
        sheet(
            row(text("（三）"), text("1.国家秘密"), number("0")),
            row(text("2.法律禁止", 'r="B2"')),
            row(text("3.三安全", 'r="B3"'), number("2")),
            after='<mergeCells><mergeCell ref="A1:A3"/></mergeCells>',
        )
    )
    assert shapes(read(data)) == [
        [["（三）", "1.国家秘密", "0"], ["（三）", "2.法律禁止", ""], ["（三）", "3.三安全", "2"]]
    ]


def test_places_are_counted_where_cells_and_rows_do_not_name_them() -> None:
    data = xlsx(
        sheet(
            row(text("甲"), number("1")),
            row(text("乙", 'r="B9"'), number("2"), more='r="9"'),
            row(text("丙"), number("3")),
        )
    )
    assert shapes(read(data)) == [[["甲", "1"]], [["", "乙", "2"], ["丙", "3", ""]]]


def test_what_is_hidden_is_told_and_not_read() -> None:
    hidden_column = "<cols><col min='2' max='2' hidden='1'/></cols>"
    first = sheet(
        row(text("甲"), number("7"), number("1"), more='r="1"'),
        row(text("密"), number("8"), more='r="2" hidden="true"'),
        row(text("隐"), more='r="3" hidden="1"'),
        row(text("乙"), number("9"), number("2"), more='r="4"'),
        before=hidden_column,
        after='<mergeCells><mergeCell ref="A4:B4"/></mergeCells>',
    )
    data = xlsx(
        first, sheet(row(text("底稿"), number("5"))), sheet(row(text("丁"), number("6"))), names='|state="hidden"|'
    )
    document = read(data)
    assert shapes(document) == [[["甲", "1"], ["乙", "2"]], [["丁", "6"]]]
    told = [(hidden.kind, hidden.where, hidden.text) for hidden in document.hidden]
    assert told == [
        ("隐藏的行或列", "表1!B1", "7"),
        ("隐藏的行或列", "表1!A2", "密"),
        ("隐藏的行或列", "表1!B2", "8"),
        ("隐藏的行或列", "表1!A3", "隐"),
        ("隐藏的行或列", "表1!B4", "9"),
        ("隐藏工作表", "表2", "底稿 5"),
    ]


def test_strict_workbooks_are_read() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(sheet(row(text("甲"), number("1")))))) as package:
        parts: dict[str, str | bytes] = {
            name: package.read(name)
            .replace(SHEET.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument")
            for name in package.namelist()
        }
    assert shapes(read(zipped(parts))) == [[["甲", "1"]]]


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        pytest.param(row(text("a", 'r="ALM1"')), "", id="column 1001"),
        pytest.param(row(text("a"), text("b")) + row(text("c", 'r="P2"'), text("d")), "", id="area"),
        pytest.param(
            row(text("a"), text("b", 'r="B999"')),
            '<mergeCells><mergeCell ref="A1:B999"/></mergeCells>',
            id="merged area",
        ),
    ],
)
def test_what_is_over_the_limits_is_refused(rows: str, after: str) -> None:
    with pytest.raises(TooLarge):
        read_xlsx(xlsx(sheet(rows, after=after)), Limits(cells=15))


def test_empty_cells_far_out_and_merged_rows_without_end_are_nothing() -> None:
    rows = row(text("甲"), number("1"), '<c r="XFD1" s="1"/>') + row(text("乙", 'r="A2"'), number("2"))
    after = '<cols><col min="3" max="16384" hidden="1"/></cols><mergeCells><mergeCell ref="A3:XFD9"/></mergeCells>'
    assert shapes(read(xlsx(sheet(rows, after=after)))) == [[["甲", "1"], ["乙", "2"]]]


@pytest.mark.parametrize("parts", [{"xl/styles.xml": "<a/>"}, {"xl/workbook.xml": ""}])
def test_a_file_without_a_workbook_is_told(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(Damaged, match="没有工作簿"):
        read(zipped(parts))


def test_a_workbook_without_sheets_has_no_blocks() -> None:
    assert read(zipped({"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'})).blocks == ()


BROKEN = xlsx(
    sheet(
        row(text("甲"), number("1", 's="1"'), number("0", 't="s"')),
        row(text("乙", 'r="A2"'), number("45657", 's="1"')),
        before='<cols><col min="9" max="9" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>',
    ),
    shared=SHARED,
    styles='<numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd"/></numFmts><borders><border><left style="thin"/></border>'
    '</borders><cellXfs><xf/><xf numFmtId="170" borderId="0"/></cellXfs>',
)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_no_mutation_of_a_part_lets_anything_but_a_clear_line_out(seed: int) -> None:
    source = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(BROKEN)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    name = source.choice(list(parts))
    part = bytearray(parts[name])
    for _ in range(source.choice((1, 1, 1, 4))):
        start = source.randrange(len(part))
        piece = source.choice(
            (b"", b"<", b"-", b"9" * 400, b"\0", b"1e308", part[start : start + 40] * 3, bytes([start % 256]))
        )
        part[start : start + source.randrange(4)] = piece
    parts[name] = bytes(part)
    told = ""
    try:
        document = read(zipped(parts))
    except Unreadable as error:
        told = str(error) or "\n"
    else:
        places = [
            (block.line, cell.row + r, cell.column + c)
            for block in document.blocks
            if isinstance(block, Grid)
            for cell in block.cells
            for r in range(cell.rows)
            for c in range(cell.columns)
        ]
        assert len(places) == len(set(places))
    assert "\n" not in told
