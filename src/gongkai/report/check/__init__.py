"""Every rule that a report is held to; each check returns findings (the closed table of rules: docs/guide/rules.md)."""

from gongkai.findings import Finding
from gongkai.proofing import proof
from gongkai.report.check.across_years import across_years_findings
from gongkai.report.check.cells import cell_findings
from gongkai.report.check.copying import copied
from gongkai.report.check.figures import figure_findings
from gongkai.report.check.names import name_findings
from gongkai.report.check.parts import part_findings
from gongkai.report.check.relations import relation_findings
from gongkai.report.check.sections import section_findings
from gongkai.report.model import Report


def check(report: Report, *, previous: Report | None = None) -> list[Finding]:
    """All findings on a report, beside last year's where it is given: tables, sections, then the text."""
    found = [*report.findings, *cell_findings(report), *relation_findings(report)]
    if previous is not None:
        found += across_years_findings(report, previous)
    found += section_findings(report)
    if previous is not None:
        found += copied(report, previous, named=f"{previous.year}年度报告")
    found += [*name_findings(report), *figure_findings(report), *part_findings(report)]
    return [*found, *proof(report.paragraphs, year=report.year)]
