"""Text copied from last year's report or from another agency's: S-COPIED, and how look-alikes are found among many."""

import re
import zlib
from array import array
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.report.model import Report, Section

SHINGLE = 8
"""Characters in a shingle: shorter ones are common phrases, longer ones miss small changes."""
SHARE = 0.7
SHORTEST = 150
SECTIONS = (1, 5)
"""Sections that every agency writes for itself; the others are tables or set phrases."""
FINGERPRINT = 64
"""Hashes of a fingerprint: the smallest of all shingles, so that like texts have the same ones."""
_INDEXED = 8
_COMMON = 50
"""What so many reports have in common is a template, and no sign of copying."""

_SPACE = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+")


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
    data, width = text.encode("utf-32-le"), 4 * SHINGLE
    hashes = {zlib.crc32(data[at : at + width]) for at in range(0, len(data) - width + 1, 4)}
    return tuple(sorted(hashes)[:FINGERPRINT])


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of their shingles that two texts have in common, 0 to 1, as their fingerprints tell."""
    both = set(one) & set(other)
    sample = sorted({*one, *other})[:FINGERPRINT]
    return sum(hash_ in both for hash_ in sample) / max(len(sample), 1)


class LookAlikes:
    """Finds, report by report, an earlier one of another agency with like text; some 400 bytes for each report."""

    def __init__(self) -> None:
        self._names: list[tuple[str, str | None]] = []
        self._prints: list[array[int]] = []
        self._index: dict[int, list[int] | None] = {}

    def earlier(self, name: str, agency: str | None, told: tuple[int, ...]) -> str | None:
        """The name of the most alike report before this one, if its text is mostly the same; then keeps this one."""
        near = {at for hash_ in told[:_INDEXED] for at in self._index.get(hash_) or () if self._names[at][1] != agency}
        found = max(near, key=lambda at: (likeness(told, tuple(self._prints[at])), -at), default=None)
        is_alike = found is not None and likeness(told, tuple(self._prints[found])) >= SHARE
        if told:
            self._keep(name, agency, told)
        return self._names[found][0] if found is not None and is_alike else None

    def _keep(self, name: str, agency: str | None, told: tuple[int, ...]) -> None:
        for hash_ in told[:_INDEXED]:
            known = self._index.setdefault(hash_, [])
            if known is not None:
                known.append(len(self._names))
            if known is not None and len(known) > _COMMON:
                self._index[hash_] = None
        self._names.append((name, agency))
        self._prints.append(array("I", told))


def _plain(section: Section) -> str:
    return _FIGURES.sub("", _SPACE.sub("", section.text))


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def _finding(section: Section, source: Section, share: float, named: str) -> Finding:
    passages = sorted(_shared(section, _plain(source)), key=lambda passage: -len(passage[1]))[:3]
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
    """Sentences of the section that stand in the other text too, whatever their figures."""
    for paragraph in section.paragraphs:
        for match in re.finditer(r"[^。；！？]{12,}", paragraph.text):
            if _FIGURES.sub("", _SPACE.sub("", match[0])) in source:
                yield paragraph.where(match.start()), match[0].strip()
