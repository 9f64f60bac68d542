"""Titles between 《 》 (书名号, GB/T 15834-2011 §4.15): where they stand, and which known title a slip was for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[int, int]

_MARKS = re.compile("[《》〈〉<>＜＞]")
_OPENERS = "《〈<＜"
_DEEPEST = 8
"""How many titles may stand open at once: more are no titles, and would cost time without end."""
_PAIR = {"》": "《", "〉": "〈", ">": "<", "＞": "＜"}
_STRIPPED = re.compile(r"[《》〈〉<>＜＞“”\"\s]|中华人民共和国")
_LOCAL = re.compile("[省市县区州盟旗局厅委]|实施|暂行|试行|修订|修正|草案|解读|释义|全文|补充|征求|新|旧|本|该|我")
_FIGURES = re.compile(r"\d+")
_SHORTEST = 7
"""Titles of fewer characters are too like one another (行政处罚法, 行政复议法) to call one a slip of the other."""
_LIST = re.compile("^关于|工作要点$|安排的通知$")
"""Titles that local papers imitate with a word changed: never taken for the original of a slip."""


@dataclass(frozen=True, slots=True)
class Title:
    """What stands between two title marks: `start` and `end` count characters of the text and leave the marks out.

    `depth` is 0 for an outer title; `opening` and `closing` are the marks as printed.
    """

    text: str
    start: int
    end: int
    depth: int
    opening: str
    closing: str


def parse(text: str) -> list[Title]:
    """Every title of `text`, outer and inner, whose marks both stand there; signs < > count only inside a title."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark in _OPENERS:
            if stack or mark in "《〈":
                stack.append((mark, match.start()))
                del stack[:-_DEEPEST]
        elif any(opening == _PAIR[mark] for opening, _ in stack):
            while stack[-1][0] != _PAIR[mark]:
                stack.pop()
            pairs.append((stack.pop()[1], match.start()))
    return _nested(text, sorted(pairs))


def key(title: str) -> str:
    """The title without inner marks, quotes, spaces and 中华人民共和国: what right spellings of one title share."""
    return _STRIPPED.sub("", title)


def proper(title: str) -> str:
    """The title with its inner marks as the standard wants them: 〈 〉 inside 《 》, and 《 》 again inside those."""
    marks = {title_.start - 1: title_ for title_ in parse(f"《{title}》") if title_.depth}
    text = list(f"《{title}》")
    for one in marks.values():
        text[one.start - 1], text[one.end] = "〈〉" if one.depth % 2 else "《》"
    return "".join(text[1:-1])


def nearest(title: str, known: Iterable[str]) -> str | None:
    """The known title that `title` is a slip of: a character or two lost, added or changed, nothing else.

    A title that merely adds a place or a kind (河南省…, …实施办法), shortens the known one at its head or its end, or
    differs in a figure is another document's.
    """
    printed = key(title)
    if len(printed) < _SHORTEST:
        return None
    slips = [name for name in known if _slip(printed, key(name))]
    best = max(slips, key=lambda name: _likeness(printed, name), default=None)
    return best if best is None or "中华人民共和国" in title else best.removeprefix("中华人民共和国")


def unlike(title: str, names: Iterable[str]) -> bool:
    """Whether `title` has nothing to do with any of the names: not a part of one, and less than half alike."""
    printed = key(title)
    return not any(printed in key(name) or key(name) in printed or _likeness(printed, name) >= 0.5 for name in names)


def _nested(text: str, pairs: list[tuple[int, int]]) -> list[Title]:
    found: list[Title] = []
    ends: list[int] = []
    for start, end in pairs:
        while ends and ends[-1] < start:
            ends.pop()
        found.append(Title(text[start + 1 : end], start + 1, end, len(ends), text[start], text[end]))
        ends.append(end)
    return found


def _likeness(printed: str, name: str) -> float:
    """How alike two titles are, 0 to 1."""
    return SequenceMatcher(None, key(name), printed, autojunk=False).ratio()


def _slip(printed: str, name: str) -> bool:
    allowed = 2 if len(name) >= 12 else 1
    if abs(len(printed) - len(name)) > allowed or len(name) < _SHORTEST or _LIST.search(name):
        return False
    if name in printed or (printed in name and len(name) - len(printed) > 1):
        return False
    if _FIGURES.findall(name) != _FIGURES.findall(printed):
        return False
    matcher = SequenceMatcher(None, name, printed, autojunk=False)
    edits = [(name[a:b], printed[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    if any(_LOCAL.search(new) for _, new in edits):
        return False
    return sum(max(len(old), len(new)) for old, new in edits) <= allowed
