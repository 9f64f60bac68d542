"""The rows of the table of formulas (固定提法): wordings, series in order, known slips, formulas of a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from gongkai.findings import PRACTICE, Severity
from gongkai.proofing.nearness import stretch

_MARKS = re.compile("[，、。；：“”\"'‘’《》（）() ]")
_JOIN = "(?:、|和|与|及|以及)"
REACH = 160
"""How far, in characters, around a literal of it a whole formula is looked for."""

Spot = tuple[int, int, str | None, str, Severity]
"""Start, end, what should stand there, the message, the severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row of the table may say about its findings."""

    basis: str = PRACTICE
    blocks: bool = False


@dataclass(frozen=True, kw_only=True)
class Phrase(Row):
    """A wording of its own; up to `slack` characters of difference count as a misquotation, more as another phrase.

    Other marks are told, as a hint, of `strict` wordings alone: quotation in running text bends them by right.
    """

    official: str
    slack: int = 1
    also: tuple[str, ...] = ()
    strict: bool = False

    def literals(self) -> Iterator[tuple[str, int]]:
        """Pieces with their offsets: of a misquotation at least one stands unchanged (slack + 1 pieces)."""
        pieces, length = self.slack + 1, len(self.official)
        for piece in range(pieces):
            start, end = piece * length // pieces, (piece + 1) * length // pieces
            yield self.official[start:end], start

    def findings(self, text: str, at: int, literal: str, offset: int) -> Iterator[Spot]:
        official = self.official
        if text.startswith(official, at - offset) and at >= offset:
            return
        start, end, difference = stretch(official, offset, len(literal), text, at, self.slack)
        found = text[start:end]
        # A difference at either end would rather be another phrase that goes on in its own way.
        if not 0 < difference <= self.slack or found[0] != official[0] or found[-1] != official[-1]:
            return
        if any(wording in text[max(0, start - 4) : end + 8] for wording in self.also):
            return
        marks_alone = _MARKS.sub("", found) == _MARKS.sub("", official)
        if not self.strict and (marks_alone or (not self.blocks and self._is_bent(found))):
            return
        severity = Severity.HINT if marks_alone else Severity.ERROR
        yield start, end, official, f"固定提法引用有误，规范表述是{quoted(official)}。", severity

    def _is_bent(self, found: str) -> bool:
        """Whether only what running text bends by right differs: marks, 的, and 和 for a last 、."""
        bent = re.compile(_MARKS.pattern + "|的|和" if "、" in self.official else _MARKS.pattern + "|的")
        return bent.sub("", found) == bent.sub("", self.official)


@dataclass(frozen=True, kw_only=True)
class Series(Row):
    """Items that belong together in a fixed order. `name` is what the set is called, `suffix` ends every item."""

    items: tuple[str, ...]
    name: str | None = None
    suffix: str | None = None

    def literals(self) -> Iterator[tuple[str, int]]:
        for first, second in permutations(self.items, 2):
            yield f"{first}、{second}", 0

    def findings(self, text: str, at: int, literal: str, offset: int) -> Iterator[Spot]:
        official = self._official
        if 0 <= text.find(official, max(0, at - len(official)), at + len(official)) <= at:
            return
        begin, end = max(0, at - REACH), at + REACH
        for match in self._run.finditer(text, begin, end):
            printed = self._item.findall(match[0])
            if sorted(printed) == sorted(self.items) and printed != list(self.items):
                yield *match.span(), official, f"并列项的顺序有误，规范顺序是{quoted(official)}。", Severity.ERROR
        for item, pattern in self._replaced:
            match_ = pattern.search(text, begin, end)
            if match_ and match_["x"] != item and set(match_["x"]) & set(self._stem(item)):
                message = f"“{match_['x']}”应为“{item}”，规范表述是{quoted(official)}。"
                yield *match_.span("x"), item, message, Severity.ERROR
        if self._short and (short := self._short.search(text, begin, end)):
            printed = self._item.findall(short["run"])
            if 1 < len(set(printed)) < len(self.items):
                yield (
                    *short.span("run"),
                    official,
                    f"“{self.name}”没有列全，规范表述是{quoted(official)}。",
                    Severity.ERROR,
                )

    def _stem(self, item: str) -> str:
        return item.removesuffix(self.suffix) if self.suffix else item

    @cached_property
    def _official(self) -> str:
        return "、".join(self.items)

    @cached_property
    def _item(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, self.items), key=len, reverse=True)))

    @cached_property
    def _run(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self._item.pattern})(?:{_JOIN}(?:{self._item.pattern})){{{len(self.items) - 1}}}")

    @cached_property
    def _short(self) -> re.Pattern[str] | None:
        """The set's name behind fewer items than it has."""
        if self.name is None:
            return None
        run = f"(?:{self._item.pattern})(?:{_JOIN}(?:{self._item.pattern})){{1,{len(self.items) - 2}}}"
        return re.compile(f'(?<!、)(?P<run>{run})的?[“"]?{self.name}')

    @cached_property
    def _replaced(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """For each item that a slip can be told of, the whole series with that item open."""
        if len(self.items) < 4 and not self.suffix:
            return ()
        open_ends = range(len(self.items)) if self.suffix else range(1, len(self.items) - 1)
        return tuple((self.items[index], self._with_open(index)) for index in open_ends)

    def _with_open(self, index: int) -> re.Pattern[str]:
        parts = [re.escape(item) for item in self.items]
        stem = self._stem(self.items[index]) if index in (0, len(parts) - 1) else self.items[index]
        ending = self.items[index].removeprefix(stem)
        parts[index] = f"(?P<x>[^、，。；：“”和与及]{{{len(stem)}}}{ending})"
        return re.compile(_JOIN.join(parts))


@dataclass(frozen=True, kw_only=True)
class Variant(Row):
    """A known wrong wording and what should stand there; a `hint` where it was once right."""

    pattern: str
    right: str
    words: tuple[str, ...]
    hint: bool = False

    def literals(self) -> Iterator[tuple[str, int]]:
        for word in self.words:
            yield word, 0

    def findings(self, text: str, at: int, literal: str, offset: int) -> Iterator[Spot]:
        severity = Severity.HINT if self.hint else Severity.ERROR
        for match in self._compiled.finditer(text, max(0, at - REACH), at + REACH):
            yield *match.span(), self.right, f"固定提法引用有误，规范表述是{quoted(self.right)}。", severity

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


@dataclass(frozen=True, kw_only=True)
class Dated(Row):
    """The formula of certain years; `usual` is the wording to recommend for them."""

    pattern: str
    years: tuple[int, ...]
    words: tuple[str, ...]
    usual: str | None = None

    def literals(self) -> Iterator[tuple[str, int]]:
        for word in self.words:
            yield word, 0

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


Wording = Phrase | Series | Variant


def quoted(text: str) -> str:
    """The text in quotation marks, its own ones as inner marks."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
