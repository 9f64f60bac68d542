"""The defects of published reports that can be seen in the file, or beside last year's: each is found, and only it.

The numbers are those of the study of 38 defects (the rest concern time and place of publication, or other reports):
7 to 13 title, parts and copying, 14 to 18 sums, 19 to 26 figures and text, 27 to 30 tables and form, 31 to 38 the rest.
"""

import pytest
from tests.report.texts import SECTIONS, figures, whole_text

from gongkai.documents.blocks import Document
from gongkai.documents.limits import DEFAULT
from gongkai.documents.text import blocks_of_text
from gongkai.report.check import check
from gongkai.report.reading import interpret

TITLE = "临溪县水利局2024年政府信息公开工作年度报告"
PREAMBLE = (
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成，统计期限为2024年1月1日至2024年12月31日。"
)
ONE = """（一）主动公开情况。全年通过县政府网站公开信息126条，发布政策解读4篇。
（二）依申请公开情况。全年收到政府信息公开申请3件，上年结转1件，办结3件，予以公开3件，结转下年度办理1件。
（三）政府信息管理情况。全年制发行政规范性文件2件，废止1件，现行有效9件。
（四）政府信息公开平台建设情况。调整网站栏目6个，由办公室专人维护。
（五）监督保障情况。开展业务培训2次，把公开工作纳入股室考核。"""
FIVE = (
    "存在的主要问题：一是解读形式较为单一，图解数量偏少；二是股室之间报送信息不够及时。\n"
    "改进情况：增加流程图和现场讲解，年内完成两次集中答疑；建立按月报送清单，由办公室逐月核对。"
)
SIX = "2024年没有收取信息处理费，没有其他需要报告的事项。"
BASE = (
    whole_text()
    .replace("报告\n", f"报告\n{PREAMBLE}\n", 1)
    .replace(SECTIONS[1], ONE)
    .replace(SECTIONS[5], FIVE)
    .replace(SECTIONS[6], SIX)
)
LAST = (
    whole_text(figures(carried_out__natural_person=1, carried_out__total=1))
    .replace("2024", "2023")
    .replace("2\t1\t9", "2\t1\t8")
)
GRANTED = "（一）予以公开\t3\t0\t0\t0\t0\t0\t3"
DONE = "（七）总计\t3\t0\t0\t0\t0\t0\t3"
OPEN = "四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1"
FEE = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0"

# (defect, old → new …, rules and places told)
DEFECTS = [
    ("7 title of another kind", [(TITLE, "临溪县水利局2024年政府信息公开工作报告")], ["F-TITLE 1:1"]),
    ("8 a covering letter", [(TITLE, f"关于报送{TITLE}的函")], ["F-TITLE 1:1"]),
    (
        "9 a statutory part missing",
        [("五、存在的主要问题及改进情况\n" + FIVE + "\n", "")],
        ["S-SECTION sections.5", "proof.numbering 48:1"],
    ),
    ("10 the number missing in a sentence", [("公开信息126条", "公开信息条")], ["proof.placeholder 4:20"]),
    ("13 perfunctory", [(FIVE, "进一步加强工作。")], ["S-EMPTY sections.5"]),
    (
        "14 in and out differ",
        [(OPEN, OPEN.replace("\t1", "\t0")), ("1件。", "0件。")],
        [
            "T3-BALANCE requests.natural_person",
            "T3-BALANCE requests.total",
        ],
    ),
    (
        "15 results differ from the total",
        [(DONE, DONE.replace("\t3", "\t4"))],
        [
            "T3-RESULT requests.natural_person",
            "T3-RESULT requests.total",
            "T3-BALANCE requests.natural_person",
            "T3-BALANCE requests.total",
        ],
    ),
    (
        "16 a row without its total",
        [(GRANTED, GRANTED[:-1])],
        [
            "CELL-BLANK requests.granted.total",
            "T3-ROW requests.granted",
            "T3-RESULT requests.total",
        ],
    ),
    (
        "16 a row with another total",
        [(GRANTED, GRANTED[:-1] + "4"), ("予以公开3件", "予以公开4件")],
        [
            "T3-ROW requests.granted",
            "T3-RESULT requests.total",
        ],
    ),
    ("18 a group of table four", [("1\t0\t0\t0\t1", "1\t0\t2\t0\t1")], ["T4-TOTAL remedies.litigation_direct"]),
    ("19 another figure in the text", [("申请3件，上年", "申请2件，上年")], ["N-FIGURE 5:24"]),
    (
        "20 all handled, and one carried over",
        [("，上年结转1件，办结3件，予以公开3件，结转下年度办理1件", "，均已按时办结")],
        ["N-CLAIM 5:27"],
    ),
    (
        "22 parts exceed the whole",
        [("公开信息126条", "公开信息276条，其中政策216条、动态50条、公告100余条")],
        ["N-PARTS 4:24", "proof.numeral 4:46"],
    ),
    ("23 another year in the text", [("至2024年12月", "至2023年12月")], ["S-YEAR 2:99", "proof.date 2:89"]),
    ("23 another year as subject", [("（五）监督保障情况。", "（五）监督保障情况。2023年，我局")], ["S-YEAR 8:11"]),
    ("24 a slash for nil", [("行政强制\t0", "行政强制\t/")], ["CELL-BLANK proactive.coercive_measures"]),
    ("25 six parts announced, five listed", [("、存在的主要问题及改进情况、其他", "、其他")], ["S-SECTION sections.1"]),
    ("25 five parts announced", [("六个部分", "五个部分")], ["S-SECTION sections.1"]),
    ("26 two of five topics", [(ONE, ONE[: ONE.index("（三）")].strip())], ["S-TOPIC sections.1"]),
    ("27 the old label", [("行政规范性文件\t2", "规范性文件\t2")], ["F-LABEL proactive.normative_documents"]),
    ("27 a label with an addition", [("现行有效件数", "现行有效件数（历史累计）")], ["F-LABEL proactive"]),
    ("28 a unit in a cell", [("行政许可\t12", "行政许可\t12件")], ["CELL-VALUE proactive.licences"]),
    ("28 yuan in a cell of 万元", [("1.50", "15000元")], ["CELL-VALUE proactive.charges"]),
    ("28 a negative count", [("行政许可\t12", "行政许可\t-12")], ["CELL-VALUE proactive.licences"]),
    ("30 the old notice cited", [("本报告由", "根据国办公开办函〔2019〕60号，本报告由")], ["proof.citation 2:3"]),
    ("31 a part numbered too low", [("六、其他", "五、其他")], ["S-SECTION sections.6", "proof.numbering 51:1"]),
    ("33 nothing in part five", [(FIVE, "无")], ["S-EMPTY sections.5"]),
    (
        "34 lapses for fees, part six silent",
        [
            (FEE, FEE.replace("\t0", "\t1", 1)[:-1] + "1"),
            (GRANTED, GRANTED.replace("\t3", "\t2")),
            ("予以公开3件", "予以公开2件"),
            (SIX, "没有其他需要报告的事项。"),
        ],
        ["S-EMPTY sections.6", "S-FEE sections.6"],
    ),
    ("35 a doubled word", [("由办公室专人维护", "进一步进一步规范格式")], ["proof.repeat 7:26"]),
    (
        "38 another agency's name left",
        [("（五）监督保障情况。", "（五）监督保障情况。石桥县水利局认真落实要求。")],
        ["S-AGENCY 8:11"],
    ),
]
BESIDE_LAST_YEAR = [
    (
        "17 carried in differs",
        [("二、上年结转政府信息公开申请数量\t1", "二、上年结转政府信息公开申请数量\t0")],
        "X-CARRY",
    ),
    ("37 documents in force jump", [("2\t1\t9", "2\t1\t19")], "X-INFORCE"),
]


def read(text):
    return interpret(Document(blocks_of_text(text, DEFAULT)))


def changed(changes):
    text = BASE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_the_report_without_defects_is_silent():
    assert check(read(BASE)) == []
    assert check(read(BASE), previous=read(LAST)) == []


@pytest.mark.parametrize(("changes", "told"), [d[1:] for d in DEFECTS], ids=[d[0] for d in DEFECTS])
def test_a_defect_is_found_and_nothing_else(changes, told):
    found = check(read(changed(changes)))
    assert sorted(f"{finding.rule} {finding.where}" for finding in found) == sorted(told)
    assert all(finding.basis for finding in found)
    assert [
        finding.message for finding in found if "请" not in finding.message and not finding.rule.startswith("proof.")
    ] == []


@pytest.mark.parametrize(("changes", "rule"), [d[1:] for d in BESIDE_LAST_YEAR], ids=[d[0] for d in BESIDE_LAST_YEAR])
def test_a_defect_that_shows_beside_last_years_report(changes, rule):
    text = changed(changes)
    alone, beside = check(read(text)), check(read(text), previous=read(LAST))
    assert rule not in {finding.rule for finding in alone}
    assert rule in {finding.rule for finding in beside}
    assert {finding.rule for finding in beside} - {finding.rule for finding in alone} == {rule}


def test_a_report_with_only_its_figures_changed_is_copied():
    """11 and 12: the same text as last year's."""
    last = read(BASE.replace("2024", "2023").replace("126", "98"))
    found = check(read(BASE), previous=last)
    assert {finding.where for finding in found if finding.rule == "S-COPIED"} == {"sections.1"}


def test_tables_that_cannot_be_read():
    """29: only the headings are left."""
    text = "\n".join(line for line in BASE.split("\n") if "\t" not in line)
    found = [(finding.rule, finding.where) for finding in check(read(text))]
    assert found == [("T-MISSING", key) for key in ("proactive", "requests", "remedies")]
