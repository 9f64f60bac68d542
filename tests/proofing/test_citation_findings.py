import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Severity
from gongkai.proofing.citation import citation_findings

REGULATION = "《中华人民共和国政府信息公开条例》"


def found(text: str) -> list[tuple[str, str | None, Severity]]:
    findings = sorted(citation_findings(Paragraph(text)), key=lambda one: int(one.where.split(":")[1]))
    for finding in findings:
        start = int(finding.where.split(":")[1]) - 1
        assert text[start:].startswith(finding.found)
        assert finding.rule == "proof.citation"
    return [(finding.found, finding.expected, finding.severity) for finding in findings]


def errors(*pairs: tuple[str, str | None]) -> list[tuple[str, str | None, Severity]]:
    return [(*pair, Severity.ERROR) for pair in pairs]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("国办函【2020】109号", errors(("【", "〔"), ("】", "〕"))),
        ("国办函[2020]109号", errors(("[", "〔"), ("]", "〕"))),
        ("国办函(2020)109号", errors(("(", "〔"), (")", "〕"))),
        ("国办函（2020）109号", errors(("（", "〔"), ("）", "〕"))),
        ("国办函〖2020〗109号", errors(("〖", "〔"), ("〗", "〕"))),
        ("国办函［2020］109号", errors(("［", "〔"), ("］", "〕"))),
        ("国办函〔2020）109号", errors(("）", "〕"))),
        ("国办函〔2020〕第109号", errors(("第", ""))),
        ("国办函〔2020〕0109号", errors(("0", ""))),
        ("国办函〔2020〕00109号", errors(("00", ""))),
        ("国办函〔2020年〕109号", errors(("年", ""))),
        ("国办函〔2020〕 109 号", [(" ", "", Severity.HINT)] * 2),
        ("国办函 〔2020〕109号", [(" ", "", Severity.HINT)]),
        ("国办函〔2020〕109号", []),
        ("叶政办【2023】7号", errors(("【", "〔"), ("】", "〕"))),
        ("教育部令〔2020〕第46号", []),
        ("国务院令第711号", []),
    ],
)
def test_marks_of_document_numbers(number, expected):
    assert found(f"有关要求见{number}文件。") == expected


def test_the_message_names_the_whole_number():
    first = next(iter(citation_findings(Paragraph("依据国办函【2020】109 号办理", line=7, column=3))))
    assert "国办函【2020】109 号" in first.message
    assert "国办函〔2020〕109号" in first.message
    assert first.where == "7:8"
    assert first.basis == "GB/T 9704-2012 7.2.5"


@pytest.mark.parametrize(
    "text",
    [
        "（2023）豫0422行初12号判决",
        "昆阳大道（2020）5号楼",
        "全年（2024）共12号文件",
        "2024年第3号公告",
        "见【2024】年鉴",
        "第109号提案",
        "附件：1.编号12号的表",
    ],
)
def test_other_brackets_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《关于印发<某办法>的通知》", errors(("<", "〈"), (">", "〉"))),
        ("《关于印发《某办法》的通知》", errors(("《", "〈"), ("》", "〉"))),
        ("《关于印发＜某办法＞的通知》", errors(("＜", "〈"), ("＞", "〉"))),
        ("《关于〈转发《某办法》的通知〉的函》", []),
        ("《关于〈转发〈某办法〉的通知〉的函》", errors(("〈", "《"), ("〉", "》"))),
        ("《甲办法》《乙办法》", []),
        ("《甲办法 见《乙办法》", []),
    ],
)
def test_inner_title_marks(text, expected):
    assert found(text) == expected


def test_the_misnamed_fee_rules_of_a_report():
    text = "按照《国务院办公厅关于印发<政府信息公开处理费管理办法>的通知》(国办函【2020】109 号)规定"
    assert found(text) == [
        ("<", "〈", Severity.ERROR),
        ("政府信息公开处理费管理办法", "政府信息公开信息处理费管理办法", Severity.ERROR),
        (">", "〉", Severity.ERROR),
        ("【", "〔", Severity.ERROR),
        ("】", "〕", Severity.ERROR),
        (" ", "", Severity.HINT),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "根据政府信息公开处理费管理办法收取",
            errors(("政府信息公开处理费管理办法", "政府信息公开信息处理费管理办法")),
        ),
        ("依据政务信息公开条例答复", errors(("政务信息公开条例", "政府信息公开条例"))),
        ("《政府信息公开条例》第六十条", errors(("第六十条", None))),
        ("《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）", errors(("国办发", "国办函"))),
        ("按照国办发〔2021〕30号的年度报告格式编制", errors(("国办发", "国办公开办函"))),
        ("国办函〔2019〕61号对政府信息公开平台的要求", errors(("国办函", "国办公开办函"))),
        ("国办发〔2021〕30号关于道路运输的要求", []),
        ("国办公开办函〔2021〕30号的年度报告格式", []),
        (
            "《政府信息公开信息处理费管理办法》（国办函〔2021〕109号）",
            errors(("国办函〔2021〕109号", "国办函〔2020〕109号")),
        ),
        ("《关于做好春耕生产的紧急通知》（国办函〔2020〕109号）", errors(("国办函〔2020〕109号", None))),
        ("根据本县政府信息公开管理办法办理", []),
    ],
)
def test_title_number_and_article_must_agree(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("进一步深入实施政府信息公开条例，", "政府信息公开条例"),
        ("认真贯彻落实政府信息公开条例。", "政府信息公开条例"),
        ("学习中华人民共和国政府信息公开条例，", "中华人民共和国政府信息公开条例"),
        ("新修订的政府信息公开条例施行以来", "政府信息公开条例"),
    ],
)
def test_the_regulation_without_title_marks_is_a_hint(text, printed):
    assert found(text) == [(printed, REGULATION, Severity.HINT)]


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国政府信息公开条例",
        "贯彻《政府信息公开条例》",
        "实施《中华人民共和国政府信息公开条例》办法",
        "落实政府信息公开条例实施办法",
        "关于政府信息公开条例的几个问题",
    ],
)
def test_the_regulation_is_not_hinted_at_where_it_may_stand_bare(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "year", "printed", "expected"),
    [
        ("按照国办公开办函〔2019〕60号的格式编制", 2023, "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"),
        ("按照国办公开办函〔2019〕60号的格式编制", 2020, None, None),
        ("按照国办公开办函〔2019〕60号的格式编制", None, None, None),
        ("依据《政府信息公开条例》（国务院令第492号）答复", 2024, "国务院令第492号", "国务院令第711号"),
        ("依据《政府信息公开条例》（国务院令第711号）答复", 2024, None, None),
        ("国办公开办函〔2019〕60号同时废止", 2023, None, None),
        ("依据《行政复议法实施条例》（国务院令第499号）", 2024, None, None),
        (
            "参照《关于审理政府信息公开行政案件若干问题的规定》",
            2025,
            "关于审理政府信息公开行政案件若干问题的规定",
            None,
        ),
    ],
)
def test_what_was_repealed_by_the_end_of_the_year_is_no_basis(text, year, printed, expected):
    findings = [(finding.found, finding.expected) for finding in citation_findings(Paragraph(text), year=year)]
    assert findings == ([(printed, expected)] if printed else [])


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="《》〈〉<>（）〔〕【】()0123456789第条号年国办函根据政府信息公开条例办法 ", max_size=60))
def test_every_finding_stands_where_it_says(text):
    for printed, expected, _ in found(text):
        assert printed
        assert printed != expected
