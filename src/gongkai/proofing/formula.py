"""Fixed formulas (固定提法): misquoted, out of order, or belonging to another year than the report's."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.proofing.wordings import REACH, Dated, Phrase, Row, Series, Spot, Variant, Wording, quoted

RULE = "proof.formula"
_THIS_YEAR = "今年以来"
_SENTENCE = re.compile("[。！？；]")
_YEAR = re.compile(r"(20\d\d)年")
_TITLE = re.compile("《[^《》]*》")
_AHEAD = re.compile("明年|来年|下一年|新的一年|下一步|去年|上一年|上年")


@dataclass(frozen=True)
class Table:
    """All rows, and for each literal of theirs the rows that it may belong to, with its offset in their wording."""

    wordings: tuple[Wording, ...]
    dated: tuple[Dated, ...]

    @cached_property
    def owners(self) -> Mapping[str, list[tuple[Wording | Dated, int]]]:
        owners: defaultdict[str, list[tuple[Wording | Dated, int]]] = defaultdict(list)
        for row in (*self.wordings, *self.dated):
            for literal, offset in row.literals():
                owners[literal].append((row, offset))
        return owners

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return (*self.owners, _THIS_YEAR)

    @cached_property
    def automaton(self) -> Any:
        from ahocorasick_rs import AhoCorasick, Implementation  # here, so that the bare command starts without it

        return AhoCorasick(self.literals, implementation=Implementation.DFA)

    def usual(self, year: int) -> str | None:
        """The formula of that year."""
        return next((row.usual for row in self.dated if row.usual and year in row.years), None)


@cache
def table() -> Table:
    """The table of formulas."""
    data = tomllib.loads(files("gongkai.proofing").joinpath("data/formulas.toml").read_text(encoding="utf-8"))
    rows = {name: [_frozen(row) for row in data[name]] for name in data}
    wordings: tuple[Wording, ...] = (
        *(Phrase(**row) for row in rows["phrase"]),
        *(Series(**row) for row in rows["series"]),
        *(Variant(**row) for row in rows["variant"]),
    )
    return Table(wordings, tuple(Dated(**row) for row in rows["dated"]))


def formula_findings(paragraph: Paragraph, *, year: int | None) -> Iterable[Finding]:
    """Formulas that a paragraph misquotes, and those of another year. `year` is the year that the text reports on."""
    hits = table().automaton.find_matches_as_indexes(paragraph.text, overlapping=True)
    return _found(paragraph, year, hits) if hits else ()


def _found(paragraph: Paragraph, year: int | None, hits: list[tuple[int, int, int]]) -> Iterator[Finding]:
    formulas, text = table(), paragraph.text
    told: set[tuple[int, int]] = set()
    for index, start, _ in hits:
        literal = formulas.literals[index]
        if literal == _THIS_YEAR:
            if year is not None:
                yield _this_year(paragraph, start, year)
            continue
        for row, offset in formulas.owners[literal]:
            if isinstance(row, Dated):
                spots = _other_year(row, text, start, year)
            else:
                spots = row.findings(text, start, literal, offset)
            for begin, end, expected, message, severity in spots:
                if (begin, end) not in told:
                    told.add((begin, end))
                    yield _finding(paragraph, (begin, end), expected, message, severity, row)


def _other_year(row: Dated, text: str, at: int, year: int | None) -> Iterator[Spot]:
    for match in row.compiled.finditer(text, max(0, at - REACH), at + REACH):
        meant = _year_of_sentence(text, match.start(), year)
        if meant is None or meant in row.years:
            continue
        years = "、".join(map(str, row.years))
        usual = table().usual(meant)
        advice = f"{meant}年的提法一般是{quoted(usual)}" if usual else "请改用当年的提法"
        yield (
            *match.span(),
            None,
            f"{quoted(match[0])}是{years}年的提法，这里说的是{meant}年，{advice}。",
            Severity.HINT,
        )


def _year_of_sentence(text: str, at: int, year: int | None) -> int | None:
    """The year that the sentence before `at` speaks of; None when it looks ahead or back without naming a year."""
    sentence = _TITLE.sub("", _SENTENCE.split(text[max(0, at - REACH) : at])[-1])
    named = _YEAR.findall(sentence)
    if named:
        return int(named[-1])
    return None if _AHEAD.search(sentence) else year


def _this_year(paragraph: Paragraph, start: int, year: int) -> Finding:
    message = f"报告的是已经结束的{year}年，“{_THIS_YEAR}”容易误解为发布时的年份，宜写明“{year}年”。"
    return _finding(paragraph, (start, start + len(_THIS_YEAR)), f"{year}年", message, Severity.HINT, Row())


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _finding(
    paragraph: Paragraph, span: tuple[int, int], expected: str | None, message: str, severity: Severity, row: Row
) -> Finding:
    return Finding(
        rule=RULE,
        severity=severity,
        where=paragraph.where(span[0]),
        message=message,
        expected=expected,
        found=paragraph.text[span[0] : span[1]],
        basis=row.basis,
        blocks=row.blocks,
    )
