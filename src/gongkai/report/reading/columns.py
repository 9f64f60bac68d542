"""Which column of a drawn table belongs to which kind of applicant, where its header is whole."""

from collections.abc import Iterable

from gongkai.documents.blocks import Grid
from gongkai.law.applicants import APPLICANT_KINDS, TOTAL
from gongkai.report.reading.labels import core, names_a_row

_KEYS = {core(kind.label): kind.key for kind in (*APPLICANT_KINDS, TOTAL)}
_APPLICANTS = "申请人情况"
_GROUPS = {
    _APPLICANTS: [kind.key for kind in APPLICANT_KINDS],
    "法人或其他组织": [kind.key for kind in APPLICANT_KINDS if kind.group],
    **{label: [key] for label, key in _KEYS.items()},
}
_ROW_ENDS = frozenset({"其他", "总计"})


def columns_of(grid: Grid) -> list[int]:
    """Where the columns of table 3 stand, in the order of the form; empty where the header rows leave a doubt.

    Merged header cells that were lost shift what follows them: then the columns would stand over the labels or
    double, and the order of the figures in each row is the better witness.
    """
    if grid.ragged:
        return []
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
        return []
    first = min(places)
    if first == 0 and grid.width == len(_KEYS):
        return []
    over_labels = any(
        cell.column <= first < cell.column + cell.columns
        and cell.row + cell.rows > first_row
        and names_a_row(cell.text)
        for cell in grid.cells
    )
    return [] if over_labels else [found[key] for key in _KEYS.values()]


def order_of(line: Iterable[str]) -> tuple[str, ...]:
    """The columns in the order in which one row of the head names them; empty where it is the form's or not whole.

    法人或其他组织 stands for its five kinds, 申请人情况 for all but the total, where those are in the row below. Both
    levels in one row are a head that lost its rows, and tell no order.
    """
    texts = [core(text) for text in line]
    if _APPLICANTS in texts and APPLICANT_KINDS[0].label in texts:
        return ()
    order: list[str] = []
    for text in texts:
        order += _GROUPS.get(text, [])
    is_whole = len(order) == len(_KEYS) and set(order) == set(_KEYS.values())
    return tuple(order) if is_whole and order != list(_KEYS.values()) else ()
