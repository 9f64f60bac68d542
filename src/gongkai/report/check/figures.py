"""Figures told in the text against the tables, clause by clause: N-FIGURE and N-CLAIM.

Precision first: what speaks of another year, of other matters or vaguely is not compared, and a figure is wrong only
if none of the readings that its phrase may lawfully have is true.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.law.results import RESULT_KEYS
from gongkai.report.check.told import MEASURE, NUMBER, Clause, Squeezed, number, sentences, squeezed
from gongkai.report.model import Report

_BASIS = "《政府信息公开条例》第五十条"
_TOPICS = (
    ("normative_documents", re.compile("规范性文件")),
    ("litigation", re.compile("诉讼")),
    ("reconsideration", re.compile("复议")),
    ("requests", re.compile("依申请公开|信息公开申请|公开申请|申请公开|收到申请|新收申请|受理申请|办结申请")),
    ("", re.compile("主动公开(?!.*申请)|网站|微信|微博|公众号|新媒体|栏目|解读|培训|会议|检查|考核")),
)
_OTHER_MATTER = re.compile(
    "咨询|信箱|热线|提案|建议(?!公开)|留言|来电|来访|新媒体|协助|协办|系统外|信访(?!举报|投诉)|许可申请|行政许可的?申请|服务申请"
)
_COMPARED = re.compile(
    "同比|环比|相比|较|比上|比去|比20|增长|增加|减少|下降|上升|提高|占比|累计|以来|历年|近[一二三两0-9]年|平均"
)
_OTHER_YEAR = re.compile(r"(?P<year>20\d\d)年|(?P<last>上年|上一年|去年|往年)")
_HINTS = re.compile(r"申请|复议|诉讼|规范性文件|行政许可|行政处罚|行政强制|结转")


@dataclass(frozen=True, slots=True)
class _Claim:
    topic: str
    pattern: re.Pattern[str]
    readings: tuple[tuple[str, ...], ...]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class _Denied:
    topic: str
    pattern: re.Pattern[str]
    wants: str
    cells: tuple[str, ...]
    message: str


def figure_findings(report: Report) -> list[Finding]:
    """Figures that differ from their cells, and claims that a cell denies, in the order of the text."""
    found: list[Finding] = []
    for paragraph in report.paragraphs:
        if _HINTS.search(paragraph.text) or "申" in paragraph.text:
            found.extend(_in_paragraph(report, paragraph))
    return found


def _in_paragraph(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    text = squeezed(paragraph)
    topic = ""
    for clauses in sentences(text.text):
        for clause in clauses:
            topic = _topic(clause.text, topic)
            if _is_elsewhere(clause.text, report.year):
                continue
            yield from _figures(report, text, clause, topic)
            yield from _nothing(report, text, clause)
            yield from _denied(report, text, clause, topic)


def _topic(clause: str, before: str) -> str:
    """What a clause is about: what it names, else what the clauses before it were about."""
    for topic, pattern in _TOPICS:
        if pattern.search(clause):
            return topic
    return before


def _is_elsewhere(clause: str, year: int | None) -> bool:
    """Whether a clause speaks of another year or another matter, or compares."""
    if _OTHER_MATTER.search(clause) or _COMPARED.search(clause):
        return True
    match = _OTHER_YEAR.search(clause)
    if match is None or "结转" in clause:
        return False
    return match["last"] is not None or (year is not None and int(match["year"]) != year)


def _figures(report: Report, text: Squeezed, clause: Clause, topic: str) -> Iterator[Finding]:
    for claim in _claims():
        if claim.topic and claim.topic != topic:
            continue
        if claim.unless is not None and claim.unless.search(clause.text):
            continue
        for match in claim.pattern.finditer(clause.text):
            name = next(key for key, value in match.groupdict().items() if value is not None)
            told = number(match[name])
            if told is not None:
                yield from _compared(report, text, clause.start + match.start(name), told, claim.readings)


def _nothing(report: Report, text: Squeezed, clause: Clause) -> Iterator[Finding]:
    if not re.search("[未没无]", clause.text):
        return
    for pattern, readings in _nothings():
        match = pattern.search(clause.text)
        if match is not None:
            yield from _compared(report, text, clause.start + match.start(), 0, readings)


def _compared(
    report: Report, text: Squeezed, at: int, told: int, readings: tuple[tuple[str, ...], ...]
) -> Iterator[Finding]:
    sums = [_sum(report, reading) for reading in readings]
    if sums[0] is None or told in sums:
        return
    yield Finding(
        rule="N-FIGURE",
        severity=Severity.ERROR,
        where=text.where(at),
        message=f"文中所说的{told}件与表中的{sums[0]}件不一致，请核对",
        expected=sums[0],
        found=told,
        basis=_BASIS,
        evidence=readings[0],
    )


def _denied(report: Report, text: Squeezed, clause: Clause, topic: str) -> Iterator[Finding]:
    for denied in _denials():
        if denied.topic and denied.topic != topic:
            continue
        match = denied.pattern.search(clause.text)
        value = _sum(report, denied.cells) if match is not None and re.search(denied.wants, match[0]) else None
        if match is not None and value:
            start = clause.start + match.start()
            yield Finding(
                rule="N-CLAIM",
                severity=Severity.WARNING,
                where=text.where(start),
                message=denied.message.format(value=value),
                found=text.original(start, clause.start + match.end()),
                basis=_BASIS,
                evidence=denied.cells,
            )


def _sum(report: Report, cells: tuple[str, ...]) -> int | None:
    """The sum of cells; None when one of them has no number."""
    values = [report.cells.get(cell) for cell in cells]
    return None if any(value is None for value in values) else sum(int(value or 0) for value in values)


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf-8"))


@cache
def _claims() -> tuple[_Claim, ...]:
    return tuple(
        _Claim(
            topic=row["topic"],
            pattern=_compiled(row["pattern"]),
            readings=_readings(row["readings"], row["topic"]),
            unless=re.compile(row["unless"]) if "unless" in row else None,
        )
        for row in _data()["claims"]
    )


@cache
def _nothings() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...]:
    return tuple((re.compile(row["pattern"]), _readings(row["readings"], "")) for row in _data()["nothing"])


@cache
def _denials() -> tuple[_Denied, ...]:
    return tuple(
        _Denied(row["topic"], re.compile(row["pattern"]), row.get("wants", ""), tuple(row["cells"]), row["message"])
        for row in _data()["denied"]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with N and M filled in; a second N of an alternative gets a name of its own."""
    parts = pattern.replace("[M]", f"[{MEASURE}]").split("N")
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
