"""Figures that a report should not leave vague, and those that cannot be meant as they stand."""

import re
from collections.abc import Iterator

from gongkai.findings import PRACTICE, Finding, Severity
from gongkai.proofing.text import Text

_MORE = re.compile(r"余\s*(?:篇|条|件|期)(?![理例])")
_COUNT = re.compile(r"(?<![\d.])(?:\d+|[一二三四五六七八九十百千两]+)\s*$")
_RECORDED = re.compile("公开|发布|发送|推送|报送|刊发|编发|上报|更新|受理|收到|答复|办结|信息|动态|稿件|周报|申请|解读")
_CLAUSE = re.compile("[，。；！？\n]")
_TIMES_LESS = re.compile(r"(?:降低|减少|下降|缩短|缩减|缩小|压缩|压减)了?(?:约|近)?\s*\d+(?:\.\d+)?\s*倍$")
_REACH = 30
"""How far before a mark, in characters, the rest of a finding may begin, and the words that tell what is counted."""


def numeral_findings(text: Text) -> Iterator[Finding]:
    """`50余篇` of what was published or received, where records give an exact count; a decrease told in multiples."""
    for more in _MORE.finditer(text.text):
        clause = _CLAUSE.split(text.text[max(0, more.start() - _REACH) : more.start()])[-1]
        count = _COUNT.search(clause)
        if count is not None and _RECORDED.search(clause, 0, count.start()):
            span = (more.start() - len(count[0]), more.end())
            message = "有记录可查的数量宜写确数，不用“余”"
            yield text.finding("proof.numeral", Severity.HINT, span, message, basis=PRACTICE)
    for times in re.finditer("倍", text.text):
        less = _TIMES_LESS.search(text.text, max(0, times.start() - _REACH), times.end())
        if less is not None:
            message = "减少不能用倍数表示，请改用百分比或分数"
            yield text.finding("proof.numeral", Severity.ERROR, less.span(), message, basis="GB/T 15835-2011")
