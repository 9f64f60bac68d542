"""Figures told in the text against the tables: what is compared, what is not, and where the finding stands."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.samples import sample_cells

from gongkai.documents.blocks import Paragraph
from gongkai.report.check.figures import figure_findings
from gongkai.report.check.parts import part_findings
from gongkai.report.check.told import number
from gongkai.report.form import form
from gongkai.report.model import Report, Section

CELLS = {
    "requests.received.total": 12,
    "requests.carried_in.total": 2,
    "requests.processed_total.total": 11,
    "requests.carried_out.total": 3,
    "requests.granted.total": 5,
    "requests.partly_granted.total": 2,
    "requests.refused_internal.total": 1,
    "requests.refused_process.total": 1,
    "requests.unavailable_not_held.total": 2,
    "remedies.reconsideration.total": 2,
    "remedies.reconsideration.upheld": 1,
    "remedies.reconsideration.pending": 1,
    "remedies.litigation_direct.total": 1,
    "remedies.litigation_after_reconsideration.total": 2,
    "proactive.normative_documents.issued": 3,
    "proactive.normative_documents.repealed": 1,
    "proactive.normative_documents.in_force": 20,
    "proactive.licences": 300,
}


def report(text, **changes):
    cells = {
        **dict.fromkeys(form("2021").cells, 0),
        **CELLS,
        **{key.replace("__", "."): value for key, value in changes.items()},
    }
    paragraph = Paragraph(text, line=7)
    return Report("临溪县水利局", 2024, "2021", (Section(1, "总体情况", (paragraph,)),), cells, paragraphs=(paragraph,))


AGREEING = [
    "全年收到政府信息公开申请12件，办结11件，结转下年度办理3件。",
    "2024年，我局新收政府信息公开申请12件，上年结转2件，共14件。",
    "共受理依申请公开14件。",
    "收到申请 12 件，其中予以公开 5 件，部分公开 2 件，不予公开 2 件，无法提供 2 件。",
    "全年收到政府信息公开申请十二件。",
    "收到公民、法人和其他组织提出的政府信息公开申请１２件。",
    "因政府信息公开被申请行政复议2件，被提起行政诉讼3件。",
    "全年制发行政规范性文件3件，废止1件，现行有效20件。",
    "作出行政许可决定300件。",
]
NOT_COMPARED = [
    "2023年收到政府信息公开申请20件。",
    "上年收到申请30件。",
    "收到申请较上年增加3件。",
    "全年收到网民咨询86件，均已答复。",
    "主动公开信息300条，其中政策文件9条。",
    "全年共办理人大代表建议9件、政协提案4件。",
    "自2019年以来累计收到政府信息公开申请100余件。",
    "收到政府信息公开申请10余件。",
    "受理行政许可申请200件。",
    "协助县政府办答复申请5件。",
    "全年公开行政许可信息320条。",
    "政府信息公开申请办结率达到98%。",
    "开展培训3次，参加人员200人次。",
    "未收到投诉举报。",
]


@pytest.mark.parametrize("text", AGREEING + NOT_COMPARED)
def test_what_agrees_or_speaks_of_other_things_is_silent(text):
    assert figure_findings(report(text)) == []
    assert part_findings(report(text)) == []


DIFFERING = [
    ("全年收到政府信息公开申请15件。", "15", 12),
    ("全年共收到 15 件政府信息公开申请。", "15", 12),
    ("新收政府信息公开申请十五件，办结11件。", "十五", 12),
    ("收到政府信息公开申请12件，办结10件。", "10", 11),
    ("收到政府信息公开申请12件，结转下年度5件。", "5", 3),
    ("收到政府信息公开申请12件，上年结转4件。", "4", 2),
    ("收到政府信息公开申请12件，其中予以公开6件。", "6", 5),
    ("收到政府信息公开申请12件，其中不予公开4件。", "4", 2),
    ("全年未收到政府信息公开申请。", "未收到", 12),
    ("因政府信息公开申请行政复议5件。", "5", 2),
    ("全年发生行政诉讼5件。", "5", 3),
    ("未发生因政府信息公开引发的行政复议。", "未发生", 2),
    ("全年制发行政规范性文件5件。", "5", 3),
    ("制发行政规范性文件3件，现行有效25件。", "25", 20),
    ("全年收到政府信息公开申请１５件。", "１５", 12),
]


@pytest.mark.parametrize(("text", "told", "cell"), DIFFERING)
def test_a_figure_that_differs_is_told_at_its_place(text, told, cell):
    [finding] = figure_findings(report(text))
    assert (finding.rule, finding.where, finding.expected) == ("N-FIGURE", f"7:{text.index(told) + 1}", cell)
    assert finding.found == (0 if "未" in told else number(told.translate({0xFF11: "1", 0xFF15: "5"})))
    assert finding.evidence


def test_a_null_cell_is_never_compared():
    assert figure_findings(report("全年收到政府信息公开申请15件。", requests__received__total=None)) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请12件，均已按时办结。",
        "收到政府信息公开申请12件，已全部答复。",
        "政府信息公开申请办结率100%。",
        "收到申请12件，无结转下年度办理的申请。",
        "发生行政复议2件，均获维持。",
    ],
)
def test_a_claim_that_a_cell_denies(text):
    assert [finding.rule for finding in figure_findings(report(text))] == ["N-CLAIM"]
    quiet = {"requests__carried_out__total": 0, "remedies__reconsideration__pending": 0}
    assert figure_findings(report(text, **quiet)) == []


@pytest.mark.parametrize(
    ("text", "whole", "total"),
    [
        ("收到政府信息公开申请12件，其中网络提交8件、信函提交3件。", 12, 11),
        ("收到政府信息公开申请12件，其中自然人10件，企业4件。", 12, 14),
        ("全年公开信息20条，其中政策文件16条、公告8条。", 20, 24),
    ],
)
def test_parts_that_exceed_or_miss_their_whole(text, whole, total):
    [finding] = part_findings(report(text))
    assert (finding.rule, finding.expected, finding.found) == ("N-PARTS", whole, total)
    assert finding.where == f"7:{text.index(str(whole)) + 1}"


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请12件，其中网络提交8件、信函提交4件。",
        "收到政府信息公开申请12件，其中自然人10件、企业2件，予以公开5件，部分公开2件。",
        "全年公开信息126条，其中政策文件9条、防汛信息48条，发布政策解读4篇。",
        "公开信息276条，其中政策50条、通知100余条。",
        "收到申请12件，其中主要是自然人提出的8件。",
    ],
)
def test_parts_that_are_in_order_are_silent(text):
    assert part_findings(report(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("二十三", 23),
        ("一百零五", 105),
        ("两", 2),
        ("十", 10),
        ("二〇", 20),
        ("", None),
        ("件", None),
    ],
)
def test_numbers_in_every_script(text, value):
    assert number(text) == value


def sentences(cells):
    value = {key.removeprefix("requests."): cells[key] for key in cells if key.startswith("requests.")}
    return (
        f"全年新收政府信息公开申请{value['received.total']}件，上年结转{value['carried_in.total']}件，"
        f"办结{value['processed_total.total']}件，予以公开{value['granted.total']}件，"
        f"部分公开{value['partly_granted.total']}件，结转下年度办理{value['carried_out.total']}件。"
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 5))
def test_sentences_from_the_cells_are_silent_and_one_changed_figure_is_found(seed, which):
    cells = sample_cells(random.Random(seed))
    text = sentences(cells)
    assert figure_findings(report(text, **cells)) == []
    names = ["received", "carried_in", "processed_total", "granted", "partly_granted", "carried_out"]
    wrong = {**cells, f"requests.{names[which]}.total": 99_999}
    [finding] = figure_findings(report(sentences(wrong), **cells))
    assert finding.where == f"7:{sentences(wrong).index('99999') + 1}"
    assert finding.expected == cells[f"requests.{names[which]}.total"]
