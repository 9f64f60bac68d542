"""Word files as office programs write them: what their reader sees becomes blocks, what is not seen is told apart."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.packages import (
    DOWN,
    GOES_ON,
    WORD,
    docx,
    p,
    r,
    relations,
    span,
    tbl,
    tc,
    tr,
    word_xml,
    zipped,
)

from gongkai.documents.blocks import Document, Grid, Paragraph
from gongkai.documents.docx import read_docx
from gongkai.documents.limits import DEFAULT, Damaged, Limits, TooLarge, Unreadable
from gongkai.documents.reading import read


def document(body: str, **parts: str) -> Document:
    return read(docx(body, **parts), name="报告.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in document(body, **parts).blocks if isinstance(block, Paragraph)]


def grid(body: str, **parts: str) -> Grid:
    (found,) = [block for block in document(body, **parts).blocks if isinstance(block, Grid)]
    return found


def rows(body: str, **parts: str) -> list[list[str]]:
    """The cells of the only table with spans expanded; a place that no cell covers is `·`."""
    return [["·" if cell is None else cell.text for cell in row] for row in grid(body, **parts).rows]


BOX = "<w:txbxContent>{}</w:txbxContent>"
BOTH = (
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><v:shape><v:textbox>{0}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        pytest.param(["本年度", "新收", "12件"], "本年度新收12件", id="a line in several runs"),
        pytest.param(
            ['<w:hyperlink r:id="r9"><w:r><w:t>网站</w:t></w:r></w:hyperlink>', "公开"], "网站公开", id="link"
        ),
        pytest.param(["<w:smartTag><w:r><w:t>临溪县</w:t></w:r></w:smartTag>", "政府"], "临溪县政府", id="smart tag"),
        pytest.param(
            ["<w:sdt><w:sdtContent><w:r><w:t>临溪</w:t></w:r></w:sdtContent></w:sdt>", "县"], "临溪县", id="control"
        ),
        pytest.param([r("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>")], "甲\t乙", id="tab"),
        pytest.param([r("<w:t>2024</w:t><w:noBreakHyphen/><w:t>2025</w:t><w:softHyphen/>")], "2024-2025", id="hyphens"),
        pytest.param([r('<w:sym w:font="宋体" w:char="2460"/>'), "项"], "①项", id="symbol"),
        pytest.param([r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), "是"], "☑是", id="tick"),
        pytest.param([r('<w:sym w:font="Wingdings 2" w:char="0052"/>'), "是"], "☑是", id="other tick"),
        pytest.param([r('<w:sym w:font="X" w:char="D800"/><w:sym w:char="zz"/>')], "\ufffd\ufffd", id="no such symbol"),
        pytest.param(["收到", "<w:ins><w:r><w:t>12</w:t></w:r></w:ins>", "件"], "收到12件", id="inserted"),
        pytest.param(["<w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo>"], "甲", id="moved to here"),
        pytest.param(["申请", r('<w:footnoteReference w:id="2"/>'), "12件"], "申请12件", id="note"),
        pytest.param(["12", r("<w:t>1</w:t>", '<w:vertAlign w:val="superscript"/>')], "12¹", id="raised mark"),
        pytest.param(["12", r("<w:t>注</w:t>", '<w:vertAlign w:val="superscript"/>')], "12注", id="raised word"),
        pytest.param(["12", r("<w:t>1</w:t>", '<w:vertAlign w:val="baseline"/>')], "121", id="not raised"),
        pytest.param(
            [
                r(
                    "<w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby>"
                ),
                "开",
            ],
            "公开",
            id="reading",
        ),
        pytest.param(["设", "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"], "设", id="formula"),
        pytest.param([r("<w:t>甲</w:t>", '<w:vanish w:val="0"/>')], "甲", id="not hidden"),
        pytest.param(['<w:fldSimple w:instr=" PAGE "><w:r><w:t>4</w:t></w:r></w:fldSimple>'], "4", id="simple field"),
    ],
)
def test_the_words_of_a_paragraph_are_what_its_reader_sees(runs: list[str], seen: str) -> None:
    assert texts(p(*runs)) == [seen]


def field_char(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_the_code_of_a_field_is_no_text_even_where_a_field_stands_in_it() -> None:
    inner = [
        field_char("begin"),
        r("<w:instrText> PAGE </w:instrText>"),
        field_char("separate"),
        "7",
        field_char("end"),
    ]
    code = [r("<w:instrText> IF </w:instrText>"), *inner, r("<w:instrText> = 1 </w:instrText>")]
    assert texts(p("第", field_char("begin"), *code, field_char("separate"), "3", field_char("end"), "页")) == ["第3页"]


@pytest.mark.parametrize(
    ("run", "kind", "hidden"),
    [
        ("<w:del><w:r><w:delText>旧文</w:delText></w:r></w:del>", "修订中删去的文字", "旧文"),
        ("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>", "修订中删去的文字", "移走"),
        (r("<w:t>密件</w:t>", "<w:vanish/>"), "隐藏文字", "密件"),
        (r("<w:t>密件</w:t>", '<w:rStyle w:val="gone"/>'), "隐藏文字", "密件"),
    ],
)
def test_what_is_deleted_or_hidden_is_told_apart(run: str, kind: str, hidden: str) -> None:
    styles = '<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="gone"><w:basedOn w:val="base"/></w:style>'
    found = document(p("第一段") + p("公开", run, "信息"), styles=styles)
    assert [block.text for block in found.paragraphs] == ["第一段", "公开信息"]
    assert [(hidden.kind, hidden.where, hidden.text) for hidden in found.hidden] == [(kind, "第2段", hidden)]


def test_a_style_of_a_paragraph_hides_it_but_for_runs_that_say_no() -> None:
    styles = '<w:style w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>'
    shown = r("<w:t>看得见</w:t>", '<w:vanish w:val="false"/>')
    found = document(p("窗体顶端", shown, properties='<w:pStyle w:val="z"/>'), styles=styles)
    assert [block.text for block in found.paragraphs] == ["看得见"]
    assert [hidden.text for hidden in found.hidden] == ["窗体顶端"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:vanish/><w:specVanish/>"])
def test_a_paragraph_whose_end_is_gone_goes_on_in_the_next(mark: str) -> None:
    first = p("一、总体", properties=f"<w:rPr>{mark}</w:rPr>")
    assert [(b.text, b.line) for b in document(first + p("情况") + p("正文")).paragraphs] == [
        ("一、总体情况", 1),
        ("正文", 2),
    ]
    assert rows(tbl(tr(tc(first + p("情况")), "12"), tr("甲", "3"))) == [["一、总体情况", "12"], ["甲", "3"]]
    assert texts(p("正文") + first) == ["正文", "一、总体"]


def test_blocks_are_numbered_with_the_empty_ones_and_a_table_is_one() -> None:
    body = p("标题") + p() + tbl(tr("甲", "1"), tr("乙", "2")) + p("结尾")
    assert [(type(block), block.line) for block in document(body).blocks] == [
        (Paragraph, 1),
        (Paragraph, 2),
        (Grid, 3),
        (Paragraph, 4),
    ]
    assert {cell.line for cell in grid(body).cells} == {3}


def test_a_soft_line_end_parts_a_paragraph_and_each_part_knows_its_place() -> None:
    body = p(r("<w:t>一、总体情况</w:t><w:br/><w:t>全年公开信息</w:t><w:br/><w:cr/><w:t>12条。</w:t>")) + p("二")
    assert [(b.text, b.where()) for b in document(body).paragraphs] == [
        ("一、总体情况", "1:1"),
        ("全年公开信息", "1:8"),
        ("12条。", "1:16"),
        ("二", "2:1"),
    ]
    assert rows(tbl(tr(tc(p(r("<w:t>结果</w:t><w:br/><w:t>维持</w:t>"))), "1"), tr("甲", "2"))) == [
        ["结果\n维持", "1"],
        ["甲", "2"],
    ]


@pytest.mark.parametrize("holder", ["<w:pict><v:textbox>{}</v:textbox></w:pict>", BOTH], ids=["vml", "both"])
def test_a_text_box_follows_its_paragraph_once(holder: str) -> None:
    box = holder.format(BOX.format(p("框中文字") + tbl(tr("甲", "1"), tr("乙", "2"))))
    blocks = document(p("前", r(box), "后") + p("末")).blocks
    assert [block.text if isinstance(block, Paragraph) else "表" for block in blocks] == [
        "前后",
        "框中文字",
        "表",
        "末",
    ]


def test_a_text_box_in_a_cell_follows_the_table() -> None:
    box = r(BOTH.format(BOX.format(p("框中文字"))))
    blocks = document(tbl(tr("甲", tc(p("1", box))), tr("乙", "2")) + p("末")).blocks
    assert [[c.text for c in b.cells] if isinstance(b, Grid) else b.text for b in blocks] == [
        ["甲", "1", "乙", "2"],
        "框中文字",
        "末",
    ]


# Tables.


def test_cells_span_columns_and_rows() -> None:
    table = tbl(
        tr(tc("申请人", DOWN), tc("法人", span(2)), tc("总计", DOWN)),
        tr(tc("", GOES_ON), "企业", "机构", tc("不显示", '<w:vMerge w:val="continue"/>')),
        tr("甲", "1", "2", "3"),
    )
    assert rows(table) == [
        ["申请人", "法人", "法人", "总计"],
        ["申请人", "企业", "机构", "总计"],
        ["甲", "1", "2", "3"],
    ]
    assert [(c.text, c.rows, c.columns) for c in grid(table).cells][:3] == [
        ("申请人", 2, 1),
        ("法人", 1, 2),
        ("总计", 2, 1),
    ]


def test_a_vertical_merge_that_does_not_fit_the_cell_above_is_a_cell_of_its_own() -> None:
    table = tbl(
        tr(tc("甲", GOES_ON), tc("乙", DOWN + span(2))),
        tr(tc("丙", DOWN), tc("丁", GOES_ON), "1"),
        tr(tc("", GOES_ON), "2", tc("戊", GOES_ON)),
    )
    assert rows(table) == [["甲", "乙", "乙"], ["丙", "丁", "1"], ["丙", "2", "戊"]]


def test_the_older_horizontal_merge_and_rows_that_begin_or_end_late() -> None:
    first, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    table = tbl(
        tr(tc("行政复议", first), tc("", on), tc("", on), tc("诉讼")),
        tr("a", "b", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr("1", "2", "3", "4"),
    )
    assert rows(table) == [["行政复议"] * 3 + ["诉讼"], ["·", "a", "b", "·"], ["1", "2", "3", "4"]]


@pytest.mark.parametrize(
    "value", ["0", "-3", "abc", "", "²", "9" * 5000, "1000000"], ids=["0", "-3", "abc", "none", "²", "huge", "1000000"]
)
def test_an_absurd_span_is_one_column(value: str) -> None:
    table = tbl(
        tr(tc("甲", f'<w:gridSpan w:val="{value}"/>'), "1", properties=f'<w:gridBefore w:val="{value}"/>'),
        tr("乙", "2"),
    )
    assert rows(table) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize("before", ["", '<w:gridBefore w:val="999"/>'])
def test_too_many_columns_are_refused(before: str) -> None:
    wide = tbl(tr(tc("甲", span(999)), "乙", "丙", properties=before), tr("1", "2"))
    with pytest.raises(TooLarge, match="1000列"):
        document(wide)


def test_tables_rows_and_cells_stand_in_content_controls() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    table = control(
        tbl(tr(control(tc(control(p("甲")))), "1"), control(tr("乙", "2")), f"<w:ins>{tr('丙', '3')}</w:ins>")
    )
    assert rows(control(p("题")) + table) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]
    assert texts(control(p("题")) + table) == ["题"]


def test_of_alternatives_the_first_is_read_wherever_they_stand() -> None:
    def either(first: str, other: str) -> str:
        choice = f'<mc:Choice Requires="w16">{first}</mc:Choice><mc:Fallback>{other}</mc:Fallback>'
        return f"<mc:AlternateContent>{choice}</mc:AlternateContent>"

    table = tbl(either(tr("甲", "1"), tr("旧", "9")), tr("乙", tc(either(p("2"), p("8")))))
    assert rows(either(p("新"), p("旧")) + table) == [["甲", "1"], ["乙", "2"]]
    assert texts(either(p("新"), p("旧")) + table) == ["新"]
    assert texts(p(either(r("<w:t>新</w:t>"), r("<w:t>旧</w:t>")))) == ["新"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:hidden/>"])
def test_rows_that_are_deleted_or_hidden_are_told_apart(mark: str) -> None:
    table = tbl(tr("甲", "1"), tr("旧", "9", properties=mark), tr("乙", "2"))
    assert rows(table) == [["甲", "1"], ["乙", "2"]]
    assert [(h.where, h.text) for h in document(p("题") + table).hidden] == [("第2段", "旧 9")]


def test_a_row_whose_insertion_is_tracked_is_read() -> None:
    assert rows(tbl(tr("甲", "1"), tr("乙", "2", properties="<w:ins/>"))) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    "outer",
    [
        pytest.param("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", id="one cell"),
        pytest.param("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", id="nested"),
        pytest.param(
            "<w:sdt><w:sdtContent><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>", id="control"
        ),
    ],
)
def test_a_table_that_lays_out_the_page_gives_what_is_in_it(outer: str) -> None:
    blocks = document(outer.format(p("一、总体情况") + tbl(tr("甲", "1"), tr("乙", "2")) + p("正文"))).blocks
    assert [block.text if isinstance(block, Paragraph) else block.width for block in blocks][:3] == [
        "一、总体情况",
        2,
        "正文",
    ]


def test_a_frame_of_one_column_around_long_prose_is_no_table() -> None:
    prose = "全年主动公开政府信息一百二十条，" * 8 + "内容准确。"
    assert texts(tbl(tr("一、总体情况"), tr(prose))) == ["一、总体情况", prose]
    assert rows(tbl(tr("甲"), tr("1"))) == [["甲"], ["1"]]


def test_a_cell_joins_its_paragraphs_and_leaves_out_empty_ones() -> None:
    assert rows(tbl(tr(tc(p("商业") + p() + p("企业")), tc(p() + p(" 12 "))), tr("甲", tc()))) == [
        ["商业\n企业", "12"],
        ["甲", ""],
    ]


# Numbers that the word processor writes.


def level(index: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}">{more}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "", key: int = 0) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>{more}'
    )


def listed(text: str, number: int = 1, index: int | None = 0) -> str:
    depth = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return p(text, properties=f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>')


OFFICIAL = lists(
    level(0, "chineseCountingThousand", "%1、"), level(1, "japaneseCounting", "（%2）"), level(2, "decimal", "%3.")
)


def test_headings_are_numbered_by_their_lists() -> None:
    body = (
        listed("总体情况")
        + listed("主动公开", index=1)
        + listed("依申请公开", index=1)
        + listed("收到", index=2)
        + p("正文")
        + listed("办理", index=2)
        + listed("主动公开政府信息情况")
        + listed("又一", index=1)
    )
    assert texts(body, numbering=OFFICIAL) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.收到",
        "正文",
        "2.办理",
        "二、主动公开政府信息情况",
        "（一）又一",
    ]


def test_cells_are_numbered_too() -> None:
    assert rows(
        tbl(tr(tc(listed("属于国家秘密", index=2)), "0"), tr(tc(listed("其他", index=2)), "1")), numbering=OFFICIAL
    ) == [
        ["1.属于国家秘密", "0"],
        ["2.其他", "1"],
    ]


@pytest.mark.parametrize(
    ("style", "start", "shown"),
    [
        ("decimal", 9, "9 10"),
        ("chineseCounting", 9, "九 十"),
        ("japaneseCounting", 19, "十九 二十"),
        ("chineseCountingThousand", 99, "九十九 100"),
        ("ideographDigital", 9, "九 一〇"),
        ("chineseLegalSimplified", 9, "玖 拾"),
        ("decimalEnclosedCircle", 19, "⑲ ⑳"),
        ("decimalEnclosedCircle", 20, "⑳ 21"),
        ("decimalEnclosedParen", 1, "⑴ ⑵"),
        ("decimalEnclosedFullstop", 1, "⒈ ⒉"),
        ("decimalFullWidth", 9, "９ １０"),
        ("decimalZero", 9, "09 10"),
        ("ideographTraditional", 1, "甲 乙"),
        ("upperLetter", 26, "Z AA"),
        ("lowerRoman", 4, "iv v"),
        ("none", 1, " "),
        ("bullet", 1, ""),
        ("unheardOf", 3, "3 4"),
    ],
)
def test_numbers_are_written_in_the_style_of_their_level(style: str, start: int, shown: str) -> None:
    numbering = lists(level(0, style, "%1 ", f'<w:start w:val="{start}"/>'))
    assert "".join(texts(listed("") + listed(""), numbering=numbering)).strip() == shown.strip()


def test_a_level_shows_those_above_it_in_figures_where_it_says_so() -> None:
    numbering = lists(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert texts(listed("甲") + listed("乙", index=1), numbering=numbering) == ["第一章甲", "1.1乙"]


def test_lists_of_one_abstract_list_go_on_and_start_anew_where_they_say_so() -> None:
    more = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, 'decimal', '%1)')}</w:lvlOverride></w:num>"
    )
    body = listed("a") + listed("b", 7) + listed("c", 8) + listed("d", 8) + listed("e", 9)
    numbering = lists(level(0, "chineseCounting", "%1、"), more=more)
    assert texts(body, numbering=numbering) == ["一、a", "二、b", "三、c", "四、d", "5)e"]


def test_a_style_of_a_paragraph_carries_a_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
        level(2, "decimal", "%3."),
    )
    refused = '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(p("x", properties=f'<w:pStyle w:val="{i}"/>') for i in (1, 2, 3, 3)) + p("x", properties=refused)
    assert texts(body, numbering=numbering, styles=styles) == ["一、x", "（一）x", "1.x", "2.x", "x"]


def test_the_usual_style_and_list_styles_carry_numbers() -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="公文"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="公文"/>{level(0, "decimal", "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert texts(p("甲") + p("乙"), numbering=numbering, styles=styles) == ["1、甲", "2、乙"]


def test_a_level_may_go_on_over_those_above_it() -> None:
    numbering = lists(level(0, "decimal", "%1、"), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = listed("a") + listed("b", index=1) + listed("c") + listed("d", index=1)
    assert texts(body, numbering=numbering) == ["1、a", "(1)b", "2、c", "(2)d"]


@pytest.mark.parametrize("index", ["9", "99999999999", "x", "-1", "²"])
def test_a_level_that_is_none_has_no_number_or_the_first(index: str) -> None:
    body = p("甲", properties=f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="1"/></w:numPr>')
    assert texts(body, numbering=OFFICIAL)[0] in ("甲", "一、甲")


# The file around the text.


def test_what_stands_beside_the_text_is_told() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>王某</dc:creator><dc:title/></cp:coreProperties>'
    )
    data = docx(
        p("正文"), comments=f"<w:comment>{p('核对数字')}</w:comment>", footnotes=f"<w:footnote>{p('含结转')}</w:footnote>",
        header=p("内部资料"), footer=p("第1页"), endnotes="",
    )  # fmt: skip
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    found = read_docx(zipped({**parts, "docProps/core.xml": core}), DEFAULT)
    assert [block.text for block in found.paragraphs] == ["正文"]
    assert sorted((hidden.kind, hidden.text) for hidden in found.hidden) == [
        ("metadata", "王某"),
        ("批注", "核对数字"),
        ("脚注", "含结转"),
        ("页眉", "内部资料"),
        ("页脚", "第1页"),
    ]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("word/document2.xml", "word/document2.xml"),
        ("/word/document.xml", "word/document.xml"),
        ("word/../正文/main.xml", "正文/main.xml"),
        ("nowhere.xml", "word/document.xml"),
    ],
)
def test_the_main_part_is_the_one_that_the_package_names(target: str, name: str) -> None:
    folder, _, file = name.rpartition("/")
    parts = {
        "_rels/.rels": relations({"officeDocument": target}),
        name: word_xml(listed("甲")),
        f"{folder}/_rels/{file}.rels": relations({"numbering": "lists.xml"}),
        f"{folder}/lists.xml": f'<w:numbering xmlns:w="{WORD}">{OFFICIAL}</w:numbering>',
    }
    assert [block.text for block in read_docx(zipped(parts), DEFAULT).paragraphs] == ["一、甲"]


def test_a_file_without_any_relations_is_read() -> None:
    assert [b.text for b in read(zipped({"word/document.xml": word_xml(p("甲"))})).paragraphs] == ["甲"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_parts_may_be_in_any_encoding_they_declare(encoding: str) -> None:
    declared = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}.get(encoding, "UTF-16")
    xml = word_xml(p("公开") + tbl(tr("甲", "1"), tr("乙", "2"))).replace("UTF-8", declared)
    found = read_docx(zipped({"word/document.xml": xml.encode(encoding)}), DEFAULT)
    assert found.blocks[0] == Paragraph("公开")


def test_strict_files_and_macro_files_and_templates_are_word_files() -> None:
    strict = word_xml(p("甲") + tbl(tr(tc("乙", span(2))), tr("1", "2"))).replace(
        WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}).replace(
            "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"
        ),
        "word/document.xml": strict,
        "word/vbaProject.bin": b"\0macro",
    }
    found = read(zipped(parts), name="报告.docm")
    assert found.blocks[0] == Paragraph("甲")
    assert isinstance(found.blocks[1], Grid)
    assert found.blocks[1].width == 2


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param("<!DOCTYPE w:document [<!ENTITY a 'x'>]>", id="at the head"),
        pytest.param("<!-- " + "x" * 5000 + " --><!DOCTYPE w:document [<!ENTITY a 'x'>]>", id="behind a long comment"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_and_however_they_are_declared(xml: str, encoding: str) -> None:
    text = word_xml(p("&a;")).replace("<w:document", xml + "<w:document", 1).replace("UTF-8", encoding)
    with pytest.raises(Damaged, match="实体"):
        read_docx(zipped({"word/document.xml": text.encode(encoding)}), DEFAULT)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"word/styles.xml": "<a/>"}, "没有正文"),
        ({"word/document.xml": ""}, "没有正文"),
        ({"word/document.xml": "<a/>"}, "没有正文"),
        ({"word/document.xml": "<w:document"}, "内部结构不完整"),
        ({"word/document.xml": b"\xff\xfe<\0w"}, "内部结构不完整"),
        ({"word/document.xml": word_xml(""), "_rels/.rels": "<"}, "内部结构不完整"),
    ],
)
def test_a_file_that_is_not_whole_is_told_in_one_line(parts: dict[str, str | bytes], told: str) -> None:
    with pytest.raises(Damaged, match=told) as caught:
        read_docx(zipped(parts), DEFAULT)
    assert "\n" not in str(caught.value)


def test_counts_over_the_limits_are_refused() -> None:
    few = Limits(blocks=3, cells=3)
    assert len(read_docx(docx(p("a") * 3), few).blocks) == 3
    for body in (p("a") * 4, p(r("<w:t>a</w:t><w:br/>" * 4)) + p("a")):
        with pytest.raises(TooLarge, match="3段"):
            read_docx(docx(body), few)
    with pytest.raises(TooLarge, match="3格"):
        read_docx(docx(tbl(tr("1", "2")) + tbl(tr("3", "4"))), few)


# What a whole file says, against another reader of the format.


def test_a_file_of_python_docx_is_read_as_it_was_made() -> None:
    import docx as python_docx

    made = python_docx.Document()
    made.add_heading("临溪县2024年政府信息公开工作年度报告", 0)
    paragraph = made.add_paragraph("全年")
    paragraph.add_run("公开").bold = True
    paragraph.add_run("12条。")
    table = made.add_table(3, 3)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(index)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "行政复议"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "总计"
    out = io.BytesIO()
    made.save(out)
    found = read(out.getvalue())
    assert [b.text for b in found.paragraphs] == ["临溪县2024年政府信息公开工作年度报告", "全年公开12条。"]
    (block,) = [b for b in found.blocks if isinstance(b, Grid)]
    assert [[c.text if c else "" for c in row] for row in block.rows] == [
        ["行政复议", "行政复议", "2"],
        ["3", "4", "总计"],
        ["6", "7", "总计"],
    ]


BROKEN = docx(
    listed("总体情况") + p("正文", r("<w:sym w:char='2460'/>"), r("<w:t>x</w:t>", "<w:vanish/>"))
    + tbl(tr(tc("甲", DOWN), tc("乙", span(2))), tr(tc("", GOES_ON), "1", "2")),
    numbering=OFFICIAL,
    styles='<w:style w:styleId="z"><w:basedOn w:val="z"/><w:rPr><w:vanish/></w:rPr></w:style>',
    comments=f"<w:comment>{p('批')}</w:comment>",
)  # fmt: skip


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
            (b"", b"<", b'"', b"9" * 400, b"\0", b"w:tbl", part[start : start + 40] * 3, bytes([start % 256]))
        )
        part[start : start + source.randrange(4)] = piece
    parts[name] = bytes(part)
    told = ""
    try:
        read(zipped(parts))
    except Unreadable as error:
        told = str(error) or "\n"
    assert "\n" not in told
