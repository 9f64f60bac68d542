"""What was left to be filled in: XX, ××, 待补充, and a unit whose number is missing."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_LEFT = re.compile(
    r"(?<![A-Za-z])[XxＸ]{2,}(?![A-Za-z])|[×✕╳]{2,}|(?<![一二三四五六七八九〇○\d])[〇○]{2,}(?![一二三四五六七八九〇○\d])"
    r"|[＊*]{2,}|[_＿]{3,}|待补充|待填写|待完善后补|此处填写|【\s*】|（\s*）|\(\s*\)"
)
_NO_NUMBER = re.compile(
    r"(?:共|累计|全年|收到|受理|办结|办理|发布|答复|新收|结转)(?:主动)?(?:公开)?(?:政府)?(?:信息)?(?:公开)?(?:申请)?"
    r"(?P<unit>条|件|篇|次)(?=[，。；、,;]|$)",
    re.M,
)
_ADVERB = re.compile(r"(?:收到|受理|办结|办理|答复)件")


def placeholder_findings(text: Text) -> Iterator[Finding]:
    """Each place that still has to be filled in."""
    for match in _LEFT.finditer(text.text):
        yield text.finding("proof.placeholder", Severity.ERROR, match.span(), "这里还留着占位符，请填写实际内容")
    for match in _NO_NUMBER.finditer(text.text):
        if not _ADVERB.fullmatch(match[0]):
            message = f"“{match['unit']}”前面缺少数字，请补上"
            yield text.finding("proof.placeholder", Severity.ERROR, match.span(), message)
