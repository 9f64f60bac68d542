"""Papers of the demo: what offices release, and a seal that says by itself that it is one of a demo."""

from collections.abc import Sequence
from functools import cache
from html import escape
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.documents.writing import write

_SEAL_POINTS = 119.0
"""42 mm, the size of a county bureau's seal."""
_SEAL = """<html>
<style>@page {{ size: {size}pt {size}pt; margin: 0 }} body {{ margin: 0 }}</style>
<body>
<svg xmlns="http://www.w3.org/2000/svg" width="{size}pt" height="{size}pt" viewBox="0 0 100 100"
 fill="#c8102e" font-family="Noto Serif CJK SC, Noto Sans CJK SC" text-anchor="middle">
<circle cx="50" cy="50" r="47" fill="none" stroke="#c8102e" stroke-width="2.5"/>
<path d="M50 33l4 12.3h13l-10.5 7.6 4 12.3L50 57.6l-10.5 7.6 4-12.3L33 45.3h13z"/>
<text x="50" y="25" font-size="{font}">{name}</text>
<text x="50" y="83" font-size="11">演示专用</text>
</svg>
</body>
</html>"""


def released(title: str, rows: Sequence[tuple[str, str]], *, agency: str) -> bytes:
    """A document that an office gives out: a title, who made it, a table of two columns."""
    cells = [Cell("项目", 0, 0, header=True), Cell("内容", 0, 1, header=True)]
    for number, (name, text) in enumerate(rows, 1):
        cells += [Cell(name, number, 0), Cell(text, number, 1)]
    blocks: list[Block] = [
        Paragraph(title, style=Style.TITLE),
        Paragraph(f"{agency}制作。本件由示范县生成，内容均为虚构。", style=Style.NOTE),
        Grid(tuple(cells), caption=title, widths=(2, 5)),
    ]
    return write(blocks, to="pdf", title=title)


def sealed(letter: bytes, agency: str, dated: str) -> bytes:
    """The letter with a red seal where it is signed: at the agency's name, on the last page that bears the date."""
    document = pdfium.PdfDocument(letter)
    signed = [page for page in document if page.get_textpage().search(dated).get_next() is not None]
    page = signed[-1] if signed else document[len(document) - 1]
    x, y = _place(page, agency)
    source = pdfium.PdfDocument(_seal(agency))
    # The page of the seal becomes an object of the letter's page, and is put where the signature stands.
    captured = pdf.FPDF_NewXObjectFromPage(document.raw, source.raw, 0)
    placed = pdf.FPDF_NewFormObjectFromXObject(captured)
    half = _SEAL_POINTS / 2
    pdf.FPDFPageObj_Transform(placed, 1, 0, 0, 1, x - half, y - half)
    pdf.FPDFPage_InsertObject(page.raw, placed)
    pdf.FPDFPage_GenerateContent(page.raw)
    pdf.FPDF_CloseXObject(captured)
    return _saved(document)


def _place(page: pdfium.PdfPage, agency: str) -> tuple[float, float]:
    """The middle of the last line with the agency's name, in points from the lower left; else the lower right."""
    searcher = page.get_textpage().search(agency)
    found = None
    while (place := searcher.get_next()) is not None:
        found = place
    if found is None:
        return page.get_width() - 150, 150.0
    left, bottom, _, top = page.get_textpage().get_charbox(found[0])
    end = page.get_textpage().get_charbox(found[0] + found[1] - 1)
    return (left + end[2]) / 2, (bottom + top) / 2 - 12


@cache
def _seal(agency: str) -> bytes:
    from weasyprint import HTML  # heavy, and only the demo draws seals

    size = min(11.0, 74 / max(len(agency), 1))
    data: bytes = HTML(string=_SEAL.format(size=_SEAL_POINTS, name=escape(agency), font=size)).write_pdf()
    return data


def _saved(document: pdfium.PdfDocument) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()
