import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.blocks import Block, Grid, Paragraph, Style
from gongkai.documents.limits import DEFAULT, Limits, TooLarge, Unreadable
from gongkai.documents.text import blocks_of_text, read_text


def rows(block: Block) -> list[list[str]]:
    assert isinstance(block, Grid)
    assert block.ragged
    return [[cell.text for cell in line] for line in block.lines]


def shapes(text: str, *, markdown: bool = False) -> list[str | list[list[str]]]:
    """Each block as its text or its rows."""
    blocks = blocks_of_text(text, DEFAULT, markdown=markdown)
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in blocks]


def test_each_line_is_a_paragraph_as_it_stands() -> None:
    blocks = blocks_of_text("  标题\u200b \n\n　正文\x0b甲\x0c乙\x85丙\u2028丁", DEFAULT)
    assert blocks == (Paragraph("  标题\u200b ", 1), Paragraph("", 2), Paragraph("　正文\x0b甲\x0c乙\x85丙\u2028丁", 3))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert blocks_of_text(f"甲{end}{end}乙{end}", DEFAULT) == (Paragraph("甲", 1), Paragraph("", 2), Paragraph("乙", 3))


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks_of_text("", DEFAULT) == ()


def test_tab_lines_are_a_ragged_grid_with_their_own_lines() -> None:
    text = "二、主动公开\n第二十条第（一）项\t\t\n规章\t0\t 3 \n\t\t0\t\n三、收到"
    before, grid, after = blocks_of_text(text, DEFAULT)
    assert rows(grid) == [["第二十条第（一）项", "", ""], ["规章", "0", "3"], ["", "", "0", ""]]
    assert isinstance(grid, Grid)
    assert grid.line == 2
    assert [[cell.line for cell in line] for line in grid.lines] == [[2] * 3, [3] * 3, [4] * 4]
    assert (before.line, after.line) == (1, 5)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("三、本年度办理结果 | (一)予以公开 | 2 | 0", ["三、本年度办理结果", "(一)予以公开", "2", "0"]),
        ("新收 | 184 | 184 |||||", ["新收", "184", "184", "", "", "", ""]),
        ("| 规章 | 0 |", ["规章", "0"]),
        ("||3|", ["", "3"]),
        ("规章 |", ["规章"]),
        ("行政许可\t12 |", ["行政许可\t12"]),
    ],
)
def test_pipes_part_fields_and_border_rows(line: str, cells: list[str]) -> None:
    assert shapes(line) == [[cells]]


def test_one_cell_a_line_keeps_every_empty_cell() -> None:
    text = "一、本年新收 |\n3 |\n|\n0 |\n|||\n3 |"
    assert shapes(text) == [[["一、本年新收"], ["3"], [""], ["0"], ["", "", ""], ["3"]]]


def test_an_empty_row_between_bordered_rows_has_one_cell_less_than_pipes() -> None:
    assert shapes("| 甲 | 乙 |\n| | |\n| 1 | 2 |") == [[["甲", "乙"], ["", ""], ["1", "2"]]]


def test_number_lines_parted_by_pipe_lines_stay_as_they_are() -> None:
    assert shapes("5\n|\n3\n|\n|\n0") == ["5", "|", "3", "|", "|", "0"]


def test_one_cell_a_line_with_blank_lines_stays_as_it_is() -> None:
    assert shapes("规章\n\n0\n\n\n\n0\n") == ["规章", "", "0", "", "", "", "0"]


def test_columns_of_spaces_stay_paragraphs() -> None:
    assert shapes("规章    0   0   0\n许可    1") == ["规章    0   0   0", "许可    1"]


def test_one_empty_line_does_not_part_a_table_of_plain_text_but_two_do() -> None:
    assert shapes("甲\t1\n\n乙\t2\n\n\n丙\t3\n\n结束") == [
        [["甲", "1"], ["乙", "2"]],
        "",
        "",
        [["丙", "3"]],
        "",
        "结束",
    ]
    assert shapes("甲\t1\n  \n乙|2") == [[["甲", "1"], ["乙", "2"]]]


def test_an_empty_line_ends_a_markdown_table() -> None:
    assert shapes("|甲|1|\n\n|乙|2|", markdown=True) == [[["甲", "1"]], "", [["乙", "2"]]]


@pytest.mark.parametrize(
    "line",
    [
        "\t2024年，我局主动公开信息120条。",
        "1.\t加强学习。",
        "来源：某局 | 本年度收到申请3件，均已办结。",
        "\t一、总体情况",
        "　\t（一）主动公开情况",
        "\t ",
    ],
)
def test_prose_with_a_separator_stays_a_paragraph(line: str) -> None:
    assert shapes(line) == [line]
    assert shapes(f"{line}\n{line}")[0] == (
        line if "|" not in line else [[line.split(" | ")[0], line.split(" | ")[1]]] * 2
    )


def test_an_indented_heading_is_not_part_of_the_table_under_it() -> None:
    assert shapes("\t二、主动公开\n\n规章\t0\n\t\t1\n\t三、收到") == [
        "\t二、主动公开",
        "",
        [["规章", "0"], ["", "", "1"]],
        "\t三、收到",
    ]


def test_a_row_of_nothing_but_tabs_ends_a_table_with_empty_cells() -> None:
    assert shapes("维持\t纠正\t总计\n\t\t") == [[["维持", "纠正", "总计"], ["", "", ""]]]
    assert shapes("\t\t\t") == ["\t\t\t"]


@pytest.mark.parametrize("markdown", [False, True])
def test_the_rule_under_a_table_head_is_no_row(markdown: bool) -> None:
    (grid,) = blocks_of_text("| 信息内容 | 数量 |\n|---|:--:|\n| 规章 | --- |", DEFAULT, markdown=markdown)
    assert rows(grid) == [["信息内容", "数量"], ["规章", "---"]]
    assert isinstance(grid, Grid)
    assert [cell.header for cell in grid.cells] == [True, True, False, False]


def test_a_row_of_dashes_that_mean_nil_is_kept() -> None:
    assert shapes("| 甲 | 乙 |\n|-|-|\n| - | - |", markdown=True) == [[["甲", "乙"], ["-", "-"]]]
    assert shapes("| 甲 | 乙 |\n| - | - |") == [[["甲", "乙"], ["-", "-"]]]


def test_marks_within_markdown_cells() -> None:
    text = "| 甲\\|乙 | 结果<br>维持<BR />率 |\n|---|---|\n| 1\\. 属于 | \\* |"
    assert shapes(text, markdown=True) == [[["甲|乙", "结果\n维持\n率"], ["1. 属于", "*"]]]


@pytest.mark.parametrize(
    ("line", "paragraph"),
    [
        ("# 年度报告", Paragraph("年度报告", 1, 3, None, Style.TITLE)),
        ("## 一、总体情况 ##", Paragraph("一、总体情况", 1, 4, None, Style.HEADING)),
        ("  ###  一、C#", Paragraph("一、C#", 1, 8, None, Style.HEADING)),
        ("# **年度报告**", Paragraph("年度报告", 1, 5, None, Style.TITLE)),
        ("**（一）主动公开**", Paragraph("（一）主动公开", 1, 3)),
        ("**甲**和**乙**", Paragraph("**甲**和**乙**", 1)),
        ("1\\. 属于\\*国家\\_秘密\\甲", Paragraph("1. 属于*国家_秘密\\甲", 1)),
        ("#标签", Paragraph("#标签", 1)),
        ("#", Paragraph("#", 1)),
        ("# #", Paragraph("#", 1, 3, None, Style.TITLE)),
    ],
)
def test_markdown_lines(line: str, paragraph: Paragraph) -> None:
    assert blocks_of_text(line, DEFAULT, markdown=True) == (paragraph,)


def test_marks_of_markdown_are_text_elsewhere() -> None:
    assert shapes("# 标题\n1\\. 甲") == ["# 标题", "1\\. 甲"]


def test_read_text_names_the_kind_and_decodes() -> None:
    document = read_text("规章\t0\n许可\t1".encode("gb18030"), DEFAULT)
    assert document.kind == "text"
    assert rows(document.blocks[0]) == [["规章", "0"], ["许可", "1"]]
    assert read_text(b"# a", DEFAULT, markdown=True).kind == "markdown"


def test_limits_are_told_in_one_line() -> None:
    with pytest.raises(TooLarge, match="11 行"):
        blocks_of_text("\n" * 11, Limits(blocks=10))
    with pytest.raises(TooLarge, match="第 2 行的表格有 12 列"):
        blocks_of_text("甲\t乙\n" + "\t1" * 11, Limits(columns=10))
    with pytest.raises(TooLarge, match="10 个单元格"):
        blocks_of_text("甲\t乙\n" * 6, Limits(cells=10))


soup = st.lists(
    st.text("一规章0 12。|\t　x-:#*\\<br>\r", max_size=12)
    | st.sampled_from(["", "|", "|||", "甲 |", "\t\t0", "|---|---|"]),
    max_size=12,
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(text=soup)
def test_no_written_character_is_lost_or_moved_to_another_line(text: str) -> None:
    sources = re.split(r"\r\n?|\n", text)
    found: dict[int, Counter[str]] = {}
    for block in blocks_of_text(text, DEFAULT):
        for part in block.cells if isinstance(block, Grid) else (block,):
            found.setdefault(part.line, Counter()).update(part.text)
    for number, source in enumerate(sources, 1):
        if not re.fullmatch(r"[\s|:-]*", source):
            wanted = Counter(re.sub(r"[\s|]", "", source))
            kept = Counter({sign: count for sign, count in found[number].items() if sign.strip(" |\t　")})
            assert kept == wanted


@settings(max_examples=200, deadline=None)
@given(text=soup)
def test_cells_never_overlap_and_lines_never_run_back(text: str) -> None:
    for markdown in (False, True):
        blocks = blocks_of_text(text, DEFAULT, markdown=markdown)
        lines = [block.line for block in blocks]
        assert lines == sorted(set(lines))
        for block in blocks:
            if isinstance(block, Grid):
                places = [(cell.row, cell.column) for cell in block.cells]
                assert len(set(places)) == len(places)
                assert any(cell.text for cell in block.cells)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_clear_refusal(data: bytes) -> None:
    try:
        kind = read_text(data, DEFAULT).kind
    except Unreadable as error:
        kind = str(error)
    assert kind == "text" or kind.endswith("。")
