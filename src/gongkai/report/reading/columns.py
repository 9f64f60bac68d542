"""Which column of a drawn table belongs to which kind of applicant, where its header is whole."""

from gongkai.documents.blocks import Grid
from gongkai.law.applicants import APPLICANT_KINDS, TOTAL
from gongkai.report.reading.labels import core, names_a_row

_KEYS = {core(kind.label): kind.key for kind in (*APPLICANT_KINDS, TOTAL)}
_ROW_ENDS = frozenset({"其他", "总计"})


def columns_of(grid: Grid) -> dict[str, int]:
    """Column key → column of table 3, from its header rows; empty where the header does not say it for certain.

    Merged header cells that were lost shift what follows them: then the columns would stand over the labels or
    double, and the order of the figures in each row is the better witness.
    """
    if grid.ragged or grid.width < len(_KEYS) + 1:
        return {}
    found: dict[str, int] = {}
    first_row = grid.height
    for row, cells in enumerate(grid.lines):
        texts = [core(cell.text) for cell in cells]
        if any(text not in _ROW_ENDS and names_a_row(text) for text in texts):
            first_row = row
            break
        for cell, text in zip(cells, texts, strict=True):
            if text in _KEYS and cell.columns == 1:
                found[_KEYS[text]] = cell.column
    places = set(found.values())
    if len(found) != len(_KEYS) or len(places) != len(_KEYS) or max(places) - min(places) != len(_KEYS) - 1:
        return {}
    first = min(places)
    over_labels = any(
        cell.column <= first < cell.column + cell.columns
        and cell.row + cell.rows > first_row
        and names_a_row(cell.text)
        for cell in grid.cells
    )
    return {} if over_labels else found
