"""Findings of a letter as the checks tell them: wrong or unlawful blocks the issue, doubtful is looked at."""

from gongkai.findings import PRACTICE, Finding, Severity

COMMON_BASIS = "《中华人民共和国政府信息公开条例》第四十五条"


def wrong(
    rule: str, where: str, message: str, *, basis: str = PRACTICE, expected: str | None = None, found: str | None = None
) -> Finding:
    """Something that makes the letter wrong or unlawful: it can't be issued."""
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        where=where,
        message=message,
        expected=expected,
        found=found,
        basis=basis,
        blocks=True,
    )


def doubtful(rule: str, where: str, message: str, *, basis: str = PRACTICE) -> Finding:
    """Something that has to be looked at."""
    return Finding(rule=rule, severity=Severity.WARNING, where=where, message=message, basis=basis)
