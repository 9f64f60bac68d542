import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.blocks import Block, Document, Grid, Paragraph, Style
from gongkai.documents.html import read_html
from gongkai.documents.limits import DEFAULT, Limits, TooLarge, Unreadable


def page(source: str, limits: Limits = DEFAULT) -> Document:
    return read_html(source.encode(), limits)


def shape(block: Block) -> str | list[list[str]]:
    return block.text if isinstance(block, Paragraph) else [[cell.text for cell in line] for line in block.lines]


def shapes(source: str) -> list[str | list[list[str]]]:
    return [shape(block) for block in page(source).blocks]


def grid(source: str) -> Grid:
    (found,) = [block for block in page(source).blocks if isinstance(block, Grid)]
    return found


def places(source: str) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in grid(source).cells]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>甲</p><div>乙<div>丙</div>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("<p>甲<br>乙<br/><br>丙</p>", ["甲", "乙", "丙"]),
        ("<p><span>自</span><font>然</font>\n<b>人</b></p>", ["自然人"]),
        ("<p>自<!-- 注 -->然<o:p></o:p>人<ucapcontent>数</ucapcontent>量</p>", ["自然人数量"]),
        ("<p>a\n  b \t c</p>", ["a b c"]),
        ("<p>公开\r\n  条例 第三条</p>", ["公开条例 第三条"]),
        ("<p>&nbsp;甲&nbsp;乙　丙&lt;&amp;&gt;&#x4e01;</p>", ["\xa0甲\xa0乙　丙<&>丁"]),
        ("<p> </p><p>&nbsp;</p><div>　</div><p></p>甲", ["甲"]),
        ("<ul><li>甲<li>乙</ul><dl><dt>丙<dd>丁</dl>", ["甲", "乙", "丙", "丁"]),
        ("<nav><a href=/>首页</a> <a href='x/'>公开</a></nav>", ["首页 公开"]),
        ("<p><a href='x'/>甲<p/>乙", ["甲", "乙"]),
        ("<select><option>甲<option>乙</select>丙", ["丙"]),
        ("<select><option>甲<p>乙<table><tr><td>a<td>b</table>", ["甲", "乙", [["a", "b"]]]),
        ("<form>甲<input type='hidden' value='乙'><input value='丙'>丁</form>", ["甲丁"]),
        ("<p>甲<i aria-hidden='true'>乙</i></p>", ["甲乙"]),
        ("<p>自\u200b然\ufeff人</p>", ["自\u200b然\ufeff人"]),
        ("<p>&ldquo;三&middot;四&rdquo;&#12304;五&#x3011;&hellip;&amp;lt;</p>", ["“三·四”【五】…&lt;"]),
        ("<p>甲<!-- <table><tr><td>乙</table> -->丙</p><!--[if lt IE 9]><p>丁</p><![endif]-->", ["甲丙"]),
        ("<!--[if gte mso 9]><xml><w:View>丁</w:View></xml><![endif]--><p><![if !lists]>一、<![endif]>甲", ["一、甲"]),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><title/><p>甲<br/>乙</p></html>",
            ["甲", "乙"],
        ),
        ("<pre>甲\n  乙   丙\n\n丁</pre>戊\n己", ["甲", "  乙   丙", "丁", "戊己"]),
        ("<textarea>甲\n乙</textarea>", ["甲", "乙"]),
        ("文字", ["文字"]),
        ("", []),
        (" \n", []),
        ("<!-- 注 -->", []),
        ("<html></html>", []),
    ],
)
def test_lines_are_what_a_visitor_sees(source: str, texts: list[object]) -> None:
    assert shapes(source) == texts


@pytest.mark.parametrize("name", ["script", "style", "noscript", "template", "iframe", "title", "video"])
def test_what_is_never_seen_is_left_out(name: str) -> None:
    assert shapes(f"<p>甲</p><{name}>无</{name}><p>乙</p>") == ["甲", "乙"]


def test_blocks_are_numbered_as_they_come_and_headings_have_their_style() -> None:
    blocks = page("<title>无</title><h1>年度<br>报告</h1><h2>一</h2><h3 class=a>二</h3><h4>三</h4><p>四").blocks
    assert [(block.line, shape(block)) for block in blocks] == [
        (1, "年度"),
        (2, "报告"),
        (3, "一"),
        (4, "二"),
        (5, "三"),
        (6, "四"),
    ]
    styles = [block.style for block in blocks if isinstance(block, Paragraph)]
    assert styles == [Style.TITLE] * 2 + [Style.HEADING] * 2 + [Style.BODY] * 2


def test_hidden_parts_are_told_and_not_read() -> None:
    document = page(
        "<p>甲<span style='DISPLAY : none'>藏<i hidden>一</i></span>乙</p><div hidden>藏二</div>"
        "<p style='visibility:hidden'>藏三</p><p style='display:block'>丙<div hidden></div>丁</p>"
    )
    assert [shape(block) for block in document.blocks] == ["甲乙", "丙", "丁"]
    assert [hidden.text for hidden in document.hidden] == ["藏一", "藏二", "藏三"]
    assert document.hidden[0].kind == "隐藏文字"
    assert document.kind == "html"


@pytest.mark.parametrize(
    ("style", "is_seen"),
    [
        ("display:none", False),
        ("color: red; Display : None", False),
        ("VISIBILITY:hidden", False),
        ("max-width: none; display: block", True),
        ("overflow: hidden; border-top: none", True),
        ("color: red;" * 200 + "display: none", False),
    ],
)
def test_a_style_hides_by_two_properties_in_any_case(style: str, is_seen: bool) -> None:
    assert shapes(f"<p>甲</p><p style='{style}'>乙</p>") == ["甲", "乙"][: 1 + is_seen]


def test_words_about_hiding_hide_nothing() -> None:
    source = "<p>样式写作 display:none 即为隐藏</p><p title='visibility: hidden' class='hidden '>甲</p><td may-hide>乙"
    assert shapes(source) == ["样式写作 display:none 即为隐藏", "甲", "乙"]


def test_a_control_character_behind_a_hidden_part_is_read_as_one_that_cannot_be_told() -> None:
    document = page("<p>甲<span hidden>藏</span>乙\x01丙&amp;#xFFFD;</p>")
    assert [block.text for block in document.paragraphs] == ["甲乙\ufffd丙&#xFFFD;"]


def test_a_hidden_cell_keeps_its_place_unless_it_is_not_displayed() -> None:
    hidden = "<tr><td>甲<td style='{}' rowspan=2 colspan=2>藏<td>乙<tr><td>丙<td>丁"
    source = f"<table>{hidden.format('visibility: hidden')}</table><table>{hidden.format('display:none')}</table>"
    document = page(source)
    assert [shape(block) for block in document.blocks] == [
        [["甲", "", "乙"], ["丙", "", "丁"]],
        [["甲", "乙"], ["丙", "丁"]],
    ]
    assert [
        cell.column for grid in document.blocks if isinstance(grid, Grid) for cell in grid.cells if cell.text == "乙"
    ] == [3, 1]
    assert [found.text for found in document.hidden] == ["藏", "藏"]


def test_spans_are_expanded() -> None:
    source = "<table><tr><td rowspan=2>三<td colspan='2'>四<td>五<tr><td>六<td>七<td rowspan=3>八<tr><td>九<td>十<td>一</table>"
    assert places(source) == [
        ("三", 0, 0, 2, 1),
        ("四", 0, 1, 1, 2),
        ("五", 0, 3, 1, 1),
        ("六", 1, 1, 1, 1),
        ("七", 1, 2, 1, 1),
        ("八", 1, 3, 2, 1),
        ("九", 2, 0, 1, 1),
        ("十", 2, 1, 1, 1),
        ("一", 2, 2, 1, 1),
    ]


def test_cells_keep_their_lines_and_empty_ones_their_place() -> None:
    source = "<table><tr><td>结果<br/>维持<td>\n<p>一</p>\n<p>二</p><td></td><td>&nbsp;3 <td/></tr><tr><th>x</th></tr></table>"
    found = grid(source)
    assert shape(found) == [["结果\n维持", "一\n二", "", "3", ""], ["x"]]
    assert [cell.header for cell in found.cells] == [False] * 5 + [True]
    assert {cell.line for cell in found.cells} == {found.line} == {1}
    assert not found.ragged


def test_sections_bound_spans_and_the_caption_is_kept() -> None:
    source = (
        "<table><caption>收到和<b>处理</b></caption><thead><tr><th rowspan=9>甲<th>乙<tr><th>丙<tbody><tr><td rowspan=0>丁<td>1"
        "<tr><td>2<tr><td>3<tfoot><tr><td>戊<td>4</table>"
    )
    found = grid(source)
    assert found.caption == "收到和处理"
    assert shape(found) == [["甲", "乙"], ["甲", "丙"], ["丁", "1"], ["丁", "2"], ["丁", "3"], ["戊", "4"]]


def test_cells_without_a_row_begin_one_in_each_section() -> None:
    assert shape(grid("<table><thead><th>甲<th>乙<tbody><td>1<td rowspan=9>2<tfoot><td>3<td>4</table>")) == [
        ["甲", "乙"],
        ["1", "2"],
        ["3", "4"],
    ]


def test_what_is_no_word_of_a_cell_is_left_out_of_it() -> None:
    source = (
        "<form><table><tr><td><style>.a{}</style>收到<td><input value=4><font color=red>3</font><!-- 5 -->"
        "<tr><td>乙<script>x</script><td><a name=top></a>2<sup>①</sup></table></form>"
    )
    assert shape(grid(source)) == [["收到", "3"], ["乙", "2①"]]


def test_rows_without_cells_are_skipped_and_not_counted_in_spans() -> None:
    source = "<table><tr></tr><tr><td rowspan=3>甲<td>1</tr><tr></tr><tr><td>2</tr><tr><td>乙<td>3</tr></table>"
    assert places(source) == [
        ("甲", 0, 0, 2, 1),
        ("1", 0, 1, 1, 1),
        ("2", 1, 1, 1, 1),
        ("乙", 2, 0, 1, 1),
        ("3", 2, 1, 1, 1),
    ]


def test_a_span_ends_before_a_cell_from_above() -> None:
    source = "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>"
    assert places(source)[3:] == [("d", 1, 0, 1, 1), ("e", 1, 2, 1, 1)]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("colspan=1000000000", (1, 2)),
        ("colspan=99999999999999999999", (1, 2)),
        ("rowspan=65534", (2, 1)),
        ("rowspan=0", (2, 1)),
        ("colspan=0", (1, 1)),
        ("colspan=-3 rowspan=x", (1, 1)),
        ("colspan=' 2 '", (1, 2)),
    ],
)
def test_absurd_spans_are_bounded_by_the_table(span: str, expected: tuple[int, int]) -> None:
    cell = grid(f"<table><tr><td {span}>甲<tr><td>1<td>2</table>").cells[0]
    assert (cell.rows, cell.columns) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<table><tr>" + "<td>a" * 10_000 + "</table>", id="columns"),
        pytest.param("<table><tr><td colspan=999>a<td colspan=999>b</table>", id="spans"),
        pytest.param("<table>" + "<tr><td rowspan=2000>a<td>b" * 1_500 + "</table>", id="stairs"),
        pytest.param("<table>" + "<tr><td colspan=900>a<td>b" * 500 + "</table>", id="places"),
        pytest.param(("<table><tr><td colspan=900>a<td>b" + "<tr><td>a<td>b" * 50 + "</table>") * 9, id="all places"),
        pytest.param("<div>" * 100_000 + "a", id="depth"),
        pytest.param("<table><tr><td>" * 100_000 + "a", id="nested tables"),
        pytest.param("<p>a" * 500_000, id="tags"),
    ],
)
def test_bombs_are_refused_in_one_line(source: str) -> None:
    with pytest.raises(TooLarge, match="超过"):
        page(source)


def test_many_hidden_elements_within_each_other_are_one() -> None:
    (hidden,) = page("甲" + "<b hidden>" * 100 + "<i hidden>藏</i>" * 20_000).hidden
    assert hidden.text == "藏" * 20_000


def test_too_many_paragraphs_are_refused() -> None:
    with pytest.raises(TooLarge, match="段落超过 3 个"):
        page("<p>a" * 4, Limits(blocks=3))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<table><tr><td>外<table><tr><td>a<td>b</table>后<td>末</table>", ["外", [["a", "b"]], "后", "末"]),
        ("<table><tr><td><h1>题</h1><p>文</table>", ["题", "文"]),
        ("<table><tr><td>一<tr><td>" + "文" * 201 + "</table>", ["一", "文" * 201]),
        ("<table><tr><td>一<tr><td>" + "文" * 81 + "。</table>", ["一", "文" * 81 + "。"]),
        ("<table><tr><td>一<tr><td>二</table>", [[["一"], ["二"]]]),
        ("<table><tr><td> <td>&nbsp;</table>甲", ["甲"]),
        ("<table><caption>题</caption></table>甲<td>乙<tr>丙", ["题", "甲", "乙", "丙"]),
        ("<table>散<tr><td>a<td>b</table>", ["散", [["a", "b"]]]),
    ],
)
def test_tables_that_only_lay_out_the_page_give_their_blocks(source: str, expected: list[object]) -> None:
    assert shapes(source) == expected
    assert [block.line for block in page(source).blocks] == list(range(1, len(expected) + 1))


def test_a_page_laid_out_by_tables_gives_what_is_within() -> None:
    source = (
        "<table width=1000><tr><td colspan=2><a href=/>首页</a><tr><td><table><tr><td>年报<tr><td>指南</table><td>"
        "<table><tr><td><h1>报告</h1><p>正文</p><table border=1><tr><td>新收<td>3<tr><td>结转<td>0</table></table></table>"
    )
    assert shapes(source) == ["首页", [["年报"], ["指南"]], "报告", "正文", [["新收", "3"], ["结转", "0"]]]


ESCAPED = r"<p>标题<\/p><table class=\"x\">\n<tr><td>新收<br \/>数量<\/td><td>3&nbsp;<\/td><\/tr><\/table>"


@pytest.mark.parametrize(
    "source",
    [
        '{"title": "无", "content": "' + ESCAPED + '"}',
        '<html><body><script>var a = "' + ESCAPED + "\", b = 'x';</script></body></html>",
        "<script>var a = '" + ESCAPED.replace("\\", "\\\\\\") + "';</script>",
        'callback({"content":"' + ESCAPED.replace("<", "\\u003c").replace("\\u003ctable", "<table") + '"})',
    ],
)
def test_a_page_within_a_string_is_read(source: str) -> None:
    assert shapes(source) == ["标题", [["新收\n数量", "3"]]]


def test_a_table_in_a_string_begins_far_before_its_first_escape() -> None:
    source = f"<p>{'甲' * 1000}</p><script>var a = '<table {'w' * 199}\\\"><tr><td>乙<td>丙</table>'</script>"
    assert shapes(source) == ["甲" * 1000, [["乙", "丙"]]]


def test_a_string_is_not_read_beside_a_table_that_is_seen() -> None:
    assert shapes(f'<table><tr><td>a<td>b</table><script>var a = "{ESCAPED}";</script>') == [[["a", "b"]]]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8"),
        ("utf-8", "gbk"),
        ("big5", "big5"),
        ("x", "utf-16"),
    ],
)
def test_the_bytes_decide_the_encoding(declared: str, encoding: str) -> None:
    for meta in (f'charset="{declared}"', f"http-equiv=Content-Type content='text/html; charset={declared}'"):
        source = f"<html><head><meta {meta}></head><body><p>年度公告，本年收到三件。</p></body></html>"
        assert [shape(block) for block in read_html(source.encode(encoding), DEFAULT).blocks] == [
            "年度公告，本年收到三件。"
        ]


words = st.sampled_from(["", "0", "12", "新收", "a b", " 3 ", "&nbsp;", "&lt;", "一<br>二", "<p>三</p>", "&#12288;"])
cells = st.tuples(st.sampled_from(["td", "th", "td rowspan=2", "th colspan=2", "td rowspan=0"]), words)
rows = st.lists(st.lists(cells, max_size=5), min_size=1, max_size=5)


@settings(max_examples=200, deadline=None)
@given(
    rows=rows,
    closed=st.booleans(),
    around=st.sampled_from(["{}", "<h1>{}</h1>", "<pre>{}</pre>", "<table><tr><td>{}<td>外</table>"]),
)
def test_cells_read_the_same_whatever_else_their_tags_say(
    rows: list[list[tuple[str, str]]], closed: bool, around: str
) -> None:
    """Cells that say nothing are taken by the run; those with an attribute one by one."""

    def table(attribute: str) -> Document:
        lines = ["".join(f"<{tag}{attribute}>{text}{f'</{tag[:2]}>' * closed}" for tag, text in row) for row in rows]
        return page(around.format(f"<table><tr>{'<tr>'.join(lines)}</table>"))

    assert table("") == table(" title='x'")


tags = [
    "table",
    "/table",
    "tr",
    "td",
    "/td",
    "td/",
    "th",
    "tbody",
    "caption",
    "td rowspan=3",
    "td colspan=2",
    "td rowspan=0",
]
tags += [
    "p",
    "/p",
    "br",
    "div",
    "/div",
    "div hidden",
    "pre",
    "/pre",
    "h1",
    "span",
    "/span",
    "script",
    "/script",
    "a<b",
    "x/",
]
pieces = st.sampled_from([f"<{tag}>" for tag in tags] + ["甲", "1", "&nbsp;", " ", "<", ">", "&", '"', "<!--", "-->"])


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(pieces, max_size=40))
def test_any_markup_gives_blocks_whose_cells_never_overlap(parts: list[str]) -> None:
    blocks = page("".join(parts)).blocks
    assert [block.line for block in blocks] == list(range(1, len(blocks) + 1))
    for block in blocks:
        if isinstance(block, Grid):
            covered = [
                (row, column)
                for cell in block.cells
                for row in range(cell.row, cell.row + cell.rows)
                for column in range(cell.column, cell.column + cell.columns)
            ]
            assert len(covered) == len(set(covered))
            assert [list(line) for line in block.lines] == [
                [cell for cell in dict(zip(map(id, row), row, strict=True)).values() if cell] for row in block.rows
            ]
        else:
            assert block.text.strip()


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_clear_refusal(data: bytes) -> None:
    try:
        kind = read_html(data, DEFAULT).kind
    except Unreadable as error:
        kind = str(error)
    assert kind == "html" or kind.endswith("。")
