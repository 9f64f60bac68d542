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
_NO_TITLE = re.compile(r"[。，；：:|>]|^(?:索引号|首页|当前位置|来源|发布|字号|目录|无障碍)")


def _title_of(opening: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph before the first section that names the report as one: the fullest, for a site's column may too."""
    named = [paragraph for paragraph in opening if _is_title(bare(paragraph.text))]
    return max(named, key=lambda paragraph: _fullness(bare(paragraph.text)), default=None)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and _TITLE.search(text) is not None and not re.search(r"[。，；]", text)


def _fullness(text: str) -> int:
    return ("年度报告" in text) + (_TITLE_YEAR.search(text) is not None)


def title_lines(opening: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The title as it reads: long ones are set in two or three lines, the agency's at their head, or else below them.

    The last line given is the paragraph that names the report as one. Empty where there is no title.
    """
    title = _title_of(opening)
    if title is None:
        return ()
    lines = [paragraph for paragraph in opening if paragraph.text.strip()]
    at = next(index for index, paragraph in enumerate(lines) if paragraph is title)
    for first in range(at, max(-1, at - 3), -1):
        told = text_of(lines[first : at + 1])
        if len(told) > _LONGEST_TITLE or (first < at and _NO_TITLE.search(bare(lines[first].text))):
            break
        if _from_title(told):
            return tuple(lines[first : at + 1])
    below = lines[at + 1 : at + 2]
    return (*below, title) if below and _SIGNED.fullmatch(text_of(below)) else (title,)


def text_of(lines: Sequence[Paragraph]) -> str:
    """The lines as one, without white space."""
    return "".join(bare(line.text) for line in lines)


def year_of(title: str, opening: Sequence[Paragraph], body: Sequence[Paragraph]) -> int | None:
    """The year of the report: of the title, of the period told, else the year most told of in the text."""
    match = _TITLE_YEAR.search(title)
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


def agency_of(title: str, opening: Sequence[Paragraph], body: Sequence[Paragraph]) -> str | None:
    """The agency: of the title, of a line 单位：…, of the opening sentence or the signature."""
    if named := _from_title(title):
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


def _number(year: str) -> int:
    digits = dict.fromkeys("〇○零Oo", "0") | {char: str(i) for i, char in enumerate("一二三四五六七八九", 1)}
    return int("".join(digits.get(char, char) for char in year))
