"""Document numbers (发文字号): read out of a text in whatever brackets they stand, written in the official form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.titles import Span

_OPENING = "〔[【（(〖［﹝"
_CLOSING = "〕]】）)〗］﹞"
_YEARLY = re.compile(
    rf"[{re.escape(_OPENING)}]\s*((?:19|20)\d\d)年?\s*[{re.escape(_CLOSING)}]\s*(?:第\s*)?(\d{{1,5}})\s*号"
    r"(?![楼院门线机井厂地公住厂标泊仓馆库站桥])"
)
_ORDER = re.compile(r"国务院(?:令第\s*(\d{1,4})\s*号|第\s*(\d{1,4})\s*号令)")
_AGENCY = re.compile(r"[一-龥]{1,16}$")
_LEAD = re.compile(
    r".*(?:按照|根据|依据|依照|参照|落实|执行|印发|转发|贯彻|学习|文件|通知|下发|发布|以|的|和|与|及|见|由|即|经)"
)
_KNOWN_CODES = (
    "国办公开办函",
    "国办发明电",
    "国办秘函",
    "国务院令",
    "国办发",
    "国办函",
    "中办发",
    "国发",
    "国函",
    "法释",
)


@dataclass(frozen=True, slots=True)
class Number:
    """A document number (发文字号): agency code, year, serial; an order (令) has no year."""

    agency: str
    serial: int
    year: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.agency}第{self.serial}号"
        return f"{self.agency}〔{self.year}〕{self.serial}号"


def number_of(text: str) -> Number:
    """The number that `text` is. Raises ValueError when it is none."""
    found = [number for number, _ in parse(text)]
    if len(found) != 1:
        raise ValueError(f"“{text}”不是一个发文字号，应如“国办函〔2020〕109号”或者“国务院令第711号”。")
    return found[0]


def parse(text: str) -> Iterator[tuple[Number, Span]]:
    """Every number of `text` with where it stands, its agency code included: first those with a year, then orders."""
    for match in _YEARLY.finditer(text):
        agency, start = _agency(text, match.start())
        if agency:
            yield Number(agency, int(match[2]), int(match[1])), (start, match.end())
    for match in _ORDER.finditer(text):
        yield Number("国务院令", int(match[1] or match[2])), match.span()


def _agency(text: str, end: int) -> tuple[str, int]:
    """The agency code that ends before `end`, and its start; without a known code the words before, cut short."""
    before = text[max(0, end - 20) : end].rstrip(" \u3000")
    match = _AGENCY.search(before)
    if match is None:
        return "", end
    run = match[0]
    known = next((code for code in _KNOWN_CODES if run.endswith(code)), None)
    agency = known or _LEAD.sub("", run)
    return agency, max(0, end - 20) + match.end() - len(agency)
