"""Layouts, labels and cells as real reports have them; each quirk is one small report that must still be read whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.texts import COLUMNS, figures, whole_text

from gongkai.documents.blocks import Cell, Document, Grid, Paragraph
from gongkai.report.form import FORM_NAMES, form
from gongkai.report.layout import blocks_of
from gongkai.report.model import Report, Section
from gongkai.report.reading import interpret, read_report

CHANGED = figures(
    received__company=2,
    received__total=5,
    granted__company=2,
    granted__total=5,
    processed_total__company=2,
    processed_total__total=5,
)


def read(text):
    return read_report(text.encode())


def requests_of(report):
    return {cell: value for cell, value in report.cells.items() if cell.startswith("requests.")}


def relabelled(pattern, replacement, text=None):
    changed = re.sub(pattern, replacement, text or whole_text(CHANGED))
    assert changed != (text or whole_text(CHANGED)), "the quirk must change something"
    return changed


QUIRKS = {
    "numbering 1、": (r"(?m)(^|\t)(\d)\.(?=\D)", r"\1\2、"),
    "numbering 1）": (r"(?m)(^|\t)(\d)\.(?=\D)", r"\1\2）"),
    "spaces behind numbering": (r"(?m)(\t)(\d)\.", r"\1\2. "),
    "half-width brackets": (r"（([一二三四五六七])）", r"(\1) "),
    "straight quotes": (r"“三安全一稳定”", '"三安全一稳定"'),
    "no quotes": (r"“三安全一稳定”", "三安全一稳定"),
    "corner brackets": (r"“三安全一稳定”", "「三安全一稳定」"),
    "half-width comma in a label": (r"区分处理的，只计这一情形，不计其他情形", "区分处理的,只计这一情形,不计其他情形"),
    "zero-width characters in labels": (r"予以公开\t", "予\u200b以\ufeff公开\t"),
    "spaces inside labels": (r"重复申请", "重 复 申 请"),
    "full-width digits": (r"\t5(?=\n)", "\t５"),
    "spaces around figures": (r"\t5(?=\n)", "\t 5 "),
    "group cells missing": (r"(?m)^三、本年度办理结果\t（三）不予公开\t", ""),
    "first cells empty": (r"(?m)^三、本年度办理结果\t（四）无法提供\t", "\t\t"),
    "heading of section three missing": (r"三、收到和处理政府信息公开申请情况\n", ""),
    "headings without numerals": (r"(?m)^[一二三四五六]、(?=总体|主动|收到|政府|存在|其他)", ""),
    "other headings": (r"五、存在的主要问题及改进情况", "五、政府信息公开工作存在的问题及整改措施"),
    "chapter named 概述": (r"一、总体情况", "一、2024年工作开展情况"),
    "prose between heading and table": (
        r"(三、收到和处理政府信息公开申请情况\n)",
        r"\g<1>本年度共收到申请5件，办理情况见下表。\n",
    ),
    "note under table four": (r"(\n五、存在)", r"\n注：行政复议、行政诉讼数量含上年度结转数量。\1"),
    "page numbers between rows": (r"(\n四、结转下年度继续办理)", r"\n— 4 —\1"),
    "trailing empty cells": (r"(?m)(\t\d)$", r"\1\t\t"),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_a_quirk_of_the_layout_changes_no_figure(quirk):
    report = read(relabelled(*QUIRKS[quirk]))
    assert requests_of(report) == CHANGED
    assert report.cells["proactive.normative_documents.issued"] == 2
    assert report.cells["remedies.litigation_direct.total"] == 1
    assert report.blank_cells == {}


@pytest.mark.parametrize("quirk", [q for q in QUIRKS if "headings" not in q and "section three" not in q])
def test_a_quirk_of_the_layout_loses_no_section(quirk):
    assert [section.number for section in read(relabelled(*QUIRKS[quirk])).sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("mark", ["/", "-", "—", "——", "无", "", "／", "－"])
def test_a_sign_for_nothing_is_null_and_named_with_its_raw_text(mark):
    report = read(relabelled(r"（一）予以公开\t\d+\t\d+", f"（一）予以公开\t3\t{mark}"))
    assert report.cells["requests.granted.company"] is None
    assert report.blank_cells == {"requests.granted.company": mark}
    assert report.cells["requests.granted.research"] == 0


@pytest.mark.parametrize(("raw", "value"), [("12件", 12), ("12①", 12), ("1,234", 1234), ("１２", 12), ("12 [1]", 12)])
def test_a_decorated_figure_is_read(raw, value):
    report = read(relabelled(r"（一）予以公开\t\d+\t\d+", f"（一）予以公开\t3\t{raw}"))
    assert report.cells["requests.granted.company"] == value
    wanted = [] if raw in ("1,234", "１２") else ["requests.granted.company"]
    assert [finding.where for finding in report.findings if finding.rule == "CELL-VALUE"] == wanted


@pytest.mark.parametrize("raw", ["22（其中修订16件）", "-417", "1.5", "0000000"])
def test_an_odd_figure_is_null_with_its_raw_text(raw):
    report = read(relabelled(r"（一）予以公开\t\d+\t\d+", f"（一）予以公开\t3\t{raw}"))
    assert report.cells["requests.granted.company"] is None
    assert report.blank_cells == {"requests.granted.company": raw}


def test_squeezed_rows_are_never_guessed():
    report = read(relabelled(r"(本年新收政府信息公开申请数量)(\t\d+)+", r"\1\t5\t5"))
    assert {report.cells[f"requests.received.{key}"] for key in COLUMNS} == {None}
    assert set(report.blank_cells) == {f"requests.received.{key}" for key in COLUMNS}
    assert report.cells["requests.granted.total"] == 5


TABLE_FOUR = ["1", "2", "3", "4", "10", "5", "0", "0", "1", "6", "0", "7", "0", "0", "7"]
FOUR = {
    "on one line": " ".join(TABLE_FOUR),
    "with tabs": "\t".join(TABLE_FOUR),
    "with pipes": "|" + "|".join(TABLE_FOUR) + "|",
    "one below the other": "\n".join(TABLE_FOUR),
    "in three groups": "\n".join(
        f"{name}\t" + "\t".join(TABLE_FOUR[i : i + 5])
        for name, i in (("行政复议", 0), ("未经复议直接起诉", 5), ("复议后起诉", 10))
    ),
    "in pairs": "\n".join(
        ("" if i % 5 else ("行政复议", "未经复议直接起诉", "复议后起诉")[i // 5] + "\n") + f"{label}\t{value}"
        for i, (label, value) in enumerate(
            zip(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3, TABLE_FOUR, strict=True)
        )
    ),
}


@pytest.mark.parametrize("shape", FOUR)
@pytest.mark.parametrize(
    "heads", ["行政复议\t行政诉讼\n", "行政复议行政诉讼\n结果 维持 结果 纠正 其他 结果 尚未 审结 总计\n", ""]
)
def test_table_four_in_any_shape(shape, heads):
    text = whole_text()
    start, end = text.index("行政复议\t行政诉讼"), text.index("五、存在")
    report = read(text[:start] + heads + FOUR[shape] + "\n" + text[end:])
    told = [report.cells[cell.id] for cell in form("2021").table("remedies").cells]
    assert told == [int(value) for value in TABLE_FOUR]


def test_a_report_without_line_breaks_is_cut_at_its_headings():
    report = read(whole_text(CHANGED, separator=" ").replace("\n", " "))
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert requests_of(report) == CHANGED


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("临溪县水利局2024年政府信息公开工作年度报告", "临溪县水利局", 2024),
        ("临溪县水利局 2024 年度政府信息公开年度报告", "临溪县水利局", 2024),
        ("临溪县水利局二〇二四年政府信息公开工作年度报告", "临溪县水利局", 2024),
        ("2024年临溪县水利局政府信息公开工作年度报告", "临溪县水利局", 2024),
        ("临溪县水利局政府信息公开工作2024年度报告", "临溪县水利局", 2024),
        ("临溪县水利局关于2024年度政府信息公开情况的报告", "临溪县水利局", 2024),
        ("临溪县水利局政府信息公开工作年度报告（2024年）", "临溪县水利局", 2024),
        ("临溪县水利局\n2024年政府信息公开工作年度报告", "临溪县水利局", 2024),
        ("单位：临溪县水利局\n政府信息公开工作年度报告", "临溪县水利局", 2024),
        ("2024年政府信息公开工作年度报告", None, 2024),
    ],
)
def test_agency_and_year(title, agency, year):
    lines = whole_text().split("\n")
    text = "\n".join([title, *lines[1:]])
    if agency is None:
        text = text.replace("临溪县水利局", "我局")
    report = read(text)
    assert (report.agency, report.year) == (agency, year)


def test_absent_tables_are_named_and_their_cells_are_not_blank():
    text = "\n".join(line for line in whole_text().split("\n") if "\t" not in line)
    report = read(text)
    assert report.absent == {"proactive", "requests", "remedies"}
    assert report.blank_cells == {}
    assert set(report.cells.values()) == {None}


def test_an_altered_row_label_is_told_with_the_official_one():
    report = read(relabelled("属于三类内部事务信息", "属于三类内容事务信息"))
    assert [(f.rule, f.where, f.expected) for f in report.findings] == [
        ("F-LABEL", "requests.refused_internal", "5.属于三类内部事务信息")
    ]
    assert report.blank_cells == {}


def test_an_altered_column_label_is_told_with_the_official_one():
    for official, printed in (("现行有效件数", "现行有效件数(历史累计)"), ("本年废止件数", "本年作废的件数")):
        report = read(relabelled(official, printed))
        assert [(f.rule, f.where, f.expected, f.found) for f in report.findings] == [
            ("F-LABEL", "proactive", official, printed)
        ]


@st.composite
def reports(draw, name):
    declared = form(name)
    count = st.one_of(st.just(0), st.integers(0, 99999))
    values = {}
    for cell, spec in declared.cells.items():
        if spec.kind == "amount":
            values[cell] = draw(st.decimals(0, 99999, places=draw(st.integers(0, 4))))
        else:
            values[cell] = draw(count) * (draw(st.sampled_from((1, -1))) if spec.kind == "change" else 1)
    sections = tuple(
        Section(s.number, s.title, (Paragraph("各项工作有序开展，没有其他情况。"),)) for s in declared.sections
    )
    return Report("临溪县水利局", 2024 if name == "2021" else 2020, name, sections, values)


@pytest.mark.parametrize("name", FORM_NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_laid_out_is_read_back(name, data):
    report = data.draw(reports(name))
    back = interpret(Document(tuple(blocks_of(report))))
    assert (dict(back.cells), back.blank_cells, back.findings) == (dict(report.cells), {}, ())
    assert [(s.number, s.title, s.text) for s in back.sections] == [
        (s.number, s.title, s.text) for s in report.sections
    ]
    assert (back.agency, back.year, back.form) == (report.agency, report.year, name)


def drawn(report):
    return next(block for block in blocks_of(report) if isinstance(block, Grid) and block.width == 10)


@pytest.mark.parametrize("rows", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_lost_header_cells_shift_no_figure(rows):
    report = Report("临溪县水利局", 2024, "2021", (), {**dict.fromkeys(form("2021").cells, 0), **CHANGED})
    lost = []
    for row, cells in enumerate(drawn(report).lines):
        kept = [cell for cell in cells if cell.row == row]
        column = 0
        for cell in kept if row in rows else cells:
            if cell.row == row:
                start = column if row in rows else cell.column
                lost.append(Cell(cell.text, row, start, 1, cell.columns))
            column += cell.columns
    back = interpret(Document((Grid(tuple(lost)),)))
    assert requests_of(back) == CHANGED


def test_columns_follow_a_header_in_another_order():
    report = Report("临溪县水利局", 2024, "2021", (), {**dict.fromkeys(form("2021").cells, 0), **CHANGED})
    moved = [
        Cell(c.text, c.row, {9: 3}.get(c.column, c.column + 1 if c.column >= 3 else c.column), c.rows, c.columns)
        for c in drawn(report).cells
    ]
    assert requests_of(interpret(Document((Grid(tuple(moved)),)))) == CHANGED
