"""Where the sections of a report begin, found by what their headings mean and not by exact wording."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from msgspec import structs

from gongkai.documents.blocks import Paragraph
from gongkai.report.reading.values import INVISIBLE, bare

NUMERALS = "一二三四五六七八九十"
_LONGEST = 42
_UNSEEN = re.compile("[" + "".join(map(chr, INVISIBLE)) + "]")

_NUMBERED = re.compile(r"^\s*(?:第?(?P<numeral>[一二三四五六七八九十]{1,2})(?:部分)?\s*[、.．，,:：\s]\s*|、)")
_PARENTHESISED = re.compile(r"^\s*[（(][一二三四五六七八九十\d]{1,2}[）)]")

_OFFICIAL = {
    1: r"总体情况|概述|概况",
    2: r"主动公开政府信息(?:的)?情况|主动公开信息情况|政府信息主动公开情况",
    3: r"收到和处理(?:的)?政府信息公开申请(?:的)?(?:情况)?|收到和办理政府信息公开申请(?:的)?情况",
    4: r"(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议[、和,，]?(?:提起)?行政诉讼(?:的)?(?:情况)?",
    5: r"(?:政府信息公开工作)?存在的?(?:主要)?问题[及和与](?:改进|整改)(?:措施|情况)?(?:的?情况)?",
    6: r"其他需要(?:报告|说明)的(?:其他)?(?:事项|情况)",
}
_MEANINGS = (
    (4, re.compile(r"复议.*诉讼|复议、应诉")),
    (2, re.compile(r"主动公开(?:政府)?(?:公开)?信息|政府信息主动公开")),
    (3, re.compile(r"(?:收到|受理|接收).*申请|处理.*公开申请|公开申请的?(?:收到|受理|接收|办理|处理)")),
    (5, re.compile(r"存在.*(?:问题|不足|困难)|(?:主要)?问题.*(?:改进|整改|措施)|改进(?:情况|措施)$")),
    (6, re.compile(r"其他.*(?:报告|说明).*(?:事项|情况)|其他(?:事项|情况)$|需要(?:报告|说明)的.*事项")),
    (1, re.compile(r"总体情况|总体工作|概述|概况|基本情况|(?:工作)?开展情况|公开工作情况|工作情况$|总体")),
)
_TOPICS = re.compile(r"^(?:主动公开|(?:政府信息)?依申请公开|政府信息管理|(?:政府信息)?(?:公开)?平台建设|监督保障)")
# The same words name topics of section one; the numeral tells them apart.
_SHORT = {2: re.compile("二主动公开(?:工作)?情况"), 3: re.compile("三依申请公开(?:政府信息|工作)?(?:的?情况)?")}
_BARE_TITLES = {number: re.compile(f"(?:{pattern})[、:。]?") for number, pattern in _OFFICIAL.items() if number != 1}
_BARE_TITLES[1] = re.compile("总体情况[、:。]?")
_RUN_IN = {number: re.compile(f"(?:{pattern})") for number, pattern in _OFFICIAL.items()}
_RUN_IN_SPLIT = re.compile("|".join(rf"(?:{pattern})" for pattern in _OFFICIAL.values()))
_INLINE = re.compile(rf"(?<![（(一二三四五六七八九十])[一二三四五六]\s*、\s*(?:{_RUN_IN_SPLIT.pattern})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: number by meaning, numeral and title as printed, and how long it is within its paragraph."""

    number: int
    numeral: str
    title: str
    length: int


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """The section heading that a line is or begins with, or None."""
    if not _UNSEEN.search(text):
        return _heading_of(text)
    seen = [at for at, char in enumerate(text) if not _UNSEEN.match(char)]
    found = _heading_of("".join([text[at] for at in seen]))
    return found and replace(found, length=seen[found.length] if found.length < len(seen) else len(text))


def _heading_of(text: str) -> Heading | None:
    if _PARENTHESISED.match(text) or len(text) < 2:
        return None
    numbered = _NUMBERED.match(text)
    start = numbered.end() if numbered else 0
    numeral = (numbered["numeral"] or "") if numbered else ""
    rest = text[start:]
    if len(rest.strip()) <= _LONGEST and not re.search(r"[。；;]\s*\S", rest) and not rest.rstrip().endswith("。"):
        number = _meaning(bare(rest), numeral)
        if number and not _splits(rest):
            return Heading(number, numeral, _trimmed(rest), len(text))
    return _run_in(text, start, numeral) if numbered else None


def split_run_on(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph that holds several section headings (a report without line breaks), cut before each of them."""
    starts = [match.start() for match in _INLINE.finditer(paragraph.text)] if len(paragraph.text) > 300 else []
    if len(starts) < 3:
        return [paragraph]
    edges = sorted({0, *starts, len(paragraph.text)})
    return [
        structs.replace(paragraph, text=paragraph.text[a:b], column=paragraph.column + a)
        for a, b in pairwise(edges)
        if paragraph.text[a:b].strip()
    ]


def _meaning(title: str, numeral: str) -> int:
    if not numeral:
        return next((number for number, pattern in _BARE_TITLES.items() if pattern.fullmatch(title)), 0)
    if _TOPICS.match(title) and not _RUN_IN[2].match(title):
        return next((number for number, pattern in _SHORT.items() if pattern.fullmatch(numeral + title)), 0)
    for number, pattern in _MEANINGS:
        if pattern.search(title):
            return number
    printed = NUMERALS.find(numeral) + 1 if len(numeral) == 1 else 0
    return printed if printed > 6 else 0


def _splits(rest: str) -> bool:
    """Whether text follows an official title after a colon: then only the title is the heading."""
    return re.search(r"[：:]\s*\S", rest) is not None


def _run_in(text: str, start: int, numeral: str) -> Heading | None:
    """A heading that its text follows on the same line."""
    for number, pattern in _RUN_IN.items():
        match = pattern.match(text, start)
        if match and re.match(r"\s*[:：。\s]|\s*$|第二十条|[（(]|行政复议", text[match.end() :]):
            return Heading(number, numeral, match[0], len(text) - len(text[match.end() :].lstrip(" \t\u3000:：。、")))
    return None


def _trimmed(title: str) -> str:
    return title.strip().strip("、：:。 　\u200b\ufeff")
