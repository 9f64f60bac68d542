"""Findings as lists show them: like ones told once with all their places, places in the words of the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.findings import Finding, place_in_source
from gongkai.report.form.places import place_name

_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding and the numbers, from 1, of all findings that say the same of other places in the text."""

    finding: Finding
    numbers: tuple[int, ...]
    wheres: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where, in words: the first places of many, and where the cell stood in the file."""
        # Spaces between, since a terminal breaks lines only there.
        shown = " ".join(place_name(where) for where in self.wheres[:_MOST_PLACES])
        more = f"等{len(self.wheres)}处" if len(self.wheres) > _MOST_PLACES else ""
        source = place_in_source(self.finding)
        return f"{shown}{more}" + (f"\n{source}" if source else "")


def entries(numbered: Iterable[tuple[int, Finding]]) -> list[Entry]:
    """The findings in order; those in the text that are alike in all but their place are one entry."""
    alike: dict[tuple[object, ...], list[tuple[int, Finding]]] = {}
    for number, finding in numbered:
        is_text = finding.where.replace(":", "").isdigit()
        key = (finding.rule, finding.severity, finding.message, finding.found, finding.expected, finding.basis)
        alike.setdefault(key if is_text else (*key, number), []).append((number, finding))
    return [
        Entry(group[0][1], tuple(number for number, _ in group), tuple(finding.where for _, finding in group))
        for group in alike.values()
    ]


def change(finding: Finding) -> str:
    """What stands there and what should, in words; empty where the message already tells it."""
    found, expected = "" if finding.found is None else str(finding.found), finding.expected
    if expected is None or f"“{expected}”" in finding.message or (expected == "" and not found.strip()):
        return ""
    return (f"现为“{found}”，" if found.strip() else "") + (f"应为“{expected}”" if expected != "" else "应删去")
