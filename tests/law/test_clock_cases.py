"""The clock's cases (cases/clock.toml): a table that an official can read, each row asked on its day."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.law.clock import Readings, clock, parse_step
from gongkai.law.errors import ImpossibleStep, RuleError

CASES = tomllib.loads((Path(__file__).parent / "cases/clock.toml").read_text(encoding="utf-8"))["case"]
EXPECTATIONS = {
    "due": lambda found: found.due or "无",
    "claimed": lambda found: found.due_claimed or "无",
    "state": lambda found: found.state,
    "waiting_for": lambda found: found.waiting_for or "无",
    "remaining": lambda found: "无" if found.remaining_working_days is None else found.remaining_working_days,
    "provisional": lambda found: found.provisional,
    "limits": lambda found: dict(found.limits),
    "findings": lambda found: [finding.rule for finding in found.findings],
    "spans": lambda found: [[s.first, s.last, s.working_days, s.counts, s.reason] for s in found.spans],
    "bases": lambda found: list(dict.fromkeys(span.basis for span in found.spans)),
}
UNSAID = {"claimed": "无", "waiting_for": "无", "remaining": "无", "provisional": False, "findings": []}
DOORS = {"name", "article", "example", "steps", "on", "at", "readings", "refused"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    assert set(case) <= DOORS | set(EXPECTATIONS)
    steps = [parse_step(text) for text in case["steps"]]
    on = case.get("on", steps[-1].on)
    readings = replace(Readings.on(steps[0].on), **case["readings"]) if "readings" in case else None
    if "refused" in case:
        with pytest.raises(RuleError) as refused:
            clock(steps, on=on, readings=readings)
        rule = refused.value.rule if isinstance(refused.value, ImpossibleStep) else str(refused.value)
        assert case["refused"] in rule
        return
    found = clock(steps, on=on, readings=readings)
    assert seen(found, UNSAID | case) == wanted(UNSAID | case)
    for day in case.get("at", []):
        assert seen(clock(steps, on=day["on"], readings=readings), day) == wanted(day), day["on"]


def wanted(row):
    return {key: row[key] for key in EXPECTATIONS if key in row}


def seen(found, row):
    return {key: EXPECTATIONS[key](found) for key in EXPECTATIONS if key in row}


@pytest.mark.parametrize("number", [*range(1, 19), 20, 24, 25])
def test_every_worked_example_of_the_clock_is_a_case(number):
    assert [case["name"] for case in CASES if case.get("example") == number]


def test_names_tell_cases_apart():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
