"""Whole reports as Word and Excel files, written by us and as offices really make them: every cell is read."""

import io
import random
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from tests.documents.packages import WORD, zipped
from tests.report.samples import sample_report

from gongkai.documents.blocks import Paragraph
from gongkai.documents.writing import write
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.reading import read_report

W = f"{{{WORD}}}"
VAL = f"{W}val"
REPORT = sample_report(random.Random(7))
DOCX = write(blocks_of(REPORT), to="docx", title=title_text(REPORT))
XLSX = write(blocks_of(REPORT), to="xlsx", title=title_text(REPORT))


def changed(change: Callable[[etree._Element], None], more: dict[str, str] | None = None) -> bytes:
    """The Word file of the report with its body changed, and further parts."""
    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(bytes(parts["word/document.xml"]))
    change(root)
    parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return zipped({**parts, **(more or {})})


def tables(root: etree._Element) -> list[etree._Element]:
    found = list(root.iter(f"{W}tbl"))
    assert len(found) >= 3
    return found


def one_run_for_each_character(root: etree._Element) -> None:
    for run in list(root.iter(f"{W}r")):
        for words in run.findall(f"{W}t"):
            *others, last = words.text or " "
            words.text = last
            for character in others:
                copy = etree.fromstring(f'<w:t xmlns:w="{WORD}" xml:space="preserve"/>')
                copy.text = character
                words.addprevious(copy)
        for part in run[:-1]:
            if part.tag != f"{W}rPr":
                alone = etree.fromstring(f'<w:r xmlns:w="{WORD}"/>')
                run.addprevious(alone)
                alone.append(part)


def vertical_merges_lost(root: etree._Element) -> None:
    for mark in list(root.iter(f"{W}vMerge")):
        mark.getparent().remove(mark)


def cells_below_a_merge_missing(root: etree._Element) -> None:
    for mark in list(root.iter(f"{W}vMerge")):
        cell = mark.getparent().getparent()
        if mark.get(VAL) != "restart":
            cell.getparent().remove(cell)


def header_spans_lost(root: etree._Element) -> None:
    for table in tables(root)[1:]:
        for row in table.findall(f"{W}tr")[:3]:
            for mark in list(row.iter(f"{W}gridSpan", f"{W}vMerge")):
                mark.getparent().remove(mark)


def split_over_pages(root: etree._Element) -> None:
    """Table 3 goes on in a table of its own, its head repeated."""
    table = tables(root)[1]
    rows = table.findall(f"{W}tr")
    head, tail = rows[:3], rows[14:]
    rest = etree.fromstring(etree.tostring(table))
    for row in rest.findall(f"{W}tr"):
        rest.remove(row)
    for row in [*(etree.fromstring(etree.tostring(row)) for row in head), *tail]:
        rest.append(row)
    # What continues a merge of the page before begins one here.
    for mark in rest.findall(f"{W}tr")[3].iter(f"{W}vMerge"):
        mark.set(VAL, "restart")
    table.addnext(rest)
    table.addnext(etree.fromstring(f'<w:p xmlns:w="{WORD}"/>'))


def stacked_labels(root: etree._Element) -> None:
    """The labels of table 4 as narrow columns show them: a paragraph for each character."""
    for paragraph in list(tables(root)[2].iter(f"{W}p")):
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        if len(text) > 1 and not text.isdecimal():
            for character in text:
                paragraph.addprevious(
                    etree.fromstring(f'<w:p xmlns:w="{WORD}"><w:r><w:t>{character}</w:t></w:r></w:p>')
                )
            paragraph.getparent().remove(paragraph)


def soft_line_ends(root: etree._Element) -> None:
    for words in list(root.iter(f"{W}t")):
        if words.text in ("商业企业", "科研机构", "结果维持", "尚未审结"):
            first, second = words.text[:2], words.text[2:]
            words.text = first
            line_end = etree.fromstring(f'<w:r xmlns:w="{WORD}"><w:br/><w:t>{second}</w:t></w:r>')
            words.addnext(line_end[1])
            words.addnext(line_end[0])


def in_content_controls(root: etree._Element) -> None:
    for node in [*tables(root), *root.iter(f"{W}tr"), *root.iter(f"{W}tc")]:
        control = etree.fromstring(f'<w:sdt xmlns:w="{WORD}"><w:sdtPr/><w:sdtContent/></w:sdt>')
        node.addprevious(control)
        control[1].append(node)


def in_a_frame(root: etree._Element) -> None:
    """All of the report in a table of one cell."""
    body = root[0]
    frame = etree.fromstring(f'<w:tbl xmlns:w="{WORD}"><w:tr><w:tc/></w:tr></w:tbl>')
    frame[0][0].extend(list(body))
    body.append(frame)


def all_in_one_paragraph(root: etree._Element) -> None:
    """The prose as pasted from a web page: soft line ends instead of paragraphs."""
    body = root[0]
    for paragraph in [child for child in body if child.tag == f"{W}p"]:
        before = paragraph.getprevious()
        if before is not None and before.tag == f"{W}p":
            before.append(etree.fromstring(f'<w:r xmlns:w="{WORD}"><w:br/></w:r>'))
            before.extend([run for run in paragraph if run.tag == f"{W}r"])
            body.remove(paragraph)


def revised(root: etree._Element) -> None:
    """Each figure of table 3 corrected with tracked changes."""
    for words in list(tables(root)[1].iter(f"{W}t")):
        if (words.text or "").isdecimal():
            run = words.getparent()
            run.addprevious(etree.fromstring(f'<w:del xmlns:w="{WORD}"><w:r><w:delText>9</w:delText></w:r></w:del>'))
            inserted = etree.fromstring(f'<w:ins xmlns:w="{WORD}"/>')
            run.addprevious(inserted)
            inserted.append(run)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: None,
        one_run_for_each_character,
        vertical_merges_lost,
        cells_below_a_merge_missing,
        header_spans_lost,
        split_over_pages,
        stacked_labels,
        soft_line_ends,
        in_content_controls,
        in_a_frame,
        all_in_one_paragraph,
        revised,
    ],
)
def test_every_cell_of_a_word_file_is_read(change: Callable[[etree._Element], None]) -> None:
    read = read_report(changed(change))
    assert read.cells == REPORT.cells
    assert (read.agency, read.year) == (REPORT.agency, REPORT.year)
    assert [section.number for section in read.sections] == [1, 2, 3, 4, 5, 6]


def test_sections_are_found_by_numbers_that_word_writes() -> None:
    def change(root: etree._Element) -> None:
        for paragraph in root[0].iterchildren(f"{W}p"):
            words = next(paragraph.iter(f"{W}t"), None)
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            if words is not None and style is not None and re.match("[一二三四五六]、", words.text or ""):
                words.text = (words.text or "")[2:]
                style.set(VAL, "numbered")

    with zipfile.ZipFile(io.BytesIO(DOCX)) as package:
        links = package.read("word/_rels/document.xml.rels").decode()
        styles = package.read("word/styles.xml").decode()
    numbering = (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    style = '<w:style w:type="paragraph" w:styleId="numbered"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
    link = '<Relationship Id="n" Type="http://x/numbering" Target="numbering.xml"/>'
    data = changed(
        change,
        {
            "word/numbering.xml": numbering,
            "word/styles.xml": styles.replace("</w:styles>", f"{style}</w:styles>"),
            "word/_rels/document.xml.rels": links.replace("</Relationships>", f"{link}</Relationships>"),
        },
    )
    read = read_report(data)
    assert [(s.number, s.numeral) for s in read.sections] == list(enumerate("一二三四五六", 1))
    assert read.cells == REPORT.cells


def test_every_cell_of_our_workbook_is_read() -> None:
    read = read_report(XLSX)
    assert read.cells == REPORT.cells
    assert (read.agency, read.year) == (REPORT.agency, REPORT.year)
    assert [s.number for s in read.sections] == [1, 2, 3, 4, 5, 6]


def test_a_workbook_saved_again_and_one_on_several_sheets_are_read() -> None:
    book = load_workbook(io.BytesIO(XLSX))
    out = io.BytesIO()
    book.save(out)
    assert read_report(out.getvalue()).cells == REPORT.cells


def test_a_workbook_filled_in_by_hand_is_read() -> None:
    """A sheet for each table with its section, no borders, no merged cells, values where a merged area begins."""
    book = Workbook()
    page = book.active
    for block in blocks_of(REPORT):
        if isinstance(block, Paragraph):
            if block.text.startswith(("三、", "四、")):
                page = book.create_sheet()
            page.append([block.text])
            continue
        top = page.max_row + 2
        for cell in block.cells:
            is_figure = re.fullmatch(r"\d+(\.\d+)?", cell.text) is not None
            page.cell(top + cell.row, 1 + cell.column, float(cell.text) if is_figure else cell.text)
    out = io.BytesIO()
    book.save(out)
    read = read_report(out.getvalue())
    assert read.cells == REPORT.cells
    assert [s.number for s in read.sections] == [1, 2, 3, 4, 5, 6]
