"""Every rule that a report is held to; each check returns findings (CONTRACT: the closed table of rules)."""

from gongkai.findings import Finding
from gongkai.proofing import proof
from gongkai.report.check.across_years import across_years_findings
from gongkai.report.check.cells import cell_findings
from gongkai.report.check.relations import relation_findings
from gongkai.report.model import Report


def check(report: Report, *, previous: Report | None = None) -> list[Finding]:
    """All findings on a report, beside last year's where it is given: tables first, then the text from top to end."""
    return [
        *report.findings,
        *cell_findings(report),
        *relation_findings(report),
        *(across_years_findings(report, previous) if previous is not None else ()),
        *proof(report.paragraphs, year=report.year),
    ]
