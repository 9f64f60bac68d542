"""Whole runs over files: order, previous years, bad files, JSON as it comes, exit statuses."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from gongkai.batch.collect import batches, check_files, proof_files
from gongkai.batch.report_json import json_parts
from gongkai.batch.results import FileResult, Summary

EXAMPLES = Path(__file__).parents[2] / "examples"


def told(paths, **options):
    with batches(2) as running:
        run = check_files(running, paths, **options)
        summary = Summary()
        data = b"".join(json_parts(run.results, run.skipped, summary))
    return json.loads(data), summary


def rules(entry):
    return {finding["rule"] for finding in entry["findings"]}


def test_results_come_in_path_order_with_the_contracts_keys():
    data, summary = told([EXAMPLES / "2024"])
    assert list(data) == ["files", "skipped", "summary"]
    assert [Path(entry["file"]).name for entry in data["files"]] == sorted(
        p.name for p in (EXAMPLES / "2024").iterdir()
    )
    assert set(data["files"][0]) == {"file", "readable", "error", "agency", "year", "findings"}
    assert data["summary"] == {
        "files": 3,
        "unreadable": 0,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "hints": summary.hints,
    }
    assert summary.exit_status == 1


def test_last_years_report_is_found_by_agency_and_year():
    with_previous, _ = told([EXAMPLES / "2024"], previous=EXAMPLES / "2023")
    without, _ = told([EXAMPLES / "2024"])
    assert [bool({"X-CARRY", "X-INFORCE"} & rules(entry)) for entry in with_previous["files"]] == [False, False, True]
    assert not any({"X-CARRY", "X-INFORCE"} & rules(entry) for entry in without["files"])


def test_bad_files_are_told_and_the_others_checked(tmp_path):
    good = (EXAMPLES / "2024/linxi-water.txt").read_bytes()
    (tmp_path / "a.txt").write_bytes(good)
    (tmp_path / "b.docx").write_bytes(b"\x7fELF" + bytes(range(256)) * 8)
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (tmp_path / "e.txt").write_bytes(b"")
    (tmp_path / "z.txt").write_bytes(good)
    data, summary = told([tmp_path, tmp_path / "missing.txt"])
    unread = {Path(entry["file"]).name: entry["error"] for entry in data["files"] if not entry["readable"]}
    assert set(unread) == {"b.docx", "c.docx", "d.pdf", "e.txt", "missing.txt"}
    assert all(error and "\n" not in error and "Traceback" not in error for error in unread.values())
    assert [entry["agency"] for entry in data["files"] if entry["readable"]] == ["临溪县水利局", "临溪县水利局"]
    assert summary.exit_status == 2


def test_an_unreadable_report_of_last_year_is_told(tmp_path):
    (tmp_path / "old.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    data, summary = told([EXAMPLES / "2024/linxi-water.txt"], previous=tmp_path)
    assert [entry["readable"] for entry in data["files"]] == [False, True]
    assert summary.exit_status == 2


def test_standard_input_is_a_file_named_with_a_dash():
    data, _ = told([Path("-")], stdin=(EXAMPLES / "2024/linxi-water.txt").read_bytes())
    assert [(entry["file"], entry["agency"]) for entry in data["files"]] == [("-", "临溪县水利局")]


@pytest.mark.parametrize("start", ["spawn", "forkserver"])
def test_another_executor_gives_the_same_results(start, tmp_path, monkeypatch):
    """As a cluster's would: only picklable work goes to it, and its processes keep children of their own."""
    expected, _ = told([EXAMPLES], previous=EXAMPLES / "2023")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ProcessPoolExecutor(2, mp_context=get_context(start)) as executor, batches(2, executor) as running:
        run = check_files(running, [EXAMPLES], previous=EXAMPLES / "2023")
        data = b"".join(json_parts(run.results, run.skipped, Summary()))
    assert json.loads(data) == expected
    assert any(entry["findings"] for entry in expected["files"])
    assert not list(tmp_path.glob("gongkai-*"))


def test_proofreading_takes_any_text(tmp_path):
    (tmp_path / "a.txt").write_text("我局再接再励，做好工作。", encoding="utf-8")
    with batches(1) as running:
        [result] = proof_files(running, [tmp_path]).results
    assert [(f.where, f.found, f.expected) for f in result.findings] == [("1:3", "再接再励", "再接再厉")]


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([], 0),
        ([FileResult(file="a", readable=True, warnings=3, hints=1)], 0),
        ([FileResult(file="a", readable=True, errors=2)], 1),
        ([FileResult(file="a", readable=True, errors=2), FileResult(file="b", readable=False)], 2),
    ],
)
def test_the_exit_status(results, status):
    summary = Summary()
    for result in results:
        summary.add(result)
    assert summary.exit_status == status
