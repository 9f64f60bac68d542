"""Text copied from last year's report or from another agency's: S-COPIED, and fingerprints to find look-alikes."""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache

from gongkai.findings import Finding, Severity
from gongkai.report.model import Report, Section

SHINGLE = 8
"""Characters in a shingle: shorter ones are common phrases, longer ones miss small changes."""
SHARE = 0.7
SHORTEST = 150
SECTIONS = (1, 5)
"""Sections that every agency writes for itself; the others are tables or set phrases."""
FINGERPRINT = 32

_SPACE = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+")
_PRIME = (1 << 61) - 1


def copied(report: Report, other: Report, *, named: str) -> list[Finding]:
    """Sections of which 70 % or more stand in the other report too, with the longest shared passages.

    `named` says which report the other one is. Figures do not count: a report with only its figures changed is copied.
    """
    found = []
    for number in SECTIONS:
        section, source = report.section(number), other.section(number)
        if section is None or source is None or len(_plain(section)) < SHORTEST:
            continue
        known = _shingles(_plain(source))
        own = _shingles(_plain(section))
        share = len(own & known) / max(len(own), 1)
        if share >= SHARE:
            found.append(_finding(section, source, share, named))
    return found


def fingerprint(report: Report) -> tuple[int, ...]:
    """A minhash of the text of sections one and five: like texts have like fingerprints. Empty for short texts."""
    text = "".join(_plain(section) for number in SECTIONS if (section := report.section(number)) is not None)
    if len(text) < SHORTEST:
        return ()
    hashes = [zlib.crc32(text[i : i + SHINGLE].encode()) for i in range(len(text) - SHINGLE + 1)]
    return tuple(
        min((a * h + b) % _PRIME & 0xFFFFFFFF for h in hashes[:: max(1, len(hashes) // 256)]) for a, b in _seeds()
    )


@lru_cache(maxsize=1)
def _seeds() -> tuple[tuple[int, int], ...]:
    return tuple((2 * zlib.crc32(b"a%d" % i) + 1, zlib.crc32(b"b%d" % i)) for i in range(FINGERPRINT))


def _plain(section: Section) -> str:
    return _FIGURES.sub("", _SPACE.sub("", section.text))


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def _finding(section: Section, source: Section, share: float, named: str) -> Finding:
    passages = sorted(_shared(section, source.text), key=lambda passage: -len(passage[1]))[:3]
    shown = "；".join(f"“{text[:40]}{'……' if len(text) > 40 else ''}”" for _, text in passages)
    return Finding(
        rule="S-COPIED",
        severity=Severity.HINT,
        where=f"sections.{section.number}",
        message=f"这一部分有{share:.0%}的文字与{named}相同，如：{shown}，请按本年实际情况撰写",
        expected=None,
        found=f"{share:.0%}",
        basis="国办公开办函〔2021〕30号（四）",
        evidence=tuple(where for where, _ in passages),
    )


def _shared(section: Section, source: str) -> Iterator[tuple[str, str]]:
    """Sentences of the section that stand in the other text as they are."""
    for paragraph in section.paragraphs:
        for match in re.finditer(r"[^。；！？]{12,}", paragraph.text):
            if match[0].strip() in source:
                yield paragraph.where(match.start()), match[0].strip()
