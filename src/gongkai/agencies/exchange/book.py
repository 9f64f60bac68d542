"""A workbook as it was read: texts by row and column, and what no data may come from. Known to child processes too."""

import hashlib

import msgspec


class RawSheet(msgspec.Struct, frozen=True, array_like=True):
    """One sheet: rows that hold anything by their number, each with its texts from the first column on.

    `formulas` are (row, column), `merged` (first row, last row, reference) of merged cells.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    formulas: list[tuple[int, int]] = []
    merged: list[tuple[int, int, str]] = []


class Book(msgspec.Struct, frozen=True, array_like=True):
    """All sheets, in their order."""

    sheets: list[RawSheet]

    @property
    def digest(self) -> str:
        """What tells this content from any other, however often it is saved anew (hex)."""
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()
