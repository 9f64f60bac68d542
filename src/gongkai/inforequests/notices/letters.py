"""The letters as data (`data/letters.toml`): their paragraphs, and what a clerk has to type for each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.law.notices import NOTICES


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Something that a clerk types: `key` as in law.notices; `rows` is the height of its box."""

    key: str
    label: str
    hint: str
    example: str
    is_required: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Slip:
    """The reply slip (意见回执) behind a letter that asks for an opinion: what may be ticked, and what to heed."""

    title: str
    opinion: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of a kind of letter; what each part means is told at the head of `letters.toml`."""

    key: str
    title: str
    body: tuple[str, ...]
    fields: tuple[FieldSpec, ...]
    closing: str
    opening: str = ""
    period: str = ""
    decides: str = ""
    slip: Slip | None = None
    table: tuple[tuple[str, str, str], ...] = ()
    optional: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    @property
    def needed(self) -> frozenset[str]:
        """The keys of what has to be typed."""
        return frozenset(spec.key for spec in self.fields if spec.is_required)


def _form(row: dict[str, Any]) -> Form:
    return Form(
        key=row["key"],
        title=row["title"],
        body=tuple(row["body"]),
        fields=tuple(_fields(row)),
        closing=row.get("closing", DATA["closing"]),
        opening=DATA["openings"][row["opening"]] if "opening" in row else "",
        period=row.get("period", ""),
        decides=row.get("decides", ""),
        slip=Slip(**DATA["slips"][row["slip"]]) if "slip" in row else None,
        table=tuple((label, words, "".join(pending)) for label, words, *pending in row.get("table", ())),
        optional=tuple(row.get("optional", ())),
        answered=tuple(row.get("answered", ())),
        cites=tuple(row.get("cites", ())),
    )


def _fields(row: dict[str, Any]) -> list[FieldSpec]:
    """What is typed: the needs that are no words of ours, first those of the article."""
    notice, told = NOTICES[row["key"]], "".join(row["body"])
    needed = {need.key for need in notice.needs}.union(row.get("required", ())).difference(row.get("optional", ()))
    own = row.get("fields", {})
    keys = (*(need.key for need in (*notice.needs, *notice.advised)), *row.get("extra", ()))
    return [
        FieldSpec(key=key, is_required=key in needed, **DATA["fields"][key] | own.get(key, {}))
        for key in keys
        if f"{{{key}}}" in told and key in DATA["fields"]
    ]


DATA: Mapping[str, Any] = MappingProxyType(
    tomllib.loads(files(__package__).joinpath("data/letters.toml").read_text(encoding="utf-8"))
)
"""The file as read."""

FORMS: Mapping[str, Form] = MappingProxyType({row["key"]: _form(row) for row in DATA["letter"]})
"""The form of each kind of letter, by the keys of law.notices.NOTICES."""


def title_of(kind: str) -> str:
    """The title of that kind of letter as printed. Raises KeyError for an unknown kind."""
    return FORMS[kind].title


def fields_for(kind: str) -> tuple[FieldSpec, ...]:
    """What a clerk has to type for that kind of letter. Raises KeyError for an unknown kind."""
    return FORMS[kind].fields
