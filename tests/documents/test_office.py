"""Old Office files and those of other programs, through LibreOffice where it is installed."""

import os
import random
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.programs import require_program
from tests.report.samples import sample_report

from gongkai.documents import office
from gongkai.documents.limits import DEFAULT, Damaged, ProgramNeeded, Stuck
from gongkai.documents.office import read_office
from gongkai.documents.reading import read
from gongkai.documents.writing import write
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.reading import read_report

REPORT = sample_report(random.Random(11))
# What each is converted from, and LibreOffice's name of the format.
FORMATS = {
    "doc": ("docx", "doc"),
    "odt": ("docx", "odt"),
    "rtf": ("docx", "rtf"),
    "xml": ("docx", "xml:MS Word 2003 XML"),
    "docx": ("docx", "docx"),
    "xls": ("xlsx", "xls"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_program("soffice")
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def own_profile() -> Iterator[None]:
    """A profile made anew: what a fake program leaves behind must not be kept for the real one."""
    office._profile.cache_clear()
    yield
    office._profile.cache_clear()


def made(folder: Path, kind: str) -> Path:
    """The report as a file of that kind, as LibreOffice saves it."""
    source_kind, name = FORMATS[kind]
    target = folder / "made" / f"source.{kind}"
    if target.exists():
        return target
    source = folder / f"source.{source_kind}"
    source.write_bytes(write(blocks_of(REPORT), to=source_kind, title=title_text(REPORT)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", name, "--outdir", str(folder / "made"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


@pytest.mark.parametrize("kind", FORMATS)
def test_every_cell_of_a_report_saved_by_an_office_program_is_read(folder: Path, kind: str) -> None:
    read_back = read_report(made(folder, kind).read_bytes(), name="报告.wps")
    assert read_back.cells == REPORT.cells
    assert (read_back.agency, read_back.year) == (REPORT.agency, REPORT.year)
    assert [section.number for section in read_back.sections] == [1, 2, 3, 4, 5, 6]


def test_two_at_once_are_both_read_and_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    file = made(folder, "odt")
    code = "import sys; from gongkai.documents.reading import read; print(len(read(open(sys.argv[1], 'rb').read()).blocks))"
    command = [sys.executable, "-c", code, str(file)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    told = [run.communicate(timeout=120)[0] for run in runs]
    assert int(told[0]) > 10
    assert told[0] == told[1]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("gongkai")]


def test_a_document_calls_nobody(folder: Path, tmp_path: Path) -> None:
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"

        def listen() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                calls.append(caller.recv(100))
                caller.close()

        threading.Thread(target=listen, daemon=True).start()
        picture = f'<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}/x.png"/></draw:frame></text:p>'
        linked = tmp_path / "linked.odt"
        with zipfile.ZipFile(made(folder, "odt")) as source, zipfile.ZipFile(linked, "w") as target:
            for name in source.namelist():
                part = source.read(name)
                if name == "content.xml":
                    part = part.replace(b"</office:text>", picture.encode() + b"</office:text>")
                target.writestr(name, part)
        assert read(linked.read_bytes()).blocks
        server.shutdown(socket.SHUT_RDWR)
    assert calls == []


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "package"),
    [(OLD_WORD, "libreoffice-writer"), (OLD_EXCEL, "libreoffice-calc"), (b"{\\rtf1 a}", "libreoffice-writer")],
)
def test_without_libreoffice_its_package_is_named(monkeypatch: pytest.MonkeyPatch, data: bytes, package: str) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProgramNeeded, match=f"请安装软件包 {package}"):
        read(data, name="报告.doc")


@pytest.mark.usefixtures("own_profile")
@pytest.mark.parametrize(
    ("script", "seconds", "error", "told"),
    [("exec sleep 600", 0.3, Stuck, "没有转换完成"), ("exit 1", 60.0, Damaged, "无法打开")],
)
def test_a_program_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, seconds: float, error: type[Exception], told: str
) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS", seconds)
    with pytest.raises(error, match=told):
        read_office(OLD_WORD, DEFAULT)


def test_a_broken_old_file_is_told(folder: Path) -> None:
    with pytest.raises(Damaged, match="LibreOffice 无法打开"):
        read(OLD_WORD + b"\0" * 5000)
