"""Words and sentences that stand twice."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_DOUBLED = re.compile(
    r"的的(?!确)|了了(?![解然结])|是是(?!非)|和和(?![气美])|与与|及及|们们|并并(?!且)|且且"
    r"|(进行|开展|加强|推进|落实|提高|完善|我们|我局|以及|通过|对于|按照|根据|及时|认真|严格|积极|进一步|不断)\1"
)
_SENTENCE = re.compile(r"[^。；！？\n\r]{12,}[。；！？]")


def repeat_findings(text: Text) -> Iterator[Finding]:
    """Doubled words; a sentence that stands again in the same or the next paragraph."""
    for match in _DOUBLED.finditer(text.text):
        half = (match.end() - match.start()) // 2
        span = (match.start() + half, match.end())
        yield text.finding("proof.repeat", Severity.ERROR, span, "字词重复，请删去一个", expected="")
    seen: dict[str, int] = {}
    lines = text.lines
    index = 0
    for match in _SENTENCE.finditer(text.text):
        while match.start() > lines[index][1]:
            index += 1
        sentence = match[0].strip()
        if len(sentence) >= 12 and index - seen.get(sentence, -2) <= 1:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            message = "这一句与前面重复，请删去或改写"
            yield text.finding("proof.repeat", Severity.ERROR, (start, match.end()), message, expected="")
        seen[sentence] = index
