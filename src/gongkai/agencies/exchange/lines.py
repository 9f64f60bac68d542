"""A line of the workbook and what it would do; all lines together are the plan of an import."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gongkai.agencies.exchange.columns import Sheet
from gongkai.agencies.exchange.sheets import SHEETS
from gongkai.agencies.exchange.standing import Standing
from gongkai.agencies.models import Agency
from gongkai.findings import Finding, Severity


class State(StrEnum):
    """What a line would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    DONE = "done"


@dataclass(slots=True, eq=False)
class Line:
    """A line of a sheet: the row that it is about, and each field that would be another (what it was and becomes)."""

    sheet: Sheet
    number: int
    texts: dict[str, str]
    state: State = State.WRONG
    row: Any = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    own_id: str = ""

    @property
    def is_writing(self) -> bool:
        """Whether there is anything to write."""
        return self.state in (State.NEW, State.CHANGED)

    @property
    def where(self) -> str:
        """The line in words."""
        return f"“{self.sheet.name}”第{self.number}行"


@dataclass(slots=True)
class Plan:
    """What an import would do. `batches` are the lines in the parts in which they are written, each whole or not;
    `closing` the agencies that have ended, whose journals get their last entry when all is written."""

    digest: str
    standing: Standing
    batches: list[list[Line]]
    findings: list[Finding]
    closing: list[Agency]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines."""
        for batch in self.batches:
            yield from batch

    @property
    def is_refused(self) -> bool:
        """Whether a finding stands against the import."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def counts(self) -> dict[Sheet, Counter[State]]:
        """How many lines of each sheet would do what."""
        found = {sheet: Counter[State]() for sheet in SHEETS}
        for line in self.lines:
            found[line.sheet][line.state] += 1
        return found

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.writing_count or self.closing)

    @property
    def writing_count(self) -> int:
        """How many lines there are to write."""
        return sum(line.is_writing for line in self.lines)
