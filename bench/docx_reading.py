"""Word files: bytes to blocks beside what no reader can do without, and to the model beside walking with python-docx."""

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from tests.report.samples import sample_report

from bench.text_reading import as_bytes
from bench.timing import ratio
from gongkai.documents.docx import read_docx
from gongkai.documents.limits import DEFAULT
from gongkai.report.reading import read_report

FILES = 20


def rows() -> list[tuple[str, float, str]]:
    """Both ratios for files of our writer, and for the same files saved again by LibreOffice where it is installed."""
    files = [as_bytes(sample_report(random.Random(seed)), "docx") for seed in range(FILES)]
    saved_again = _saved_again(files)
    told = _ratios(files, "docx", "≥ 8")
    return told + _ratios(saved_again, "docx of LibreOffice", "told") if saved_again else told


def _ratios(files: list[bytes], what: str, demand: str) -> list[tuple[str, float, str]]:
    return [
        (
            f"{what}: bytes → blocks / bare unzip + lxml parse",
            ratio(_each(files, lambda file: read_docx(file, DEFAULT)), _each(files, _parsed)),
            "≤ 3",
        ),
        (
            f"{what}: whole read, times faster than python-docx walks the tables",
            ratio(_each(files, _walked), _each(files, read_report), runs=5),
            demand,
        ),
    ]


def _each(files: list[bytes], work: Callable[[bytes], object]) -> Callable[[], None]:
    """One file after the other, as a run reads them: nothing of one is kept while the next is read."""

    def run() -> None:
        for file in files:
            work(file)

    return run


def _parsed(file: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def _walked(file: bytes) -> list[str]:
    import docx

    document = docx.Document(io.BytesIO(file))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def _saved_again(files: list[bytes]) -> list[bytes]:
    if shutil.which("soffice") is None:
        return []
    with TemporaryDirectory() as folder:
        for index, file in enumerate(files):
            Path(folder, f"{index}.docx").write_bytes(file)
        command = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "docx", "--outdir", f"{folder}/again"]
        subprocess.run([*command, *map(str, Path(folder).glob("*.docx"))], check=True, capture_output=True)
        return [path.read_bytes() for path in Path(folder, "again").glob("*.docx")]
