"""Row and column labels as offices really print them, brought back to the official ones.

Spacing, punctuation, numbering style and quotation marks do not matter; other wording is an altered label.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from gongkai.report.form import FORM_NAMES, form
from gongkai.report.reading.values import bare

_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,2}\)?[、.,:]?|\(?\d{1,2}[).、,:]|[①-⑧])(?=[^\d])")
_PUNCTUATION = re.compile(r"[^一-鿿\w]|_")
_SIMILAR = 0.72
_SHORTEST = 6
"""Shorter wordings are too like a piece of another label (重复申请, 反复申请)."""
_STACKED = 4
"""So many letters by themselves on a line are the head of a table, set one letter below the other."""
_MARGIN = 0.1
"""How much nearer to one row than to any other an altered label must be."""
_LONGEST = 160
"""All header cells of a table on one line are about so long."""
_NEGATED = re.compile("[不非未废新]$|其中")
"""What before a row's wording makes another matter of it (不予以公开, 废止规范性文件, 其中行政许可)."""
_REMEDY_SIGNS = ("维持", "纠正", "复议", "诉讼", "尚未", "审结", "其他结果")

ROW_ALIASES = {
    "normative_documents": ("规范性文件",),
    "partly_granted": ("部分公开",),
    "other_other": ("其他处理",),
    "refused_security": ("三安全一稳定",),
    "carried_out": ("结转下年度继续办理的", "结转下年继续办理"),
}
"""Wordings that name a row for certain although they are not the official label."""

SILENT_ALIASES = frozenset({"部分公开", "三安全一稳定", "规范性文件2019", "其他处理"})
"""Aliases that are the official label without its remark, or that of the other form: not an altered label."""


@lru_cache(maxsize=8192)
def core(label: str) -> str:
    """The wording of a label alone: no numbering, punctuation, quotation marks or white space."""
    return _PUNCTUATION.sub("", _NUMBERING.sub("", bare(label)))


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row that a text names: `row` is table key and row key, `exact` whether in the official wording."""

    table: str
    key: str
    official: str
    found: str
    exact: bool


def _rows() -> dict[str, tuple[str, str, str]]:
    known: dict[str, tuple[str, str, str]] = {}
    for name in FORM_NAMES:
        for table in form(name).tables:
            for row in (row for block in table.blocks for row in block.rows if row.key):
                entry = (table.key.removesuffix("_2019"), row.key, row.label)
                for label in (row.label, *ROW_ALIASES.get(row.key, ())):
                    known.setdefault(core(label), entry)
    return known


def _vocabulary() -> tuple[str, ...]:
    texts: set[str] = {"行政诉讼", "法人或其他组织", "申请人情况", "信息内容", "单位件", "单位万元", "计量单位"}
    for name in FORM_NAMES:
        for table in form(name).tables:
            for block in table.blocks:
                lines = (*block.rows, *block.columns)
                texts.update(core(label) for line in lines for label in line.labels)
                texts.update(_PUNCTUATION.sub("", bare(label)) for line in lines for label in line.labels)
                texts.update((core(block.heading), core(block.corner)))
    return tuple(sorted(texts - {""}))


ROWS = _rows()
_ROWS_BY_LENGTH = sorted(ROWS, key=len, reverse=True)
VOCABULARY = _vocabulary()
_VOCABULARY_TEXT = "\n".join(VOCABULARY)
COLUMN_LABELS = frozenset(core(c.label) for t in form("2021").tables for b in t.blocks for c in b.columns)


@lru_cache(maxsize=8192)
def row_of(fragments: tuple[str, ...]) -> RowLabel | None:
    """The row that label fragments name, read as they follow each other, the last ones counting most."""
    joined = "".join(core(fragment) for fragment in fragments)
    if not fragments or _begins(fragments[-1]):
        return None
    for wording in _ROWS_BY_LENGTH:
        if joined.endswith(wording):
            found = _tail(fragments, wording)
            if _NEGATED.search(core(found).removesuffix(wording)):
                return None
            return _label(wording, found, exact=_is_official(wording, found))
    last = core(fragments[-1])
    if len(last) >= 4:
        begun = [wording for wording in ROWS if wording.startswith(last)]
        if len({ROWS[wording][:2] for wording in begun}) == 1:
            return _label(begun[0], fragments[-1], exact=True)
        return _similar_row(fragments[-1])
    return None


@lru_cache(maxsize=8192)
def names_a_row(fragment: str) -> bool:
    """Whether a single fragment names a row for certain."""
    return core(fragment) in ROWS


@lru_cache(maxsize=8192)
def table_told(words: tuple[str, ...]) -> str:
    """Which table the words of a line tell: `rows` (tables 2 and 3) by a row's label, else `remedies` (4), or empty."""
    texts = [core(word) for word in words]
    if any(len(text) > 2 and text in ROWS for text in texts):
        return "rows"
    return "remedies" if any(sign in text for text in texts for sign in _REMEDY_SIGNS) else ""


@lru_cache(maxsize=8192)
def is_vocabulary(fragment: str) -> bool:
    """Whether a text is a label of the form, a part of one, or very like one."""
    text = _PUNCTUATION.sub("", bare(fragment))
    if not text:
        return True
    if text in _VOCABULARY_TEXT or core(fragment) in _VOCABULARY_TEXT:
        return True
    if len(text) > _LONGEST or "。" in fragment:
        return False
    words = fragment.split()
    if len(words) >= _STACKED and all(len(word) == 1 and word in _VOCABULARY_TEXT for word in words):
        return True
    rest = _without_labels(text)
    return len(rest) <= 1 or rest in _VOCABULARY_TEXT or (len(text) >= 4 and _similar_row(fragment) is not None)


def _without_labels(text: str) -> str:
    for wording in sorted(VOCABULARY, key=len, reverse=True):
        if len(wording) > 1 and wording in text:
            text = text.replace(wording, "")
    return text


def _begins(fragment: str) -> bool:
    """Whether a fragment is only the number, or the bracket of one, of a label that is still to come."""
    return not core(fragment) and any(char.isalnum() or char == "(" for char in bare(fragment))


def _label(wording: str, found: str, *, exact: bool) -> RowLabel:
    table, key, official = ROWS[wording]
    return RowLabel(table, key, official, found, exact)


def _is_official(wording: str, found: str) -> bool:
    official = core(ROWS[wording][2])
    return wording == official or wording in SILENT_ALIASES or core(found) == official


def _tail(fragments: tuple[str, ...], wording: str) -> str:
    kept: list[str] = []
    for fragment in reversed(fragments):
        kept.insert(0, fragment)
        if len("".join(core(k) for k in kept)) >= len(wording):
            break
    return "".join(kept)


@lru_cache(maxsize=4096)
def _similar_row(fragment: str) -> RowLabel | None:
    """The row whose wording a text is nearly, unless it is another label, or as near to another row."""
    text = core(fragment)
    if text in VOCABULARY:
        return None
    shares: dict[tuple[str, str], tuple[float, str]] = {}
    for wording, (table, key, _) in ROWS.items():
        if len(wording) >= _SHORTEST and abs(len(wording) - len(text)) <= max(3, len(wording) // 3):
            share = SequenceMatcher(None, wording, text, autojunk=False).ratio()
            shares[table, key] = max(shares.get((table, key), (0.0, "")), (share, wording))
    ranked = sorted(shares.values(), reverse=True)[:2]
    if not ranked or ranked[0][0] <= _SIMILAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN):
        return None
    return _label(ranked[0][1], fragment, exact=False)
