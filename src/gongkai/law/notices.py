"""The notices of a request (告知书): what each must state, on what basis, and what it does to the reply period.

Names of notices are common practice; what they state follows the article in `basis`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.law.parameters import Standing
from gongkai.law.results import RemedyClass, Result


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a notice has to state: `key` in data, `label` as a page prints it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A kind of letter: `needs` it must state by its `basis`, `advised` beside them.

    `clock` says in words what it does to the reply period; `periods` are the keys of parameters that bind it. `remedy`
    is the block of redress that it carries, None for a notice within the procedure. What every reply states, whatever
    its kind, is in COMMON_NEEDS.
    """

    key: str
    name: str
    needs: tuple[Need, ...]
    basis: str
    clock: str
    advised: tuple[Need, ...] = ()
    periods: tuple[str, ...] = ()
    remedy: RemedyClass | None = None
    standing: Standing = Standing.TEXT
    note: str = ""


@dataclass(frozen=True, slots=True)
class CommonNeeds:
    """What every reply states, whatever its kind."""

    needs: tuple[Need, ...]
    advised: tuple[Need, ...]
    basis: str


def notices_for(result: Result) -> tuple[Notice, ...]:
    """The letters that may tell a result, each with what it needs."""
    return tuple(NOTICES[key] for key in result.notices)


def _notice(row: dict[str, Any]) -> Notice:
    return Notice(
        key=row["key"],
        name=row["name"],
        needs=_needs(row["needs"]),
        basis=row["basis"],
        clock=row["clock"],
        advised=_needs(row.get("advised", ())),
        periods=tuple(row.get("periods", ())),
        remedy=RemedyClass(row["remedy"]) if "remedy" in row else None,
        standing=Standing(row.get("standing", "text")),
        note=row.get("note", ""),
    )


def _needs(keys: list[str]) -> tuple[Need, ...]:
    return tuple(Need(key, _DATA["needs"][key]) for key in keys)


_DATA = tomllib.loads(files(__package__).joinpath("data/notices.toml").read_text(encoding="utf-8"))

NOTICES: Mapping[str, Notice] = MappingProxyType({row["key"]: _notice(row) for row in _DATA["notice"]})
"""All notices by key: first those within the procedure, then those that end a request."""

COMMON_NEEDS = CommonNeeds(
    _needs(_DATA["common"]["needs"]), _needs(_DATA["common"]["advised"]), _DATA["common"]["basis"]
)
"""What every reply states (条例第四十五条)."""
