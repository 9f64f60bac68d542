"""Section headings as offices word them, and reports whose sections are out of the form's order or number."""

import pytest
from tests.report.texts import SECTIONS, whole_text

from gongkai.report.reading import read_report
from gongkai.report.reading.sections import heading_of

HEADINGS = {
    1: [
        "一、总体情况",
        "一、概述",
        "一、2023年工作开展情况",
        "一、2023年政务公开总体情况",
        "一、总体情况、",
        "、总体情况",
        "第一部分 总体情况",
        "一 总体情况",
        "一.总体情况",
        "一、政府信息公开工作基本情况",
        "总体情况",
    ],
    2: [
        "二、主动公开政府信息情况",
        "二、主动公开信息情况",
        "二、政府信息主动公开情况",
        "二、主动公开情况",
        "主动公开政府信息情况",
        "二、 主动公开政府信息的情况：",
    ],
    3: [
        "三、收到和处理政府信息公开申请情况",
        "三、收到和处理政府信息公开申请",
        "三、收到和办理政府信息公开申请情况",
        "三、政府信息公开申请的收到和处理情况",
        "三、依申请公开政府信息情况",
    ],
    4: [
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、政府信息公开行政复议和行政诉讼情况",
        "四、复议、诉讼情况",
    ],
    5: [
        "五、存在的主要问题及改进情况",
        "五、存在问题及改进情况",
        "五、存在的主要问题及整改措施",
        "五、政府信息公开工作存在的主要问题及下一步打算",
        "五、存在的不足及改进措施",
    ],
    6: ["六、其他需要报告的事项", "六、其他需要说明的事项", "六、需要报告的其他事项", "六、其他情况"],
    7: ["七、2022年工作思路"],
}
NO_HEADINGS = [
    "（一）主动公开情况",
    "（二）依申请公开情况",
    "一、主动公开情况",
    "二、依申请公开情况",
    "1.总体情况",
    "二是加强培训",
    "一是主动公开政府信息情况良好。",
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "四、结转下年度继续办理",
    "全年共收到申请3件",
]


@pytest.mark.parametrize(("number", "heading"), [(n, heading) for n, named in HEADINGS.items() for heading in named])
def test_a_heading_is_known_by_its_meaning(number, heading):
    found = heading_of(heading)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_topics_rows_and_sentences_are_no_headings(text):
    assert heading_of(text) is None


def sections_of(text):
    return [(section.number, section.numeral) for section in read_report(text.encode()).sections]


ORDER = [(number, numeral) for number, numeral in enumerate("一二三四五六", 1)]


def test_a_table_of_contents_is_no_section():
    text = whole_text()
    heads = [line for line in text.split("\n") if line[1:2] == "、" and "\t" not in line]
    title, _, rest = text.partition("\n")
    assert sections_of("\n".join([title, *heads, rest])) == ORDER


def test_chapters_that_begin_again_are_kept_to_be_told():
    again = f"{whole_text()}\n一、总体情况\n各项工作有序开展。\n五、存在的主要问题及改进情况\n解读仍需加强。"
    assert sections_of(again) == [*ORDER, (1, "一"), (5, "五")]


def test_an_extra_chapter_keeps_its_number():
    assert sections_of(f"{whole_text()}\n七、2025年工作思路\n继续做好公开工作。") == [*ORDER, (7, "七")]


def test_a_heading_with_its_text_on_the_same_line():
    text = whole_text().replace("六、其他需要报告的事项\n", "六、其他需要报告的事项：")
    assert read_report(text.encode()).sections[-1].text == SECTIONS[6]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_prose_above_a_table_and_notes_below_it_stay_prose(number):
    lines = whole_text().split("\n")
    head = next(i for i, line in enumerate(lines) if line[:2] == f"{'一二三四'[number - 1]}、" and "\t" not in line)
    end = next(i for i, line in enumerate(lines) if line[:2] == f"{'一二三四五'[number]}、" and "\t" not in line)
    above, below = "本年度情况见下表，数据截至12月31日。", "注：数量含上年度结转数量。"
    report = read_report("\n".join([*lines[: head + 1], above, *lines[head + 1 : end], below, *lines[end:]]).encode())
    assert report.section(number).text == f"{above}\n{below}"
    assert report.blank_cells == {}
    assert report.cells == read_report(whole_text().encode()).cells


def test_a_line_with_the_unit_above_the_table_is_kept_as_prose():
    text = (
        whole_text()
        .replace("报告\n", "报告\n\n", 1)
        .replace("情况\n信息内容", "情况\n单位：临溪县水利局 2024年度\n信息内容")
    )
    report = read_report(text.encode())
    assert report.blank_cells == {}
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
