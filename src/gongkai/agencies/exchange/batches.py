"""The parts in which a file is written: each stands whole or not at all, and is remembered by its number."""

from gongkai.agencies.exchange.columns import Sheet
from gongkai.agencies.exchange.lines import Line
from gongkai.agencies.exchange.sheets import PEOPLE, SHEETS, UNITS

_BATCH_LINES = 1_500
"""From how many lines on a part is full."""
_TREE = 3
"""How many sheets make the tree, which stands at once or not at all."""


def batches_of(lines: dict[Sheet, list[Line]]) -> list[list[Line]]:
    """The parts in which a file is written. They follow from its content alone, so that they can be remembered.

    First the tree; then units and people; then all that refers to them, an agency's lines always together.
    """
    batches = [[line for sheet in SHEETS[:_TREE] for line in lines.get(sheet, [])]]
    for stage in ((UNITS, PEOPLE), tuple(sheet for sheet in SHEETS[_TREE:] if sheet not in (UNITS, PEOPLE))):
        by_agency: dict[str, list[Line]] = {}
        for sheet in stage:
            for line in lines.get(sheet, []):
                by_agency.setdefault(_agency_code(line), []).append(line)
        batch: list[Line] = []
        for told in by_agency.values():
            batch += told
            if len(batch) >= _BATCH_LINES:
                batches.append(batch)
                batch = []
        if batch:
            batches.append(batch)
    return batches


def _agency_code(line: Line) -> str:
    return line.texts.get("机构编码") or line.texts.get("登记机关编码") or ""
