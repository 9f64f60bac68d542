"""What a check has to say: one value for every rule, and how it is written as text, JSON and a table row.

Every check of the house (relations, proofreading, privacy, site inspection, readiness) returns findings, never a
boolean, so that one renderer serves terminal, JSON, page and review sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Value = int | Decimal | str | None

PRACTICE = "实践"
"""The basis of a rule that no text orders but that good offices keep."""


class Severity(StrEnum):
    """How much a finding weighs: an error is wrong, a warning must be looked at, a hint may be looked at."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check found (发现的问题).

    `where` is a cell id (`requests.granted.total`), a section (`sections.5`) or `LINE:COLUMN`, both from 1.
    `expected` and `found` are numbers for relations and strings for text: there `found` is exactly the characters in
    question and `expected` their replacement (`""` deletes them, None leaves it to a person). `basis` names the
    article or document that the rule rests on. `blocks` stops publication. `evidence` lists further places.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    expected: Value = None
    found: Value = None
    basis: str = PRACTICE
    blocks: bool = False
    evidence: tuple[str, ...] = ()


def as_json(finding: Finding) -> dict[str, Any]:
    """The finding as the contract's JSON object; decimals become strings, so that no digit is lost."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "blocks": finding.blocks,
        "where": finding.where,
        "message": finding.message,
        "expected": _plain(finding.expected),
        "found": _plain(finding.found),
        "basis": finding.basis,
        "evidence": list(finding.evidence),
    }


def from_json(data: dict[str, Any]) -> Finding:
    """The finding that `as_json` wrote. Raises KeyError or ValueError when the object is not of that form."""
    return Finding(
        rule=data["rule"],
        severity=Severity(data["severity"]),
        where=data["where"],
        message=data["message"],
        expected=data["expected"],
        found=data["found"],
        basis=data["basis"],
        blocks=data["blocks"],
        evidence=tuple(data["evidence"]),
    )


def as_text(finding: Finding) -> str:
    """The finding as one line for logs and plain terminals."""
    change = (
        f"（现为“{_shown(finding.found)}”，应为“{_shown(finding.expected)}”）" if finding.expected is not None else ""
    )
    level = SEVERITY_NAMES[finding.severity]
    return f"{level} {finding.where} {finding.message}{change} [{finding.rule}；{finding.basis}]"


def place_in_source(finding: Finding) -> str:
    """Where the cell that a finding is about stood in its file, in words; empty where that is not told."""
    return next((place for place in finding.evidence if place.startswith("第")), "")


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity; every severity has its key."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def _plain(value: Value) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _shown(value: Value) -> str:
    if value is None:
        return ""
    text = str(value)
    return "（空格）" if text and not text.strip() else text
