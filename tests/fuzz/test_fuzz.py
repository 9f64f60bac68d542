"""Arbitrary and mutated bytes into every reader and what follows it: refused with a reason, or read; never a fault."""

import contextlib
import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS, WORDS, _labels, tried
from tests.programs import leave_out
from tests.report.samples import sample_report

from gongkai.documents.blocks import Cell, Document, Grid, Paragraph
from gongkai.documents.writing import write
from gongkai.proofing import proof
from gongkai.report import model_json
from gongkai.report.check import check
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.reading import interpret

ROOT = Path(__file__).parents[2]
RUNS = 2_000
"""Of atheris, for each target."""
SOAK_SECONDS = 60
FILE_SECONDS = 10
"""As long as the product gives a file: an input that takes more is a fault too."""
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mutated(draw, name):
    """A seed of the target with some bytes cut out, and others or a word put in."""
    target = TARGETS[name]
    data = draw(st.sampled_from(target.seeds()))
    pieces = st.one_of(st.binary(max_size=6), st.sampled_from([word.encode() for word in target.words]))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 0, 1, 7, 100, 5000]))
        data = data[:at] + draw(pieces) * draw(st.sampled_from([1, 1, 2, 50])) + data[at + gone :]
    return data


@pytest.mark.parametrize("name", TARGETS)
@SLOW
@given(data=st.data())
def test_any_bytes_are_read_or_refused(name, data):
    tried(TARGETS[name], data.draw(st.one_of(st.binary(max_size=400), mutated(name))))


FOUND = [
    ("html", b"<table\t<tr><td>1<td>2</table>"),
    ("html", b"<table><tr><td rowsp<tr\x7f>1<td <x rowspan=2>2</table>"),
]
"""What fuzzing has found, made small."""


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_stays_mended(name, data):
    tried(TARGETS[name], data)


TEXTS = st.lists(
    st.one_of(st.sampled_from([*WORDS, *_labels()]), st.text(max_size=8), st.integers(0, 9999).map(str)), max_size=5
).map("".join)


@st.composite
def grids(draw):
    """A table with spans, and with places left empty."""
    width, height = draw(st.integers(1, 11)), draw(st.integers(1, 8))
    cells, taken = [], set()
    for row in range(height):
        for column in range(width):
            rows = draw(st.integers(1, 2)) if row + 1 < height else 1
            columns = draw(st.integers(1, 3)) if column + 3 <= width else 1
            places = {(row + r, column + c) for r in range(rows) for c in range(columns)}
            if not places & taken and draw(st.integers(0, 9)):
                taken |= places
                cells.append(Cell(draw(TEXTS), row, column, rows, columns))
    return Grid(tuple(cells), ragged=draw(st.booleans()))


@SLOW
@given(st.lists(st.one_of(TEXTS, grids()), max_size=12), st.sampled_from(["text", "docx", "pdf"]))
def test_any_blocks_are_interpreted_checked_and_proofread(blocks, kind):
    placed = [
        Paragraph(block, line) if isinstance(block, str) else Grid(block.cells, line, ragged=block.ragged)
        for line, block in enumerate(blocks, 1)
    ]
    report = interpret(Document(tuple(placed), kind))
    check(report, previous=report)
    proof(report.paragraphs, year=report.year)
    again = model_json.from_json(model_json.as_json(report))
    assert blocks_of(again)


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=9),
        st.sampled_from(["1e9", "2019", "2021"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)


@SLOW
@given(st.data(), st.sampled_from(["docx", "html", "md", "xlsx"]))
def test_any_model_is_written_or_refused(data, to):
    """A model with one of its parts replaced."""
    model = model_json.as_json(sample_report(random.Random(1)))
    at = model
    while True:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(JSON)
    with contextlib.suppress(model_json.NotAModel):
        report = model_json.from_json(model)
        assert write(blocks_of(report), to=to, title=title_text(report))


def fuzzed(name, folder, *options):
    """The output of atheris on a target; fails at a fault, and at an input of a few KB that takes too long."""
    if importlib.util.find_spec("atheris") is None:
        leave_out(f"atheris 未安装，没有对 {name} 做覆盖率引导的模糊测试")
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.run",
        name,
        str(folder),
        f"-timeout={FILE_SECONDS}",
        "-max_len=4096",
        *options,
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-4000:]
    return run.stderr


@pytest.mark.parametrize("name", TARGETS)
def test_atheris_finds_no_fault(name, tmp_path):
    assert f"Done {RUNS} runs" in fuzzed(name, tmp_path, f"-runs={RUNS}", "-seed=1")


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_atheris_finds_no_fault_in_a_minute(name, tmp_path):
    assert "Done " in fuzzed(name, tmp_path, f"-max_total_time={SOAK_SECONDS}", "-max_len=20000")
