"""What each clause of a text speaks of: its matter, whose it is and of when, and whether it tells parts of a whole.

Clauses that speak of other years, parts of the year, other organs or in comparison are left out: their figures are
nobody's cells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.report.check.told import Clause, sentences

OTHER = "other"
"""The topic of what is no matter of the report's tables: letters, hotlines, licences applied for."""

_OTHER_MATTER = re.compile(
    "咨询|信箱|来信|信件|热线|工单|提案|建议(?!公开)|留言|来电|来访|预约|新媒体|许可申请|行政许可的?申请|行政许可|服务申请"
    "|投诉(?!类申请)|举报(?!投诉|类)|信访(?!举报|投诉)|舆情|意见"
)
_TOPICS = (
    ("normative_documents", re.compile("规范性文件")),
    ("litigation", re.compile("诉讼|起诉")),
    ("reconsideration", re.compile("复议")),
    ("requests", re.compile("依申请公开|信息公开申请|公开申请|申请公开|收到申请|新收申请|受理申请|办结申请|答复申请")),
    ("", re.compile("主动公开(?!.*申请)|网站|微信|微博|公众号|栏目|解读|培训|会议|检查|考核")),
)
_COMPARED = re.compile("同比|环比|相比|较|比上|比去|比20|增长|增加|减少|下降|上升|提高|占比|占总|百分比|平均|年均|日均")
_SINCE = re.compile("累计|以来|历年|近[一二三两0-9]年|[一二三两]年来|截至20[0-9]{2}年(?!12月)")
_PART_OF_YEAR = re.compile(
    "[第前一二三四上下]季度|[上下]半年|(?<!\\d)(?:[1-9]|1[0-2])月(?:份|底|初|末|中旬|上旬|下旬|以来)|季度|当月|每月"
)
_NOT_OURS = re.compile(
    "各(?:乡镇|镇|乡|街道|部门|单位|县|区|市|科室|股室|级|地)|(?:县|市|区|省|局|厅)(?:直|属)|所属|下属|下级|基层|系统[内外]"
    "|其他(?:部门|单位|机关)|协助|协办|配合|代(?:县|市|区|为)|转[发办]|上级"
)
_WHOLE_AREA = re.compile("全(?:县|市|区|省|州|旗|系统)|辖区|辖内")
_OURS = re.compile("我[局委办镇乡厅]|我街道|本(?:机关|单位|局|年|级)|今年|当年")
_OTHER_YEAR = re.compile(r"(?P<year>20\d\d)年|(?P<last>上年|上一年|去年|往年|前年)")
_PARTS = re.compile("其中|[件条宗份例项起](?:政府信息公开|公开)?(?:申请|案件)?中(?!央|心)")


@dataclass(frozen=True, slots=True)
class Told:
    """A clause with what it is about (`topic`: a table or group of cells, empty for none) and what stands around it.

    `parts_from` is where in the clause parts of a whole begin; `before` the clause before it in its sentence, `after`
    the rest of the sentence.
    """

    clause: Clause
    topic: str
    parts_from: int
    before: str
    after: str


def told_clauses(text: str, *, year: int | None, agency: str | None) -> Iterator[Told]:
    """The clauses of a squeezed paragraph whose figures may be those of this report."""
    is_area = agency is not None and "政府" in agency
    topic = ""
    for clauses in sentences(text):
        away, parts = False, False
        for index, clause in enumerate(clauses):
            topic = _topic(clause.text, topic)
            away = _is_away(clause.text, year, is_area=is_area, before=away)
            match = _PARTS.search(clause.text)
            parts_from = 0 if parts else match.start() if match else len(clause.text)
            parts = parts or match is not None
            if away or _is_elsewhere(clause.text, year):
                continue
            before = clauses[index - 1].text if index else ""
            after = text[clause.start + len(clause.text) : clauses[-1].start + len(clauses[-1].text)]
            yield Told(clause, topic, parts_from, before, after)


def _topic(clause: str, before: str) -> str:
    """What a clause is about: what it names, else what the clauses before it were about."""
    if _OTHER_MATTER.search(clause) and not re.search("信息公开申请|规范性文件|复议|诉讼", clause):
        return OTHER
    return next((topic for topic, pattern in _TOPICS if pattern.search(clause)), before)


def _is_away(clause: str, year: int | None, *, is_area: bool, before: bool) -> bool:
    """Whether a clause, and what follows it in its sentence, tells of another time or another organ."""
    if _SINCE.search(clause) or _PART_OF_YEAR.search(clause) or _NOT_OURS.search(clause):
        return True
    if _WHOLE_AREA.search(clause):
        return not is_area
    match = _OTHER_YEAR.search(clause)
    if match is not None and "结转" not in clause:
        is_other = match["last"] is not None or (year is not None and int(match["year"]) != year)
        return is_other and (match.start() <= 2 or before)
    return before and not _OURS.search(clause)


def _is_elsewhere(clause: str, year: int | None) -> bool:
    """Whether a clause by itself compares, or names another year."""
    if _COMPARED.search(clause):
        return True
    match = _OTHER_YEAR.search(clause)
    if match is None or "结转" in clause:
        return False
    return match["last"] is not None or (year is not None and int(match["year"]) != year)
