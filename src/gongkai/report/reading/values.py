"""What stands in a cell: a number, a sign for nothing, or something that a person has to look at.

Only normalising that loses nothing is silent; a figure is never guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from gongkai.report.model import CellValue

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD, 0x202A, 0x202C, 0x2028])
SPACES = dict.fromkeys([*b"\t\n\x0b\x0c\r ", 0x85, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000])

_BARE = FULL_WIDTH | INVISIBLE | SPACES | {0xFF0C: ord(","), 0x2212: ord("-"), 0x3001: ord("、")}
_NOTHING = re.compile(r"[/\\\-‐‑–—―─~]*|无")
_DIGITS = r"(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3})+)"
_PARTED = re.compile(r"[\d０-９]\s+[\d０-９]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[\u0020\u2009\u202f]\d{3})+(?:\.\d+)?")
_COUNT = re.compile(_DIGITS)
_AMOUNT = re.compile(rf"{_DIGITS}(?:\.\d{{1,6}})?")
_CHANGE = re.compile(rf"(?P<sign>[+\-增减]|增加|减少)?(?P<number>{_DIGITS})")
_FOOTNOTE = r"(?:[*†‡①-⑳¹²³⁰-⁹]+|\[(?:注)?\d{0,2}\]|\((?:注)\d{0,2}\)|注\d{0,2}|#)"
_DECORATED = {
    "count": re.compile(rf"(?P<number>{_DIGITS})(?:[件条宗份例项起次个人]{_FOOTNOTE}?|{_FOOTNOTE})"),
    "amount": re.compile(rf"(?P<number>{_DIGITS}(?:\.\d{{1,6}})?)(?:\(?万元?\)?{_FOOTNOTE}?|{_FOOTNOTE})"),
    "change": re.compile(rf"(?P<number>[+\-增减]?{_DIGITS})(?:[件条项个]{_FOOTNOTE}?|{_FOOTNOTE})"),
}
_FIGURE_LIKE = re.compile(r"[+\-增减]?\d+(?:[,.]\d+)*(?:[件条宗份例项起次个人元]|万元?)?(?:\(.*\))?" + _FOOTNOTE + "?")


class Reading(Enum):
    """How a cell was read: plainly, with something stripped, as a sign for nothing, or not at all."""

    PLAIN = "plain"
    STRIPPED = "stripped"
    BLANK = "blank"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class ReadValue:
    """The value of a raw cell text, and how it was got."""

    value: CellValue
    reading: Reading


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The text in half-width forms without white space and invisible characters."""
    return text.translate(_BARE)


@lru_cache(maxsize=4096)
def read_value(raw: str, kind: str = "count") -> ReadValue:
    """What the raw text of a cell of that kind (count, amount, change) says."""
    text = bare(raw)
    if _NOTHING.fullmatch(text):
        return ReadValue(None, Reading.BLANK)
    if _PARTED.search(raw) and not _THOUSANDS.fullmatch(raw.strip()):
        return ReadValue(None, Reading.ODD)
    if _matches(text, kind):
        return ReadValue(_number(text, kind), Reading.PLAIN)
    decorated = _DECORATED[kind].fullmatch(text)
    if decorated:
        return ReadValue(_number(decorated["number"], kind), Reading.STRIPPED)
    return ReadValue(None, Reading.ODD)


@lru_cache(maxsize=4096)
def is_blank(raw: str) -> bool:
    """Whether a cell holds nothing or a mere sign for nothing (`/`, `-`, `—`, 无)."""
    return _NOTHING.fullmatch(bare(raw)) is not None


@lru_cache(maxsize=4096)
def is_figure(raw: str) -> bool:
    """Whether a text looks like the content of a figure's cell: a figure, sound or odd, or a sign for nothing."""
    text = bare(raw)
    return bool(text) and (_NOTHING.fullmatch(text) is not None or _FIGURE_LIKE.fullmatch(text) is not None)


def _matches(text: str, kind: str) -> bool:
    pattern = {"count": _COUNT, "amount": _AMOUNT, "change": _CHANGE}[kind]
    return pattern.fullmatch(text) is not None


def _number(text: str, kind: str) -> CellValue:
    plain = text.replace(",", "")
    if kind == "amount":
        return Decimal(plain)
    if kind == "change":
        match = _CHANGE.fullmatch(plain)
        assert match is not None
        number = int(match["number"])
        return -number if match["sign"] in ("-", "减", "减少") else number
    return int(plain)
