import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.law.errors import RuleError
from gongkai.law.receipt import Arrival, Channel, Readings, Receipt, receipt
from gongkai.law.workdays import calendar

CASES = tomllib.loads((Path(__file__).parent / "cases/receipt.toml").read_text(encoding="utf-8"))["case"]
FACTS = ("arrived_on", "confirmed_on", "confirmed_automatically", "unreachable")


def received(case: dict) -> Receipt:
    arrival = Arrival(channel=Channel(case["channel"]), **{key: case[key] for key in FACTS if key in case})
    readings = Readings.on(case["arrived_on"])
    changed = {key: case[key] for key in ("automatic_counts", "contact_restored_counts") if key in case}
    return receipt(arrival, on=case["on"], calendar=calendar(), readings=replace(readings, **changed))


def test_open_questions_are_read_by_the_defaults():
    case = next(case for case in CASES if case.get("confirmed_automatically"))
    arrival = Arrival(channel=Channel.INTERNET, arrived_on=case["arrived_on"], confirmed_automatically=True)
    assert receipt(arrival, on=case["on"], calendar=calendar()).received_on == case["arrived_on"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            received(case)
        return
    found = received(case)
    assert found.received_on == case.get("received_on")
    assert found.basis == case["article"]
    assert found.standing == case.get("standing", "text")
    late = [(finding.rule, finding.expected) for finding in found.findings]
    assert late == ([("C-CONFIRM-LATE", str(case["late_since"]))] if "late_since" in case else [])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "refused" not in case and "received_on" not in case], ids=lambda c: c["name"]
)
def test_a_request_not_confirmed_is_told_as_one_whose_period_has_not_begun(case):
    assert "还没有起算" in received(case).explanation


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_tells_what_to_keep_as_proof(channel):
    case = {"channel": channel, "arrived_on": CASES[0]["arrived_on"], "on": CASES[0]["on"]}
    assert received(case).proof


def test_an_ordinary_letter_is_never_confirmed_by_a_system():
    case = next(case for case in CASES if case["name"] == "平常信函收到当日还没有确认，尚不算迟")
    assert received({**case, "confirmed_automatically": True}).received_on is None
