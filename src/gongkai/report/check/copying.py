"""Text copied from last year's report: S-COPIED, and the fingerprint by which copies of other reports are found."""

import re
import zlib
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.report.look_alikes import BASIS, FINGERPRINT, MOST, SHARE, SHOWN, Passage
from gongkai.report.model import Report, Section

SHINGLE = 8
"""Characters in a shingle: shorter ones are common phrases, longer ones miss small changes."""
SHORTEST = 150
SECTIONS = (1, 5)
"""Sections that every agency writes for itself; the others are tables or set phrases."""

_SPACE = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^。；！？]{12,}")


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
    """The smallest hashes of the shingles in sections one and five. Empty for short texts."""
    text = "".join(_plain(section) for number in SECTIONS if (section := report.section(number)) is not None)
    if len(text) < SHORTEST:
        return ()
    data, width = text.encode("utf-32-le", "surrogatepass"), 4 * SHINGLE
    hashes = {zlib.crc32(data[at : at + width]) for at in range(0, len(data) - width + 1, 4)}
    return tuple(sorted(hashes)[:FINGERPRINT])


def passages(report: Report) -> tuple[Passage, ...]:
    """The sentences of sections one and five, the longest first, as far as their fingerprint goes."""
    found = [
        (zlib.crc32(_bare(text).encode("utf-8", "surrogatepass")), where, _cut(text))
        for number in SECTIONS
        if (section := report.section(number)) is not None
        for where, text in _sentences(section)
    ]
    return tuple(sorted(found, key=lambda passage: -len(passage[2]))[:FINGERPRINT])


def _plain(section: Section) -> str:
    return _bare(section.text)


def _bare(text: str) -> str:
    return _FIGURES.sub("", _SPACE.sub("", text))


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def _finding(section: Section, source: Section, share: float, named: str) -> Finding:
    shared = sorted(_shared(section, _plain(source)), key=lambda passage: -len(passage[1]))[:MOST]
    shown = "；".join(f"“{_cut(text)}”" for _, text in shared)
    return Finding(
        rule="S-COPIED",
        severity=Severity.HINT,
        where=f"sections.{section.number}",
        message=f"这一部分有{share:.0%}的文字与{named}相同，如：{shown}，请按本年实际情况撰写",
        expected=None,
        found=f"{share:.0%}",
        basis=BASIS,
        evidence=tuple(where for where, _ in shared),
    )


def _shared(section: Section, source: str) -> Iterator[tuple[str, str]]:
    """Sentences of the section that stand in the other text too, whatever their figures."""
    return ((where, text) for where, text in _sentences(section) if _bare(text) in source)


def _sentences(section: Section) -> Iterator[tuple[str, str]]:
    """Where each longer sentence of a section begins, and its words."""
    for paragraph in section.paragraphs:
        for match in _SENTENCE.finditer(paragraph.text):
            yield paragraph.where(match.start()), match[0].strip()


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
