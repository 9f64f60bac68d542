"""Secret marks: their form at the head of page one, and nothing else."""

import pytest

from gongkai.files.secrecy import mark_in

MARKS = {
    "机密★5年": "机密★5年",
    "绝密★": "绝密★",
    "秘密★启用前": "秘密★启用前",
    "秘密★长期": "秘密★长期",
    "机密★至2030年1月1日": "",
    "机密★2030年1月1日": "机密★2030年1月1日",
    "机 密 ★ １ 年": "机密★1年",
    "　　秘密 ☆ 十年": "秘密☆十年",
    "秘密10年": "秘密10年",
    "机密 6个月": "机密6个月",
    "密级：秘密★3年": "秘密★3年",
    "000001机密★1年": "机密★1年",
    "000001　　　机密★1年　　　特急": "机密★1年",
    "份号：000012\t秘密★1年": "秘密★1年",
    "机密★1年特急": "机密★1年",
}
NO_MARKS = [
    "国家秘密",
    "机密",
    "绝密文件",
    "本件不属于国家秘密",
    "机密级文件的管理按照有关规定执行",
    "涉及商业秘密的，保密期限为3年",
    "秘密1年的文件共3件",
    "关于机密★5年标志的填写说明",
    "秘密（商业秘密）",
    "公开★",
    "5年",
    "",
]


@pytest.mark.parametrize("line", MARKS)
def test_the_form_of_a_mark(line: str) -> None:
    assert mark_in(["某某县人民政府文件", line]) == MARKS[line]


@pytest.mark.parametrize("line", NO_MARKS)
def test_a_word_is_no_mark(line: str) -> None:
    assert mark_in([line], headers=[line]) == ""


def test_only_the_head_counts() -> None:
    body = [f"第{n}段正文" for n in range(20)]
    assert mark_in([*body[:11], "机密★1年"]) == "机密★1年"
    assert mark_in([*body[:12], "机密★1年"]) == ""
    assert mark_in(["", "  ", *body[:11], "机密★1年"]) == "机密★1年", "empty lines do not count"


def test_the_page_header_is_part_of_the_head() -> None:
    assert mark_in(["正文"], headers=["机密★1年　青禾县人民政府"]) == "机密★1年"
    assert mark_in(["正文"], headers=["青禾县人民政府"]) == ""
