"""All checks of a text, each scanning once over the joined paragraphs."""

from collections.abc import Sequence

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding
from gongkai.proofing import lexicon as lexicons
from gongkai.proofing.citation import citation_findings
from gongkai.proofing.dates import date_findings
from gongkai.proofing.formula import formula_findings
from gongkai.proofing.numbering import numbering_findings
from gongkai.proofing.numerals import numeral_findings
from gongkai.proofing.pairs import pair_findings
from gongkai.proofing.placeholder import placeholder_findings
from gongkai.proofing.punctuation import punctuation_findings
from gongkai.proofing.repeat import repeat_findings
from gongkai.proofing.text import Text

_BRACKETS = frozenset("〔〕[]【】（）()〖〗［］﹝﹞")
_OF_NUMBERS = frozenset("〔〕【】")
_NUMBER_WIDTH = 6
"""How far apart, in characters, the two brackets of a document number may stand."""
_CHECKS = (
    numbering_findings,
    punctuation_findings,
    pair_findings,
    date_findings,
    numeral_findings,
    placeholder_findings,
    repeat_findings,
)


def proof(
    paragraphs: Sequence[Paragraph], *, year: int | None = None, lexicon: lexicons.Lexicon | None = None
) -> list[Finding]:
    """What is wrong in the paragraphs, in the order of the text.

    `year` is that of a report, for formulas tied to a year; `lexicon` another list than the shipped one. In each
    finding `found` is exactly the characters in question and `expected` their replacement.
    """
    text = Text(paragraphs)
    found = list((lexicon or lexicons.shipped()).findings(text))
    for check in _CHECKS:
        found.extend(check(text))
    for paragraph in paragraphs:
        found.extend(citation_findings(paragraph, year=year))
        found.extend(formula_findings(paragraph, year=year))
    # A wrong bracket is told once: as the mark that it should be, not also as one that has no partner.
    marks = {finding.where for finding in found if finding.rule == "proof.citation" and finding.found in _BRACKETS}
    return sorted((finding for finding in found if not _is_told(finding, marks)), key=_place)


def _is_told(finding: Finding, marks: set[str]) -> bool:
    """Whether a mark is one of `marks`, the brackets of a document number, or was to be the partner of one."""
    if not marks or finding.rule not in ("proof.pair", "proof.punctuation") or finding.found not in _BRACKETS:
        return False
    line, column = _place(finding)
    reach = _NUMBER_WIDTH if finding.found in _OF_NUMBERS else 0
    return any(f"{line}:{column + step}" in marks for step in range(-reach, reach + 1))


def _place(finding: Finding) -> tuple[int, int]:
    line, _, column = finding.where.partition(":")
    return int(line), int(column)
