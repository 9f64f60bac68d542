"""Proofreading: megabytes of UTF-8 text a second, on official prose with a fault in every 500 characters."""

import random
from pathlib import Path
from time import process_time

from tests.report.samples import sample_report

from bench.text_reading import as_bytes
from bench.timing import seconds
from gongkai.documents.blocks import Paragraph
from gongkai.proofing import proof
from gongkai.proofing.lexicon import shipped
from gongkai.proofing.text import Text
from gongkai.report.reading import read_report

_CLEAN = Path(__file__).parents[1] / "tests" / "data" / "clean_prose.txt"
_CHARACTERS = 200_000
_FAULT_EVERY = 500
_FAULTS = (
    *("精心布署", "效劳公开", "大部份", "网络平安", "建立建全", "领导小姐", "钩稽关系", "规章条例", "，，", "的的"),
    *("国办函【2020】109号", "以公开为常态、不公开是例外", "2024 年", "2024年01月", "15～30%", "××", "涉及到"),
)


def rows() -> list[tuple[str, float, str]]:
    """The scan with the whole shipped lexicon, and everything that proofreading does; findings built in both."""
    paragraphs = corpus()
    megabytes = sum(len(paragraph.text.encode()) for paragraph in paragraphs) / 1e6
    lexicon = shipped()
    return [
        (
            "proofing: scan with the whole lexicon, patterns and guards, MB a second",
            megabytes / seconds(lambda: list(lexicon.findings(Text(paragraphs))), clock=process_time),
            "≥ 10",
        ),
        (
            "proofing: all rules, MB a second",
            megabytes / seconds(lambda: proof(paragraphs, year=2024), clock=process_time),
            "told",
        ),
    ]


def corpus() -> list[Paragraph]:
    """Sentences of clean prose and paragraphs of reports, 200,000 characters, one fault planted in every 500."""
    chance = random.Random(1)
    reports = [read_report(as_bytes(sample_report(random.Random(seed)), "md")) for seed in range(20)]
    prose = [_CLEAN.read_text(encoding="utf-8").splitlines(), [p.text for one in reports for p in one.paragraphs]]
    paragraphs: list[Paragraph] = []
    total = clean = 0
    while total < _CHARACTERS:
        text = "".join(chance.choice(chance.choice(prose)) for _ in range(3))
        clean += len(text)
        if clean >= _FAULT_EVERY:
            middle = len(text) // 2
            text, clean = text[:middle] + chance.choice(_FAULTS) + text[middle:], 0
        paragraphs.append(Paragraph(text, len(paragraphs) + 1))
        total += len(text)
    return paragraphs
