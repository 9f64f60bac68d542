"""Every row of the lexicon fires: its wrong wording, planted between marks, is found and told with its repair."""

import re

import pytest

from gongkai.documents.blocks import Paragraph
from gongkai.proofing.lexicon import Lexicon, Row, shipped
from gongkai.proofing.text import Text

_AROUND = re.compile(r"\(\?(?P<behind><)?(?P<sign>[=!])(?P<body>(?:[^()\[\]\\]|\\.|\[[^\]]*\]|\([^()]*\))*)\)")
_CLASS = re.compile(r"\[(\^)?((?:\\.|[^\]])+)\](\?|\*|\+|\{\d+(?:,\d*)?\})?")
_DIGITS = {"\\d": "3", "\\s": " ", "\\S": "甲"}


def example(pattern: str) -> str:
    """A text that the pattern of a row matches: first alternatives, no optional parts, what must stand around it."""
    pattern, before, after = _alternative(pattern), "", ""
    for match in _AROUND.finditer(pattern):
        if match["sign"] == "=":
            body = first(match["body"])
            before, after = (before + body, after) if match["behind"] else (before, after or body)
    return f"{before}{first(_AROUND.sub('', pattern))}{after}"


def first(pattern: str) -> str:
    """The text of the first alternative of a pattern without look-arounds."""
    pattern = _alternative(pattern).replace("^", "").replace("$", "")
    while (group := re.search(r"\((\?:)?([^()]*)\)(\?|\{\d+\})?", pattern)) is not None:
        inner = "" if group[3] == "?" else _alternative(group[2])
        pattern = pattern[: group.start()] + inner + pattern[group.end() :]
    pattern = _CLASS.sub(lambda match: _of_class(match[1], match[2], match[3] or ""), pattern)
    for sign, digit in _DIGITS.items():
        pattern = re.sub(re.escape(sign) + r"(?:\{(\d)\}|[*+?])?", lambda match: digit * int(match[1] or 1), pattern)  # noqa: B023
    pattern = re.sub(r"[^\\][*?]", "", pattern)
    pattern = re.sub(r"(\\?.)\{(\d+)[,\d]*\}", lambda match: match[1] * int(match[2]), pattern)
    return re.sub(r"\\(.)", r"\1", pattern.replace("+", ""))


def _alternative(pattern: str) -> str:
    depth = 0
    for index, mark in enumerate(pattern):
        depth += (mark in "([") - (mark in ")]")
        if mark == "|" and depth == 0:
            return pattern[:index]
    return pattern


def _of_class(negated: str | None, body: str, quantifier: str) -> str:
    if quantifier in ("?", "*") or quantifier.startswith("{0"):
        return ""
    mark = "甲" if negated else "3" if body.startswith("\\d") else body[0]
    return mark * int(quantifier[1]) if quantifier.startswith("{") else mark


def planted(row: Row) -> str:
    if row.pattern is None:
        return f"甲：{row.wrong}；乙"
    wrong = example(row.wrong[3:])
    return wrong if row.wrong[3:].startswith("^") else f"甲：{wrong}；乙"


@pytest.mark.parametrize("row", shipped().rows, ids=lambda row: row.wrong)
def test_each_row_fires_by_itself(row):
    text = planted(row)
    findings = [*Lexicon([row]).findings(Text([Paragraph(text)]))]
    assert findings, text
    for finding in findings:
        assert finding.rule == f"proof.{row.category}"
        start = int(finding.where.split(":")[1]) - 1
        assert text[start:].startswith(str(finding.found))


def test_rows_fire_beside_all_others_too():
    text = Text([Paragraph(planted(row), line) for line, row in enumerate(shipped().rows, 1)])
    told = {(finding.where.split(":")[0], finding.rule) for finding in shipped().findings(text)}
    silent = [
        row.wrong for line, row in enumerate(shipped().rows, 1) if (str(line), f"proof.{row.category}") not in told
    ]
    assert silent == []
