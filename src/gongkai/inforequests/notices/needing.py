"""Whether a letter states what its article asks of it (law.notices): by the facts, by what was typed, by its words."""

import re
from collections.abc import Callable, Iterator, Mapping

from gongkai.findings import Finding
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import Letter
from gongkai.inforequests.notices.letters import DATA, FORMS, Form
from gongkai.inforequests.notices.told import doubtful, wrong
from gongkai.inforequests.notices.wording import quoted, written
from gongkai.law.notices import COMMON_NEEDS, NOTICES, Need

_OTHERWISE = frozenset({"organ", "number", "notice_date", "applicant", "article", "remedies", "registration_number"})
"""Needs that rules of their own look after: head, number, date, addressee, citations, remedies, register number."""
_ELSEWHERE = frozenset({"seal", "applicant_unnamed", "secret_level"})
_BEGINNING = 12
_Test = Callable[[Facts, Letter, str], bool]


def _dated(name: str) -> _Test:
    def test(facts: Facts, letter: Letter, text: str) -> bool:
        day = getattr(facts, name)
        return day is None or written(day) in text

    return test


_TESTS: Mapping[str, _Test] = {
    "receipt": _dated("received_on"),
    "receipt_date": _dated("received_on"),
    "due_date": _dated("due_on"),
    "new_due_date": _dated("new_due_on"),
    "deferred_date": _dated("new_due_on"),
    "request_text": lambda facts, letter, text: quoted(facts.request_text)[:_BEGINNING] in text,
    "delivery_form": lambda facts, letter, text: facts.delivery in text,
    "fee_amount": lambda facts, letter, text: facts.fee_yuan is None or f"{facts.fee_yuan}元" in text,
    "reply_slip": lambda facts, letter, text: letter.slip is not None,
}


def need_findings(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """Each thing that the letter must state and does not: an error for what the article asks, else a warning."""
    form, notice = FORMS[facts.kind], NOTICES[facts.kind]
    text = "\n".join((*letter.body, *(words for row in letter.table for words in row)))
    strict = {need.key for need in notice.needs}.union(form.needed).difference(form.optional)
    for need in (*notice.needs, *notice.advised):
        yield from _missing(need, form, facts, letter, text, basis=notice.basis, is_needed=need.key in strict)
    if form.decides:
        for need in COMMON_NEEDS.needs:
            yield from _missing(need, form, facts, letter, text, basis=COMMON_NEEDS.basis, is_needed=True)


def _missing(
    need: Need, form: Form, facts: Facts, letter: Letter, text: str, *, basis: str, is_needed: bool
) -> Iterator[Finding]:
    if need.key in _OTHERWISE or need.key in _ELSEWHERE or _is_stated(need.key, form, facts, letter, text):
        return
    message = f"正文没有写明{need.label}，请补上"
    typed = facts.fields.get(need.key, "").strip()
    if typed:
        message = f"填写的“{need.label}”在正文中找不到原文，请核对正文是否仍然写明"
        yield doubtful("L-NEED", "body", message, basis=basis)
    elif is_needed:
        yield wrong("L-NEED", "body", message, basis=basis)
    else:
        yield doubtful("L-NEED", "body", message, basis=basis)


def _is_stated(key: str, form: Form, facts: Facts, letter: Letter, text: str) -> bool:
    if key == "decision":
        return re.search(form.decides, text) is not None
    if key in _TESTS:
        return _TESTS[key](facts, letter, text)
    if facts.answers and key in form.answered and not facts.fields.get(key, "").strip():
        return all(part.point[:_BEGINNING] in text for part in facts.answers)
    if key in {spec.key for spec in form.fields}:
        return _is_typed(facts.fields.get(key, ""), text)
    return re.search(DATA["signs"][key], text) is not None


def _is_typed(typed: str, text: str) -> bool:
    """Whether each line typed stands in the text."""
    lines = [line.strip().rstrip("。；;，, ") for line in typed.splitlines() if line.strip()]
    return bool(lines) and all(line in text for line in lines)
