import logging
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from tests.documents.written import REPORT
from tests.programs import leave_out, require_program

from gongkai.documents.blocks import Cell, Grid, Paragraph
from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.write_pdf import _weasyprint
from gongkai.documents.writing import write


@pytest.fixture(scope="module")
def report() -> bytes:
    try:
        return write(REPORT, to="pdf", title="年度报告")
    except ProgramNeeded as error:
        leave_out(str(error))
        raise


def text_of(cell: Cell) -> str:
    return cell.text


def streams(data: bytes) -> list[bytes]:
    found = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    return [zlib.decompress(stream) if stream.startswith(b"x") else stream for stream in found]


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_all_words_can_be_searched_and_pages_are_numbered(report: bytes) -> None:
    pages = page_texts(report)
    wanted = [
        text
        for block in REPORT
        for text in ([block.text] if isinstance(block, Paragraph) else map(text_of, block.cells))
    ]
    # The lines of neighbouring cells come mixed, so characters are counted.
    missing = Counter("".join("".join(wanted).split())) - Counter("".join(pages))
    assert not missing
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))


def test_the_page_is_a4_and_the_file_is_tagged_and_named(report: bytes) -> None:
    document = pypdfium2.PdfDocument(report)
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "年度报告"
    document.close()
    objects = b"".join(streams(report))
    assert re.search(rb"pdfuaid:part(>|=.)1", objects)
    assert b"/FontFile3" in report + objects


def test_the_same_blocks_give_the_same_pdf(report: bytes) -> None:
    assert write(REPORT, to="pdf", title="年度报告") == report


def test_a_table_longer_than_a_page_repeats_its_header(report: bytes) -> None:
    cells = [Cell("事项名称", header=True), Cell("本年数量", 0, 1, header=True)]
    cells += [Cell(text, row, column) for row in range(1, 80) for column, text in enumerate((f"第{row}项", str(row)))]
    pages = page_texts(write([Grid(tuple(cells))], to="pdf", title=""))
    assert len(pages) > 1
    assert all("事项名称本年数量" in page for page in pages)


def test_nothing_of_the_typesetter_reaches_the_log(report: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        write([Paragraph("生僻字\U000e0001与正文")], to="pdf", title="")
    assert not caplog.records
    logging.getLogger("weasyprint").warning("later")
    assert [record.message for record in caplog.records] == ["later"]


def test_without_pango_the_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    _weasyprint.cache_clear()
    with pytest.raises(ProgramNeeded, match=r"libpango-1\.0-0、libpangoft2-1\.0-0 和 fonts-noto-cjk"):
        write(REPORT, to="pdf", title="")
    sys.modules.pop("weasyprint", None)


def test_without_a_chinese_font_the_package_is_named(report: bytes, tmp_path: Path) -> None:
    latin = Path("/usr/share/fonts/truetype/dejavu")
    if not latin.is_dir():
        leave_out("软件包 fonts-dejavu-core 未安装")
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    program = (
        "from gongkai.documents.blocks import Paragraph\n"
        "from gongkai.documents.limits import ProgramNeeded\n"
        "from gongkai.documents.writing import write\n"
        "try: write([Paragraph('公开')], to='pdf', title='')\n"
        "except ProgramNeeded as error: print(ascii(str(error)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "fonts-noto-cjk" in done.stdout


def test_office_programs_open_the_word_file_with_22_lines_of_28_characters(tmp_path: Path) -> None:
    soffice = require_program("soffice")
    source = tmp_path / "report.docx"
    source.write_bytes(write([Paragraph("政" * 28 * 50)], to="docx", title=""))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    lines = document[0].get_textpage().get_text_range().split()
    document.close()
    assert [len(line) for line in lines if line.startswith("政")] == [26] + [28] * 21
