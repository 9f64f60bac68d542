"""Half-width marks inside Chinese text (GB/T 15834-2011): commas, colons, semicolons, question marks, brackets."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_BASIS = "GB/T 15834-2011"
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARK = re.compile(r"(?<=[一-龥”’》〉）)】〕])[,:;?!](?=[一-龥“‘《〈（(\d\s]|$)|(?<=[\d%])[,;:](?=[一-龥“《（])", re.M)
_BRACKETS = re.compile(r"\((?=[^()\n]*[一-龥])[^()\n]{1,200}\)")
_STRAIGHT = re.compile(r'"[^"\n]{1,60}[一-龥][^"\n]{0,60}"|"[一-龥][^"\n]{0,60}"')


def punctuation_findings(text: Text) -> Iterator[Finding]:
    """A finding for each mark alone, with the full-width mark in its place."""
    for match in _MARK.finditer(text.text):
        mark = _FULL[match[0]]
        message = f"中文里应当使用全角标点“{mark}”"
        yield text.finding("proof.punctuation", Severity.ERROR, match.span(), message, expected=mark, basis=_BASIS)
    if "(" in text.text:
        for match in _BRACKETS.finditer(text.text):
            for at in (match.start(), match.end() - 1):
                mark = _FULL[text.text[at]]
                message = f"中文里宜使用全角括号“{mark}”"
                yield text.finding(
                    "proof.punctuation", Severity.HINT, (at, at + 1), message, expected=mark, basis=_BASIS
                )
    if '"' in text.text:
        for match in _STRAIGHT.finditer(text.text):
            for at, mark in ((match.start(), "“"), (match.end() - 1, "”")):
                message = f"中文里宜使用引号“{mark}”"
                yield text.finding(
                    "proof.punctuation", Severity.HINT, (at, at + 1), message, expected=mark, basis=_BASIS
                )
