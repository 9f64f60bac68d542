"""Quotation marks and brackets that do not pair (GB/T 15834-2011 4.8, 4.9): each error stands at its mark."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding, Severity
from gongkai.proofing.text import Text

_BASIS = "GB/T 15834-2011"
_CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕", "【": "】", "「": "」"}
_OPENING = {close: start for start, close in _CLOSING.items()}
_SAME = {"(": "（", ")": "）"}
_QUOTES = {"“": "前双引号", "”": "后双引号", "‘": "前单引号", "’": "后单引号"}
_MARKS = re.compile(r"[“”‘’《》〈〉（）()〔〕【】「」]")
_DEEPEST = 8
"""How many marks back the partner of a closing mark is looked for."""
_ITEM = re.compile(r"(?:^|[\s。；;，,：:、])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])$")


def pair_findings(text: Text) -> Iterator[Finding]:
    """Marks never closed, never opened, or closed in the wrong order, paragraph by paragraph."""
    stack: list[tuple[str, int]] = []
    line_end = -1
    for match in _MARKS.finditer(text.text):
        at, mark = match.start(), match[0]
        if at > line_end:
            yield from _unclosed(text, stack, at)
            stack.clear()
            line_end = text.line_of(at)[1]
        if mark in _CLOSING:
            stack.append((mark, at))
        elif stack and _kind(stack[-1][0]) == _kind(_OPENING[mark]):
            opening, place = stack.pop()
            if mark != _CLOSING[opening]:
                yield _mixed(text, opening, place, mark, at)
        elif not _is_item(text, mark, at) and not _is_apostrophe(text, mark, at):
            yield from _unopened(text, stack, mark, at)
    yield from _unclosed(text, stack, len(text.text))


def _kind(mark: str) -> str:
    return _SAME.get(mark, mark)


def _is_item(text: Text, mark: str, at: int) -> bool:
    """`1）` begins an item: the bracket stands alone by right."""
    return mark in "）)" and _ITEM.search(text.text[max(0, at - 4) : at]) is not None


def _is_apostrophe(text: Text, mark: str, at: int) -> bool:
    """O’Brien and ’98."""
    return mark == "’" and (text.text[max(0, at - 1) : at].isascii() or text.text[at + 1 : at + 2].isdigit())


def _unopened(text: Text, stack: list[tuple[str, int]], mark: str, at: int) -> Iterator[Finding]:
    opening = _OPENING[mark]
    near = range(len(stack) - 1, max(-1, len(stack) - 1 - _DEEPEST), -1)
    depth = next((i for i in near if _kind(stack[i][0]) == _kind(opening)), None)
    if depth is None:
        yield _finding(text, at, f"{_named(mark)}没有与它成对的{_named(opening)}，请补上或删去")
        return
    for start, place in stack[depth + 1 :]:
        message = f"{_named(start)}没有成对的{_named(_CLOSING[start])}，或与外层标号交叉，请核改"
        yield _finding(text, place, message)
    del stack[depth:]


def _unclosed(text: Text, stack: list[tuple[str, int]], following: int) -> Iterator[Finding]:
    """The marks of a paragraph that stay open: `“` may, where the next mark, at `following`, opens a paragraph too."""
    runs_on = (
        text.text[following : following + 1] == "“"
        and not text.text[slice(text.line_of(following)[0], following)].strip()
    )
    if len(stack) % 2 == 0 and len({mark for mark, _ in stack} | {"“"}) == 1:
        for mark, at in stack[1::2]:
            message = f"这里应当是{_named(_CLOSING[mark])}，现为{_named(mark)}"
            yield _finding(text, at, message, expected=_CLOSING[mark])
        return
    for mark, at in stack:
        if mark == "“" and runs_on:
            continue
        yield _finding(text, at, f"{_named(mark)}没有成对的{_named(_CLOSING[mark])}，请补上或删去")


def _mixed(text: Text, opening: str, place: int, mark: str, at: int) -> Finding:
    """A bracket of one width closed by one of the other: the half-width one is wrong."""
    wrong, spot = (opening, place) if opening in _SAME else (mark, at)
    message = f"一对括号全角、半角混用，应使用“{_SAME[wrong]}”"
    return _finding(text, spot, message, expected=_SAME[wrong], severity=Severity.HINT)


def _named(mark: str) -> str:
    """The mark as a message names it: quotation marks by their names, since they would be lost among others."""
    return _QUOTES.get(mark, f"“{mark}”")


def _finding(
    text: Text, at: int, message: str, *, expected: str | None = None, severity: Severity = Severity.ERROR
) -> Finding:
    return text.finding("proof.pair", severity, (at, at + 1), message, expected=expected, basis=_BASIS)
