import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.proofing.formula import formula_findings, table
from gongkai.proofing.nearness import stretch
from gongkai.proofing.wordings import Phrase, Series


def findings(text: str, year: int | None = None) -> list[Finding]:
    result = list(formula_findings(Paragraph(text), year=year))
    for finding in result:
        start = int(finding.where.split(":")[1]) - 1
        assert text[start:].startswith(str(finding.found))
        assert finding.rule == "proof.formula"
    return result


def pairs(text: str, year: int | None = None) -> list[tuple[object, object, Severity]]:
    return [(finding.found, finding.expected, finding.severity) for finding in findings(text, year)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("按照“以公开为常态、不公开是例外”的要求", "以公开为常态、不公开是例外", "以公开为常态、不公开为例外"),
        ("坚持以公开为常态、不公开为列外，", "以公开为常态、不公开为列外", "以公开为常态、不公开为例外"),
        ("坚持习近平新时代特色社会主义思想为指导", "习近平新时代特色社会主义思想", "习近平新时代中国特色社会主义思想"),
        ("以习近平总志为核心的党中央", "以习近平总志为核心的党中央", "以习近平同志为核心的党中央"),
        ("全心全意为人名服务", "全心全意为人名服务", "全心全意为人民服务"),
        ("坚持党的领导、人民当家做主、依法治国有机统一", "党的领导、人民当家做主、依法治国有机统一", "党的领导、人民当家作主、依法治国有机统一"),
        ("让权利在阳光下运行", "权利在阳光下运行", "权力在阳光下运行"),
        ("把权利关进制度的笼子", "把权利关进制度的笼子", "把权力关进制度的笼子"),
        ("不忘初心、牢计使命", "不忘初心、牢计使命", "不忘初心、牢记使命"),
        ("市场化、法制化、国际化营商环境", "市场化、法制化、国际化", "市场化、法治化、国际化"),
        ("国家治理体系与治理能力现代化", "国家治理体系与治理能力现代化", "国家治理体系和治理能力现代化"),
        ("推进国家治理能力和治理体系现代化", "国家治理能力和治理体系现代化", "国家治理体系和治理能力现代化"),
        ("共建共享共治的格局", "共建共享共治", "共建共治共享"),
        ("统筹推进“五位一体”战略布局", "“五位一体”战略布局", "“五位一体”总体布局"),
        ("协调推进“四个全面”总体布局", "“四个全面”总体布局", "“四个全面”战略布局"),
        ("坚定“四个意识”", "坚定“四个意识”", "增强“四个意识”"),
        ("做到“两个维护”，增强“四个自信”", "增强“四个自信”", "坚定“四个自信”"),
        ("深化“放服管”改革", "“放服管”", "“放管服”"),
        ("知情权、参与权、监督权、表达权", "知情权、参与权、监督权、表达权", "知情权、参与权、表达权、监督权"),
        ("知情权、参与权、表述权、监督权", "表述权", "表达权"),
        ("执行公开、决策公开、管理公开、服务公开和结果公开", "执行公开、决策公开、管理公开、服务公开和结果公开", "决策公开、执行公开、管理公开、服务公开、结果公开"),
        ("决策公开、执行公开、管理公开、结果公开“五公开”", "决策公开、执行公开、管理公开、结果公开", "决策公开、执行公开、管理公开、服务公开、结果公开"),
        ("政治意识、核心意识、大局意识、看齐意识", "政治意识、核心意识、大局意识、看齐意识", "政治意识、大局意识、核心意识、看齐意识"),
        ("政治意识、大局意识、核心意思、看齐意识", "核心意思", "核心意识"),
        ("道路自信、制度自信、理论自信、文化自信", "道路自信、制度自信、理论自信、文化自信", "道路自信、理论自信、制度自信、文化自信"),
        ("创新、绿色、协调、开放、共享", "创新、绿色、协调、开放、共享", "创新、协调、绿色、开放、共享"),
        ("自我净化、自我完善、自我改新、自我提高", "自我改新", "自我革新"),
    ],
)  # fmt: skip
def test_misquoted_formulas(text, found, expected):
    assert pairs(text) == [(found, expected, Severity.ERROR)]


def test_other_marks_inside_a_formula_are_a_hint():
    assert pairs("坚持以公开为常态，不公开为例外") == [
        ("以公开为常态，不公开为例外", "以公开为常态、不公开为例外", Severity.HINT)
    ]
    assert pairs("以公开为原则、不公开为例外")[0][2] is Severity.HINT


def test_a_slip_in_the_leading_thought_blocks():
    assert [finding.blocks for finding in findings("习近平新时代特色社会主义思想")] == [True]
    assert [finding.blocks for finding in findings("让权利在阳光下运行")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "村民的知情权、决策权、参与权、监督权",
        "决策公开、执行公开、结果公开",
        "推进决策公开、执行公开等“五公开”",
        "增强政治意识、大局意识、责任意识",
        "全心全意为人民谋幸福",
        "全面建设社会主义现代化强国",
        "全面建设社会主义现代化河南",
        "法定职责必须履行",
        "基层治理体系和治理能力现代化",
        "习近平新时代中国特色社会主义经济思想",
        "不忘初心、砥砺前行",
        "创新、协调、绿色发展",
        "以公开为常态",
        "放管服改革",
        "经济建设、社会建设、文化建设",
        "中央八项规定及其实施细则精神",
    ],
)
def test_other_phrases_are_left_alone(text):
    assert pairs(text, 2024) == []


def test_no_formula_of_the_table_alarms_itself():
    for row in table().wordings:
        text = (
            row.official if isinstance(row, Phrase) else "、".join(row.items) if isinstance(row, Series) else row.right
        )
        assert pairs(f"我们{text}。", 2024) == [], text
    assert len([row for row in table().wordings if not hasattr(row, "pattern")]) >= 40


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_character_changed_inside_a_phrase_is_always_found(data):
    row = data.draw(st.sampled_from([row for row in table().wordings if isinstance(row, Phrase)]))
    index = data.draw(st.integers(1, len(row.official) - 2))
    changed = row.official[:index] + "甲" + row.official[index + 1 :]
    assert (changed, row.official) in [pair[:2] for pair in pairs(f"，{changed}，")]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_series_out_of_order_is_always_found(data):
    row = data.draw(st.sampled_from([row for row in table().wordings if isinstance(row, Series)]))
    items = data.draw(st.permutations(row.items))
    text = "、".join(items)
    expected = [] if items == list(row.items) else [(text, "、".join(row.items), Severity.ERROR)]
    assert pairs(f"落实{text}，") == expected


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("这是“十四五”开局之年。", 2021, None),
        ("这是“十四五”开局之年。", 2024, "“十四五”开局之年"),
        ("2024年是“十四五”规划的开局之年。", None, "“十四五”规划的开局之年"),
        ("2021年是“十四五”开局之年。", 2024, None),
        ("今年是党的二十大召开之年。", 2022, None),
        ("今年是党的二十大召开之年。", 2023, "党的二十大召开之年"),
        ("是全面贯彻党的二十大精神的开局之年", 2023, None),
        ("是全面贯彻落实党的二十大精神的开局之年", 2024, "全面贯彻落实党的二十大精神的开局之年"),
        ("2024 年是“十四五”规划实施承上启下的关键一年", 2024, "“十四五”规划实施承上启下的关键一年"),
        ("是“十四五”规划承上启下之年", 2023, None),
        ("是实现“十四五”规划目标任务的关键一年", 2024, None),
        ("是实现“十四五”规划目标任务的关键一年", 2025, "实现“十四五”规划目标任务的关键一年"),
        ('是"十四五"规划收官之年', 2025, None),
        ('是"十四五"规划收官之年', 2024, '"十四五"规划收官之年'),
        ("明年是“十四五”规划收官之年", 2024, None),
        ("2025年是“十四五”规划收官之年，", 2024, None),
        ("是“十五五”开局之年", 2026, None),
        ("是“十五五”开局之年", 2025, "“十五五”开局之年"),
        ("是“十五五”开局之年", None, None),
    ],
)
def test_formulas_of_the_years(text, year, found):
    expected = [(found, None, Severity.HINT)] if found else []
    assert pairs(text, year) == expected


OF_A_YEAR = [
    (2021, "“十四五”开局之年"),
    (2021, "“十四五”规划的开局之年"),
    (2021, "“十四五”规划起步之年"),
    (2022, "党的二十大召开之年"),
    (2022, "党的二十大胜利召开之年"),
    (2023, "全面贯彻党的二十大精神的开局之年"),
    (2023, "全面贯彻落实党的二十大精神的开局之年"),
    (2023, "全面贯彻党的二十大精神开局之年"),
    (2023, "“十四五”承上启下的关键一年"),
    (2023, "“十四五”规划承上启下的关键之年"),
    (2023, "“十四五”规划实施承上启下的关键一年"),
    (2024, "实现“十四五”规划目标任务的关键一年"),
    (2024, "完成“十四五”规划目标任务的关键一年"),
    (2025, "“十四五”规划收官之年"),
    (2025, "“十四五”收官之年"),
    (2026, "“十五五”开局之年"),
    (2026, "“十五五”规划开局之年"),
]


@pytest.mark.parametrize(("own", "formula"), OF_A_YEAR)
@pytest.mark.parametrize("year", range(2021, 2027))
def test_each_formula_is_of_its_year_alone(own, formula, year):
    expected = [] if year == own else [(formula, None, Severity.HINT)]
    assert pairs(f"这一年是{formula}。", year) == expected
    assert pairs(f"{year}年是{formula}。", None) == expected
    assert pairs(f"{own}年是{formula}。", year) == []
    if expected:
        (finding,) = findings(f"这一年是{formula}。", year)
        assert f"{own}年的提法" in finding.message
        assert f"说的是{year}年" in finding.message


def test_every_year_from_2021_to_2026_has_a_formula_to_recommend():
    assert all(table().usual(year) for year in range(2021, 2027))


@pytest.mark.parametrize(
    "text",
    [
        "2024年是落实《法治政府建设实施纲要（2021—2025年）》的攻坚之年，是实现“十四五”规划目标任务的关键一年。",
        "明年是“十五五”开局之年。",
        "增强“四个意识”，坚定“四个自信”，做到“两个维护”",
        "坚持稳中求进的工作总基调",
        "党的领导、人民当家作主和依法治国有机统一",
        "市场化、法治化和国际化的营商环境",
        "把权力关进制度笼子",
        "法无授权不得为",
        "全心全意为民服务",
    ],
)
def test_formulas_may_bend_where_running_text_bends_them(text):
    assert pairs(text, 2024) == []


def test_the_advice_names_both_years():
    (finding,) = findings("2024年是“十四五”规划承上启下的关键一年。", 2024)
    assert "2023年的提法" in finding.message
    assert "‘十四五’规划目标任务的关键一年" in finding.message


def test_this_year_in_the_report_of_a_closed_year():
    assert pairs("今年以来，我们", 2024) == [("今年以来", "2024年", Severity.HINT)]
    assert pairs("今年以来，我们", None) == []


def test_stretch_aligns_around_the_piece_that_stands():
    wording, text = "以公开为常态、不公开为例外", "坚持以公开为常态、不公开是例外的"
    assert stretch(wording, 0, 6, text, 2, 1) == (2, 15, 1)
    assert text[2:15] == "以公开为常态、不公开是例外"


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="公开为常态、不例外权力在阳光下运行十四五之年2024“”，。和与创新协调绿色放共享", max_size=60),
    st.none() | st.just(2024),
)
def test_any_text_is_read_without_error(text, year):
    for found, expected, _ in pairs(text, year):
        assert found
        assert found != expected
