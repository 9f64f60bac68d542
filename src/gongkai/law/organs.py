"""Whom to turn to against an organ (复议机关、管辖法院), by what kind of organ it is.

Reconsideration: 《中华人民共和国行政复议法》第二十四条至第二十八条, in force since 2024-01-01. Court:
《中华人民共和国行政诉讼法》第十四条、第十五条; it is the one at the seat of the organ that acted first, after
reconsideration also the one at the seat of the reviewing organ (第十八条).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class Court(StrEnum):
    """The level of the court of first instance (级别管辖)."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"


COURT_NAMES = {Court.BASIC: "基层人民法院", Court.INTERMEDIATE: "中级人民法院"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """A kind of organ: its `reviewers` in words (of two the applicant chooses), its court, and the articles of both."""

    key: str
    label: str
    reviewers: tuple[str, ...]
    basis: str
    court: Court
    court_basis: str
    note: str = ""


def _organ(row: dict[str, Any]) -> Organ:
    return Organ(**(row | {"reviewers": tuple(row["reviewers"]), "court": Court(row["court"])}))


_DATA = tomllib.loads(files(__package__).joinpath("data/organs.toml").read_text(encoding="utf-8"))

ORGANS: Mapping[str, Organ] = MappingProxyType({row["key"]: _organ(row) for row in _DATA["organ"]})
"""All kinds of organ by key."""
