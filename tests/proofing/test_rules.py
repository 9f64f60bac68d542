"""Faults of every rule: each is found by its rule exactly where it stands, with its repair."""

import re

import pytest

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.proofing import proof


def of_rule(rule: str, text: str, *, year: int | None = 2024) -> list[Finding]:
    paragraphs = [Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1)]
    lines = text.split("\n")
    findings = proof(paragraphs, year=year)
    for finding in findings:
        line, column = map(int, finding.where.split(":"))
        assert lines[line - 1].startswith(str(finding.found), column - 1)
        assert finding.found
        assert finding.found != finding.expected
        assert finding.message
    return [finding for finding in findings if finding.rule == f"proof.{rule}"]


def told(rule: str, text: str) -> list[tuple[str, object, object]]:
    return [(finding.where, finding.found, finding.expected) for finding in of_rule(rule, text)]


NUMBERING = [
    ("一、总体情况\n正文。\n三、其他事项", [("3:1", "三、", "二、")]),
    ("一、总体情况\n正文。\n一、主要问题", [("3:1", "一、", "二、")]),
    ("六、其他需要报告的事项\n六、按照规定，没有收费。", [("2:1", "六、", "")]),
    ("一、情况\n（一）甲。\n（三）乙。", [("3:1", "（三）", "（二）")]),
    ("一、情况\n（一）甲。\n（二）乙。\n（二）丙。", [("4:1", "（二）", "（三）")]),
    ("一、情况\n（二）甲。", [("2:1", "（二）", "（一）")]),
    ("（一）情况\n1.甲。\n2.乙。\n4.丙。", [("4:1", "4.", "3.")]),
    ("（一）情况\n1.甲。\n2.乙。\n2.丙。", [("4:1", "2.", "3.")]),
    ("1.情况\n（1）甲。\n（3）乙。", [("3:1", "（3）", "（2）")]),
    ("1.情况\n（1）甲。\n（2）乙。\n（2）丙。", [("4:1", "（2）", "（3）")]),
    ("十、甲\n十二、乙", [("2:1", "十二、", "十一、")]),
    ("措施：一是甲；三是乙。", [("1:8", "三是", "二是")]),
    ("原因：一是甲；二是一些乙；五是丙。", [("1:14", "五是", "三是")]),
    ("措施：一是甲；二是乙；二是丙。", [("1:12", "二是", "三是")]),
    ("改进情况：（一）甲。（三）乙。", [("1:11", "（三）", "（二）")]),
    ("1、甲\n2、乙\n4、丙", [("3:1", "4", "3")]),
]
NUMBERED_WELL = [
    "原因：一是甲；二是一些乙；三是丙。",
    "原因：一是甲；其次是乙；三是丙。",
    "要做到一是一，二是二。",
    "一、甲\n二、乙\n（一）丙\n（二）丁\n三、戊\n（一）己",
    "一、甲\n（一）乙\n二、丙\n（二）丁",
    "一、甲（一）乙。\n（二）丙。",
    "（一）甲。\n（二）乙。（三）丙。\n（四）丁。",
    "（一）甲\n1.只有一项。\n（二）乙\n1.也只有一项。",
    "一、甲\n三、四季度增速回升。\n二、乙",
    "一、甲\n附件：1.清单\n2.样表",
    "二、申请条件不再保留的，见本办法第三条（二）项。",
]
PUNCTUATION = [
    ("工作有序,效果良好。", [("1:5", ",", "，")]),
    ("存在问题:力量不足。", [("1:5", ":", "：")]),
    ("是否公开?由谁决定？", [("1:5", "?", "？")]),
    ("一是加强领导;二是加强培训。", [("1:7", ";", "；")]),
    ("各项工作任务已经全部按时完成.", [("1:15", ".", "。")]),
    ("（一）甲\n(二)乙", [("2:1", "(", "（"), ("2:3", ")", "）")]),
    ("（1）甲\n(2)乙", [("2:1", "(", "（"), ("2:3", ")", "）")]),
    ("存在问题:\n一是甲,二是乙。", [("1:5", ":", "："), ("2:4", ",", "，")]),
    ("网址:www.example.gov.cn", [("1:3", ":", "：")]),
    ('他说"已经公开"了。', [("1:3", '"', "“"), ("1:8", '"', "”")]),
    ("依据《甲办法》、《乙办法》办理。", [("1:8", "、", "")]),
    ("内容真实，，数据准确。", [("1:6", "，", "")]),
    ("内容真实、。", [("1:5", "、", "")]),
    ("内容真实。。", [("1:6", "。", "")]),
]
PAIR = [
    ("他说：“已经公开。", [("1:4", "“", None)]),
    ("已经公开”的信息", [("1:5", "”", None)]),
    ("“甲“项工作", [("1:3", "“", "”")]),
    ("“甲“和“乙“项", [("1:3", "“", "”"), ("1:7", "“", "”")]),
    ("信息（含附件已经公开", [("1:3", "（", None)]),
    ("信息含附件）已经公开", [("1:6", "）", None)]),
    ("《条例已经施行", [("1:1", "《", None)]),
    ("条例》已经施行", [("1:3", "》", None)]),
    ("信息（含附件)已经公开", [("1:7", ")", "）")]),
    ("“信息（含附件”）", [("1:4", "（", None), ("1:9", "）", None)]),
]
DATE = [
    ("于2024年13月5日公布", [("1:2", "2024年13月5日", None)]),
    ("于2023年2月29日公布", [("1:2", "2023年2月29日", None)]),
    ("于6月31日公布", [("1:2", "6月31日", None)]),
    ("2024年0月的数据", [("1:1", "2024年0月", None)]),
    ("自2024年5月1日至2024年4月30日", [("1:2", "2024年5月1日至2024年4月30日", None)]),
    ("自2024年5月1日至4月30日止", [("1:2", "2024年5月1日至4月30日", None)]),
]
NUMERAL = [
    ("发布工作周报50余篇。", [("1:7", "50余篇", None)]),
    ("报送信息 20 余条。", [("1:6", "20 余条", None)]),
    ("受理申请十余件。", [("1:5", "十余件", None)]),
    ("事故起数减少3倍。", [("1:5", "减少3倍", None)]),
    ("成本下降了1.5倍。", [("1:3", "下降了1.5倍", None)]),
]
PLACEHOLDER = [
    ("清河县XX局2024年年度报告", [("1:4", "XX", None)]),
    ("全年公开信息××条", [("1:7", "××", None)]),
    ("清河县〇〇局", [("1:4", "〇〇", None)]),
    ("清河县○○局", [("1:4", "○○", None)]),
    ("全年公开信息ＸＸ条", [("1:7", "ＸＸ", None)]),
    ("全年公开信息X条", [("1:7", "X", None)]),
    ("2024年X月X日", [("1:6", "X", None), ("1:8", "X", None)]),
    ("改进措施：（待补充）", [("1:7", "待补充", None)]),
    ("改进措施待补充。", [("1:5", "待补充", None)]),
    ("公开时间：待定。", [("1:6", "待定", None)]),
    ("[单位名称]2024年年度报告", [("1:1", "[单位名称]", None)]),
    ("【机关名称】2024年年度报告", [("1:1", "【机关名称】", None)]),
    ("联系电话：____", [("1:6", "____", None)]),
    ("某某县人民政府", [("1:1", "某某", None)]),
    ("全县**局2024年年度报告", [("1:3", "**", None)]),
    ("<单位名称>2024年年度报告", [("1:1", "<单位名称>", None)]),
    ("结论TODO。", [("1:3", "TODO", None)]),
    ("（　）份申请", [("1:1", "（　）", None)]),
    ("全年共公开信息条，同比增长。", [("1:3", "共公开信息条", None)]),
    ("收到申请件，均已答复。", [("1:1", "收到申请件", None)]),
]
NO_PLACEHOLDER = [
    "张某某诉清河县人民政府一案已经审结。",
    "联系电话138****5678，李**、赵**符合条件。",
    "网址为https://www.example.gov.cn/list?id=xx&page=2。",
    "二〇〇八年五月施行，二〇〇〇年废止。",
    "会议时间待定，另行通知；待定岗人员12名。",
    "X光机、X射线设备、T恤、型号XXL。",
    "X项目部已经撤销。",
    "即办件、承诺件、退件的办理进度可以查询。",
    "________",
]
REPEAT = [
    ("全年没有收到公开申请。其他略。全年没有收到公开申请。", []),
    (
        "全年没有收到政府信息公开申请。其他略。全年没有收到政府信息公开申请。",
        [("1:20", "全年没有收到政府信息公开申请。", "")],
    ),
    (
        "全年没有收到政府信息公开申请。\n全年没有收到政府信息公开申请。",
        [("2:1", "全年没有收到政府信息公开申请。", "")],
    ),
    ("进行进行调查", [("1:1", "进行进行", "进行")]),
    ("公开的的内容", [("1:3", "的的", "的")]),
    ("1.甲：依法作出行政处罚决定书一份。\n2.甲：依法作出行政处罚决定书一份。", []),
]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (rule, *case)
        for rule, cases in {
            "numbering": NUMBERING,
            "punctuation": PUNCTUATION,
            "pair": PAIR,
            "date": DATE,
            "numeral": NUMERAL,
            "placeholder": PLACEHOLDER,
            "repeat": REPEAT,
        }.items()
        for case in cases
    ],
)
def test_faults_of_each_rule(rule, text, expected):
    assert told(rule, text) == expected


@pytest.mark.parametrize("text", NUMBERED_WELL)
def test_numbers_that_run_on_are_right(text):
    assert told("numbering", text) == []


@pytest.mark.parametrize("text", NO_PLACEHOLDER)
def test_words_and_masks_are_no_placeholders(text):
    assert told("placeholder", text) == []


@pytest.mark.parametrize(
    ("text", "told_"),
    [
        ("发放宣传资料2000余份。", []),
        ("收集意见60余条。", []),
        ("投资是上年的3倍，比上年增加1倍。", []),
        ("网址是www.example.gov.cn，时间为8:30，比例为5:3:2。", []),
        ("“同志们，工作很重要。\n“我们要做好。”", []),
        ("自2023年12月1日至2024年3月15日", []),
        ("评分：1）报价；2）方案。", []),
        ("编制O’Brien名录，参加’98书展", []),
    ],
)
def test_what_looks_like_a_fault_is_none(text, told_):
    assert [finding.found for finding in of_all(text)] == told_


def of_all(text: str) -> list[Finding]:
    return proof([Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1)], year=2024)


LEXICON = [
    ("serious_typo", "中华人民共合国", "中华人民共和国", True),
    ("serious_typo", "秸杆", "秸秆", False),
    ("leader_name", "习近乎", "习近平", True),
    ("leader_name", "省省委书记", "省委书记", False),
    ("political", "毛泽东理论", "毛泽东思想", True),
    ("political", "党中央国务院", "党中央、国务院", False),
    ("hk_mo_tw_territory", "台湾有关规定", "台湾地区有关规定", True),
    ("hk_mo_tw_territory", "香港政府", "香港特别行政区政府", False),
    ("institution_old", "县国土资源局", "自然资源局", False),
    ("institution_old", "国家工商总局", "市场监管总局", False),
    ("institution_wrong", "县工业与信息化局", "工业和信息化", False),
    ("institution_wrong", "县人民政府办公厅", "县人民政府办公室", False),
    ("law_term", "规章条例", "规章制度", False),
    ("law_term", "编制权利清单", "权力清单", False),
    ("spin_artefact", "效劳公开", "服务公开", False),
    ("spin_artefact", "当局网站", "政府网站", True),
    ("common_typo", "建立建全", "建立健全", False),
    ("common_typo", "乡村振新", "乡村振兴", True),
    ("redundancy", "切忌不要", "切忌", False),
    ("redundancy", "过半数以上", "半数以上", False),
    ("doc_number", "清政办〔24〕7号", None, False),
    ("doc_number", "国务院令711号", "国务院令第", False),
    ("date_number", "24年12月", "2024年", False),
    ("date_number", "2024.1.05", "2024年1月5日", False),
    ("date_number", "2024年01月05日", "2024年1月5日", False),
    ("date_number", "15～30%", "15%～30%", False),
    ("unit", "3KM", " km", False),
    ("unit", "3市斤", None, False),
    ("punctuation", "，，", "", False),
    ("heading", "（一）、", "", False),
    ("heading", "1、", ".", False),
    ("heading", "　　一.", "、", False),
    ("heading", "(1)、", "", False),
    ("social", "残废人", "残疾人", False),
    ("social", "村长", "村民委员会主任", False),
    ("repeat", "们们", "们", False),
]


@pytest.mark.parametrize(("category", "wrong", "right", "blocks"), LEXICON)
def test_faults_of_each_category_of_the_lexicon(category, wrong, right, blocks):
    (finding,) = of_rule(category, f"{wrong}，已经核对")
    assert wrong.endswith(str(finding.found)) or str(finding.found) in wrong
    assert (finding.expected, finding.blocks) == (right, blocks)


def test_every_category_has_a_fault():
    from gongkai.proofing.lexicon import shipped

    assert {category for category, *_ in LEXICON} == {row.category for row in shipped().rows}


def test_an_old_name_is_right_where_the_past_is_told():
    for text in (
        "依据《国土资源部关于印发〈办法〉的通知》办理。",
        "按国土资源局（清国土〔2015〕3号）的批复执行。",
        "原国土资源局的档案已经移交。",
        "2015年，县国土资源局完成了调查。",
        "县国土资源局更名为县自然资源局。",
        "环境保护部门、国土资源部门和农业部门应当配合。",
    ):
        assert of_all(text) == []


def test_invisible_characters_count_in_places_and_belong_to_what_was_found():
    (finding,) = of_all("精心布\u200b署工作。")
    assert (finding.where, finding.found, finding.expected) == ("1:3", "布\u200b署", "部署")
    (finding,) = of_all("\ufeff\u200b精心布署工作。")
    assert finding.where == "1:5"


def test_places_count_from_where_a_paragraph_was_cut_out():
    (finding,) = proof([Paragraph("精心布署工作。", line=7, column=4)])
    assert finding.where == "7:6"


def test_the_longest_match_wins_within_a_category_alone():
    rules = [(finding.rule, finding.found) for finding in of_all("建立效劳型当局。")]
    assert rules == [("proof.spin_artefact", "效劳型当局")]
    rules = [(finding.rule, finding.found) for finding in of_all("坚持全心全意为人名服务的宗旨。")]
    assert rules == [("proof.formula", "全心全意为人名服务"), ("proof.serious_typo", "为人名服务")]


def test_a_wrong_bracket_of_a_number_is_told_once():
    found = [(finding.rule, finding.found) for finding in of_all("按照国办函(2020年)109号（见附件）办理。")]
    assert found == [("proof.citation", "("), ("proof.citation", "年"), ("proof.citation", ")")]


def test_severities_follow_the_table_of_rules():
    hints = {finding.rule for finding in of_all("2024 年，报送信息20余条；今年以来“甲”(乙)（丙）。")}
    assert {finding.severity for finding in of_all("2024 年，报送信息20余条；今年以来“甲”(乙)（丙）。")} == {
        Severity.HINT
    }
    assert hints == {"proof.date_number", "proof.numeral", "proof.formula", "proof.punctuation"}
    assert re.fullmatch(r"proof\.[a-z_]+", next(iter(hints)))
