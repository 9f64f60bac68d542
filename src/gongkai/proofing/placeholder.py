"""What was left to be filled in: XX, ××, 待补充, and a unit whose number is missing."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_LEFT = re.compile(r"[XxＸ×✕╳〇○＊*_＿]{2,}|待(?:补充|填写)|此处填写|【\s*】|（\s*）|\(\s*\)")
_NEIGHBOURS = {"X": re.compile("[A-Za-z]"), "〇": re.compile("[一二三四五六七八九〇○\\d]")}
_KIND = {"x": "X", "Ｘ": "X", "○": "〇"}
_NO_NUMBER = re.compile(
    r"(?:[共受办发答新结]|累计|全年|收到)(?:计|收|理|结|布|复|转)?(?:主动)?(?:公开)?(?:政府)?(?:信息)?(?:公开)?(?:申请)?"
    r"(?P<unit>条|件|篇|次)(?=[，。；、,;]|$)",
    re.M,
)
_ADVERB = re.compile(r"(?:收到|受理|办结|办理|答复)件")


def placeholder_findings(text: Text) -> Iterator[Finding]:
    """Each place that still has to be filled in."""
    for match in _LEFT.finditer(text.text):
        if _is_word(text.text, match):
            continue
        yield text.finding("proof.placeholder", Severity.ERROR, match.span(), "这里还留着占位符，请填写实际内容")
    for match in _NO_NUMBER.finditer(text.text):
        if not _ADVERB.fullmatch(match[0]):
            message = f"“{match['unit']}”前面缺少数字，请补上"
            yield text.finding("proof.placeholder", Severity.ERROR, match.span(), message)


def _is_word(joined: str, match: re.Match[str]) -> bool:
    """`XX` inside a Latin word and 〇〇 inside a year in Chinese numerals are no placeholders."""
    near = _NEIGHBOURS.get(_KIND.get(match[0][0], match[0][0]))
    around = joined[max(0, match.start() - 1) : match.start()] + joined[match.end() : match.end() + 1]
    return near is not None and near.search(around) is not None
