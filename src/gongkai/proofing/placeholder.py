"""What was left to be filled in: XX, ××, 待补充, [单位名称], and a unit whose number is missing."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_UNIT = "[年月日县市区局件条篇次份项]|万元|人次"
_LEFT = re.compile(
    r"[XxＸ×✕╳]{2,}|[〇○]{2,}|[_＿]{2,}|(?<![A-Za-z0-9.Ｘ×])[XＸ×](?=(?:"
    + _UNIT
    + r")(?![目部级]))|[*＊]{2,}(?="
    + _UNIT
    + ")"
    r"|某某(?=[县市省局厅委年月]|单位)|待(?:补充|填写|完善)(?=[）)】\]。，；]|$)|[（(]待定[）)]|(?<=[：:])待定(?=[。；]|$)"
    r"|此处填写|【\s*】|（\s*）|\(\s*\)|[\[［【{]{1,2}(?:请?填写)?(?:单位|机关|部门|年份|日期|姓名|标题|数量|数字)(?:名称|全称)?[\]］】}]{1,2}"
)
_LATIN = re.compile("[A-Za-z0-9/=_&?.*-]")
_NEIGHBOURS = {"X": _LATIN, "x": _LATIN, "〇": re.compile("[一二三四五六七八九〇○\\d]"), "*": re.compile(r"[A-Za-z0-9*]")}
_KIND = {"○": "〇", "＊": "*"}
_DRAWN = re.compile(r"[\s_＿*＊〇○xX×-]*")
"""A line of nothing but such marks is drawn: a rule, or the place of a signature."""
_NO_NUMBER = re.compile(
    r"(?:(?:共|累计|总计|合计|全年)(?:收到|受理|办理|办结|答复|公开|发布|制发|推送|编发)?"
    r"|(?:收到|受理|办理|办结|答复|新收|公开|发布|制发|推送|编发)(?=申请|政府|信息|文件))"
    r"(?:主动)?(?:公开)?(?:政府)?(?:信息)?(?:公开)?(?:申请|文件)?"
    r"(?P<unit>条|件|篇|次)(?=[，。；、,;]|$)",
    re.M,
)


def placeholder_findings(text: Text) -> Iterator[Finding]:
    """Each place that still has to be filled in."""
    for match in _LEFT.finditer(text.text):
        if _is_word(text.text, match) or _DRAWN.fullmatch(text.text, *text.line_of(match.start())):
            continue
        yield text.finding("proof.placeholder", Severity.ERROR, match.span(), "这里还留着占位符，请填写实际内容")
    for match in _NO_NUMBER.finditer(text.text):
        message = f"“{match['unit']}”前面缺少数字，请补上"
        yield text.finding("proof.placeholder", Severity.ERROR, match.span(), message)


def _is_word(joined: str, match: re.Match[str]) -> bool:
    """`XX` in a Latin word or an address, 〇〇 in a year, and the stars of a masked number are no placeholders."""
    near = _NEIGHBOURS.get(_KIND.get(match[0][0], match[0][0]))
    if near is None:
        return False
    before, after = joined[max(0, match.start() - 1) : match.start()], joined[match.end() : match.end() + 1]
    if match[0][0] in "*＊":
        return near.fullmatch(before) is not None
    return near.search(before + after) is not None
