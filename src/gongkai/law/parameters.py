"""Every legal number, as dated data with unit, article and source: `params/*.toml`, read once.

A number is never a literal in a rule: `number("clock.reply_period", on=received)` is the one in force that day.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.errors import OutsideCodedLaw


class Unit(StrEnum):
    """What a parameter counts. A working day is one by the State Council's calendar (law.workdays)."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    YUAN = "yuan"
    PAGE = "page"
    ITEM = "item"
    TIME = "time"
    SWITCH = "switch"


class Standing(StrEnum):
    """How a value is known: the article's `text` was read, another text `restates` it, or it is `general` knowledge.

    A `default` stands where the law is silent or unclear: it may be overridden by an argument.
    """

    TEXT = "text"
    RESTATED = "restated"
    GENERAL = "general"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from the day it takes effect; None: the rule ended that day. `source` is the text behind it."""

    since: date
    value: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal number (法定数值) over time, `values` from the earliest. `checked_on` is when somebody last looked."""

    key: str
    description: str
    unit: Unit
    basis: str
    standing: Standing
    checked_on: date
    values: tuple[Dated, ...]

    def on(self, day: date) -> int:
        """The value in force that day. Raises OutsideCodedLaw before the first and after the last."""
        found = self._dated(day)
        if found is None or found.value is None:
            when = f"{self.values[0].since}起施行" if found is None else f"自{found.since}起不再适用"
            raise OutsideCodedLaw(f"{self.description}的规定{when}，不能用于{day}；请按当时的规定由人工核定")
        return found.value

    def is_in_force(self, day: date) -> bool:
        """Whether there is a value on that day."""
        dated = self._dated(day)
        return dated is not None and dated.value is not None

    def _dated(self, day: date) -> Dated | None:
        for dated in reversed(self.values):
            if dated.since <= day:
                return dated
        return None


@cache
def parameters() -> dict[str, Parameter]:
    """All parameters by key (`FILE.NAME`), in the order of files and tables."""
    folder = files(__package__).joinpath("params")
    found: dict[str, Parameter] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            subject = file.name.removesuffix(".toml")
            for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found[f"{subject}.{name}"] = _parameter(f"{subject}.{name}", row)
    return found


def parameter(key: str) -> Parameter:
    """The parameter of that key. Raises KeyError for an unknown one: that is a mistake in the code."""
    return parameters()[key]


def number(key: str, *, on: date) -> int:
    """The value of a parameter on the governing day. Raises OutsideCodedLaw outside of the law coded here."""
    return parameters()[key].on(on)


def _parameter(key: str, row: dict[str, Any]) -> Parameter:
    values = tuple(Dated(value["since"], value.get("value"), value["source"]) for value in row["values"])
    return Parameter(
        key, row["description"], Unit(row["unit"]), row["basis"], Standing(row["standing"]), row["checked_on"], values
    )
