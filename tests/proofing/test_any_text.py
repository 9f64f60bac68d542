"""Whatever the text: no exception, findings that stand where they say, repairs that settle, an end in sight."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proofing.test_clean_set import SENTENCES
from tests.proofing.test_planted import CITATION, FORMULA
from tests.proofing.test_planted import LEXICON as WORDS
from tests.proofing.test_rules import DATE, LEXICON, NUMERAL, PAIR, PLACEHOLDER, PUNCTUATION, REPEAT

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding
from gongkai.proofing import proof

FAULTS = [
    *(wrong for _, wrong, _ in [*CITATION, *FORMULA, *WORDS]),
    *(wrong for category, wrong, *_ in LEXICON if category != "heading"),
    *(text for text, expected in [*DATE, *NUMERAL, *PAIR, *PLACEHOLDER, *PUNCTUATION, *REPEAT] if expected),
]
MARKS = "《》〈〉<>“”‘’（）()〔〕【】[]，。、；：,.;:?!？！…—-~～×X〇*_\u200b\ufeff\x00\r\n\t \u3000"
WORDS_OF_RULES = [
    *(
        "一、",
        "（二）",
        "3.",
        "三是",
        "2024年",
        "13月",
        "31日",
        "国办函",
        "109号",
        "政府信息公开条例",
        "办法",
        "第六十条",
    ),
    *(
        "今年以来",
        "“十四五”",
        "开局之年",
        "以公开为常态",
        "不公开",
        "近",
        "余条",
        "%",
        "减少",
        "3倍",
        "待定",
        "附件：",
        "的的",
    ),
]
any_text = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=MARKS + "一二三公开信息年月日号0123", max_size=200),
    st.lists(st.sampled_from([*WORDS_OF_RULES, *MARKS]), max_size=40).map("".join),
)


def places(paragraphs: list[Paragraph], findings: list[Finding]) -> list[tuple[int, int]]:
    """Where each finding begins: the index of its paragraph and the offset in it; asserts that it stands there."""
    found = []
    for finding in findings:
        line, column = map(int, finding.where.split(":"))
        assert finding.found
        assert paragraphs[line - 1].text.startswith(str(finding.found), column - 1)
        found.append((line - 1, column - 1))
    return found


@settings(max_examples=400, deadline=None)
@given(st.lists(any_text, max_size=6), st.sampled_from([None, 2021, 2024, 2026]))
def test_any_text_is_proofread_and_each_finding_stands_where_it_says(texts, year):
    paragraphs = [Paragraph(text, line) for line, text in enumerate(texts, 1)]
    found = places(paragraphs, proof(paragraphs, year=year))
    assert found == sorted(found)


def repaired(text: str) -> str:
    """The text with every repair made at once; of two that overlap, the longer one."""
    fixes = [finding for finding in proof([Paragraph(text)], year=2024) if finding.expected is not None]
    spans = sorted((int(fix.where.split(":")[1]) - 1, -len(str(fix.found)), str(fix.expected)) for fix in fixes)
    parts, done = [], 0
    for start, length, expected in spans:
        if start >= done:
            parts.append(text[done:start] + expected)
            done = start - length
    return "".join(parts) + text[done:]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(FAULTS), st.sampled_from(SENTENCES))
def test_repairs_made_at_once_leave_nothing_to_repair(before, fault, after):
    text = f"{before}{fault.removesuffix('。')}。{after}"
    left = [finding for finding in proof([Paragraph(repaired(text))], year=2024) if finding.expected is not None]
    assert left == []


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FAULTS), st.sampled_from(FAULTS))
def test_findings_do_not_contradict_each_other(first, second):
    text = f"{first}；{second}"
    spans = [
        (start, start + len(str(finding.found)), finding.expected)
        for finding in proof([Paragraph(text)], year=2024)
        if finding.expected is not None and (start := int(finding.where.split(":")[1]) - 1) >= 0
    ]
    for start, end, expected in spans:
        for other_start, other_end, other in spans:
            assert not start < other_start < end < other_end
            assert (start, end) != (other_start, other_end) or expected == other


def half_and_half(opening: str, closing: str) -> Callable[[int], str]:
    return lambda length: opening * (length // 2 // len(opening)) + closing * (length // 2 // len(closing))


def repeated(unit: str) -> Callable[[int], str]:
    return lambda length: unit * (length // len(unit))


@pytest.mark.parametrize(
    "of_length",
    [
        *(
            repeated(unit)
            for unit in [
                *WORDS_OF_RULES,
                *MARKS,
                "《甲》（国办发〔2020〕1号）第一条",
                "创新、协调、绿色、开放、",
                "__ ",
            ]
        ),
        *(
            half_and_half(*pair)
            for pair in ["《》", "《>", "（”", "〈〉", ("《〈", "〉》"), ("“‘", "）"), "1%", "X年", " 月"]
        ),
        lambda length: "根据" + "甲" * length + "条例",
        lambda length: "《" + "政府信息公开条例" * (length // 8) + "》",
        lambda length: "国办函" + " " * length + "〔2020〕1号",
    ],
)
def test_long_runs_of_the_same_come_back(of_length):
    """A pattern that backtracks without end would not: 50,000 characters take tenths of a second."""
    paragraphs = [Paragraph(of_length(50_000))]
    assert len(places(paragraphs, proof(paragraphs, year=2024)[:100])) <= 100
