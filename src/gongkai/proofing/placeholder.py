"""What was left to be filled in: XX, ××, 待补充, [单位名称], and a unit whose number is missing."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_UNIT = "(?:[年月日县市区局件条篇次份项]|万元|人次)(?![目部级])"
_FIRST = re.compile("[XxＸ×✕╳〇○_＿*＊某待此【（(\\[［{<〈T]")
"""What a placeholder begins with: `_LEFT` is tried only there."""
_LEFT = re.compile(
    rf"[XxＸ×✕╳]{{2,}}|[〇○]{{2,}}|[_＿]{{2,}}|(?<![A-Za-z0-9.])[XＸ×](?={_UNIT})|(?<![*＊])[*＊]{{2,}}+(?={_UNIT})"
    r"|某某(?=[县市省局厅委年月]|单位)|待(?:补充|填写|完善)(?=[）)】\]。，；]|$)|[（(]待定[）)]|(?<=[：:])待定(?=[。；]|$)"
    r"|此处填写|【\s{0,9}】|（\s{0,9}）|(?<![A-Za-z0-9_])\(\s{0,9}\)"
    r"|[\[［【{<〈]{1,2}(?:请?填写)?(?:单位|机关|部门|年份|日期|姓名|标题|数量|数字)(?:名称|全称)?[\]］】}>〉]{1,2}|(?<![A-Za-z])(?:TODO|TBD)(?![A-Za-z])",
    re.M,
)
_LATIN = re.compile("[A-Za-z0-9/=_&?.*-]")
_NEIGHBOURS = {
    "X": _LATIN,
    "x": _LATIN,
    "〇": re.compile("[一二三四五六七八九〇○\\d]"),
    "*": re.compile("[A-Za-z0-9*]"),
}
_KIND = {"○": "〇", "＊": "*"}
_DRAWN = re.compile(r"[\s_＿*＊〇○xX×-]*")
"""A line of nothing but such marks is drawn: a rule, or the place of a signature."""
_UNIT_ALONE = re.compile("[条件篇次](?=[，。；、,;]|$)", re.M)
_NO_NUMBER = re.compile(
    r"(?:(?:共计?|累计|总计|合计|全年)(?:收到|受理|办理|办结|答复|公开|发布|制发|推送|编发)?"
    r"|(?:收到|受理|办理|办结|答复|新收|公开|发布|制发|推送|编发)(?=申请|政府|信息|文件))"
    r"(?:主动)?(?:公开)?(?:政府)?(?:信息)?(?:公开)?(?:申请|文件)?[条件篇次]$"
)
_REACH = 20
"""How far before a unit, in characters, the words may begin that want a number."""


def placeholder_findings(text: Text) -> Iterator[Finding]:
    """Each place that still has to be filled in."""
    done = 0
    for first in _FIRST.finditer(text.text):
        match = _LEFT.match(text.text, first.start()) if first.start() >= done else None
        if match is None:
            continue
        line = text.line_of(match.start())
        if match[0][0] in "_＿*＊" and _DRAWN.fullmatch(text.text, *line):
            done = line[1]
            continue
        done = match.end()
        if not _is_word(text.text, match):
            yield text.finding("proof.placeholder", Severity.ERROR, match.span(), "这里还留着占位符，请填写实际内容")
    for unit in _UNIT_ALONE.finditer(text.text):
        match = _NO_NUMBER.search(text.text, max(0, unit.start() - _REACH), unit.end())
        if match is not None:
            message = f"“{unit[0]}”前面缺少数字，请补上"
            yield text.finding("proof.placeholder", Severity.ERROR, match.span(), message)


def _is_word(joined: str, match: re.Match[str]) -> bool:
    """`XX` in a Latin word or an address, 〇〇 in a year, and the stars of a masked number are no placeholders."""
    near = _NEIGHBOURS.get(_KIND.get(match[0][0], match[0][0]))
    if near is None:
        return False
    before, after = joined[max(0, match.start() - 1) : match.start()], joined[match.end() : match.end() + 1]
    return near.search(before if match[0][0] in "*＊" else before + after) is not None
