"""Precision first: on clean official prose the whole proofing stays silent, hints counted too."""

from pathlib import Path

import pytest

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, as_text
from gongkai.proofing import proof

SENTENCES = (Path(__file__).parents[1] / "data" / "clean_prose.txt").read_text(encoding="utf-8").splitlines()


def shown(findings: list[Finding]) -> list[str]:
    return [as_text(finding) for finding in findings]


def test_there_are_two_hundred_sentences():
    assert len(SENTENCES) == len(set(SENTENCES)) == 200


@pytest.mark.parametrize("year", [2024, None])
def test_each_clean_sentence_alone_is_silent(year):
    alarms = [line for sentence in SENTENCES for line in shown(proof([Paragraph(sentence)], year=year))]
    assert alarms == []


@pytest.mark.parametrize("year", [2024, None])
def test_the_clean_sentences_together_are_silent(year):
    paragraphs = [Paragraph(sentence, line) for line, sentence in enumerate(SENTENCES, 1)]
    assert shown(proof(paragraphs, year=year)) == []
