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
        found.extend(citation_findings(paragraph))
        found.extend(formula_findings(paragraph, year=year))
    # A wrong bracket is told once: as the mark that it should be, not also as one that has no partner.
    cited = {finding.where for finding in found if finding.rule == "proof.citation"}
    return sorted((f for f in found if f.rule != "proof.pair" or not _is_told(f, cited)), key=_place)


def _is_told(pair: Finding, cited: set[str]) -> bool:
    line, column = _place(pair)
    return any(f"{line}:{column + step}" in cited for step in range(-6, 7))


def _place(finding: Finding) -> tuple[int, int]:
    line, _, column = finding.where.partition(":")
    return int(line), int(column)
