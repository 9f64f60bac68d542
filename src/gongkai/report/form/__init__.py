"""The national form of the annual report, declared as data: one TOML file for each form, one value for each file.

Readers, writers, checks, statistics and docs are driven by these values; a new national form is a new file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from gongkai.law.applicants import APPLICANT_KINDS, TOTAL
from gongkai.law.results import RESULTS

FORM_NAMES = ("2021", "2019")


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section of the form: its number, official title, topics wanted in it, filling note, and basis."""

    number: int
    title: str
    note: str
    basis: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: `labels` is the path of official labels from the outermost heading to its own."""

    key: str
    labels: tuple[str, ...] = ()
    kind: str = "count"
    note: str = ""

    @property
    def label(self) -> str:
        """The line's own official label, empty where the form prints none."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True, slots=True)
class CellForm:
    """A cell: its id in data, its row and column. `kind`: count (n ≥ 0), change (signed), amount (万元, decimal);
    a special row or column decides for its whole line.
    """

    id: str
    row: Line
    column: Line
    kind: str

    @property
    def name(self) -> str:
        """The cell in words for messages: its row and column labels."""
        return "，".join(label for label in ("".join(self.row.labels[-1:]), "·".join(self.column.labels[-2:])) if label)


@dataclass(frozen=True)
class BlockForm:
    """A block of a table with a header of its own: optional heading over its width, corner text, rows and columns."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    heading: str = ""
    corner: str = ""


@dataclass(frozen=True)
class TableForm:
    """A table of the form. `key` begins the ids of its cells."""

    key: str
    section: int
    name: str
    blocks: tuple[BlockForm, ...]

    @cached_property
    def cells(self) -> tuple[CellForm, ...]:
        """Every cell, row by row."""
        return tuple(cell for row in self.rows for cell in row)

    @cached_property
    def rows(self) -> tuple[tuple[CellForm, ...], ...]:
        """The cells of each row."""
        return tuple(
            tuple(
                CellForm(
                    ".".join(filter(None, (self.key, row.key, column.key))),
                    row,
                    column,
                    row.kind if row.kind != "count" else column.kind,
                )
                for column in block.columns
            )
            for block in self.blocks
            for row in block.rows
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that the form orders: in each row, column or group, the `left` lines add up to the `right` lines."""

    rule: str
    table: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    message: str
    basis: str


@dataclass(frozen=True)
class Form:
    """One national form (年度报告格式) with its number as basis, valid from the report of `first_year`."""

    name: str
    title: str
    basis: str
    first_year: int
    sections: tuple[SectionForm, ...]
    tables: tuple[TableForm, ...]
    relations: tuple[Relation, ...] = field(default=())

    @cached_property
    def cells(self) -> Mapping[str, CellForm]:
        """Every cell by its id, in the order of the form."""
        return {cell.id: cell for table in self.tables for cell in table.cells}

    def table(self, key: str) -> TableForm:
        """The table whose ids begin with `key`. Raises KeyError when the form has none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)


@cache
def form(name: str) -> Form:
    """The form called `name` (one of `FORM_NAMES`). Raises KeyError for another name."""
    if name not in FORM_NAMES:
        raise KeyError(name)
    return _form(tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")))


def form_of_year(year: int) -> Form:
    """The form that the report of `year` must follow (国办公开办函〔2019〕60号, 〔2021〕30号)."""
    return next((form(name) for name in FORM_NAMES if form(name).first_year <= year), form(FORM_NAMES[-1]))


def _form(data: dict[str, Any]) -> Form:
    return Form(
        name=data["name"],
        title=data["title"],
        basis=data["basis"],
        first_year=data["first_year"],
        sections=tuple(
            SectionForm(s["number"], s["title"], s["note"], s["basis"], tuple(s.get("topics", ())))
            for s in data["sections"]
        ),
        tables=tuple(
            TableForm(t["key"], t["section"], t["name"], tuple(_block(b) for b in t["blocks"])) for t in data["tables"]
        ),
        relations=tuple(_relation(r, data) for r in data["relations"]),
    )


def _block(data: dict[str, Any]) -> BlockForm:
    if "groups" in data:
        return BlockForm(rows=(Line(""),), columns=tuple(_remedy_columns(data)))
    if "rows" in data:
        return BlockForm(
            rows=tuple(_line(row) for row in data["rows"]),
            columns=tuple(_line(column) for column in data["columns"]),
            heading=data["heading"],
            corner=data["corner"],
        )
    heading = data["applicants_heading"]
    columns = [Line(k.key, tuple(filter(None, (heading, k.group, k.label)))) for k in APPLICANT_KINDS]
    return BlockForm(
        rows=tuple(_request_rows(data)), columns=(*columns, Line(TOTAL.key, (TOTAL.label,))), corner=data["corner"]
    )


def _request_rows(data: dict[str, Any]) -> Iterator[Line]:
    merged = data.get("merged_results")
    yield from map(_line, data["rows_before"])
    for result in RESULTS:
        if merged is None or result.group != merged["group"]:
            yield Line(result.key, tuple(filter(None, (data["results_heading"], result.group, result.label))))
    if merged is not None:
        yield Line(merged["key"], (data["results_heading"], merged["label"]))
    total = data["rows_total"]
    yield Line(total["key"], (data["results_heading"], *total["labels"]))
    yield from map(_line, data["rows_after"])


def _remedy_columns(data: dict[str, Any]) -> Iterator[Line]:
    for group in data["groups"]:
        for outcome in data["outcomes"]:
            yield Line(f"{group['key']}.{outcome['key']}", (*group["labels"], outcome["label"]))


def _line(data: dict[str, Any]) -> Line:
    return Line(data["key"], tuple(data["labels"]), data.get("kind", "count"), data.get("note", ""))


def _relation(data: dict[str, Any], whole: dict[str, Any]) -> Relation:
    left = data["left"]
    if left == ["@results"]:
        requests = next(t for t in whole["tables"] if t["key"] == data["table"])["blocks"][0]
        outer = requests["results_heading"]
        total = requests["rows_total"]["key"]
        left = [row.key for row in _request_rows(requests) if row.labels[0] == outer and row.key != total]
    return Relation(
        data["rule"], data["table"], data["each"], tuple(left), tuple(data["right"]), data["message"], data["basis"]
    )
