"""How offices print figures and labels: what a reader must take without losing anything, and what it can't take."""

import re
from collections.abc import Callable
from random import Random

from tests.report.renderings import Raw

Print = Callable[[Random, int], Raw]
Label = Callable[[Random, str], str]

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def plain(_source: Random, number: int) -> Raw:
    """Digits alone."""
    return str(number), number


def dressed(source: Random, number: int) -> Raw:
    """Digits in another width, with separators, spaces, a unit or a footnote mark: still that number."""
    shapes = (
        str(number),
        str(number).translate(FULL_WIDTH),
        f"{number:,}",
        f"\u00a0{number}",
        f"{number}\u200b",
        f"{number}件",
        f"{number}①",
        f"{number}*",
    )
    return source.choice(shapes), number


def with_blanks(source: Random, number: int) -> Raw:
    """Now and then a sign for nothing, or a text that is no number."""
    if source.random() < 0.25:
        return source.choice(("/", "-", "—", "无", "——")), None
    if source.random() < 0.03:
        return source.choice(("22（其中修订16件）", "-417", "1.5", "007")), None
    return plain(source, number)


def with_holes(source: Random, number: int) -> Raw:
    """Now and then nothing at all."""
    return ("", None) if source.random() < 0.3 else plain(source, number)


FIGURES: dict[str, Print] = {"plain": plain, "dressed": dressed, "signs": with_blanks, "holes": with_holes}

_NUMBER = re.compile(r"^(\d)\.")
_GROUP = re.compile(r"^（(.)）")


def _numbered(style: str) -> Label:
    return lambda _source, text: _NUMBER.sub(lambda m: style.format(m[1]), text)


def _grouped(style: str) -> Label:
    return lambda _source, text: _GROUP.sub(lambda m: style.format(m[1]), text)


def _spaced(source: Random, text: str) -> str:
    at = source.randint(min(3, len(text)), len(text))
    return text[:at] + source.choice((" ", "  ", "\u3000", "\u00a0", "\u200b", "\ufeff")) + text[at:]


LABELS: dict[str, Label] = {
    "official": lambda _source, text: text,
    "1、": _numbered("{}、"),
    "1．": _numbered("{}．"),
    "1）": _numbered("{}）"),
    "(1)": _numbered("({})"),
    "（1）": _numbered("（{}）"),
    "1. ": _numbered("{}. "),
    "no numbering": lambda _source, text: _NUMBER.sub("", text),
    "circled": lambda _source, text: _NUMBER.sub(lambda m: "①②③④⑤⑥⑦⑧"[int(m[1]) - 1], text),
    "(一)": _grouped("({})"),
    "(一) ": _grouped("({}) "),
    "（一）、": _grouped("（{}）、"),
    "一.": lambda _source, text: re.sub("^([一二三四])、", r"\1.", text),
    "straight quotes": lambda _source, text: re.sub("[“”]", '"', text),
    "corner quotes": lambda _source, text: text.replace("“", "「").replace("”", "」"),
    "no quotes": lambda _source, text: re.sub("[“”]", "", text),
    "half-width": lambda _source, text: text.translate(str.maketrans("（），、：", "(),､:")),
    "remark lost": lambda _source, text: text.replace("（区分处理的，只计这一情形，不计其他情形）", ""),
    "spaces": _spaced,
    "other punctuation": lambda _source, text: text.replace("、行政机关", "，行政机关").replace("补正、", "补正"),
}
"""Label styles that change no wording: they must lose no cell and raise no finding."""

TYPOS: dict[str, Label] = {
    "内容": lambda _source, text: text.replace("三类内部事务", "三类内容事务"),
    "这一情况": lambda _source, text: text.replace("这一情形", "这一情况"),
    "转结": lambda _source, text: text.replace("结转", "转结"),
    "本年发件": lambda _source, text: text.replace("本年制发件数", "本年发件"),
    "规范性文件": lambda _source, text: text.replace("行政规范性文件", "规范性文件"),
    "其他处理": lambda _source, text: text.replace("（六）其他处理", "（六）其他"),
    "现行有效件": lambda _source, text: text.replace("现行有效件数", "现行有效件"),
    "历史累计": lambda _source, text: text.replace("现行有效件数", "现行有效件数 (历史累计)"),
    "税务": lambda _source, text: text.replace("本年制发件数", "本年度制发数").replace("本年废止件数", "本年废止数"),
}
"""Wordings that authors get wrong: a cell may be lost, but never to a wrong figure."""
