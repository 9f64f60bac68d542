"""Numbers of headings and items (GB/T 9704-2012 7.3.3: 一、（一）1.（1）): repeated and skipped ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_BASIS = "GB/T 9704-2012 7.3.3"
_NUMERALS = "一二三四五六七八九"
_N = r"[一二三四五六七八九十]{1,3}"
_COUNTED = "季度|级|类|等奖|产业|、|月|年级|期|号|批|中全会|项|线"
"""What follows two numbers that count something (三、四季度), where 三、 is no heading."""
_HEADS = (
    re.compile(rf"\s*(?P<head>(?P<n>{_N})(?P<mark>[、．.]))(?!\d|{_N}(?:{_COUNTED}))"),
    re.compile(rf"\s*(?P<head>(?P<mark>[（(])(?P<n>{_N})[）)])(?![项款条目])"),
    re.compile(r"\s*(?P<head>(?P<n>\d{1,2})(?P<mark>[.．、]))(?!\d)"),
    re.compile(r"\s*(?P<head>(?P<mark>[（(])(?P<n>\d{1,2})[）)])(?![项款条目])"),
)
_RIGHT_MARKS = "、（.（"
_RUN_IN = re.compile(rf"[。；;：:，,]\s*(?P<head>[（(](?P<n>{_N})[）)])(?![项款条目])")
_POINTS = re.compile(rf"(?P<head>(?P<n>{_N})是)(?!否|[一二][，、。”])")
_PROSE = re.compile("[。；，：;,]")
_OTHERWISE = re.compile("其次|再次|再者|另外|此外|还有")
"""What stands for 二是 or 三是 in a list."""
_BEFORE_POINT = frozenset("。；;：:，,、！ \t\n\u3000")


@dataclass(frozen=True)
class _Last:
    """The last number of a level, and where the line that it heads begins and ends."""

    number: int
    start: int
    end: int


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
    ended: dict[int, int] = {}
    for start in text.numbered:
        level, match = next(((i, m) for i, p in enumerate(_HEADS) if (m := p.match(text.text, start))), (0, None))
        if match is None:
            continue
        number, last = number_of(match["n"]), levels.get(level)
        if last is not None and number == last.number:
            yield from _again(text, level, match, last)
        elif number > (last.number if last else 0) + 1 and _is_skipped(text, level, match, levels, ended.get(level)):
            yield _skipped(text, _span(level, match), match["n"], (last.number if last else 0) + 1)
        levels = {key: value for key, value in levels.items() if key < level}
        levels[level] = _Last(number, *text.line_of(start))
        ended[level] = number


def _again(text: Text, level: int, match: re.Match[str], last: _Last) -> Iterator[Finding]:
    """A number twice. A list of one item after another list of one item is no repetition."""
    title, line = text.text[last.start : last.end], text.text[slice(*text.line_of(match.start("head")))]
    bare = not _PROSE.search(title) and not text.text[last.end : match.start()].strip()
    if bare and _PROSE.search(line):
        yield _repeated(text, match.span("head"), match["n"], follows=True)
    elif level < 2 or last.number > 1:
        yield _repeated(text, _span(level, match), match["n"], follows=False)


def _is_skipped(text: Text, level: int, match: re.Match[str], levels: dict[int, _Last], ended: int | None) -> bool:
    """Whether the number before is missing: not where it runs on in the text above, or counts on over its parents."""
    above = levels.get(level) or max((levels[key] for key in levels if key < level), key=_start, default=None)
    if above is None or (level not in levels and ended == number_of(match["n"]) - 1):
        return False
    before = numeral_of(number_of(match["n"]) - 1, match["n"])
    between = text.text[above.start : match.start()]
    forms = (
        (f"（{before}）", f"({before})") if level % 2 else (f"{before}、", f"{before}.", f"{before}．", f"{before}）")
    )
    return not any(form in between[len(before) :] for form in forms)


def _start(last: _Last) -> int:
    return last.start


def _span(level: int, match: re.Match[str]) -> tuple[int, int]:
    """The number with its marks; the number alone where its marks are wrong, which is another finding."""
    return match.span("head" if match["mark"] == _RIGHT_MARKS[level] else "n")


def _sequences(text: Text, pattern: re.Pattern[str]) -> Iterator[Finding]:
    last, line_end, end = 0, -1, 0
    for match in pattern.finditer(text.text):
        span = match.span("head")
        if span[0] and text.text[span[0] - 1] not in _BEFORE_POINT and pattern is _POINTS:
            continue
        if span[0] > line_end:
            line_end = text.line_of(span[0])[1]
            last, end = 0, span[0]
        number = number_of(match["n"])
        between, end = text.text[end : span[0]], span[0]
        span = match.span("n" if "(" in match["head"] or ")" in match["head"] else "head")
        if number == last and number > 1:
            yield _repeated(text, span, match["n"], follows=False)
        elif last and number > last + 1 and not _OTHERWISE.search(between):
            yield _skipped(text, span, match["n"], last + 1)
        last = number


def _repeated(text: Text, span: tuple[int, int], numeral: str, *, follows: bool) -> Finding:
    found = text.text[slice(*span)]
    expected = "" if follows else found.replace(numeral, numeral_of(number_of(numeral) + 1, numeral))
    message = (
        "序号与上一行的标题重复，正文前不再写序号，请删去" if follows else f"序号重复，应为“{expected}”，后面的序号顺延"
    )
    return text.finding("proof.numbering", Severity.ERROR, span, message, expected=expected, basis=_BASIS)


def _skipped(text: Text, span: tuple[int, int], numeral: str, wanted: int) -> Finding:
    expected = text.text[slice(*span)].replace(numeral, numeral_of(wanted, numeral))
    message = f"序号不连续，缺少“{expected}”，请补上，或者把“{text.text[slice(*span)]}”改为“{expected}”"
    return text.finding("proof.numbering", Severity.ERROR, span, message, expected=expected, basis=_BASIS)
