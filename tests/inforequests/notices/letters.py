"""A clean letter of every kind, of an invented county, for the tests to spoil."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from gongkai.findings import Finding
from gongkai.inforequests.notices.checking import check
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import Letter, letter_of
from gongkai.inforequests.notices.letters import fields_for
from gongkai.inforequests.notices.redress import remedy_paragraphs
from gongkai.inforequests.notices.wording import compose, fee_lines
from gongkai.law.fees import fee_of_items
from gongkai.law.notices import NOTICES
from gongkai.law.receipt import Channel
from gongkai.law.results import RESULTS

REVIEWER, COURT = "青禾县人民政府", "青禾县人民法院"
RECEIVED, SIGNED = date(2026, 11, 3), date(2026, 11, 24)
WITHHELD = ("refused_third_party", "unavailable_not_held")
RESULT_OF = {key: one.key for one in reversed(RESULTS) for key in one.notices} | {"refused": "refused_process"}
TO_OTHERS = {
    "third_party_consultation": "青禾县惠民建设工程有限公司",
    "third_party_disclosure": "青禾县惠民建设工程有限公司",
    "organ_consultation": "青禾县水利局",
    "confirmation_consultation": "青禾县水利局",
}
FEE = fee_of_items(40, on=RECEIVED)


def facts_of(kind: str, **changed: Any) -> Facts:
    """The facts of a clean letter of that kind, but for what is changed; remedies follow from the result."""
    given: dict[str, Any] = {
        "kind": kind,
        "agency": "青禾县农业农村局",
        "office": "青禾县农业农村局办公室",
        "office_contact": "电话：0000-5550106",
        "addressee": TO_OTHERS.get(kind, "王小明"),
        "to_organization": kind in TO_OTHERS,
        "applicants": ("王小明",),
        "register_number": "2026-12",
        "received_on": RECEIVED,
        "channel": Channel.INTERNET,
        "request_text": "2025年高标准农田建设项目的中标合同",
        "number": "" if kind == "registration" else "青农公开〔2026〕12号",
        "dated_on": SIGNED,
        "due_on": date(2026, 12, 1),
        "new_due_on": date(2026, 12, 29) if kind in ("extension", "deferral") else None,
        "fee_lines": fee_lines(FEE),
        "fee_yuan": FEE.yuan,
        "reviewer": REVIEWER,
        "court": COURT,
        "result": RESULT_OF.get(kind, ""),
        "withheld": WITHHELD if kind == "partly_granted" else (),
        "delivery": "邮寄",
        "fields": typed(kind),
    } | changed
    facts = Facts(**given)
    if "remedies" in changed or NOTICES[kind].remedy is None or facts.dated_on is None:
        return facts
    told = remedy_paragraphs(facts.result, facts.withheld, on=facts.dated_on, reviewer=REVIEWER, court=COURT)
    return replace(facts, remedies=told)


def typed(kind: str, **changed: str) -> dict[str, str]:
    """What a clerk types for that kind, as in the examples; no level of secrecy, which only some letters have."""
    return {spec.key: spec.example for spec in fields_for(kind) if spec.key != "secret_level"} | changed


@cache
def clean(kind: str) -> tuple[Letter, Facts]:
    """A letter of that kind in which nothing is to be found."""
    facts = facts_of(kind)
    return letter_of(facts, compose(facts)), facts


def rewritten(kind: str, old: str, new: str) -> list[Finding]:
    """What is found in the clean letter of that kind with some of its words changed. They must stand there."""
    letter, facts = clean(kind)
    body = "\n".join(letter.body)
    assert old in body
    return check(letter_of(facts, body.replace(old, new)), facts)


def found_in(facts: Facts, text: str | None = None, **changed: Any) -> list[Finding]:
    """What is found in the letter of these facts, with the words given or its own, and with its head changed."""
    letter = letter_of(facts, compose(facts) if text is None else text)
    return check(replace(letter, **changed), facts)


def rules(findings: list[Finding], *, blocking: bool = True) -> set[str]:
    """The rules of those findings that stop the issue, or of those that don't."""
    return {finding.rule for finding in findings if finding.blocks is blocking}
