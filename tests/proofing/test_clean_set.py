"""Precision first: on clean official prose the whole proofing stays silent, hints counted too."""

from pathlib import Path

import pytest

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, as_text
from gongkai.proofing import proof
from gongkai.proofing.formula import table
from gongkai.proofing.wordings import Phrase, Series

SENTENCES = (Path(__file__).parents[1] / "data" / "clean_prose.txt").read_text(encoding="utf-8").splitlines()

QUOTED = [row for row in table().wordings if isinstance(row, Phrase | Series)]


def shown(findings: list[Finding]) -> list[str]:
    return [as_text(finding) for finding in findings]


def test_there_are_three_hundred_sentences_with_forty_formulas():
    assert len(SENTENCES) == len(set(SENTENCES)) >= 300
    text = "\n".join(SENTENCES)
    wordings = [row.official if isinstance(row, Phrase) else "、".join(row.items) for row in QUOTED]
    assert sum(wording in text for wording in wordings) >= 40


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "〔2020〕109号",
            "《",
            "〈",
            "“",
            "‘",
            "（1）",
            "（一）",
            "①",
            "1.",
            "第三条",
            "第（三）项",
            "；",
            "——",
            "？",
            "！",
        ),
        *("https://", "@", "0375-", "8:30", "12.5%", "1—", "～", "IPv6", "GB/T", "、二", "国土资源局", "2024年3月15日"),
    ],
)
def test_the_sentences_hold_every_kind_of_mark(mark):
    assert any(mark in sentence for sentence in SENTENCES)


@pytest.mark.parametrize("year", [2024, None])
def test_each_clean_sentence_alone_is_silent(year):
    alarms = [line for sentence in SENTENCES for line in shown(proof([Paragraph(sentence)], year=year))]
    assert alarms == []


@pytest.mark.parametrize("year", [2024, None])
def test_the_clean_sentences_together_are_silent(year):
    paragraphs = [Paragraph(sentence, line) for line, sentence in enumerate(SENTENCES, 1)]
    assert shown(proof(paragraphs, year=year)) == []
