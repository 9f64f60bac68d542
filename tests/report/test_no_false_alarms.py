"""Reports without a fault: nothing is told, whatever the layout, beside last year's report or alone."""

from dataclasses import replace
from random import Random

import pytest
from tests.report.layouts import LAYOUTS
from tests.report.renderings import drawn_report
from tests.report.samples import sample_report

from gongkai.documents.blocks import Document
from gongkai.report.check import check
from gongkai.report.layout import blocks_of
from gongkai.report.reading import interpret

WHOLE = [name for name, layout in LAYOUTS.items() if layout.lossless and name != "two and three run together"]


def read(report):
    return interpret(Document(tuple(blocks_of(report))))


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_consistent_reports_are_silent(start):
    told = [
        (seed, finding) for seed in range(start, start + 50) for finding in check(read(sample_report(Random(seed))))
    ]
    assert told == []


@pytest.mark.parametrize("name", WHOLE)
def test_consistent_reports_are_silent_in_every_layout(name):
    for seed in range(5):
        source = Random(seed)
        report = interpret(LAYOUTS[name].lay(drawn_report(sample_report(source)), source))
        assert check(report) == [], seed


@pytest.mark.parametrize("seed", range(20))
def test_consistent_years_are_silent_beside_each_other(seed):
    source = Random(seed)
    this = sample_report(source)
    last = sample_report(Random(seed + 1000), year=2023)
    cells = dict(last.cells)
    for cell, value in this.cells.items():
        if cell.startswith("requests.carried_in"):
            cells[cell.replace("carried_in", "carried_out")] = value
    for group in ("regulations", "normative_documents"):
        issued, repealed, now = (
            int(this.cells[f"proactive.{group}.{key}"]) for key in ("issued", "repealed", "in_force")
        )
        cells[f"proactive.{group}.in_force"] = now - issued + repealed
    found = check(read(this), previous=replace(last, agency=this.agency, cells=cells))
    # The samples take their prose from twenty sentences, so that some years are truly alike.
    assert [finding for finding in found if finding.rule != "S-COPIED"] == []
