"""Numbers of headings and items (GB/T 9704-2012 7.3.3: 一、（一）1.（1）): repeated and skipped ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_BASIS = "GB/T 9704-2012 7.3.3"
_NUMERALS = "一二三四五六七八九"
_N = r"[一二三四五六七八九十]{1,3}"
_HEADS = (
    re.compile(rf"\s*({_N})、"),
    re.compile(rf"\s*[（(]({_N})[）)]"),
    re.compile(r"\s*(\d{1,2})[.．、](?!\d)"),
    re.compile(r"\s*[（(](\d{1,2})[）)]"),
)
_RUN_IN = re.compile(rf"[。；;：:，,]\s*(?P<head>[（(]({_N})[）)])(?![项款条])")
_POINTS = re.compile(rf"(?P<head>({_N})是)(?![否一])")
_BEFORE_POINT = frozenset("。；;：:，,、！ \t\n\u3000")


@dataclass
class _Last:
    """The last number of a level, and the line it stood in."""

    number: int
    line: int


def numbering_findings(text: Text) -> Iterator[Finding]:
    """Numbers that repeat or skip, at the head of paragraphs, in run-in lists, and in 一是…二是…."""
    yield from _headings(text)
    yield from _sequences(text, _RUN_IN)
    yield from _sequences(text, _POINTS)


def number_of(numeral: str) -> int:
    """12 for 十二 and for 12."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _NUMERALS.find(numeral) + 1
    return 10 * (_NUMERALS.find(tens) + 1 if tens else 1) + (_NUMERALS.find(ones) + 1 if ones else 0)


def numeral_of(number: int, like: str) -> str:
    """The number written in the style of `like`."""
    if like.isdigit():
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else _NUMERALS[tens - 1] + "十")
    return head + (_NUMERALS[ones - 1] if ones else "")


def _headings(text: Text) -> Iterator[Finding]:
    levels: dict[int, _Last] = {}
    lines = text.lines
    starts = {start: index for index, (start, _) in enumerate(lines)}
    for start in text.numbered:
        level, match = next(((i, m) for i, p in enumerate(_HEADS) if (m := p.match(text.text, start))), (0, None))
        if match is None:
            continue
        line = starts[start]
        number = number_of(match[1])
        last = levels.get(level)
        span = (match.end() - len(match[0].lstrip()), match.end())
        if last is not None and number == last.number and number:
            follows = not text.text[lines[last.line][1] : lines[line][0]].strip()
            yield _repeated(text, span, match[1], follows=follows)
        elif last is not None and number > last.number + 1:
            yield _skipped(text, span, match[1], last.number + 1)
        levels = {key: value for key, value in levels.items() if key < level}
        levels[level] = _Last(number, line)


def _sequences(text: Text, pattern: re.Pattern[str]) -> Iterator[Finding]:
    last, line_end = 0, -1
    for match in pattern.finditer(text.text):
        span = match.span("head")
        if span[0] and text.text[span[0] - 1] not in _BEFORE_POINT and pattern is _POINTS:
            continue
        if span[0] > line_end:
            line_end = text.line_of(span[0])[1]
            last = 0
        number = number_of(match[2])
        if number == last and number > 1:
            yield _repeated(text, span, match[2], follows=False)
        elif last and number > last + 1:
            yield _skipped(text, span, match[2], last + 1)
        last = number


def _repeated(text: Text, span: tuple[int, int], numeral: str, *, follows: bool) -> Finding:
    found = text.text[slice(*span)]
    expected = "" if follows else found.replace(numeral, numeral_of(number_of(numeral) + 1, numeral))
    message = "序号与上一行的标题重复，正文前不再写序号，请删去" if follows else "序号重复，请顺延"
    return text.finding("proof.numbering", Severity.ERROR, span, message, expected=expected, basis=_BASIS)


def _skipped(text: Text, span: tuple[int, int], numeral: str, wanted: int) -> Finding:
    expected = text.text[slice(*span)].replace(numeral, numeral_of(wanted, numeral))
    message = f"序号不连续，缺少“{numeral_of(wanted, numeral)}”，请补上或改正序号"
    return text.finding("proof.numbering", Severity.ERROR, span, message, expected=expected, basis=_BASIS)
