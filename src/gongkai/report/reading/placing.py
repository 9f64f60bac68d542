"""Which slot of a row stands in which column, where rows have more or fewer slots than the table has columns.

Merged label cells may leave empty slots in front of the figures, wider tables behind them. A row is placed only where
one reading is possible; a figure in a doubtful place is no figure.
"""

from collections.abc import Sequence

from gongkai.report.model import Slot
from gongkai.report.reading.values import is_blank, read_value

Slots = Sequence[Slot]

_SUMMED = 5
"""Rows of so many columns end in their total (tables 3 and 4)."""


def placed(rows: Sequence[Slots], wanted: int, *, widest: int = 0) -> list[Slots | None]:
    """The slots of each row in its `wanted` columns; None for a row that may be read in several ways.

    Where empty slots stand on both sides, the rows that can be read in one way only tell how many stand behind; where
    none can, in a drawn table, the `widest` row does.
    """
    if wanted == 1:
        return [_single(row) for row in rows]
    if all(len(row) == wanted for row in rows):
        return [None if _looks_squeezed(row) else row for row in rows]
    firm = [(row, starts) for row, starts in ((row, _starts(row, wanted)) for row in rows) if _is_firm(row, starts)]
    behind = {len(row) - wanted - starts[0] for row, starts in firm}
    is_drawn = not any(slot.ragged for row in rows for slot in row)
    if not behind and widest and is_drawn and not any(0 < len(row) < wanted for row in rows):
        behind = {widest - wanted}
    found = [_one(row, wanted, behind) for row in rows]
    return [None if row is not None and _looks_squeezed(row) else row for row in found]


def fitted(row: Slots, wanted: int) -> Slots | None:
    """The slots of a row that stands alone, or None."""
    return placed([row], wanted)[0]


def _single(row: Slots) -> Slots | None:
    """The only slot with a text; signs for nothing may follow it in the places of a wider table."""
    told = [slot for slot in row if slot.text.strip()]
    if not told:
        return row[:1]
    return told[:1] if all(is_blank(slot.text) for slot in told[1:]) else None


def _one(row: Slots, wanted: int, behind: set[int]) -> Slots | None:
    starts = _starts(row, wanted)
    if len(starts) == 1 and (_is_firm(row, starts) or len(row) - wanted - starts[0] in behind):
        return row[starts[0] : starts[0] + wanted]
    if len(behind) == 1 and (start := len(row) - wanted - next(iter(behind))) in starts:
        return row[start : start + wanted]
    return None


def _starts(row: Slots, wanted: int) -> list[int]:
    """Where the columns may begin: all that stands before and behind them is empty."""
    first = next((at for at, slot in enumerate(row) if slot.text.strip()), len(row))
    last = next((at for at in range(len(row), 0, -1) if row[at - 1].text.strip()), 0)
    return [at for at in range(len(row) - wanted + 1) if at <= first and at + wanted >= last]


def _is_firm(row: Slots, starts: list[int]) -> bool:
    """Whether a row can be read in one way only, and its first column is not one of the empty slots in front."""
    return len(starts) == 1 and bool(row[starts[0]].text.strip())


def _looks_squeezed(row: Slots) -> bool:
    """Whether only the first columns are filled and the last figure is the sum of those before it.

    Then the total may have slipped to the left over empty cells, and the figures before it too.
    """
    if len(row) < _SUMMED or row[-1].text.strip():
        return False
    told = [slot for slot in row if slot.text.strip()]
    if len(told) < 2 or list(row[: len(told)]) != told:
        return False
    numbers = [read_value(slot.text).value for slot in told]
    return None not in numbers and sum(int(number or 0) for number in numbers[:-1]) == numbers[-1]
