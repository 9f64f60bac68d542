"""Figures that a report should not leave vague, and those that cannot be meant as they stand."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_VAGUE = re.compile(
    r"(?<![\d.])\d+\s*余\s*(?:篇|条|件|次|场|期|份|人次)|[一二三四五六七八九十百千两]+余(?:篇|条|件|期|份)"
)
_TIMES_LESS = re.compile(r"(?:降低|减少|下降|缩短|缩减|压缩)了?\s*\d+(?:\.\d+)?\s*倍")


def numeral_findings(text: Text) -> Iterator[Finding]:
    """`50余篇` where records give an exact count; a decrease told in multiples."""
    if "余" in text.text:
        for match in _VAGUE.finditer(text.text):
            yield text.finding(
                "proof.numeral", Severity.HINT, match.span(), "有记录可查的数量宜写确数，不用“余”", basis="实践"
            )
    if "倍" in text.text:
        for match in _TIMES_LESS.finditer(text.text):
            yield text.finding(
                "proof.numeral",
                Severity.ERROR,
                match.span(),
                "减少不能用倍数表示，请改用百分比或分数",
                basis="GB/T 15835-2011",
            )
