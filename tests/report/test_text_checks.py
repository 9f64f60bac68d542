"""Sections, copied text, names and years."""

import random
import re
from dataclasses import replace

import pytest
from tests.report.samples import sample_report
from tests.report.texts import SECTIONS, whole_text

from gongkai.documents.blocks import Document, Paragraph
from gongkai.report.check.copying import copied, fingerprint
from gongkai.report.check.names import name_findings
from gongkai.report.check.sections import section_findings
from gongkai.report.layout import blocks_of
from gongkai.report.look_alikes import SHARE, LookAlikes, likeness
from gongkai.report.model import Report, Section
from gongkai.report.reading import interpret, read_report


def report(*changes):
    text = whole_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_report(text.encode())


def told(findings, rule):
    return [(finding.where, finding.found) for finding in findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("五、存在的主要问题及改进情况\n" + SECTIONS[5] + "\n", ""), ["sections.5"]),
        (("六、其他需要报告的事项", "五、其他需要报告的事项"), ["sections.6"]),
        (("四、政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议、行政诉讼情况"), ["sections.4"]),
        ((SECTIONS[6], SECTIONS[6] + "\n七、2025年工作思路\n继续做好公开工作。"), ["sections.7"]),
        ((SECTIONS[6], SECTIONS[6] + "\n一、总体情况\n各项工作有序开展。"), ["sections.1"]),
    ],
)
def test_sections_missing_misnumbered_extra_or_restarted(change, where):
    assert [place for place, _ in told(section_findings(report(change)), "S-SECTION")] == where


def test_a_whole_report_has_its_sections_in_order():
    assert told(section_findings(report()), "S-SECTION") == []


@pytest.mark.parametrize("text", ["无", "无。", "没有其他需要报告的事项", "暂无"])
def test_a_section_that_only_says_nothing(text):
    found = section_findings(report((SECTIONS[5], text), (SECTIONS[6], text)))
    assert [place for place, _ in told(found, "S-EMPTY")] == ["sections.5", "sections.6"]


def test_full_statements_are_not_empty():
    assert told(section_findings(report()), "S-EMPTY") == []


def test_fee_lapses_in_the_table_want_a_word_in_section_six():
    lapse = (
        "不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0\n三、本年度办理结果\t（六）其他处理\t3",
        "不再处理其政府信息公开申请\t1\t0\t0\t0\t0\t0\t1\n三、本年度办理结果\t（六）其他处理\t3",
    )
    assert told(section_findings(report(lapse, (SECTIONS[6], "没有其他需要报告的重要事项。"))), "S-FEE") == [
        ("sections.6", "没有其他需要报告的重要事项。")
    ]
    assert told(section_findings(report(lapse)), "S-FEE") == []


def test_topics_that_section_one_leaves_out():
    found = section_findings(
        report(
            (
                SECTIONS[1],
                "（一）主动公开情况。成立领导小组，明确职责分工。\n（二）依申请公开情况。完善申请渠道，优化办理流程。",
            )
        )
    )
    messages = [finding.message for finding in found if finding.rule == "S-TOPIC"]
    assert len(messages) == 3
    assert "政府信息管理" in messages[0]
    assert messages[1].startswith("（一）")
    assert messages[2].startswith("（二）")


@pytest.mark.parametrize(
    "line",
    [
        "（二）依申请公开情况。全年收到申请3件。",
        "（二）依申请公开情况。未收到政府信息公开申请。",
        "（二）依申请公开情况。收到申请数量为零。",
    ],
)
def test_a_count_of_requests_or_none_is_enough(line):
    found = section_findings(report((SECTIONS[1], line)))
    assert not [finding for finding in found if "（二）" in finding.message]


def test_problems_repeated_as_improvements():
    same = "存在的问题：公开内容不够全面，政策解读不够深入。改进措施：公开内容不够全面，政策解读不够深入。"
    assert [place for place, _ in told(section_findings(report((SECTIONS[5], same))), "S-SAME")] == ["sections.5"]
    assert told(section_findings(report()), "S-SAME") == []


def read_sample(seed, year=2024):
    return interpret(Document(tuple(blocks_of(sample_report(random.Random(seed), year=year)))))


def test_a_report_copied_from_last_year_is_told_with_its_share():
    this, last = read_sample(1), read_sample(1, year=2023)
    found = copied(this, last, named="2023年度报告")
    assert [(finding.rule, finding.where, finding.found) for finding in found] == [
        ("S-COPIED", "sections.1", "100%"),
        ("S-COPIED", "sections.5", "100%"),
    ]
    assert all(finding.evidence for finding in found)


def test_reports_of_their_own_are_not_copied():
    assert copied(read_sample(1), read_sample(2), named="另一份报告") == []


def test_the_passages_of_a_copied_section_are_told_with_their_places():
    this, last = read_sample(1), read_sample(1, year=2023)
    changed = replace(this, sections=tuple(with_other_figures(section) for section in this.sections))
    [one, _] = copied(changed, last, named="2023年度报告")
    assert one.found == "100%"
    assert len(one.evidence) == 3
    assert "相同，如：“" in one.message


def with_other_figures(section):
    return replace(
        section, paragraphs=tuple(Paragraph(re.sub(r"\d+", "77", p.text), p.line) for p in section.paragraphs)
    )


def print_of(seed, *, changed=0):
    """The fingerprint of a report with 600 characters of its own, some of them changed."""
    source, change = random.Random(seed), random.Random(seed + 1)
    text = [chr(source.randrange(0x4E00, 0x9FA5)) for _ in range(600)]
    for at in change.sample(range(600), k=changed):
        text[at] = "改"
    return fingerprint(Report("甲局", 2024, "2021", (Section(1, "总体情况", (Paragraph("".join(text)),)),), {}))


def test_like_texts_have_like_fingerprints():
    assert likeness(print_of(1), print_of(1)) == 1
    assert likeness(print_of(1), print_of(2)) < 0.1
    assert likeness(print_of(1), print_of(1, changed=6)) >= SHARE
    assert likeness(print_of(1), print_of(1, changed=100)) < SHARE
    assert fingerprint(report()) == (), "a text of few words is like many"


def test_a_look_alike_of_another_agency_is_found_whatever_stands_between():
    seen = LookAlikes()
    prints = {seed: print_of(seed) for seed in range(12)}
    assert [seen.earlier(f"{seed}.txt", f"甲{seed}局", told) for seed, told in prints.items()] == [None] * 12
    found = seen.earlier("again.txt", "乙局", print_of(3, changed=4))
    assert (found.rule, found.severity) == ("S-COPIED", "hint")
    assert "（3.txt）" in found.message
    assert "“甲3局”的报告（3.txt）" in found.message
    assert seen.earlier("own.txt", "甲5局", prints[5]) is None, "other years of an agency are checked beside it"


def test_a_template_that_all_share_is_no_sign_of_copying():
    seen, told = LookAlikes(), print_of(1)
    found = [seen.earlier(f"{at}.txt", f"{at}局", told) for at in range(120)]
    assert found[1] is not None
    assert found[60:] == [None] * 60


@pytest.mark.parametrize(
    "title",
    [
        "临溪县水利局2024年政府信息公开工作报告",
        "临溪县水利局2024年政府信息公开年度报告",
        "临溪县水利局2024年度政府信息公开工作年度报告",
        "临溪县水利局政府信息公开工作年度报告",
    ],
)
def test_an_altered_title(title):
    found = name_findings(report(("临溪县水利局2024年政府信息公开工作年度报告", title)))
    assert told(found, "F-TITLE") == [("1:1", title)]


def test_the_official_title_is_silent_with_spaces_too():
    changed = ("临溪县水利局2024年政府信息公开工作年度报告", "临溪县水利局 2024 年政府信息公开工作年度报告")
    assert name_findings(report()) == []
    assert name_findings(report(changed)) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("临溪县农业农村局高度重视政府信息公开工作。", "临溪县农业农村局"),
        ("石桥县水利局把公开工作纳入年度考核。", "石桥县水利局"),
    ],
)
def test_another_agency_in_the_first_person(sentence, found):
    findings = name_findings(report((SECTIONS[1], sentence)))
    assert told(findings, "S-AGENCY") == [("3:1", found)]


@pytest.mark.parametrize(
    "sentence",
    [
        "临溪县水利局高度重视政府信息公开工作。",
        "会同临溪县农业农村局开展联合检查。",
        "按照临溪县人民政府办公室的统一安排开展工作。",
        "学习《石桥县水利局信息公开办法》的做法。",
        "认真落实省水利厅的部署。",
        "与临溪县自然资源局共享数据。",
    ],
)
def test_agencies_that_a_report_may_name(sentence):
    assert told(name_findings(report((SECTIONS[1], sentence))), "S-AGENCY") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("本报告的统计期限为2023年1月1日至2023年12月31日。", ["2023", "2023"]),
        ("2023年，我局主动公开信息120条。", ["2023"]),
    ],
)
def test_another_year_left_in_the_text(sentence, found):
    assert [text for _, text in told(name_findings(report((SECTIONS[1], sentence))), "S-YEAR")] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限为2024年1月1日至2024年12月31日。",
        "针对2023年存在的问题，2024年采取以下措施。",
        "较2023年，我局公开信息增加20条。",
        "2025年，我局将继续完善公开制度。",
        "印发《临溪县水利发展规划（2021—2025年）》。",
        "落实国办函〔2020〕109号要求。",
    ],
)
def test_years_that_a_report_may_name(sentence):
    assert told(name_findings(report((SECTIONS[1], sentence))), "S-YEAR") == []


def test_names_are_told_at_the_place_of_the_text():
    paragraph = Paragraph("石桥县水利局把公开工作纳入考核。", line=9, column=4)
    base = report()
    changed = type(base)(base.agency, base.year, base.form, base.sections, base.cells, paragraphs=(paragraph,))
    assert [finding.where for finding in name_findings(changed)] == ["9:4"]
