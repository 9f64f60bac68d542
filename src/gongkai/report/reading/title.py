"""Whose report it is and of which year: from its title, else from its text."""

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.documents.blocks import Paragraph
from gongkai.report.reading.values import bare

_DIGIT = "〇○零一二三四五六七八九"
_YEAR = rf"20\d{{2}}|二[〇○零Oo0][{_DIGIT}Oo0]{{2}}"
_TITLE = re.compile(r"公开.*(?:报告|年报)|(?:报告|年报).*公开")
_TITLE_YEAR = re.compile(rf"[(（]?(?P<year>{_YEAR})(?:年度|年|度)?[)）]?")
_PERIOD = re.compile(rf"(?P<year>{_YEAR})年1月1日(?:起)?(?:至|到|—|-)")
_TOLD = re.compile(rf"(?P<year>{_YEAR})年度?(?=[，,]|我|本|全|在|是|政府信息|以来)")
_WHOSE = re.compile(r"^(?:关于)?(?P<agency>.*?)(?:关于)?(?:(?:政府信息|政务|信息)公开|政府信息)")
_ORGAN = r"(?:局|委员会|委|办公室|办|厅|政府|街道|镇|乡|中心|法院|检察院|公司|医院|学校|站|所|院|部|署|室|队|区|处|会)"
_UNIT = re.compile(
    r"^(?:单位|填报单位|编制单位|报告单位|发布机构|发布单位)(?:名称|\(盖章\))?[:：](?P<agency>[一-鿿]{3,40})"
)
_ISSUED = re.compile(rf"(?:现将|公布|发布|编制)(?P<agency>[一-鿿]{{2,30}}?{_ORGAN})(?:的)?(?:20\d\d年)")
_SIGNED = re.compile(rf"[一-鿿]{{2,38}}{_ORGAN}")
_LONGEST_TITLE = 80


def title_of(opening: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph of the title among those before the first section; the last of several equal ones."""
    for paragraph in opening:
        text = bare(paragraph.text)
        if len(text) <= _LONGEST_TITLE and _TITLE.search(text) and not re.search(r"[。，；]", text):
            return paragraph
    return None


def year_of(title: Paragraph | None, opening: Sequence[Paragraph], body: Sequence[Paragraph]) -> int | None:
    """The year of the report: of the title, of the period told, else the year most told of in the text."""
    if title is not None:
        match = _TITLE_YEAR.search(bare(title.text))
        if match:
            return _number(match["year"])
    texts = [bare(paragraph.text) for paragraph in (*opening, *body)]
    for text in texts:
        match = _PERIOD.search(text)
        if match:
            return _number(match["year"])
    above = [match["year"] for p in opening if len(bare(p.text)) < 30 for match in _TITLE_YEAR.finditer(bare(p.text))]
    told = above or [match["year"] for text in texts for match in _TOLD.finditer(text)]
    return _number(Counter(told).most_common(1)[0][0]) if told else None


def agency_of(title: Paragraph | None, opening: Sequence[Paragraph], body: Sequence[Paragraph]) -> str | None:
    """The agency: of the title, of the line above it, of a line 单位：…, of the opening sentence or the signature."""
    if title is not None:
        named = _from_title(bare(title.text)) or _from_line_above(title, opening)
        if named:
            return named
    for paragraph in (*opening, *body[:3]):
        text = bare(paragraph.text)
        match = _UNIT.match(text) or _ISSUED.search(text)
        if match:
            return match["agency"]
    for paragraph in reversed(body[-4:]):
        if _SIGNED.fullmatch(bare(paragraph.text)):
            return bare(paragraph.text)
    return None


def _from_title(text: str) -> str | None:
    match = _WHOSE.match(_TITLE_YEAR.sub("", text))
    agency = match["agency"].strip("《》“”\"' 、:-—") if match else ""
    return agency if len(agency) >= 2 and re.search(r"[一-鿿]", agency) else None


def _from_line_above(title: Paragraph, opening: Sequence[Paragraph]) -> str | None:
    above = [paragraph for paragraph in opening if paragraph is not title and paragraph.line <= title.line]
    for paragraph in reversed(above[-3:]):
        text = _TITLE_YEAR.sub("", bare(paragraph.text))
        if _SIGNED.fullmatch(text):
            return text
    return None


def _number(year: str) -> int:
    digits = dict.fromkeys("〇○零Oo", "0") | {char: str(i) for i, char in enumerate("一二三四五六七八九", 1)}
    return int("".join(digits.get(char, char) for char in year))
