"""The command as others script against it: JSON by the contract, exit statuses, refusals in one Chinese line."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.law.applicants import APPLICANT_KINDS
from gongkai.law.results import RESULT_KEYS

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOOD = EXAMPLES / "2024/linxi-water.txt"
CHINESE = re.compile("[\u4e00-\u9fff]")
RULES = re.compile(
    r"T3-(ROW|RESULT|BALANCE)|T4-TOTAL|T-MISSING|CELL-(BLANK|VALUE)|X-(CARRY|INFORCE)|N-(FIGURE|PARTS|CLAIM)"
    r"|S-(SECTION|EMPTY|FEE|TOPIC|SAME|COPIED|AGENCY|YEAR)|F-(TITLE|LABEL|FORM)|proof\.[a-z_]+"
)


class FindingJson(msgspec.Struct, forbid_unknown_fields=True):
    """FINDING of the contract."""

    rule: str
    severity: Literal["error", "warning", "hint"]
    blocks: bool
    where: str
    message: str
    expected: int | str | None
    found: int | str | None
    basis: str
    evidence: list[str]


class FileJson(msgspec.Struct, forbid_unknown_fields=True):
    """One of `files`."""

    file: str
    readable: bool
    error: str | None
    agency: str | None
    year: int | None
    findings: list[FindingJson]


class SummaryJson(msgspec.Struct, forbid_unknown_fields=True):
    """`summary`."""

    files: int
    unreadable: int
    errors: int
    warnings: int
    hints: int


class RunJson(msgspec.Struct, forbid_unknown_fields=True):
    """What check and proof print."""

    files: list[FileJson]
    skipped: list[str]
    summary: SummaryJson


def gongkai(*arguments, data=None):
    """Runs the command in this process; a traceback would come out as an exception."""
    result = CliRunner().invoke(main, [os.fspath(a) for a in arguments], input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def refused(*arguments, data=None):
    """The one line that the command ends with, with status 2 and nothing on standard output."""
    result = gongkai(*arguments, data=data)
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert CHINESE.search(line)
    assert len(line) < 400
    return line


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "check", EXAMPLES / "2024", "--previous", EXAMPLES / "2023"),
        ("report", "check", EXAMPLES / "2024/shiqiao-transport.txt", EXAMPLES / "none.docx", "--jobs", "1"),
        ("proof", EXAMPLES),
    ],
)
def test_the_json_of_a_run_is_that_of_the_contract(arguments):
    result = gongkai(*arguments, "--json")
    run = msgspec.json.decode(result.stdout, type=RunJson, strict=True)
    found = [finding for file in run.files for finding in file.findings]
    counts = [sum(f.severity == level for f in found) for level in ("error", "warning", "hint")]
    assert [run.summary.errors, run.summary.warnings, run.summary.hints] == counts
    assert run.summary.files == len(run.files)
    assert run.summary.unreadable == sum(not file.readable for file in run.files)
    assert [file.file for file in run.files] == sorted(file.file for file in run.files)
    assert all(file.readable or file.error for file in run.files)
    assert all(RULES.fullmatch(finding.rule) for finding in found)
    assert all(finding.basis and finding.message and finding.where for finding in found)
    assert result.exit_code == (2 if run.summary.unreadable else min(1, counts[0]))


def test_standard_input_and_skipped_files_are_told(tmp_path):
    (tmp_path / "a.txt").write_text("我局再接再励。", "utf-8")
    (tmp_path / "b.zip").write_bytes(b"")
    run = msgspec.json.decode(gongkai("proof", "-", tmp_path, "--json", data="无误。").stdout, type=RunJson)
    assert [file.file for file in run.files] == ["-", str(tmp_path / "a.txt")]
    assert run.skipped == [str(tmp_path / "b.zip")]
    assert "b.zip" in gongkai("proof", tmp_path).stdout


def test_a_report_is_read_as_its_model():
    model = json.loads(gongkai("report", "read", GOOD, "--json").stdout)
    assert list(model) == ["agency", "year", "form", "sections", "proactive", "requests", "remedies", "blank_cells"]
    assert (model["agency"], model["year"], model["form"]) == ("临溪县水利局", 2024, "2021")
    assert [section["number"] for section in model["sections"]] == [1, 2, 3, 4, 5, 6]
    assert all(set(section) == {"number", "title", "text"} for section in model["sections"])
    rows = {"received", "carried_in", *RESULT_KEYS, "processed_total", "carried_out"}
    columns = {*(kind.key for kind in APPLICANT_KINDS), "total"}
    assert set(model["requests"]) == rows
    assert all(set(row) == columns for row in model["requests"].values())
    assert all(isinstance(value, int) for row in model["requests"].values() for value in row.values())
    assert isinstance(model["proactive"]["charges"], str)
    assert set(model["remedies"]) == {"reconsideration", "litigation_direct", "litigation_after_reconsideration"}


def test_a_report_is_read_for_people(tmp_path):
    text = gongkai("report", "read", EXAMPLES / "2024/shiqiao-transport.txt").stdout
    assert "机关：石桥县交通运输局　年度：2024　格式：2021年" in text
    assert "第6部分" in text
    assert "“/”" in text


def test_read_takes_standard_input_and_tells_what_it_cannot_read(tmp_path):
    assert json.loads(gongkai("report", "read", "-", "--json", data=GOOD.read_bytes()).stdout)["year"] == 2024
    assert refused("report", "read", "-", data=b"").startswith("-：文件是空的")
    assert refused("report", "read", tmp_path).startswith(f"{tmp_path}：不是普通文件")
    assert refused("report", "read", tmp_path / "a.docx").endswith("找不到这个文件或文件夹，请核对路径")


@pytest.fixture(scope="module")
def model():
    return json.loads(gongkai("report", "read", GOOD, "--json").stdout)


def test_what_is_written_is_told(tmp_path, model):
    (tmp_path / "m.json").write_text(json.dumps(model), "utf-8")
    result = gongkai("report", "write", tmp_path / "m.json", "--to", tmp_path / "a.MD", "--json")
    assert json.loads(result.stdout) == {"file": str(tmp_path / "a.MD"), "bytes": (tmp_path / "a.MD").stat().st_size}
    result = gongkai("report", "write", "-", "--to", tmp_path / "b.docx", data=json.dumps(model))
    assert (result.exit_code, result.stdout) == (0, f"已写出 {tmp_path / 'b.docx'}\n")


NO_JSON = [
    (b"", "第1行第1列不是合法的 JSON"),
    (b"{\n 'agency': 1}", "第2行第2列不是合法的 JSON"),
    (b'{"agency": "\xb9\xab"}', "不是 UTF-8 编码"),
    (b"[" * 100_000, "嵌套过深"),
    (b'{"year": ' + b"9" * 5000 + b"}", "过长的数字"),
    (b"[]", "应当是一个 JSON 对象"),
    (b"null", "应当是一个 JSON 对象"),
    (b'"' + b"x" * 100_000 + b'"', "应当是一个 JSON 对象"),
]


@pytest.mark.parametrize(("data", "told"), NO_JSON)
def test_what_is_no_model_at_all(tmp_path, data, told):
    assert told in refused("report", "write", "-", "--to", tmp_path / "a.md", data=data)
    assert not (tmp_path / "a.md").exists()


WRONG = [
    ({"form": "2008"}, "form"),
    ({"form": ["2021"]}, "form"),
    ({"form": {}}, "form"),
    ({"agency": 5}, "agency"),
    ({"agency": "x" * 100_000}, "agency"),
    ({"year": "2024"}, "year"),
    ({"year": True}, "year"),
    ({"year": 2024.5}, "year"),
    ({"year": -1}, "year"),
    ({"year": 10**30}, "year"),
    ({"sections": {}}, "sections"),
    ({"sections": [5]}, "sections[0]"),
    ({"sections": [{"number": 1, "title": "一"}]}, "sections[0]"),
    ({"sections": [{"number": "1", "title": "一", "text": ""}]}, "sections[0]"),
    ({"sections": [{"number": 1, "title": None, "text": ""}]}, "sections[0]"),
    ({"sections": [{"number": True, "title": "一", "text": ""}]}, "sections[0]"),
    ({"proactive": []}, "proactive"),
    ({"proactive": {"licences": "1"}}, "proactive.licences"),
    ({"proactive": {"licences": -1}}, "proactive.licences"),
    ({"proactive": {"licences": 1.0}}, "proactive.licences"),
    ({"proactive": {"charges": "一万"}}, "proactive.charges"),
    ({"proactive": {"charges": "NaN"}}, "proactive.charges"),
    ({"proactive": {"charges": "1e999999999"}}, "proactive.charges"),
    ({"proactive": {"charges": "1e-999999999"}}, "proactive.charges"),
    ({"proactive": {"charges": "9" * 100_000}}, "proactive.charges"),
    ({"requests": {"granted": 5}}, "requests.granted"),
    ({"requests": {"granted": {"total": [1]}}}, "requests.granted.total"),
    ({"requests": {"granted": {"total": {"a": ["x"] * 10_000}}}}, "requests.granted.total"),
    ({"remedies": "无"}, "remedies"),
    ({"blank_cells": []}, "blank_cells"),
    ({"blank_cells": {"requests.granted.total": 5}}, "blank_cells"),
]


@pytest.mark.parametrize(("change", "place"), WRONG)
def test_a_wrong_part_of_a_model_is_named(tmp_path, model, change, place):
    line = refused("report", "write", "-", "--to", tmp_path / "a.md", data=json.dumps(model | change))
    assert line.startswith("-：")
    assert place in line


def test_places_that_cannot_be_written_are_told(tmp_path, model):
    (tmp_path / "m.json").write_text(json.dumps(model), "utf-8")
    source = tmp_path / "m.json"
    assert "文件名应以 .docx、.pdf、.html、.xlsx、.md 结尾" in refused(
        "report", "write", source, "--to", tmp_path / "a.doc"
    )
    assert "没有这个文件或文件夹" in refused("report", "write", source, "--to", tmp_path / "none/a.md")
    assert "不是文件夹" in refused("report", "write", source, "--to", source / "a.md")
    assert "文件名过长" in refused("report", "write", source, "--to", tmp_path / ("a" * 300 + ".md"))
    assert "没有这个文件或文件夹" in refused("report", "write", tmp_path / "none.json", "--to", tmp_path / "a.md")
    assert "这是文件夹" in refused("report", "write", tmp_path, "--to", tmp_path / "a.md")


def test_a_fault_of_the_program_is_one_line(monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError("out\nof order")

    monkeypatch.setattr("gongkai.batch.collect.proof_files", fail)
    line = refused("proof", GOOD)
    assert "程序出错（RuntimeError：out of order，test_cli.py:" in line
    assert "报告给开发者" in line


def test_every_command_shows_an_example():
    for command in (("report", "read"), ("report", "check"), ("report", "write"), ("proof",)):
        assert "例：gongkai " in gongkai(*command, "--help").stdout


def test_help_loads_no_reader():
    code = "import sys; from gongkai.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"lxml", "rich", "msgspec", "openpyxl", "xlsxwriter", "weasyprint", "pypdfium2", "ahocorasick_rs"}
    assert not heavy & set(run.stdout.split())
