"""Whether a letter tells its remedies as the law of its day has them: in which order, the right organ and court."""

import re
from collections.abc import Iterator

from gongkai.findings import Finding
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import Letter
from gongkai.inforequests.notices.redress import remedy_paragraphs
from gongkai.inforequests.notices.told import wrong
from gongkai.law.notices import NOTICES
from gongkai.law.parameters import parameter

_WAY = re.compile("申请行政复议|提起行政诉讼|申请复议|向人民法院起诉")
_OUTDATED = re.compile("[三3]个月|90日|九十日|[二2]年内")
_DIRECT = re.compile("(?:或者|也可以|可以直接)[^。；]{0,40}(?:提起行政诉讼|起诉)")
_FIRST = "先向"
_BASIS = "《中华人民共和国行政复议法》第二十三条第二款"
_TELLING = parameter("remedies.reconsideration").basis


def redress_findings(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the remedies of a letter; nothing for a kind that carries none."""
    if NOTICES[facts.kind].remedy is None:
        return
    if not facts.reviewer or not facts.court:
        yield wrong("L-REMEDY", "body", "机关资料中没有复议机关或者管辖法院，请先补齐，再写救济告知", basis=_TELLING)
        return
    expected = _expected(facts)
    told = {f"{line}:1": text for line, text in enumerate(letter.body, 1) if _WAY.search(text)}
    missing = [text for text in expected if text not in told.values()]
    others = {where: text for where, text in told.items() if text not in expected}
    if missing and not others:
        message = "没有写明救济途径和期限，请补上这一段"
        yield wrong("L-REMEDY", "body", message, basis=_TELLING, expected=missing[0])
    for where, text in others.items():
        yield from _altered(where, text, missing, facts, expected)


def _expected(facts: Facts) -> tuple[str, ...]:
    """The paragraphs by the law of the letter's day; before it has one, as they were given."""
    if facts.dated_on is None:
        return facts.remedies
    return remedy_paragraphs(
        facts.result, facts.withheld, on=facts.dated_on, reviewer=facts.reviewer, court=facts.court
    )


def _altered(where: str, text: str, missing: list[str], facts: Facts, expected: tuple[str, ...]) -> Iterator[Finding]:
    """What is wrong with a paragraph on remedies that is none of those expected."""
    first = any(_FIRST in paragraph for paragraph in expected)
    reasons = list(_reasons(where, text, facts, first=first, alone=len(expected) == 1))
    yield from reasons
    if missing and not reasons:
        message = "救济告知与应当告知的内容不一致，请恢复原文"
        yield wrong("L-REMEDY", where, message, basis=_TELLING, expected=missing[0], found=text)
    elif not missing and not reasons:
        yield wrong("L-REMEDY", where, "救济告知之外又有一段写救济途径，请删去或者并入", basis=_TELLING, found=text)


def _reasons(where: str, text: str, facts: Facts, *, first: bool, alone: bool) -> Iterator[Finding]:
    if first and alone and (_FIRST not in text or _DIRECT.search(text)):
        message = "不予公开的，应当写明先申请行政复议，对复议决定不服的再提起行政诉讼，不能写可以直接起诉"
        yield wrong("L-REMEDY-FIRST", where, message, basis=_BASIS, found=text)
    if facts.reviewer not in text:
        yield wrong(
            "L-REVIEWER", where, "复议机关不对，请改为本机关的复议机关", basis=_TELLING, expected=facts.reviewer
        )
    if facts.court not in text:
        message = "管辖法院不对，请改为本机关所在地有管辖权的法院"
        yield wrong("L-COURT", where, message, basis="《中华人民共和国行政诉讼法》第十八条第一款", expected=facts.court)
    if old := _OUTDATED.search(text):
        message = f"“{old[0]}”不是现在的期限，请按现行规定改正"
        yield wrong("L-PERIOD", where, message, basis=parameter("remedies.lawsuit").basis, found=old[0])
