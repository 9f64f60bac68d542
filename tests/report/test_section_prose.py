"""What sections five and six, the topics of section one and the opening may say, and what of it is told."""

import pytest

from gongkai.documents.blocks import Paragraph
from gongkai.report.check.sections import section_findings
from gongkai.report.form import form
from gongkai.report.model import Report, Section

TEXTS = {
    1: (
        "（一）主动公开情况。公开各类信息126条。",
        "（二）依申请公开情况。收到政府信息公开申请3件。",
        "（三）政府信息管理情况。对历史文件标注效力。",
        "（四）政府信息公开平台建设情况。调整网站栏目。",
        "（五）监督保障情况。开展业务培训2次。",
    ),
    5: ("解读形式较为单一，图解数量偏少。", "今后增加流程图和现场答疑，按月核对。"),
    6: ("本年度没有收取信息处理费。",),
}


def findings(*changes, preamble="", **cells):
    texts = {**TEXTS, **dict(changes)}
    values = {**dict.fromkeys(form("2021").cells, 0), **{key.replace("__", "."): value for key, value in cells.items()}}
    sections = tuple(
        Section(
            head.number,
            head.title,
            tuple(Paragraph(text, line) for line, text in enumerate(texts.get(head.number, ()), 1)),
        )
        for head in form("2021").sections
    )
    opening = (Paragraph(preamble),) if preamble else ()
    return section_findings(Report("临溪县水利局", 2024, "2021", sections, values, preamble=opening))


def rules(*changes, **cells):
    return [f"{finding.rule} {finding.where}" for finding in findings(*changes, **cells)]


SIX_SILENT = [
    "本年度没有收取信息处理费，没有其他需要报告的事项。",
    "2024年，我局收取信息处理费0元。",
    "依据《政府信息公开信息处理费管理办法》，全年收取信息处理费1200元。",
    "全年未向申请人收取任何费用。",
    "按要求落实年度工作要点：一是公开重点领域信息；二是规范专栏。",
    "无收取信息处理费的情况，无其他需要报告的事项。",
]
EMPTY = [
    "无",
    "无。",
    "暂无",
    "没有其他需要报告的事项。",
    "本年度无其他需要报告的事项。",
    "我局没有需要报告的其他事项。",
    "2024年度本单位无其他需要报告的事项。",
    "无其他需要说明的情况",
]


def test_a_full_report_is_silent():
    assert rules() == []


@pytest.mark.parametrize("text", SIX_SILENT)
def test_a_statement_on_fees_or_other_matters_is_enough(text):
    assert rules((6, (text,))) == []
    assert rules((6, (text,)), proactive__charges=12) == []


@pytest.mark.parametrize("text", EMPTY)
def test_a_section_that_says_nothing(text):
    assert rules((6, (text,))) == ["S-EMPTY sections.6"]
    assert rules((5, (text,))) == ["S-EMPTY sections.5"]
    assert rules((6, (text,)), proactive__charges=12) == ["S-EMPTY sections.6", "S-FEE sections.6"]


@pytest.mark.parametrize("number", [5, 6])
def test_a_heading_without_text(number):
    assert rules((number, ())) == [f"S-EMPTY sections.{number}"]


@pytest.mark.parametrize("text", ["加强公开工作。", "问题不大，继续努力。"])
def test_a_few_characters_on_problems(text):
    assert rules((5, (text,))) == ["S-EMPTY sections.5"]


@pytest.mark.parametrize("text", ["没有其他需要报告的事项。", "公开了部门预算和决算。", ""])
def test_lapses_for_fees_want_a_word_on_fees(text):
    told = rules((6, (text,) if text else ()), requests__other_fee_unpaid__total=2)
    assert "S-FEE sections.6" in told


TOPICS = [
    ("（一）主动公开情况。成立领导小组，明确职责。", 1),
    ("（一）主动公开情况。全年发布信息两千余条。", 0),
    ("（一）主动公开情况。网站更新信息56篇、公示12项。", 0),
    ("（二）依申请公开情况。完善渠道，优化流程。", 1),
    ("（二）依申请公开情况。未收到申请。", 0),
    ("（二）依申请公开情况。全年没有依申请公开事项，申请数为零。", 0),
    ("（二）依申请公开情况。受理申请十二件。", 0),
]


@pytest.mark.parametrize(("text", "told"), TOPICS)
def test_what_each_topic_must_tell(text, told):
    changed = tuple(text if text[:3] == old[:3] else old for old in TEXTS[1])
    assert len(findings((1, changed))) == told


@pytest.mark.parametrize("left_out", range(5))
def test_a_topic_that_is_left_out(left_out):
    plain = ("主动公开信息5条。", "收到申请3件。", "信息管理有序。", "网站运行平稳。", "开展培训2次。")
    kept = tuple(text for index, text in enumerate(plain) if index != left_out)
    [finding] = findings((1, kept))
    assert form("2021").sections[0].topics[left_out] in finding.message


OPENINGS = [
    (
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。",
        [],
    ),
    (
        "全文包括总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，因政府信息公开工作被申请行政复议、提起行政诉讼情况，存在的主要问题及改进情况和其他需要报告的事项六部分。",
        [],
    ),
    ("本年度报告由六个部分组成。", []),
    ("本报告包括总体情况、主动公开政府信息情况、申请办理情况、复议诉讼情况等六个部分。", []),
    ("全年工作分为五个方面推进，成效明显。", []),
    ("本报告由总体情况、主动公开、申请办理、存在问题、其他事项五个部分组成。", ["S-SECTION sections.1"]),
    (
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。",
        ["S-SECTION sections.1"],
    ),
    ("年报共分为七个部分。", ["S-SECTION sections.1"]),
]


@pytest.mark.parametrize(("text", "told"), OPENINGS)
def test_how_many_parts_the_opening_announces(text, told):
    assert rules(preamble=text) == told


SAME = [
    (("存在的问题：公开内容不够全面，政策解读不够深入。", "改进措施：公开内容不够全面，政策解读不够深入。"), True),
    (("存在的问题：一是解读形式单一；二是更新不够及时。", "改进情况：一是增加图解视频；二是每周检查栏目。"), False),
    (("针对上年解读较少的问题，已增加图解4篇。", "下一步，按月核对公开清单，组织答疑。"), False),
]


@pytest.mark.parametrize(("texts", "told"), SAME)
def test_problems_repeated_as_improvements(texts, told):
    assert rules((5, texts)) == (["S-SAME sections.5"] if told else [])
