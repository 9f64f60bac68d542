"""Figures told in the text against the tables, clause by clause: N-FIGURE and N-CLAIM.

Precision first: what speaks of another year, of other matters or vaguely is not compared, and a figure is wrong only
if none of the readings that its phrase may lawfully have is true.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.law.results import RESULT_KEYS
from gongkai.report.check.context import OTHER, Told, told_clauses
from gongkai.report.check.told import MEASURE, NUMBER, Squeezed, number, squeezed
from gongkai.report.model import Report

_BASIS = "《政府信息公开条例》第五十条"
_HINTS = re.compile(r"申请|复议|诉讼|规范性文件|行政许可|行政处罚|行政强制|事业性收费|结转")
_NEGATIVE = re.compile("[未没无零0]")
_COUNTED = re.compile("[0-9零〇一二两三四五六七八九十百千]")
_ACTS = re.compile("收|受理|接到|结转|办|答复|处理|公开|提供|复议|维持|纠正|审|诉|规范|废止|有效|许可|处罚|强制")
"""Some word of each claim: most clauses have none, and their figures need no further look."""


@dataclass(frozen=True, slots=True)
class _Claim:
    topic: str
    pattern: re.Pattern[str]
    readings: tuple[tuple[str, ...], ...]
    unless: re.Pattern[str] | None
    unless_around: re.Pattern[str] | None
    is_whole: bool
    unit: str


@dataclass(frozen=True, slots=True)
class _Denied:
    topic: str
    pattern: re.Pattern[str]
    wants: str
    cells: tuple[str, ...]
    message: str
    unless: re.Pattern[str] | None
    unless_around: re.Pattern[str] | None


def figure_findings(report: Report) -> list[Finding]:
    """Figures that differ from their cells, and claims that a cell denies, in the order of the text."""
    found: list[Finding] = []
    for paragraph in report.paragraphs:
        if _HINTS.search(paragraph.text) or "申" in paragraph.text:
            found.extend(_in_paragraph(report, paragraph))
    return found


def _in_paragraph(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    text = squeezed(paragraph)
    for told in told_clauses(text.text, year=report.year, agency=report.agency):
        yield from _figures(report, text, told)
        yield from _nothing(report, text, told)
        yield from _denied(report, text, told)


def _figures(report: Report, text: Squeezed, told: Told) -> Iterator[Finding]:
    if not _ACTS.search(told.clause.text) or not _COUNTED.search(told.clause.text):
        return
    seen: set[int] = set()
    for claim in _claims()[told.topic]:
        for match in claim.pattern.finditer(told.clause.text):
            if _is_excepted(claim, told):
                break
            name = next(key for key, value in match.groupdict().items() if value is not None)
            value = Decimal(match[name]) if claim.unit == "万元" else number(match[name])
            at = match.start(name)
            if value is None or at in seen or (claim.is_whole and at >= told.parts_from):
                continue
            seen.add(at)
            yield from _compared(report, text, told.clause.start + at, value, claim)


def _nothing(report: Report, text: Squeezed, told: Told) -> Iterator[Finding]:
    if not _NEGATIVE.search(told.clause.text) or told.topic == OTHER:
        return
    for claim in _nothings():
        if (match := claim.pattern.search(told.clause.text)) and not _is_excepted(claim, told):
            yield from _compared(report, text, told.clause.start + match.start(), 0, claim)


def _is_excepted(claim: _Claim | _Denied, told: Told) -> bool:
    if claim.unless is not None and claim.unless.search(told.clause.text):
        return True
    around = claim.unless_around
    return around is not None and any(around.search(part) for part in (told.before, told.after))


def _compared(report: Report, text: Squeezed, at: int, told: int | Decimal, claim: _Claim) -> Iterator[Finding]:
    sums = [_sum(report, reading) for reading in claim.readings]
    # A reading that lacks a number may be the one that was meant.
    if None in sums or told in sums:
        return
    yield Finding(
        rule="N-FIGURE",
        severity=Severity.ERROR,
        where=text.where(at),
        message=f"文中所说的{told}{claim.unit}与表中的{sums[0]}{claim.unit}不一致，请核对",
        expected=sums[0],
        found=told,
        basis=_BASIS,
        evidence=claim.readings[0],
    )


def _denied(report: Report, text: Squeezed, told: Told) -> Iterator[Finding]:
    for denied in _denials():
        if denied.topic and denied.topic != told.topic:
            continue
        match = denied.pattern.search(told.clause.text)
        if match is None or match.start() >= told.parts_from or not re.search(denied.wants, match[0]):
            continue
        if _is_excepted(denied, told):
            continue
        if value := _sum(report, denied.cells):
            start = told.clause.start + match.start()
            yield Finding(
                rule="N-CLAIM",
                severity=Severity.WARNING,
                where=text.where(start),
                message=denied.message.format(value=value),
                found=text.original(start, told.clause.start + match.end()),
                basis=_BASIS,
                evidence=denied.cells,
            )


def _sum(report: Report, cells: tuple[str, ...]) -> int | Decimal | None:
    """The sum of cells; None when one of them has no number."""
    values = [report.cells.get(cell) for cell in cells]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf-8"))


@cache
def _claims() -> Mapping[str, tuple[_Claim, ...]]:
    """The claims that a clause of each topic may make."""
    claims = tuple(map(_claim, _data()["claims"]))
    topics = {OTHER, *(claim.topic for claim in claims)}
    return {topic: tuple(claim for claim in claims if claim.topic in ("", topic)) for topic in topics}


@cache
def _nothings() -> tuple[_Claim, ...]:
    return tuple(map(_claim, _data()["nothing"]))


@cache
def _denials() -> tuple[_Denied, ...]:
    return tuple(
        _Denied(
            row["topic"],
            re.compile(row["pattern"]),
            row.get("wants", ""),
            tuple(row["cells"]),
            row["message"],
            *_exceptions(row),
        )
        for row in _data()["denied"]
    )


def _claim(row: dict[str, Any]) -> _Claim:
    topic = row.get("topic", "")
    return _Claim(
        topic,
        _compiled(row["pattern"]),
        _readings(row["readings"], topic),
        *_exceptions(row),
        is_whole=row.get("whole", False),
        unit=row.get("unit", "件"),
    )


def _exceptions(row: dict[str, Any]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    inside, around = (re.compile(row[key]) if key in row else None for key in ("unless", "unless_around"))
    return inside, around


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with N and M filled in; a second N of an alternative gets a name of its own.

    个 counts days, months and aspects too often to be a measure of requests.
    """
    parts = pattern.replace("[M]", f"[{MEASURE.replace('个', '')}]").split("N")
    out = parts[0]
    for index, part in enumerate(parts[1:]):
        out += NUMBER.replace("?P<n>", f"?P<n{index}>") + part
    return re.compile(out)


def _readings(readings: list[list[str]], topic: str) -> tuple[tuple[str, ...], ...]:
    """Readings with full cell ids; `@refused` is the group of results whose keys begin so."""
    return tuple(tuple(cell for name in reading for cell in _cells(name, topic)) for reading in readings)


def _cells(name: str, topic: str) -> tuple[str, ...]:
    if name.startswith("@"):
        return tuple(f"requests.{key}.total" for key in RESULT_KEYS if key.startswith(f"{name[1:]}_"))
    return (f"requests.{name}",) if topic == "requests" else (name,)
