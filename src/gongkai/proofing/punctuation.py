"""Half-width marks inside Chinese text (GB/T 15834-2011): commas, colons, semicolons, question marks, brackets."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_BASIS = "GB/T 15834-2011"
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MARK = re.compile(r"[,:;?!]")
_BEFORE = re.compile(r"[一-龥”’》〉）】〕]|[)\d%](?=.\s?[一-龥])")
_AFTER = re.compile(r"[ 　]?[一-龥“‘《〈（(\d]|(?<=[一-龥].)[A-Za-z]")
_LAST = re.compile(r"(?<=[一-龥])[,:;?!](?=\s*$)", re.M)
_STOP = re.compile(r"(?<=[一-龥”’》）])\.(?=\s*$|[一二三四五六七八九]是|下一步|[（(][一二三四五六七八九])", re.M)
"""A half-width full stop, where nothing else is meant: names (卡尔.马克思) and numbers are left alone."""
_SHORTEST = 12
_BRACKETS = re.compile(r"\((?=[^()\n]*[一-龥])[^()\n]{1,200}\)|^\s{0,9}\(\d{1,2}\)|(?<=[。；：])\(\d{1,2}\)", re.M)
_STRAIGHT = re.compile(r'"[^"\n]{1,60}[一-龥][^"\n]{0,60}"|"[一-龥][^"\n]{0,60}"')


def punctuation_findings(text: Text) -> Iterator[Finding]:
    """A finding for each mark alone, with the full-width mark in its place.

    Half-width brackets are told only in a text that has full-width ones too, and marks at the end of a line only where
    others stand within lines: a text that keeps to one kind follows a convention of its own.
    """
    joined = text.text
    marks = [match.start() for match in _MARK.finditer(joined) if _is_inside(joined, match.start())]
    if marks:
        marks += [match.start() for match in _LAST.finditer(joined)]
    for at in marks:
        yield _finding(text, at, _FULL[joined[at]], Severity.ERROR)
    if "." in joined:
        for match in _STOP.finditer(joined):
            start, end = text.line_of(match.start())
            if end - start > _SHORTEST:
                yield _finding(text, match.start(), "。", Severity.ERROR)
    if "(" in joined and "（" in joined:
        for match in _BRACKETS.finditer(joined):
            yield _finding(text, joined.index("(", match.start()), "（", Severity.HINT)
            yield _finding(text, match.end() - 1, "）", Severity.HINT)
    if '"' in joined:
        for match in _STRAIGHT.finditer(joined):
            yield _finding(text, match.start(), "“", Severity.HINT)
            yield _finding(text, match.end() - 1, "”", Severity.HINT)


def _is_inside(joined: str, at: int) -> bool:
    """Whether the mark stands between words of Chinese."""
    return at > 0 and _BEFORE.match(joined, at - 1) is not None and _AFTER.match(joined, at + 1) is not None


def _finding(text: Text, at: int, mark: str, severity: Severity) -> Finding:
    message = "中文里应当使用全角引号" if mark in "“”" else f"中文里应当使用全角标点“{mark}”"
    return text.finding("proof.punctuation", severity, (at, at + 1), message, expected=mark, basis=_BASIS)
