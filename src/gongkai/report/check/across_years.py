"""This year's report beside last year's: X-CARRY, X-INFORCE."""

from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.law.applicants import APPLICANT_KINDS, TOTAL
from gongkai.report.form import form
from gongkai.report.model import Report

_DOCUMENTS = {"regulations": "规章", "normative_documents": "行政规范性文件"}
_CARRIED = tuple(
    (f"requests.carried_in.{kind.key}", f"requests.carried_out.{kind.key}") for kind in (*APPLICANT_KINDS, TOTAL)
)
"""This year's cells and last year's that they continue."""
_IN_FORCE = tuple(
    (f"proactive.{key}.{column}", f"proactive.{key}.in_force" if column == "in_force" else "")
    for key in _DOCUMENTS
    for column in ("issued", "repealed", "in_force")
)


def across_years_findings(report: Report, previous: Report) -> list[Finding]:
    """What does not continue last year's figures. Of cells without a number in either year one hint for each rule."""
    return [
        *_carried(report, previous),
        *_unjudged("X-CARRY", "requests.carried_in", _CARRIED, report, previous),
        *_in_force(report, previous),
        *_unjudged("X-INFORCE", "proactive", _IN_FORCE, report, previous),
    ]


def _unjudged(
    rule: str, where: str, cells: tuple[tuple[str, str], ...], report: Report, previous: Report
) -> Iterator[Finding]:
    """A hint where a cell that stands in a table has no number; what a form does not have is not missed."""
    blank = [now for now, before in cells if now in report.blank_cells or before in previous.blank_cells]
    if blank:
        yield Finding(
            rule=rule,
            severity=Severity.HINT,
            where=where,
            message=f"本年或上年有{len(blank)}格没有数字，无法与上一年度报告核对，请补全后再核",
            basis=form(report.form).basis,
            evidence=tuple(blank),
        )


def _carried(report: Report, previous: Report) -> Iterator[Finding]:
    totals = [_pair(report, previous, TOTAL.key)]
    same_total = totals[0] is not None and totals[0][0] == totals[0][1]
    for kind in (*APPLICANT_KINDS, TOTAL):
        pair = _pair(report, previous, kind.key)
        if pair is None or pair[0] == pair[1]:
            continue
        yield Finding(
            rule="X-CARRY",
            severity=Severity.WARNING if same_total else Severity.ERROR,
            where=f"requests.carried_in.{kind.key}",
            message=f"“上年结转”的“{kind.label}”一格应等于上一年度报告“结转下年度继续办理”的同一格"
            + ("；两年总计相同，如系更正申请人类别，请说明" if same_total else "，请核对"),
            expected=pair[0],
            found=pair[1],
            basis=form(report.form).basis,
            evidence=(f"requests.carried_out.{kind.key}",),
        )


def _pair(report: Report, previous: Report, column: str) -> tuple[int, int] | None:
    before = previous.cells.get(f"requests.carried_out.{column}")
    now = report.cells.get(f"requests.carried_in.{column}")
    return None if before is None or now is None else (int(before), int(now))


def _in_force(report: Report, previous: Report) -> Iterator[Finding]:
    for key, name in _DOCUMENTS.items():
        cell = f"proactive.{key}"
        before = previous.cells.get(f"{cell}.in_force")
        issued, repealed, now = (report.cells.get(f"{cell}.{column}") for column in ("issued", "repealed", "in_force"))
        if before is None or issued is None or repealed is None or now is None:
            continue
        computed = int(before) + int(issued) - int(repealed)
        if computed != now:
            yield Finding(
                rule="X-INFORCE",
                severity=Severity.WARNING,
                where=cell,
                message=f"{name}现行有效件数一般应等于上年现行有效数加本年制发数减本年废止数；如因清理或重新核定，请在报告中说明",
                expected=computed,
                found=int(now),
                evidence=tuple(f"{cell}.{column}" for column in ("issued", "repealed", "in_force")),
            )
