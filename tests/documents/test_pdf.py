"""PDF files read back: tables with rules whole, lost or split over pages, paragraphs, pages without text, bad files."""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.pdf_makers import (
    LOOKS,
    NO_HORIZONTAL,
    NO_RULES,
    NO_VERTICAL,
    SPLIT,
    WORD_LOOKS,
    by_chromium,
    by_hand,
    by_libreoffice,
    by_weasyprint,
    has_pango,
    page_of,
    word_file,
)
from tests.programs import leave_out, require_program
from tests.report.samples import sample_cells, sample_report

from gongkai.documents.blocks import Document, Grid, Hidden
from gongkai.documents.limits import DEFAULT, Damaged, Encrypted, Limits, TooLarge, Unreadable
from gongkai.documents.pdf import read_pdf
from gongkai.report.model import Report
from gongkai.report.reading import interpret

REPORT = sample_report(Random(7))


def read(data: bytes, limits: Limits = DEFAULT) -> Document:
    return read_pdf(data, limits)


def prose(report: Report) -> list[tuple[str, list[str]]]:
    """The sections with their paragraphs, white space aside."""
    return [(s.title, ["".join(p.text.split()) for p in s.paragraphs]) for s in report.sections]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


@pytest.fixture(scope="module")
def printed() -> Callable[[str], bytes]:
    reason = has_pango()
    if reason:
        leave_out(reason)
    return cache(by_weasyprint)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    program = require_program("soffice")
    files = {look: word_file(REPORT, lost) for look, lost in WORD_LOOKS.items()}
    return by_libreoffice(program, files, tmp_path_factory.mktemp("libreoffice"))


def check_whole(document: Document) -> None:
    back = interpret(document)
    assert {cell: back.cells[cell] for cell, value in REPORT.cells.items() if value != back.cells[cell]} == {}
    assert (back.agency, back.year) == (REPORT.agency, REPORT.year)


@pytest.mark.parametrize("look", LOOKS)
def test_a_printed_page_is_read_however_its_tables_are_drawn(printed: Callable[[str], bytes], look: str) -> None:
    document = read(printed(page_of(REPORT, LOOKS[look])))
    check_whole(document)
    if "to the" not in look:
        assert prose(interpret(document)) == prose(REPORT)


@pytest.mark.parametrize("look", WORD_LOOKS)
def test_an_export_of_libreoffice_is_read(exported: dict[str, bytes], look: str) -> None:
    document = read(exported[look])
    check_whole(document)
    assert prose(interpret(document)) == prose(REPORT)


@pytest.mark.parametrize("look", ["whole", "no rules", "dotted", "split"])
def test_a_print_of_chromium_is_read(look: str, tmp_path: Path) -> None:
    program = require_program("chromium")
    document = read(by_chromium(program, page_of(REPORT, LOOKS[look]), tmp_path))
    check_whole(document)
    assert prose(interpret(document)) == prose(REPORT)


WIDE = {**sample_cells(Random(3)), "requests.received.company": 123456, "requests.granted.total": 654321}
WIDE |= dict.fromkeys(("requests.carried_out.natural_person", "requests.refused_by_law.total"), 987654)


@pytest.mark.parametrize("alignment", ["middle", "top", "bottom"])
@pytest.mark.parametrize("padding", ["", "th, td { padding-top: 0 !important; padding-bottom: 0 !important }"])
@pytest.mark.parametrize("style", [NO_VERTICAL, NO_HORIZONTAL, NO_RULES, NO_RULES + SPLIT])
def test_a_broken_figure_is_never_read_by_half(
    printed: Callable[[str], bytes], style: str, padding: str, alignment: str
) -> None:
    report = Report("临溪县水利局", 2024, "2021", REPORT.sections, WIDE)
    page = page_of(report, f"{style}{padding} th, td {{ vertical-align: {alignment} !important }}")
    back = interpret(read(printed(page)))
    assert {c: (v, WIDE[c]) for c, v in back.cells.items() if v is not None and v != WIDE[c]} == {}


def test_a_figure_broken_in_a_drawn_cell_is_one_figure(printed: Callable[[str], bytes]) -> None:
    report = Report("临溪县水利局", 2024, "2021", REPORT.sections, WIDE)
    assert dict(interpret(read(printed(page_of(report)))).cells) == WIDE


def test_a_table_over_pages_is_one_table(printed: Callable[[str], bytes]) -> None:
    document = read(printed(page_of(REPORT, SPLIT)))
    assert [grid.width for grid in grids(document)] == [4, 10, 15]
    pages = {cell.page for cell in grids(document)[1].cells}
    assert len(pages) > 1


ROW = """<style>@page {{ size: 100mm 80mm; margin: 10mm }} td {{ border: 1px solid; width: 50% }}</style>
<table style="border-collapse: collapse"><tr><td>甲</td><td>1</td></tr><tr><td>{}</td><td>2</td></tr></table>"""


def test_a_row_cut_by_the_page_break_is_one_row(tmp_path: Path) -> None:
    text = "行政机关应当及时准确地公开政府信息" * 14
    document = read(by_chromium(require_program("chromium"), ROW.format(text), tmp_path))
    (grid,) = grids(document)
    assert ["".join(cell.text.split()) for cell in grid.cells] == ["甲", "1", text, "2"]


PARAGRAPHS = [
    "全年公开信息" * 8 + "共12条。",
    "按照有关要求" * 20 + "办理。",
    "The Regulations on Open Government " * 4 + "apply.",
]
SET = {
    "indented": "p { text-indent: 2em; margin: 0 }",
    "parted by space": "p { margin: 0 0 12pt }",
    "close": "p { margin: 0 }",
    "justified": "p { text-indent: 2em; margin: 0; text-align: justify }",
}


@pytest.mark.parametrize("setting", SET)
@pytest.mark.parametrize("size", ["148mm 210mm", "120mm 60mm"])
def test_paragraphs_come_back_whole_over_lines_and_pages(
    printed: Callable[[str], bytes], setting: str, size: str
) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    style = f"@page {{ size: {size}; margin: 10mm }} body {{ font: 12pt/20pt 'Noto Serif CJK SC' }} {SET[setting]}"
    found = [block.text for block in read(printed(f"<style>{style}</style>{body}")).paragraphs]
    assert found == [text.strip() for text in PARAGRAPHS]


def test_a_title_in_two_lines_is_one_paragraph(printed: Callable[[str], bytes]) -> None:
    title = "临溪县国有资产监督管理委员会2024年政府信息公开工作年度报告"
    style = "h1 { font-size: 26pt; text-align: center } h1, p { font-family: 'Noto Serif CJK SC' }"
    page = f"<style>{style}</style><h1>{title}</h1><p>一、总体情况</p>"
    assert [block.text for block in read(printed(page)).paragraphs] == [title, "一、总体情况"]


def test_headings_below_each_other_are_not_one(printed: Callable[[str], bytes]) -> None:
    report = Report(
        "临溪县人民政府", 2021, "2021", REPORT.sections, {}, absent=frozenset(("proactive", "requests", "remedies"))
    )
    empty = tuple(replace(section, paragraphs=()) for section in report.sections)
    back = interpret(read(printed(page_of(replace(report, sections=empty)))))
    assert [(section.number, section.title) for section in back.sections] == [(s.number, s.title) for s in empty]


WORDS = "BT /F 12 Tf 1 0 0 1 70 700 Tm (Annual report) Tj ET"
PICTURE = "q 300 0 0 300 70 300 cm /P Do Q"
NUMBER = "BT /F 12 Tf 1 0 0 1 290 40 Tm (- 2 -) Tj ET"
OUTLINES = " ".join(f"{x} {y} m {x + 7} {y + 9} l S" for x in range(70, 270, 20) for y in range(300, 400, 20))


def test_pages_without_text_are_named() -> None:
    document = read(by_hand([WORDS, PICTURE, PICTURE + NUMBER, OUTLINES, "", WORDS + PICTURE]))
    assert document.textless_pages == (2, 3, 4)
    assert " ".join(block.text for block in document.paragraphs) == "Annual report Annual report"
    assert read(by_hand([""])).textless_pages == (1,)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_text_is_read_whichever_way_the_page_is_turned(turn: int, rotate: int) -> None:
    cos, sin = round(math.cos(math.radians(turn))), round(math.sin(math.radians(turn)))
    lines = [("First line of text", 0), ("second line", -20), ("last line", -60)]
    content = " ".join(
        f"BT /F 12 Tf {cos} {sin} {-sin} {cos} {300 - sin * down} {400 + cos * down} Tm ({text}) Tj ET"
        for text, down in lines
    )
    document = read(by_hand([content], extra=f"/Rotate {rotate}"))
    assert "".join(block.text for block in document.paragraphs).replace(" ", "") == "Firstlineoftextsecondlinelastline"


def test_figures_at_the_foot_of_a_page_stay_but_its_number_goes() -> None:
    foot = "BT /F 12 Tf 1 0 0 1 290 40 Tm ({}) Tj ET"
    pages = [WORDS + foot.format(text) for text in ("3", "- 4 -", "5/9", "12.5")]
    kept = " ".join(block.text for block in read(by_hand(pages)).paragraphs)
    assert kept.replace("Annual report", "").split() == ["12.5"]


def test_what_the_properties_tell_is_hidden_text(exported: dict[str, bytes]) -> None:
    assert (
        Hidden("metadata", "title", f"{REPORT.agency}2024年政府信息公开工作年度报告") in read(exported["whole"]).hidden
    )


PASSWORD = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"1"}}'


def test_a_password_is_told(tmp_path: Path) -> None:
    program = require_program("soffice")
    filter_name = f"pdf:writer_pdf_Export:{PASSWORD}"
    files = by_libreoffice(program, {"report": word_file(REPORT)}, tmp_path, to=filter_name)
    with pytest.raises(Encrypted, match="密码"):
        read(files["report"])


@pytest.mark.parametrize("kept", [5, 9, 100, 0.5, 0.9])
def test_half_a_file_is_damaged(kept: float) -> None:
    data = by_hand([WORDS])
    with pytest.raises(Damaged, match="PDF 文件已损坏"):
        read(data[: kept if kept > 1 else int(kept * len(data))])


def test_limits_of_pages_and_characters_hold() -> None:
    data = by_hand([WORDS] * 3)
    with pytest.raises(TooLarge, match="3页"):
        read(data, Limits(pages=2))
    with pytest.raises(TooLarge, match="个字符"):
        read(data, Limits(characters=20))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_give_a_document_or_are_refused(data: st.DataObject) -> None:
    whole = bytearray(by_hand([WORDS + OUTLINES, PICTURE]))
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=30)
    ):
        whole[place] = byte
    with suppress(Unreadable):
        assert isinstance(read(bytes(whole)), Document)
