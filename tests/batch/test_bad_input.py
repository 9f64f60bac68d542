"""Bad input through the real command: one clear line for each file, the others still checked, no traceback."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.batch.bad_files import BAD, HEAVY, ODD, flate_pdf, special_files

from gongkai.documents.limits import os_reason

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("gongkai"))
GOOD = ROOT / "examples/2024/linxi-water.txt"
FILE_SECONDS = 10
"""What the product gives a file; a run of many bad ones is given a few times that, and killed over it."""


def gongkai(*arguments, seconds=12 * FILE_SECONDS, **options):
    """Runs the command as a user would; fails where it prints a traceback or does not end."""
    run = subprocess.run([COMMAND, *map(os.fspath, arguments)], capture_output=True, timeout=seconds, **options)
    for printed in (run.stdout, run.stderr):
        assert b"Traceback" not in printed
        assert b"Exception ignored" not in printed
    return run


def files_of(run):
    """What the JSON of a run tells of each file, by its name."""
    data = json.loads(run.stdout)
    assert list(data) == ["files", "skipped", "summary"]
    return {Path(entry["file"]).name: entry for entry in data["files"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bad")


@pytest.fixture(scope="module")
def special(folder):
    return special_files(folder)


@pytest.fixture(scope="module")
def runs(folder, special):
    """All bad files, odd files and two good ones in one run of each command."""
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    for name, make in (ODD | HEAVY).items():
        (folder / name).write_bytes(make())
    shutil.copy(GOOD, folder / "a.txt")
    shutil.copy(GOOD, folder / "最后.txt")
    paths = [folder / name for name in (*BAD, *ODD, *HEAVY, *special, "a.txt", "最后.txt")]
    return {
        "check": gongkai("report", "check", "--json", *paths),
        "proof": gongkai("proof", "--json", *paths),
        "text": gongkai("report", "check", *paths),
    }


@pytest.mark.parametrize("command", ["check", "proof"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_clear_line(runs, command, name):
    entry = files_of(runs[command])[name]
    assert not entry["readable"]
    assert BAD[name][1] in entry["error"]
    assert "\n" not in entry["error"]
    assert any(advice in entry["error"] for advice in ("请", "没有读取", "上限", "不是文档"))


@pytest.mark.parametrize("command", ["check", "proof"])
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_heavy_is_read_or_told(runs, command, name):
    """Whether it is within the limits is for the reader to say."""
    entry = files_of(runs[command])[name]
    assert entry["readable"] or ("上限" in entry["error"] or "过大" in entry["error"])


@pytest.mark.parametrize("name", ODD)
def test_odd_documents_are_read(runs, name):
    assert files_of(runs["check"])[name]["readable"]


def test_what_is_no_file_or_too_large_is_told(runs, special):
    entries = files_of(runs["check"])
    for name, word in special.items():
        assert not entries[name]["readable"], name
        assert word in entries[name]["error"], name


@pytest.mark.parametrize("command", ["check", "proof"])
def test_the_other_files_are_checked_and_the_status_is_2(runs, command):
    entries = files_of(runs[command])
    assert [entries[name]["readable"] for name in ("a.txt", "最后.txt")] == [True, True]
    assert runs[command].returncode == 2
    if command == "check":
        assert entries["最后.txt"]["agency"] == "临溪县水利局"


def test_the_terminal_names_each_file_with_its_reason(runs, special):
    lines = runs["text"].stdout.decode().splitlines()
    assert runs["text"].returncode == 2
    for name, word in {**{name: word for name, (_, word) in BAD.items()}, **special}.items():
        [line] = [line for line in lines if f"/{name}　无法读取：" in line]
        assert word in line


def test_one_bad_report_alone_is_told_by_read(folder, runs):
    for name in ("损坏.docx", "密码.pdf", "管道.docx", "空.docx", "不存在.txt"):
        run = gongkai("report", "read", folder / name, "--json")
        assert (run.returncode, run.stdout) == (2, b"")
        [line] = run.stderr.decode().splitlines()
        assert line.startswith(f"{folder / name}：")


def test_a_folder_that_contains_itself_is_walked_once(tmp_path):
    shutil.copy(GOOD, tmp_path / "a.txt")
    (tmp_path / "b.docx").mkdir()
    (tmp_path / "b.docx/自身").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "c.txt")
    run = gongkai("report", "check", "--json", tmp_path)
    assert list(files_of(run)) == ["a.txt"]
    assert json.loads(run.stdout)["skipped"] == [f"{tmp_path}/b.docx/自身", f"{tmp_path}/c.txt"]
    assert run.returncode == 0


def test_a_pdf_that_unpacks_to_more_than_the_memory_is_stopped(tmp_path):
    packer = zlib.compressobj(1)
    packed = b"".join([packer.compress(b"0 0 m 1 1 l S " * 2**16) for _ in range(900)]) + packer.flush()
    (tmp_path / "a.pdf").write_bytes(flate_pdf(packed))
    shutil.copy(GOOD, tmp_path / "b.txt")
    entries = files_of(gongkai("report", "check", "--json", tmp_path))
    assert "内存超过 512 MB" in entries["a.pdf"]["error"]
    assert entries["b.txt"]["readable"]


# Loaded by every Python that the command starts: reading a text that asks for it goes wrong in C.
FAULTS = """
import ctypes, os, signal
import gongkai.documents.decoding as decoding
plain = decoding.decode
def decode(data, limits, **options):
    if data.startswith(b"HANG"):
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        ctypes.CDLL(None).sleep(600)
    if data.startswith(b"CRASH"):
        ctypes.string_at(0)
    if data.startswith(b"EAT"):
        return "x" * 2**30
    if data.startswith(b"GONE"):
        raise RuntimeError("a fault of the program")
    return plain(data, limits, **options)
decoding.decode = decode
if "FILE_SECONDS" in os.environ:
    import gongkai.batch.collect as collect
    collect.SECONDS = float(os.environ["FILE_SECONDS"])
"""
PATIENT = {"FILE_SECONDS": "600"}
"""With these the hanging file has ten minutes: a run that ends in two has not waited for it, however slow it is."""


@pytest.fixture
def faults(tmp_path_factory):
    place = tmp_path_factory.mktemp("faults")
    (place / "sitecustomize.py").write_text(FAULTS)
    return os.environ | {"PYTHONPATH": str(place)}


def test_the_fiftieth_of_a_hundred_files_hangs_in_c_and_the_other_99_are_checked(tmp_path, faults):
    for number in range(1, 101):
        shutil.copy(GOOD, tmp_path / f"{number:03}.txt")
    (tmp_path / "050.txt").write_bytes(b"HANG")
    run = gongkai("report", "check", "--json", tmp_path, env=faults)
    entries = files_of(run)
    assert len(entries) == 100
    assert entries["050.txt"]["error"].startswith(f"读取超过 {FILE_SECONDS} 秒，已停止")
    assert {entry["agency"] for name, entry in entries.items() if name != "050.txt"} == {"临溪县水利局"}
    assert run.returncode == 2


def test_what_crashes_eats_memory_or_is_a_fault_of_ours_is_told(tmp_path, faults):
    for name in ("CRASH", "EAT", "GONE"):
        (tmp_path / f"{name}.txt").write_text(name)
    shutil.copy(GOOD, tmp_path / "ok.txt")
    entries = files_of(gongkai("report", "check", "--json", "--jobs", "1", tmp_path, env=faults))
    assert "程序崩溃" in entries["CRASH.txt"]["error"]
    assert entries["EAT.txt"]["error"].startswith("内存超过上限（512 MB），已停止读取")
    assert "异常退出" in entries["GONE.txt"]["error"]
    assert entries["ok.txt"]["readable"]


def test_a_hanging_libreoffice_is_ended_with_its_reader(tmp_path, monkeypatch):
    from gongkai.batch import collect

    (tmp_path / "soffice").write_text(
        '#!/bin/sh\necho $$ > "${0%soffice}pids"\nsleep 987 &\necho $! >> "${0%soffice}pids"\nsleep 987\n'
    )
    (tmp_path / "soffice").chmod(0o755)
    (tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(collect, "OFFICE_SECONDS", 2.0)
    with collect.batches(1) as running:
        [result] = collect.check_files(running, [tmp_path / "旧.docx"]).results
    assert result.error.startswith("读取超过 2 秒")
    for number in (tmp_path / "pids").read_text().split():
        assert is_gone(int(number))
    assert not list(tmp_path.glob("gongkai-*"))


def test_last_years_report_may_need_libreoffice(tmp_path, monkeypatch):
    """Its conversion counts for itself, not against the ten seconds of this year's file."""
    from gongkai.batch import collect

    converter = f"""#!{sys.executable}
import pathlib, shutil, sys, time
time.sleep(1.5)
source = pathlib.Path(sys.argv[-1])
shutil.copy({str(tmp_path / "last.bin")!r}, source.with_suffix(".docx"))
"""
    (tmp_path / "soffice").write_text(converter)
    (tmp_path / "soffice").chmod(0o755)
    model = json.loads(gongkai("report", "read", ROOT / "examples/2023/shiqiao-transport.txt", "--json").stdout)
    (tmp_path / "m.json").write_text(json.dumps(model))
    gongkai("report", "write", tmp_path / "m.json", "--to", tmp_path / "last.docx")
    (tmp_path / "last.docx").rename(tmp_path / "last.bin")
    (tmp_path / "last.doc").write_bytes(OLD_WORD)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(collect, "SECONDS", 1.0)
    with collect.batches(1) as running:
        run = collect.check_files(
            running, [ROOT / "examples/2024/shiqiao-transport.txt"], previous=tmp_path / "last.doc"
        )
        [result] = run.results
    assert result.readable
    assert any(finding.rule.startswith("X-") for finding in result.findings)


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")


def children_of(number):
    """The numbers of the processes that this one started."""
    stats = {int(stat.parent.name): stat.read_text() for stat in Path("/proc").glob("[0-9]*/stat")}
    return [child for child, stat in stats.items() if int(stat.rpartition(")")[2].split()[1]) == number]


def is_gone(number):
    """Whether a process has ended; one that was killed a moment ago may still be listed."""
    for _ in range(100):
        state = Path(f"/proc/{number}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_file_that_vanishes_between_walk_and_read_is_told(tmp_path):
    from gongkai.batch.collect import batches, check_files

    shutil.copy(GOOD, tmp_path / "a.txt")
    shutil.copy(GOOD, tmp_path / "b.txt")
    with batches(1) as running:
        run = check_files(running, [tmp_path])
        (tmp_path / "a.txt").unlink()
        first, second = run.results
    assert first.error == "找不到这个文件或文件夹，请核对路径"
    assert second.readable


BROKEN_NAMES = (b"\xbb\xfa\xb9\xd8.txt", b"\xff\xfe<b>.txt", b"new\nline.txt", b"\x1b[31mred.txt")


def test_names_that_are_no_text_harm_no_output(tmp_path):
    for name in BROKEN_NAMES:
        shutil.copy(GOOD, tmp_path / os.fsdecode(name))
    empty = tmp_path / os.fsdecode(b"\xff.docx")
    empty.touch()
    (tmp_path / os.fsdecode(b"\xff.zip")).touch()
    lists = ("--xlsx", tmp_path / "list.xlsx", "--html", tmp_path / "list.html")
    run = gongkai("report", "check", "--json", tmp_path, *lists)
    assert set(files_of(run)) == {
        r"\xbb\xfa\xb9\xd8.txt",
        r"\xff\xfe<b>.txt",
        "new\nline.txt",
        "\x1b[31mred.txt",
        r"\xff.docx",
    }
    assert json.loads(run.stdout)["skipped"][-1] == rf"{tmp_path}/\xff.zip"
    assert run.returncode == 2
    assert r"\xff\xfe&lt;b&gt;.txt" in (tmp_path / "list.html").read_text("utf-8")
    cells = {str(row[0].value) for row in load_workbook(tmp_path / "list.xlsx")["文件汇总"].iter_rows()}
    assert rf"{tmp_path}/\xbb\xfa\xb9\xd8.txt" in cells
    plain = gongkai("report", "check", tmp_path)
    assert rb"\xff\xfe<b>.txt" in plain.stdout
    assert b"\x1b" not in plain.stdout
    assert b"new\nline" not in plain.stdout
    [line] = gongkai("report", "read", empty).stderr.decode().splitlines()
    assert line.startswith(rf"{tmp_path}/\xff.docx：文件是空的")


def test_a_terminal_of_another_encoding_shows_what_it_can(tmp_path):
    shutil.copy(GOOD, tmp_path / "a.txt")
    run = gongkai("report", "check", tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert run.returncode == 0
    assert b"a.txt" in run.stdout


def test_previous_reports_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "去年.docx").write_bytes(BAD["损坏.docx"][0]())
    for previous in (tmp_path, tmp_path / "去年.docx", tmp_path / "没有"):
        run = gongkai("report", "check", GOOD, "--previous", previous, "--json")
        entries = files_of(run)
        assert sorted(entry["readable"] for entry in entries.values()) == [False, True]
        assert run.returncode == 2


def test_standard_input(tmp_path):
    run = gongkai("report", "check", "-", "--json", input=GOOD.read_bytes())
    assert files_of(run)["-"]["agency"] == "临溪县水利局"
    assert run.returncode == 0
    assert "空的" in files_of(gongkai("proof", "-", "--json", input=b""))["-"]["error"]
    with (tmp_path / "large").open("wb") as file:
        file.truncate(200 * 2**20)
    with (tmp_path / "large").open("rb") as file:
        large = gongkai("proof", "-", "--json", stdin=file)
    assert "64 MB" in files_of(large)["-"]["error"]


def test_lists_that_cannot_be_written_are_told_before_the_run(tmp_path):
    (tmp_path / "folder").mkdir()
    for option in ("--xlsx", "--html"):
        for place, reason in (
            (tmp_path / "none/list", "没有这个文件或文件夹"),
            (GOOD / "list", "不是文件夹"),
            ("/dev/full", "磁盘已满"),
        ):
            run = gongkai("report", "check", GOOD, option, place)
            [line] = run.stderr.decode().splitlines()
            assert run.returncode == 2
            assert reason in line
            assert "无法写入" in line
        assert gongkai("proof", GOOD, option, tmp_path / "folder").returncode == 2


def test_a_list_is_neither_read_nor_put_in_place_of_what_is_checked(tmp_path):
    shutil.copy(GOOD, tmp_path / "a.txt")
    for _ in range(2):
        run = gongkai("report", "check", tmp_path, "--json", "--xlsx", tmp_path / "清单.xlsx", cwd=tmp_path)
        assert list(files_of(run)) == ["a.txt"]
    assert json.loads(run.stdout)["skipped"] == [str(tmp_path / "清单.xlsx")]
    run = gongkai("proof", "a.txt", "--html", "a.txt", cwd=tmp_path)
    assert run.returncode == 2
    assert (tmp_path / "a.txt").read_bytes() == GOOD.read_bytes()


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nobody_reads_on(tmp_path, options):
    for number in range(60):
        shutil.copy(ROOT / "examples/2024/qinghe-industry.txt", tmp_path / f"{number}.txt")
    command = [COMMAND, "report", "check", str(tmp_path), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.read(10)
        run.stdout.close()
        told = run.stderr.read()
        status = run.wait(12 * FILE_SECONDS)
    assert told == b""
    assert status == 128 + signal.SIGPIPE


def test_a_full_disk_under_standard_output_is_told():
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run([COMMAND, "report", "check", GOOD], stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 2
    assert "磁盘已满" in run.stderr.decode()
    assert len(run.stderr.decode().splitlines()) == 1


# Whoever runs the tests may have told their children to ignore Ctrl-C.
INTERRUPTIBLE = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_ctrl_c_ends_the_run_and_its_children(tmp_path, faults, options):
    (tmp_path / "a.txt").write_text("公开")
    (tmp_path / "b.txt").write_bytes(b"HANG")
    command = [sys.executable, "-c", INTERRUPTIBLE, COMMAND, "report", "check", "--jobs", "1", str(tmp_path), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=faults | PATIENT) as run:
        assert b"a.txt" in run.stdout.readline() + run.stdout.readline()
        children = children_of(run.pid)
        run.send_signal(signal.SIGINT)
        run.send_signal(signal.SIGINT)
        out, told = run.communicate(timeout=12 * FILE_SECONDS)
    assert told.decode() == "已停止\n"
    assert b"Traceback" not in out
    assert run.returncode == 128 + signal.SIGINT
    assert children
    assert all(is_gone(child) for child in children)


# The peak of ru_maxrss would begin with that of the process that starts this one.
PEAK = """
import sys
from pathlib import Path
from gongkai.batch.collect import batches, check_files
from gongkai.batch.output import write_results
folder = Path(sys.argv[1])
sys.stdout = open("/dev/null", "w")
with batches(2) as running:
    run = check_files(running, [folder], show=True)
    write_results(run, as_json=True, xlsx=Path(f"{folder}.xlsx"), html=Path(f"{folder}.html"))
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(peak.split()[1], file=sys.stderr)
"""
FLAT_KB = 6 * 1024
"""1,800 files more may take 6 MB more in the parent: their names, 3 KB for each at most, and the allocator's slack."""


def test_the_memory_of_the_parent_stays_flat(tmp_path):
    peaks = []
    for count in (200, 2000):
        place = tmp_path / str(count)
        place.mkdir()
        for number in range(count):
            (place / f"{number}.txt").write_text(f"第{number}号文件。再接再励。", "utf-8")
        run = subprocess.run([sys.executable, "-c", PEAK, place], capture_output=True, check=True)
        peaks.append(int(run.stderr))
    assert peaks[1] - peaks[0] < FLAT_KB


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.ETXTBSY, os.strerror(errno.ETXTBSY)),
    ],
)
def test_what_the_system_refuses_is_told_in_words(number, told):
    assert os_reason(OSError(number, "refused")) == told


def test_ctrl_c_gives_the_terminal_its_cursor_back(tmp_path, faults):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_bytes(b"HANG")
    screen, terminal = os.openpty()
    command = [sys.executable, "-c", INTERRUPTIBLE, COMMAND, "proof", str(tmp_path)]
    environment = faults | PATIENT | {"TERM": "xterm-256color"}
    shown = b""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal, env=environment) as run:
        os.close(terminal)
        while b"0/2" not in shown:
            shown += os.read(screen, 4096)
        assert HIDE in shown
        run.send_signal(signal.SIGINT)
        while SHOW not in shown:
            shown += os.read(screen, 4096)
        assert run.wait(12 * FILE_SECONDS) == 128 + signal.SIGINT
    os.close(screen)


HIDE, SHOW = b"\x1b[?25l", b"\x1b[?25h"
