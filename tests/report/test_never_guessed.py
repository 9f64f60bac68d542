"""A figure is never guessed: in whatever layout, a cell shows its number or nothing, never another number.

Every layout of tests.report.layouts, with random figures and labels as offices print them.
"""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.layouts import LAYOUTS
from tests.report.quirks import FIGURES, LABELS, TYPOS
from tests.report.renderings import Layout, Raw, drawn, raws_of

from gongkai.report.model import Report
from gongkai.report.reading import interpret

SEEDS = st.integers(0, 10**9)


def rendered(
    layout: Layout, seed: int, styles: dict, figures: str | None = None
) -> tuple[Report, dict[str, Raw], bool]:
    """A random report in a layout as it is read, what was printed, and whether empty cells were among it."""
    source = Random(seed)
    name = source.choice(("2021", "2021", "2019"))
    style = figures or source.choice([key for key in FIGURES if layout.told or key != "holes"])
    label = styles[source.choice(list(styles))]
    raws = raws_of(source, name, FIGURES[style])
    document = layout.lay(drawn(name, raws, lambda text: label(source, text)), source)
    return interpret(document), raws, style == "holes"


def assert_nothing_guessed(report: Report, raws: dict[str, Raw]) -> None:
    """No cell has a number that is not its own; what has none is named with what stood there."""
    wrong = {
        cell: (raws.get(cell), value)
        for cell, value in report.cells.items()
        if value is not None and (cell not in raws or raws[cell][1] != value)
    }
    assert wrong == {}
    nulls = {cell for cell, value in report.cells.items() if value is None}
    assert set(report.blank_cells) == {cell for cell in nulls if table_of(cell) not in report.absent}


def table_of(cell: str) -> str:
    """The table of a cell, by its name in `absent`."""
    return cell.split(".")[0].removesuffix("_2019")


def slipped(raws: dict[str, Raw], cell: str) -> bool:
    """Whether the row of a cell looks as if its total had slipped to the left, so that nobody can read it.

    The total stands behind the applicants, or before them: a row that looks so either way is not judged.
    """
    row = [raw for other, (raw, _) in raws.items() if other.rpartition(".")[0] == cell.rpartition(".")[0]]
    ways = [[bool(raw) for raw in told] for told in (row, row[-1:] + row[:-1])]
    return any(filled == sorted(filled, reverse=True) and not all(filled) for filled in ways)


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_no_layout_changes_a_figure(name, seed):
    report, raws, _ = rendered(LAYOUTS[name], seed, LABELS | TYPOS)
    assert_nothing_guessed(report, raws)


@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if layout.lossless])
@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_every_figure_is_read_where_the_layout_tells_it(name, seed):
    layout = LAYOUTS[name]
    figures = None if layout.holes else Random(seed).choice([key for key in FIGURES if key != "holes"])
    report, raws, has_holes = rendered(layout, seed, LABELS, figures)
    sure = {cell: raw for cell, raw in raws.items() if not (has_holes and slipped(raws, cell))}
    assert {cell: report.cells[cell] for cell in sure} == {cell: value for cell, (_, value) in sure.items()}
    blank = {cell: raw for cell, raw in report.blank_cells.items() if cell in sure}
    assert blank == {cell: raw for cell, (raw, value) in sure.items() if value is None}
    assert [finding for finding in report.findings if finding.rule != "CELL-VALUE"] == []
    assert report.absent == frozenset()


@pytest.mark.soak
@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=1000, deadline=None)
@given(seed=SEEDS)
def test_no_layout_changes_a_figure_at_length(name, seed):
    report, raws, _ = rendered(LAYOUTS[name], seed, LABELS | TYPOS)
    assert_nothing_guessed(report, raws)
