"""Legal numbers as dated data: each with unit, basis, source and the day it was last checked, each used by a rule."""

import ast
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import gongkai.law
from gongkai.law import citations
from gongkai.law.errors import OutsideCodedLaw
from gongkai.law.parameters import Dated, Parameter, Standing, Unit, number, parameter, parameters

LAW = Path(gongkai.law.__path__[0])
ALL = parameters().values()
every = pytest.mark.parametrize("known", ALL, ids=lambda known: known.key)


@every
def test_a_parameter_says_what_it_is_and_when_it_was_last_checked(known):
    assert known.description
    assert known.checked_on == date(2026, 11, 23)
    assert known.values
    assert all(dated.source.strip() for dated in known.values)


@every
def test_the_values_of_a_parameter_follow_in_time_and_change(known):
    since = [dated.since for dated in known.values]
    assert since == sorted(set(since))
    told = [(dated.value, dated.source) for dated in known.values]
    assert all(former != later for former, later in pairwise(told))


@every
def test_the_values_of_a_parameter_fit_its_unit(known):
    for value in (dated.value for dated in known.values):
        most = 1 if known.unit is Unit.SWITCH else 10**6
        assert value is None or value in range(most + 1)


@every
def test_the_basis_of_a_parameter_exists(known):
    cited = citations.parse(known.basis)
    assert cited or known.basis == "实践"
    assert not [slip for citation in cited for slip in citations.check(citation)]


@every
def test_practice_is_never_told_as_the_text_of_a_law(known):
    assert known.basis != "实践" or known.standing is not Standing.TEXT


@every
def test_a_parameter_is_used_by_a_rule(known):
    assert any(names(source, known.key) for source in SOURCES)


@every
def test_a_parameter_is_refused_the_day_before_it_takes_effect(known):
    first = known.values[0]
    assert known.on(first.since) == number(known.key, on=first.since) == first.value
    assert known.is_in_force(first.since)
    eve = date.fromordinal(first.since.toordinal() - 1)
    assert not known.is_in_force(eve)
    with pytest.raises(OutsideCodedLaw, match=f"{first.since}起施行"):
        known.on(eve)


def texts(path):
    return {node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if is_text(node)}


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


SOURCES = [texts(path) for path in LAW.rglob("*.py")]
DATA = {
    text for path in LAW.glob("data/*.toml") for text in re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8"))
}


def names(source, key):
    """Whether a module names the key, whole, or as f"reports.{report}" with the rest in itself or in a data file."""
    begins = [text for text in source if text.endswith((".", "_")) and key.startswith(text)]
    return key in source or any(key.removeprefix(begin) in source | DATA for begin in begins)


CHANGED = Parameter(
    "x.y",
    "某一期限",
    Unit.WORKING_DAY,
    "实践",
    Standing.DEFAULT,
    date(2026, 11, 23),
    (
        Dated(date(2020, 1, 1), 20, "甲"),
        Dated(date(2022, 1, 1), 15, "乙"),
        Dated(date(2024, 1, 1), None, "丙"),
        Dated(date(2025, 1, 1), 10, "丁"),
    ),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [("2020-01-01", 20), ("2021-12-31", 20), ("2022-01-01", 15), ("2023-12-31", 15), ("2025-01-01", 10)],
)
def test_the_value_is_the_one_in_force_that_day(day, value):
    assert CHANGED.on(date.fromisoformat(day)) == value
    assert CHANGED.is_in_force(date.fromisoformat(day))


def test_a_rule_that_ended_is_refused_with_the_day_it_ended():
    assert not CHANGED.is_in_force(date(2024, 6, 1))
    with pytest.raises(OutsideCodedLaw, match="自2024-01-01起不再适用"):
        CHANGED.on(date(2024, 6, 1))


def test_an_unknown_key_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        parameter("clock.nothing")
