"""Figures that a report should not leave vague, and those that cannot be meant as they stand."""

import re
from collections.abc import Iterator

from gongkai.findings import PRACTICE, Finding, Severity
from gongkai.proofing.text import Text

_VAGUE = re.compile(
    r"(?<![\d.一二三四五六七八九十百千两])(?P<vague>(?:\d+|[一二三四五六七八九十百千两]+)\s*余\s*(?:篇|条|件|期))(?![理例])"
)
_RECORDED = re.compile("公开|发布|发送|推送|报送|刊发|编发|上报|更新|受理|收到|答复|办结|信息|动态|稿件|周报|申请|解读")
_CLAUSE = re.compile("[，。；！？\n]")
_REACH = 30
"""How far before a figure, in characters, its clause tells whether there is a record of it."""
_TIMES_LESS = re.compile(r"(?:降低|减少|下降|缩短|缩减|缩小|压缩|压减)了?(?:约|近)?\s*\d+(?:\.\d+)?\s*倍")


def numeral_findings(text: Text) -> Iterator[Finding]:
    """`50余篇` of what was published or received, where records give an exact count; a decrease told in multiples."""
    if "余" in text.text:
        for match in _VAGUE.finditer(text.text):
            clause = _CLAUSE.split(text.text[max(0, match.start() - _REACH) : match.start()])[-1]
            if _RECORDED.search(clause):
                message = "有记录可查的数量宜写确数，不用“余”"
                yield text.finding("proof.numeral", Severity.HINT, match.span("vague"), message, basis=PRACTICE)
    if "倍" in text.text:
        for match in _TIMES_LESS.finditer(text.text):
            message = "减少不能用倍数表示，请改用百分比或分数"
            yield text.finding("proof.numeral", Severity.ERROR, match.span(), message, basis="GB/T 15835-2011")
