"""PDF reports: bytes to blocks beside pdfplumber's `extract_tables`, and the share of figures that each reads right."""

import io
import logging
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.documents.pdf_makers import LOOKS, WORD_LOOKS, by_chromium, by_libreoffice, by_weasyprint, page_of, word_file
from tests.report.samples import sample_report

from bench.timing import ratio
from gongkai.documents.blocks import Cell, Document, Grid
from gongkai.documents.limits import DEFAULT
from gongkai.documents.pdf import read_pdf
from gongkai.report.model import Report
from gongkai.report.reading import interpret

_CHROMIUM_LOOKS = ("whole", "no vertical rules", "no horizontal rules", "no rules", "three rules", "dotted", "split")


def rows() -> Iterator[tuple[str, float, str]]:
    """For each maker: how many times as fast as pdfplumber, and the shares of right figures over all its files."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    report = sample_report(random.Random(7))
    for maker, files in _makers(report):
        whole = files["whole"]
        faster = ratio(lambda data=whole: _tables(data), lambda data=whole: read_pdf(data, DEFAULT), runs=5)
        yield f"pdf by {maker}: pdfplumber extract_tables / our bytes to blocks", faster, "≥ 4"
        ours = [_right(report, read_pdf(data, DEFAULT)) for data in files.values()]
        theirs = [_right(report, _plumber(data)) for data in files.values()]
        share, other = (100 * sum(shares) / len(shares) for shares in (ours, theirs))
        yield f"pdf by {maker}: % of figures right, {len(files)} looks of tables", share, f"> {other:.2f} (pdfplumber)"


def _makers(report: Report) -> Iterator[tuple[str, dict[str, bytes]]]:
    yield "our writer", {name: by_weasyprint(page_of(report, style)) for name, style in LOOKS.items()}
    for name, program in (("LibreOffice", shutil.which("soffice")), ("Chromium", shutil.which("chromium"))):
        with TemporaryDirectory() as folder:
            if program is None:
                print(f"pdf by {name}: left out, not installed")
            elif name == "LibreOffice":
                sources = {look: word_file(report, lost) for look, lost in WORD_LOOKS.items()}
                yield name, by_libreoffice(program, sources, Path(folder))
            else:
                pages = {look: page_of(report, LOOKS[look]) for look in _CHROMIUM_LOOKS}
                yield name, {look: by_chromium(program, page, Path(folder)) for look, page in pages.items()}


def _right(report: Report, document: Document) -> float:
    """The share of the report's figures that are read right."""
    read = interpret(document).cells
    told = {cell: value for cell, value in report.cells.items() if value is not None}
    return sum(read[cell] == value for cell, value in told.items()) / len(told)


def _tables(data: bytes) -> list[list[list[str | None]]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def _plumber(data: bytes) -> Document:
    """The tables that pdfplumber finds, as a document."""
    return Document(tuple(map(_grid, _tables(data))), "pdf")


def _grid(table: list[list[str | None]]) -> Grid:
    """A table of pdfplumber's; a place without text of its own belongs to the cell before it."""
    cells: list[Cell] = []
    for number, row in enumerate(table):
        starts = [column for column, text in enumerate(row) if text is not None]
        for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
            cells.append(Cell(row[start] or "", number, start, 1, end - start))
    return Grid(tuple(cells))
