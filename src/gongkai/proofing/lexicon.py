"""The lexicon (词库): wrong wordings and their repair, literals in one pass, patterns only beside a word of theirs.

Columns of `data/lexicon.tsv`: wrong (a literal, or `re:` and a pattern), right (the repair, `\\1` for a group; empty
deletes; `!` begins advice for a person), category, note (S1 blocks, S2 error, S3 hint).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text
from gongkai.proofing.triggers import triggers

_SEVERITIES = {"S1": Severity.ERROR, "S2": Severity.ERROR, "S3": Severity.HINT}
_OLD_NUMBER = re.compile(r"〔(?:19|20)\d{2}〕")
_NUMBER_REACH = 16
_SENTENCE_REACH = 200
_SENTENCE_END = re.compile("[。\n]")
_REFORM = re.compile(
    r"(?<![平高草还中太])原(?![因则来料理始本材创件告油野稿址定计有由汁价])|前身|更名|改名|改为|改称|撤销|不再保留|组建"
    r"|划入|划转|转隶|时任|曾任|历任|机构改革|(?<!\d)(?:19\d\d|200\d|201[0-8])年"
)
"""What shows that a sentence speaks of former times, when the old name was the name."""
_MARKS_ALONE = frozenset({"punctuation", "heading"})
"""Categories whose findings cover the marks alone, without the words that a pattern needs beside them."""
_QUOTED = frozenset({"political", "social", "redundancy"})
"""Wordings that a title keeps as its time wrote it."""
_COMMON = frozenset("的一二是、，。；：年月日第（）()件 ")
"""Characters too frequent in official text to wait for: patterns that need one of them run everywhere."""
_NUMBERED = r"re:^(\s*"
"""Patterns of numbers at the head of a paragraph are run on the paragraphs that begin with one."""
_WORD = re.compile(r"[一-鿿A-Za-z0-9]")


@dataclass(frozen=True)
class Row:
    """One row; `pattern` is None for a literal."""

    wrong: str
    right: str
    category: str
    severity: Severity
    blocks: bool

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The compiled pattern of a `re:` row."""
        return re.compile(self.wrong[3:], re.M) if self.wrong.startswith("re:") else None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    row: Row
    right: str | None
    advice: str


class Lexicon:
    """Rows made ready for scanning. Give your own rows to use another list than the shipped one."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        words: dict[str, list[Row]] = {}
        self._everywhere: list[Row] = []
        self._heads: list[Row] = []
        for row in self.rows:
            if row.wrong.startswith(_NUMBERED):
                self._heads.append(row)
                continue
            needed = triggers(row.wrong[3:]) if row.pattern else frozenset({row.wrong})
            if row.pattern and (not needed or needed & _COMMON):
                self._everywhere.append(row)
                continue
            for word in needed:
                words.setdefault(word, []).append(row)
        self._words = list(words.values())
        self._automaton = AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)
        self._messages: dict[str, Any] = tomllib.loads(_data("categories.toml"))

    def findings(self, text: Text) -> Iterator[Finding]:
        """Every row that the text breaks; within a category the longest of overlapping matches wins."""
        hits = sorted(self._hits(text), key=lambda hit: (hit.row.category, hit.start, -hit.end))
        last: _Hit | None = None
        for hit in hits:
            if last is None or last.row.category != hit.row.category or hit.start >= last.end:
                if last is not None:
                    yield self._finding(text, last)
                last = hit
            elif hit.end - hit.start > last.end - last.start:
                last = hit
        if last is not None:
            yield self._finding(text, last)

    def _hits(self, text: Text) -> Iterator[_Hit]:
        joined = text.text
        seen: set[tuple[int, int]] = set()
        for word, start, end in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            for row in self._words[word]:
                if row.pattern is None:
                    yield from self._kept(text, row, start, end, row.right)
                    continue
                line = text.line_of(start)
                if (id(row), line[0]) not in seen:
                    seen.add((id(row), line[0]))
                    yield from self._matches(text, row, line)
        for row in self._everywhere:
            yield from self._matches(text, row, (0, len(joined)))
        for start in text.numbered:
            for row in self._heads:
                yield from self._matches(text, row, text.line_of(start))

    def _matches(self, text: Text, row: Row, span: tuple[int, int]) -> Iterator[_Hit]:
        assert row.pattern is not None
        for match in row.pattern.finditer(text.text, *span):
            if match.end() > match.start():
                right = match.expand(row.right) if "\\" in row.right else row.right
                yield from self._kept(text, row, match.start(), match.end(), right)

    def _kept(self, text: Text, row: Row, start: int, end: int, right: str) -> Iterator[_Hit]:
        if row.category == "institution_old" and _is_historic(text, start, end):
            return
        if row.category in _QUOTED and not row.blocks and _is_in_title(text, start):
            return
        if right.startswith("!"):
            yield _Hit(start, end, row, None, right[1:])
            return
        ahead, behind = _unchanged(text.text[start:end], right) if row.category in _MARKS_ALONE else (0, 0)
        yield _Hit(start + ahead, end - behind, row, right[ahead : len(right) - behind], "")

    def _finding(self, text: Text, hit: _Hit) -> Finding:
        told = self._messages[hit.row.category]
        message = hit.advice or told["message" if hit.right else "delete"].format(right=hit.right)
        return text.finding(
            f"proof.{hit.row.category}",
            hit.row.severity,
            (hit.start, hit.end),
            message,
            expected=hit.right,
            basis=told["basis"],
            blocks=hit.row.blocks,
        )


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the package."""
    lines = _data("lexicon.tsv").splitlines()[1:]
    return Lexicon(row_of(line) for line in lines if line.strip())


def row_of(line: str) -> Row:
    """A row from its line. Raises ValueError when it has not four columns or no severity."""
    wrong, right, category, note = line.split("\t")
    if note[:2] not in _SEVERITIES:
        raise ValueError(f"no severity in the note: {line}")
    return Row(wrong, right, category, _SEVERITIES[note[:2]], note.startswith("S1"))


def _data(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text(encoding="utf-8")


def _is_historic(text: Text, start: int, end: int) -> bool:
    """An old name is right in a title, beside a document number, of a year of its time, and where reform is told."""
    if _is_in_title(text, start) or _OLD_NUMBER.search(text.text, end, end + _NUMBER_REACH):
        return True
    before = _SENTENCE_END.split(text.text[max(0, start - _SENTENCE_REACH) : start])[-1]
    return _REFORM.search(before + _SENTENCE_END.split(text.text[start : end + _SENTENCE_REACH])[0]) is not None


def _is_in_title(text: Text, at: int) -> bool:
    before = _SENTENCE_END.split(text.text[max(0, at - _SENTENCE_REACH) : at])[-1]
    return before.rfind("《") > before.rfind("》")


def _unchanged(found: str, right: str) -> tuple[int, int]:
    """How many characters at both ends stay as they are, where only marks and spaces change; else none."""
    limit = min(len(found), len(right))
    ahead = 0
    while ahead < limit and found[ahead] == right[ahead]:
        ahead += 1
    behind = 0
    while behind < limit - ahead and found[-1 - behind] == right[-1 - behind]:
        behind += 1
    changed = found[ahead : len(found) - behind] + right[ahead : len(right) - behind]
    if not changed or _WORD.search(changed) or ahead + behind == len(found):
        return 0, 0
    return ahead, behind
