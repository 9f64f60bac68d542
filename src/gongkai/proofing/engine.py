"""All checks of a text, paragraph by paragraph."""

from collections.abc import Sequence

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding
from gongkai.proofing.citation import citation_findings
from gongkai.proofing.formula import formula_findings


def proof(paragraphs: Sequence[Paragraph], *, year: int | None = None) -> list[Finding]:
    """What is wrong in the paragraphs, in their order; `year` is that of a report, for formulas tied to a year."""
    found: list[Finding] = []
    for paragraph in paragraphs:
        found.extend(citation_findings(paragraph))
        found.extend(formula_findings(paragraph, year=year))
    return found
