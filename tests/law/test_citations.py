from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import citations, document_numbers, numerals, titles
from gongkai.law.citations import Citation, Fault
from gongkai.law.document_numbers import Number

REGULATION = "中华人民共和国政府信息公开条例"
FEES = Number("国办函", 109, 2020)


def only(text: str) -> Citation:
    (citation,) = citations.parse(text)
    return citation


@pytest.mark.parametrize(
    ("text", "title", "number", "article", "paragraph", "item"),
    [
        ("《政府信息公开条例》第三十六条第（三）项", "政府信息公开条例", None, 36, None, 3),
        ("《政府信息公开条例》第36条第(3)项", "政府信息公开条例", None, 36, None, 3),
        ("《政府信息公开条例》第三十六条第三项", "政府信息公开条例", None, 36, None, 3),
        ("《行政复议法》第二十三条第一款第（四）项", "行政复议法", None, 23, 1, 4),
        ("《行政诉讼法》第一百零三条", "行政诉讼法", None, 103, None, None),
        (f"《{REGULATION}》（国务院令第711号）第二十条", REGULATION, Number("国务院令", 711), 20, None, None),
        ("《信息处理费管理办法》（国办函〔2020〕109号）", "信息处理费管理办法", FEES, None, None, None),
        ("国办函〔2020〕109号", None, FEES, None, None, None),
        ("国办函【2020】第 0109 号", None, FEES, None, None, None),
        ("国办函 (2020) 109号", None, FEES, None, None, None),
        ("国办函〔2020年〕109号", None, FEES, None, None, None),
        ("国务院第711号令", None, Number("国务院令", 711), None, None, None),
        ("叶政办〔2023〕7号", None, Number("叶政办", 7, 2023), None, None, None),
    ],
)
def test_one_citation_is_read(text, title, number, article, paragraph, item):
    citation = only(f"根据{text}的规定")
    assert (citation.title, citation.number) == (title, number)
    assert (citation.article, citation.paragraph, citation.item) == (article, paragraph, item)
    assert f"根据{text}的规定"[citation.start : citation.end] == text


def test_spans_point_at_the_printed_words():
    text = "按照《关于印发<某办法>的通知》(国办函【2020】109 号)第四条规定"
    citation = only(text)
    assert citation.title_span is not None
    assert citation.number_span is not None
    assert citation.article_span is not None
    assert text[slice(*citation.title_span)] == "关于印发<某办法>的通知"
    assert text[slice(*citation.number_span)] == "国办函【2020】109 号"
    assert text[slice(*citation.article_span)] == "第四条"


@pytest.mark.parametrize(
    "text",
    [
        "（2023）豫0422行初12号",
        "2024年第3号公告",
        "建设路（2020）5号楼",
        "12345号",
        "一九九八年〔〕",
        "《未完",
        "第十条",
    ],
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert citations.parse(text) == []


def test_several_citations_come_in_order():
    text = "《甲办法》、国发〔2022〕14号和《乙办法》第2条"
    assert [one.title or str(one.number) for one in citations.parse(text)] == ["甲办法", "国发〔2022〕14号", "乙办法"]


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("《行政复议法》第23条第1款第4项", "《行政复议法》第二十三条第一款第（四）项"),
        ("《关于印发<某办法>的通知》(国办函[2020]109号)", "《关于印发〈某办法〉的通知》（国办函〔2020〕109号）"),
        ("《关于印发《某办法》的通知》", "《关于印发〈某办法〉的通知》"),
        ("国务院第711号令", "国务院令第711号"),
        ("法释(2025)8号", "法释〔2025〕8号"),
    ],
)
def test_the_official_form(printed, official):
    assert citations.format(only(printed)) == official


names = st.text(alphabet="政府信息公开办法细则通知", min_size=1, max_size=12)
numbers = st.builds(
    Number, st.sampled_from(["国办函", "国办发", "法释", "国办公开办函"]), st.integers(1, 9999), st.integers(1990, 2030)
)


@settings(max_examples=200, deadline=None)
@given(names, st.none() | numbers, st.none() | st.integers(1, 1300), st.none() | st.integers(1, 30), st.integers(1, 30))
def test_what_is_written_is_read_back(name, number, article, paragraph, item):
    paragraph, item_ = (paragraph, item) if article else (None, None)
    citation = Citation(start=0, end=0, title=name, number=number, article=article, paragraph=paragraph, item=item_)
    again = only(citations.format(citation))
    assert (again.title, again.number, again.article) == (name, number, article)
    assert (again.paragraph, again.item) == (paragraph, item_)
    assert citations.format(again) == citations.format(citation)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="《》〈〉<>（）〔〕【】()0123456789第条款项号年国办函发公开法 \n一二十百", max_size=60))
def test_any_text_is_read_without_error_and_inside_its_bounds(text):
    for citation in citations.parse(text):
        assert 0 <= citation.start < citation.end <= len(text)
        assert citations.format(citation)
        citations.check(citation)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9999))
def test_numerals_are_read_back(number):
    assert numerals.value(numerals.chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("二十", 20), ("一百零三", 103), ("二〇二四", 2024), ("36", 36)]
)
def test_numerals(text, number):
    assert numerals.value(text) == number


def test_numerals_refuse_what_they_cannot_name():
    with pytest.raises(ValueError, match="汉字数目"):
        numerals.value("甲")
    with pytest.raises(ValueError, match="1至9999"):
        numerals.chinese(0)


def test_number_of_refuses_what_is_no_number():
    assert document_numbers.number_of("国办发〔2018〕37号") == Number("国办发", 37, 2018)
    with pytest.raises(ValueError, match="不是一个发文字号"):
        document_numbers.number_of("国办发37号")


def mistakes(text: str, on: date | None = None) -> list[tuple[Fault, str, str | None]]:
    return [
        (mistake.fault, text[slice(*mistake.span)], mistake.expected)
        for citation in citations.parse(text)
        for mistake in citations.check(citation, on)
    ]


@pytest.mark.parametrize(
    ("text", "fault", "found", "expected"),
    [
        ("《政府信息公开处理费管理办法》", Fault.TITLE, "政府信息公开处理费管理办法", "政府信息公开信息处理费管理办法"),
        (
            "《关于印发〈政府信息公开处理费管理办法〉的函》",
            Fault.TITLE,
            "政府信息公开处理费管理办法",
            "政府信息公开信息处理费管理办法",
        ),
        ("《政务信息公开条例》", Fault.TITLE, "政务信息公开条例", "政府信息公开条例"),
        ("《中华人民共和国政府信息公开条列》", Fault.TITLE, "中华人民共和国政府信息公开条列", REGULATION),
        (
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕108号）",
            Fault.NUMBER,
            "国办函〔2020〕108号",
            "国办函〔2020〕109号",
        ),
        ("《政府信息公开信息处理费管理办法》（国办发〔2020〕109号）", Fault.AGENCY, "国办发", "国办函"),
        ("《优化营商环境条例》（国办函〔2020〕109号）", Fault.NUMBER, "国办函〔2020〕109号", "国务院令第722号"),
        ("《关于做好春耕生产的紧急通知》（国办函〔2020〕109号）", Fault.NUMBER, "国办函〔2020〕109号", None),
        ("《政府信息公开条例》第五十七条", Fault.ARTICLE, "第五十七条", None),
        ("《行政复议法》第91条第2款", Fault.ARTICLE, "第91条", None),
    ],
)
def test_the_table_knows_better(text, fault, found, expected):
    assert mistakes(text) == [(fault, found, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "《政府信息公开条例》第五十六条",
        f"《{REGULATION}》（国务院令第492号）",
        "《国务院办公厅关于印发《政府信息公开信息处理费管理办法》的通知》(国办函[2020]109号)",
        "《信息处理费管理办法》",
        "《政府信息公开指南》",
        "《政府信息公开目录》",
        "《政府信息公开规定》",
        "《政府信息公开工作年度报告》",
        "《河南省政府信息公开条例实施办法》",
        "《叶县政府信息公开信息处理费管理办法》",
        "《政府信息公开信息处理费管理办法实施细则》",
        "《关于全面推进政务公开工作的实施意见》（豫办〔2016〕30号）",
        "《国务院办公厅关于印发2023年政务公开工作要点的通知》",
        "《2024年政务公开工作要点》",
        "《行政复议法实施条例》第七十条",
        "《某县信访工作条例》第九百条",
        "《关于转发某通知的函》（叶政办〔2020〕109号）",
        "《政府信息公开信息处理费管理办法》（豫政办〔2020〕50号）",
    ],
)
def test_right_and_local_documents_pass(text):
    assert mistakes(text) == []


def test_repeal_is_judged_on_a_day_only():
    old = "国办公开办函〔2019〕60号"
    assert mistakes(old) == []
    assert mistakes(old, date(2020, 3, 1)) == []
    assert mistakes(old, date(2022, 1, 1)) == [(Fault.REPEALED, old, "国办公开办函〔2021〕30号")]
    assert mistakes("《政府信息公开条例》", date(2024, 1, 1)) == []
    assert mistakes("法释〔2011〕17号", date(2025, 6, 1)) == [(Fault.REPEALED, "法释〔2011〕17号", "法释〔2025〕8号")]


def test_every_row_of_the_table_holds_together():
    documents = citations.documents()
    known = {str(document.number) for document in documents if document.number}
    assert len(documents) >= 40
    for document in documents:
        assert document.source in {"text", "notice", "general"}
        assert document in citations.documents_named(document.title)
        assert document.replaced_by is None or document.replaced_by in known
        assert (document.repealed is None) == (document.replaced_by is None)
        if document.issued and document.in_force:
            assert document.issued <= document.in_force
        for name in (document.title, *document.names):
            assert mistakes(f"《{name}》") == []


def test_every_number_belongs_to_one_document():
    numbers = [document.number for document in citations.documents() if document.number]
    assert len(numbers) == len(set(numbers))


def test_titles_know_how_deep_they_stand():
    text = "《关于〈甲〉和《乙<丙>》的通知》与〈丁〉"
    assert [(title.text, title.depth, title.opening) for title in titles.parse(text)] == [
        ("关于〈甲〉和《乙<丙>》的通知", 0, "《"),
        ("甲", 1, "〈"),
        ("乙<丙>", 1, "《"),
        ("丙", 2, "<"),
        ("丁", 0, "〈"),
    ]


def test_signs_of_comparison_are_no_title_marks():
    assert titles.parse("a<b，c>d") == []
    assert [title.text for title in titles.parse("《甲》 3<5 《乙》")] == ["甲", "乙"]
