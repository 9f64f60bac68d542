"""What a text tells in figures: squeezed paragraphs, sentences and clauses, numbers in every script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.documents.blocks import Paragraph
from gongkai.report.reading.values import FULL_WIDTH, INVISIBLE, SPACES

_DROPPED = re.compile("[" + "".join(map(chr, {*SPACES, *INVISIBLE} - {0x0A})) + "\n]")
_SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")
_CLAUSE = re.compile(r"(?:[^，,：:（）()]|(?<=\d),(?=\d{3}))+")
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
MEASURE = "件条宗份例项起次个"
NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+|[零〇一二两三四五六七八九十百千]+)(?![余多几.\d%％]|万(?!件)|个百分点)"


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A paragraph's text in half-width forms without white space, and where each character stood."""

    text: str
    paragraph: Paragraph
    offsets: tuple[int, ...] | None

    def where(self, at: int) -> str:
        """`LINE:COLUMN` of the character at `at` of `text`."""
        return self.paragraph.where(self.offsets[at] if self.offsets is not None else at)

    def original(self, start: int, end: int) -> str:
        """The characters of the source between two places of `text`."""
        if self.offsets is None:
            return self.paragraph.text[start:end]
        return self.paragraph.text[self.offsets[start] : self.offsets[end - 1] + 1]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: its text and where it begins in the squeezed paragraph."""

    text: str
    start: int


def squeezed(paragraph: Paragraph) -> Squeezed:
    """The paragraph made ready for patterns that know neither spaces nor full-width digits."""
    text = paragraph.text.translate(FULL_WIDTH_DIGITS)
    if not _DROPPED.search(text):
        return Squeezed(text, paragraph, None)
    offsets = tuple(i for i, char in enumerate(text) if not _DROPPED.match(char))
    return Squeezed("".join([text[i] for i in offsets]), paragraph, offsets)


FULL_WIDTH_DIGITS = {code: plain for code, plain in FULL_WIDTH.items() if chr(plain).isdigit() or chr(plain) == "%"}


def sentences(text: str) -> Iterator[list[Clause]]:
    """The sentences of a squeezed text, each as its clauses."""
    for sentence in _SENTENCE.finditer(text):
        yield [Clause(match[0], match.start()) for match in _CLAUSE.finditer(text, sentence.start(), sentence.end())]


@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """The number that Arabic or Chinese numerals tell (12, 1,234, 二十三, 一百零五, 两); None for what is none."""
    plain = text.replace(",", "")
    if plain.isdigit():
        return int(plain)
    if not plain or any(char not in _DIGITS and char not in _UNITS for char in plain):
        return None
    if not any(char in _UNITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    total, digit = 0, 0
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _UNITS[char]
            digit = 0
    return total + digit
