"""Sentences that stand twice. Doubled words are rows of the lexicon."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_SHORTEST = 13
_SENTENCE = re.compile(r"[^。！？\t]+[。！？]?")
_ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、）)])")


def repeat_findings(text: Text) -> Iterator[Finding]:
    """A sentence of fourteen characters or more, with its mark, that stands again in the same or the next paragraph.

    Numbered items say the same of different things by right.
    """
    seen: dict[str, int] = {}
    items: set[int] = set()
    for index, (start, end) in enumerate(text.lines):
        if end - start < _SHORTEST:
            continue
        if _ITEM.match(text.text, start, end):
            items.add(index)
        for match in _SENTENCE.finditer(text.text, start, end):
            sentence = match[0].strip()
            if len(sentence) <= _SHORTEST or sentence[-1] not in "。！？":
                continue
            before = seen.get(sentence, -2)
            if before == index or (before == index - 1 and not {before, index} <= items):
                begin = match.end() - len(sentence)
                message = "这一句与前面重复，请删去或改写"
                yield text.finding("proof.repeat", Severity.ERROR, (begin, match.end()), message, expected="")
            seen[sentence] = index
