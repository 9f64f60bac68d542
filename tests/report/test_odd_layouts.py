"""Layouts that lose too much, or that come from machines: pictures, repeats left out, letters stacked, odd bytes."""

import pytest
from tests.report.texts import COLUMNS, SECTIONS, figures, request_rows, whole_text

from gongkai.documents.blocks import Cell, Document, Grid, Paragraph
from gongkai.law.applicants import APPLICANT_KINDS, TOTAL
from gongkai.report.check.cells import cell_findings
from gongkai.report.form import form
from gongkai.report.model_json import as_json
from gongkai.report.reading import interpret, read_report
from gongkai.report.reading.columns import columns_of

WHOLE = as_json(read_report(whole_text().encode()))
ROWS = [row.key for row in form("2021").table("requests").blocks[0].rows]


def read(text):
    return read_report(text.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_bytes_of_a_text_change_nothing(encoding, end):
    data = whole_text().replace("\n", end).encode(encoding)
    assert as_json(read_report(data)) == WHOLE


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u202a"])
def test_invisible_characters_in_labels_figures_and_headings_change_no_figure(mark):
    text = mark.join(whole_text()).replace(f"\n{mark}", "\n").replace(f"{mark}\n", "\n")
    report = read(text)
    assert dict(report.cells) == dict(read(whole_text()).cells)
    assert (report.agency, report.year) == ("临溪县水利局", 2024)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_tables_as_pictures_are_missing_and_never_zero():
    """Layout N: headings follow each other with nothing between."""
    lines = [line for line in whole_text().split("\n") if "\t" not in line]
    report = read("\n".join(lines))
    assert report.absent == {"proactive", "requests", "remedies"}
    assert set(report.cells.values()) == {None}
    assert [finding.where for finding in cell_findings(report)] == ["proactive", "requests", "remedies"]
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("separator", ["\n", "|\n"])
def test_a_page_without_its_repeated_lines_is_rejected(separator):
    """Layout O: a site left out each line that came before, zeros too."""
    lines = [part for line in whole_text().split("\n") for part in line.split("\t")]
    report = read(separator.join(dict.fromkeys(lines)))
    told = {cell: value for cell, value in report.cells.items() if value is not None}
    truth = read(whole_text()).cells
    assert 0 not in told.values()
    assert told.items() <= truth.items()
    assert report.absent == {"requests"}


def test_letters_of_a_head_set_one_by_one():
    """Layout K: the head of table four in three lines of single letters, its figures on one line."""
    text = whole_text()
    start, end = text.index("行政复议\t行政诉讼"), text.index("五、存在")
    heads = "\n".join(" ".join(line) for line in ("结结其尚" * 3, "果果他未" * 3, "维纠结审" * 3, "持正果结总计" * 3))
    told = "1 2 3 4 10 5 0 0 1 6 0 7 0 0 7"
    report = read(f"{text[:start]}{heads}\n{told}\n{text[end:]}")
    assert [str(report.cells[cell.id]) for cell in form("2021").table("remedies").cells] == told.split()
    assert report.section(4).text == ""


def test_a_heading_set_one_letter_a_line_stands_beside_its_rows():
    text = whole_text().replace(
        "三、本年度办理结果\t（一）予以公开", "三\n、\n本\n年\n度\n办\n理\n结\n果\n（一）予以公开"
    )
    assert dict(read(text).cells) == dict(read(whole_text()).cells)


@pytest.mark.parametrize("before", [0, 1])
def test_a_head_without_room_for_labels_names_no_column(before):
    kinds = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    grid = Grid(tuple(Cell(text, 0, column) for column, text in enumerate([*[""] * before, *kinds])))
    assert list(columns_of(grid)) == list(range(1, 8)) * before


def test_applicants_in_two_header_rows_of_one_table():
    """`商业 | 科研` above `企业 | 机构`: no row of the table is read from its head."""
    heads = ["", "", "自然人", "商业", "科研", "社会公益", "法律服务", "其他", "总计"]
    below = ["", "", "", "企业", "机构", "组织", "机构", "", ""]
    table = [heads, below, *([row[-8], "", *row[-7:]] for row in request_rows(figures()))]
    cells = tuple(Cell(text, at, column) for at, row in enumerate(table) for column, text in enumerate(row))
    report = interpret(Document((Paragraph("三、收到和处理政府信息公开申请情况"), Grid(cells))))
    assert {cell: report.cells[cell] for cell in figures()} == figures()


def test_a_row_of_table_two_below_table_three_takes_no_applicants_columns():
    """The tables run together the other way round: the head of applicants stands above a row that has none."""
    heads = ["", "", "", *(kind.label for kind in (*APPLICANT_KINDS, TOTAL))]
    table = [heads, *([row[-8], "", "", *row[-7:]] for row in request_rows(figures()))]
    table.append(["行政许可", "", "", *"1234567"])
    cells = tuple(Cell(text, at, column) for at, row in enumerate(table) for column, text in enumerate(row))
    report = interpret(Document((Grid(cells),)))
    assert {cell: report.cells[cell] for cell in figures()} == figures()
    assert (report.cells["proactive.licences"], report.blank_cells["proactive.licences"]) == (None, "1 2 3 4 5 6 7")


def test_squeezed_figures_are_not_laid_over_the_columns():
    """Layout F: `新收 | 184 | 184 ||||`, whatever the number of pipes."""
    for pipes in range(8):
        line = "一、本年新收政府信息公开申请数量 | 184 | 184 " + "|" * pipes
        report = read(
            f"三、收到和处理政府信息公开申请情况\n{line}\n二、上年结转政府信息公开申请数量 | " + " | ".join("0" * 7)
        )
        assert {report.cells[f"requests.received.{key}"] for key in COLUMNS} == {None}
        assert report.cells["requests.carried_in.total"] == 0


def test_filling_notes_left_inside_labels_and_an_extra_row():
    text = whole_text()
    text = text.replace("行政规范性文件\t2", "其他主动公开文件\t7\t0\t8\n行政规范性文件\t2")
    text = text.replace("重复申请\t", "重复申请（同一申请人）\t")
    report = read(text)
    assert report.cells["proactive.normative_documents.issued"] == 2
    assert report.cells["requests.unprocessed_repeat.total"] in (0, None)


def test_self_made_rows_are_not_taken_for_official_ones():
    text = whole_text().replace("一、本年新收政府信息公开申请数量", "三、本年办结政府信息公开申请数量")
    assert read(text).cells["requests.received.total"] is None
    text = whole_text().replace("（一）予以公开\t", "（一）不予以公开\t")
    assert read(text).cells["requests.granted.total"] is None


def test_an_absent_report_is_empty():
    report = read("关于召开全县水利工作会议的通知\n各乡镇水利站：\n定于3月5日召开会议。")
    assert (report.sections, report.year, report.blank_cells) == ((), None, {})
    assert set(report.cells.values()) == {None}


def test_where_each_cell_stood():
    report = read(whole_text())
    lines = whole_text().split("\n")
    at = next(i for i, line in enumerate(lines, 1) if "（一）予以公开" in line)
    assert report.places["requests.granted.natural_person"].place == f"第{at}行，表中第3行第3列"
    spaced = read(whole_text(separator="  "))
    column = whole_text(separator="  ").split("\n")[at - 1].index("3") + 1
    assert spaced.places["requests.granted.natural_person"].place == f"第{at}行第{column}字"


def test_prose_keeps_its_text():
    assert [read(whole_text()).section(number).text for number in (1, 5, 6)] == [SECTIONS[n] for n in (1, 5, 6)]


def proactive(*lines):
    """The cells of table two's first rows, in a text whose table two has these lines."""
    head = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
    rest = "\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 3\n三、收到和处理政府信息公开申请情况\n"
    report = read("某局2024年政府信息公开工作年度报告\n" + head + "\n".join(lines) + rest)
    assert report.cells["proactive.licences"] == 3
    names = ("issued", "repealed", "in_force")
    return [
        [report.cells[f"proactive.{row}.{name}"] for name in names] for row in ("regulations", "normative_documents")
    ]


NOTHING = [None, None, None]


@pytest.mark.parametrize("like", ["— 4 —", "- 12 -", "—— 4 ——"])
def test_a_row_printed_like_the_number_of_a_page_gives_its_place_to_no_other(like):
    """“— 4 —” is a row with one figure, or the number of a page: what stands near it is not told which row it is of."""
    assert proactive("规", like, "章", "0 2 3360", "行政规范性文件") == [NOTHING, NOTHING]
    assert proactive("规章", like, "0 2 3360", "行政规范性文件")[1] == NOTHING
    assert proactive(like, "规章", "1 2 3", "行政规范性文件") == [NOTHING, NOTHING]


@pytest.mark.parametrize("number", ["— 4 —", "- 12 -", "—4—", "第 3 页 共 8 页"])
def test_the_number_of_a_page_changes_no_row_that_has_its_figures_beside_it(number):
    assert proactive("规章 1 2 3", number, "行政规范性文件 4 5 6") == [[1, 2, 3], [4, 5, 6]]
    stacked = ("规章", "1", number, "2", "3", "行政规范性文件", "4", "5", "6")
    assert proactive(*stacked) == [[1, 2, 3], [4, 5, 6]]


def test_figures_below_a_line_that_is_no_label_are_not_those_of_the_row_above_it():
    """The second half of a label is misspelt, so its own figures are not known: the next row's are not taken."""
    requests = (
        "三、收到和处理政府信息公开申请情况",
        "（二）部分公开（区分处理的，只计这一情",
        "况，不计其他情形） 2144 0 1 0 0 0 2145",
        "0 0 1757 0 0 0 1757",
        "1.属于国家秘密",
        "3.危及“三安全一稳定” 0 4 0 0 0 0 4",
    )
    report = read("\n".join(("某局2024年政府信息公开工作年度报告", *requests)))
    rows = {row: [report.cells[f"requests.{row}.{key}"] for key in COLUMNS] for row in ROWS}
    assert rows["partly_granted"] == rows["refused_state_secret"] == [None] * 7
    assert rows["refused_security"] == [0, 4, 0, 0, 0, 0, 4]


def test_a_figure_may_be_of_the_next_row_where_that_one_has_lost_its_label():
    cells = ("行政许可", "3", "第二十条第（六）项", "行政处罚", "0", "行政强制", "7", "行政事业性收费", "1.50")
    text = "某局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n"
    whole, cut = (read(text + "\n".join(lines)) for lines in (cells, (*cells[:5], *cells[7:])))
    assert [whole.cells[f"proactive.{row}"] for row in ("licences", "penalties", "coercive_measures")] == [3, 0, 7]
    assert [cut.cells[f"proactive.{row}"] for row in ("licences", "penalties", "coercive_measures")] == [3, None, None]
