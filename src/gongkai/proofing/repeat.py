"""Sentences that stand twice. Doubled words are rows of the lexicon."""

from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_SHORTEST = 12


def repeat_findings(text: Text) -> Iterator[Finding]:
    """A sentence of twelve characters or more that stands again in the same or the next paragraph."""
    seen: dict[str, int] = {}
    for index, (start, end) in enumerate(text.lines):
        if end - start < _SHORTEST:
            continue
        at = start
        for piece in text.text[start:end].split("。"):
            sentence = piece.strip()
            if len(sentence) >= _SHORTEST and "\t" not in sentence:
                if index - seen.get(sentence, -2) <= 1:
                    begin = at + piece.index(sentence)
                    stop = min(begin + len(sentence) + 1, end)
                    message = "这一句与前面重复，请删去或改写"
                    yield text.finding("proof.repeat", Severity.ERROR, (begin, stop), message, expected="")
                seen[sentence] = index
            at += len(piece) + 1
