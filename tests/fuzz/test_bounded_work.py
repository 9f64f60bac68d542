"""Texts of one piece over and over, which catch whatever takes time by the square: each within what a file is given.

They are read by the product's own children, which kill what takes more than its ten seconds; nothing is timed here.
"""

import pytest

from gongkai.batch.collect import Work, batches
from gongkai.batch.jobs import Source

BYTES = 100_000
SOAK_BYTES = 300_000
PIECES = (
    *(
        "|",
        "| ",
        "|-",
        "|---|\n",
        "\t",
        " ",
        "　",
        "\n",
        "\r",
        "\x0c",
        "\u200b",
        "1",
        "1.",
        "1,",
        "１",
        "0 ",
        "1 2 3\n",
        "1\n",
        "1\t1\n",
    ),
    *(
        "《",
        "》",
        "《〈",
        "〈",
        "《》",
        "“",
        "”",
        "“‘",
        "‘",
        '"',
        "'",
        "（",
        "）",
        "(",
        ")",
        "[",
        "]",
        "【",
        "】",
        "〔2020〕1号",
        "{{",
        "「",
    ),
    *(
        "。",
        "，",
        ",",
        ".",
        "、",
        "；",
        "：",
        "：1",
        "！",
        "?",
        "…",
        "—",
        "-",
        "- ",
        "*",
        "**",
        "_",
        "＿",
        "#",
        "# ",
        "`",
        "\\",
        "@",
        "%",
        "&",
    ),
    *(
        "一",
        "十",
        "百",
        "〇",
        "○",
        "×",
        "XX",
        "一、",
        "一、\n",
        "（一）",
        "（一）\n",
        "1.\n",
        "第",
        "第一条",
        "年",
        "月",
        "日",
        "2024",
        "2024年",
    ),
    *(
        "2024-01-01 ",
        "二〇二四年",
        "2月30日",
        "元",
        "万元",
        "件",
        "余",
        "1件",
        "收到1件，",
        "申请1件，其中1件，",
        "其中",
        "其他",
        "合计",
        "总计",
    ),
    *(
        "公开",
        "的",
        "县",
        "局",
        "县水利局",
        "石桥县农业农村局",
        "政府信息公开条例",
        "《政府信息公开条例》",
        "国办发",
        "国办发[2020]1号",
        "国办发〔",
    ),
    *(
        "“十四五”",
        "“十四五”开局之年",
        "以公开为常态",
        "以公开为常态、不公开为例外",
        "再接再励",
        "贯彻落实",
        "全部办结",
        "未收到",
        "无",
        "今年以来",
    ),
    *(
        "自然人",
        "本年新收",
        "结果维持",
        "予以公开\n",
        "（三）不予公开",
        "存在的问题",
        "改进",
        "年度报告",
        "一、总体情况\n",
        "六、其他需要报告的事项\n无\n",
    ),
    *("A", "a ", "http://", "a.b", "<", ">", "<1>", "&#65;", "\U0001f600", "待", "某某", "条", "篇。"),
)
TAGS = (
    *(
        "<div>",
        "</div>",
        "<br>",
        "<p>",
        "<td>",
        "<tr>",
        "<table>",
        "<table><tr>",
        "<tr><td>1",
        "<td rowspan=9>",
        "<td colspan=900>1<tr>",
    ),
    *(
        "<!--",
        "-->",
        "<script>",
        "<style>",
        "<pre>",
        "<span hidden>",
        "<div hidden>x",
        "<h1>",
        "<caption>",
        "<tbody>",
        "<li>",
        "<a href=",
        "<p style='display:none'>",
    ),
    *(
        '\\"<td\\">',
        "\\u003ctd\\u003e",
        "&amp;",
        "&nbsp;",
        "<![CDATA[",
        "<?xml",
        "<svg>",
        "<select><option>",
        "<b><p>",
        "</p>",
        "<table></p>",
    ),
)


def unfinished(work, kind, pieces, size):
    """The pieces whose text could not be done in time, or ended the child."""
    texts = [(piece.encode() * size)[:size] for piece in pieces]
    begin = b"<html><body>" if kind == "html" else b""
    sources = [Source(f"{number}.{kind}".encode(), begin + text) for number, text in enumerate(texts)]
    with batches(2) as running:
        replies = running.replies(Work(work), sources)
        return {piece: reply.error for piece, (_, reply) in zip(pieces, replies, strict=True) if is_fault(reply)}


def is_fault(reply):
    """Whether a text was given up for its time, its memory or a fault: other refusals are stated limits."""
    return reply.error is not None and any(word in reply.error for word in ("秒", "内存", "异常", "崩溃"))


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_one_piece_over_and_over_is_checked_in_time(kind):
    assert unfinished("checking", kind, PIECES, BYTES) == {}


def test_one_tag_over_and_over_is_checked_in_time():
    assert unfinished("checking", "html", (*TAGS, *PIECES[::4]), BYTES) == {}


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["txt", "md", "html"])
@pytest.mark.parametrize("work", ["checking", "proofreading"])
def test_one_piece_over_and_over_is_checked_in_time_when_longer(kind, work):
    assert unfinished(work, kind, (*TAGS, *PIECES), SOAK_BYTES) == {}
