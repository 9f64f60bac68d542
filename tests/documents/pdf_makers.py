"""PDF files as real programs make them, with rules whole or lost: WeasyPrint, LibreOffice and Chromium; and hand-made."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.writing import write
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.model import Report

NO_VERTICAL = "th, td { border-left: 0 !important; border-right: 0 !important }"
NO_HORIZONTAL = "th, td { border-top: 0 !important; border-bottom: 0 !important }"
NO_RULES = "th, td { border: 0 !important }"
SPLIT = ".gk-table { break-inside: auto } @page { size: A5 }"
SEPARATE = "table { border-collapse: separate !important; border-spacing: %s !important }"
LOOKS = {
    "whole": "",
    "no vertical rules": NO_VERTICAL,
    "no vertical rules but the outer ones": NO_VERTICAL + "table { border: 1px solid #000 }",
    "no horizontal rules": NO_HORIZONTAL,
    "no horizontal rules but the outer ones": NO_HORIZONTAL + "table { border: 1px solid #000 }",
    "no rules": NO_RULES,
    "three rules": NO_RULES
    + "thead { border: solid #000; border-width: 2pt 0 1pt } table { border-bottom: 2pt solid }",
    "no rules, labels to the right": NO_RULES + ".gk-label { text-align: right !important }",
    "no rules, figures to the left": NO_RULES + "td { text-align: left !important }",
    "no rules, cells at the top": NO_RULES + "th, td { vertical-align: top !important }",
    "no rules, cells at the bottom": NO_RULES + "th, td { vertical-align: bottom !important }",
    "open sides": "tr > :first-child { border-left: 0 !important } tr > :last-child { border-right: 0 !important }",
    "dotted": "th, td { border-style: dotted !important }",
    "dashed": "th, td { border-style: dashed !important }",
    "double": "th, td { border: 3px double #000 !important }",
    "thick": "th, td { border: 3px solid #000 !important }",
    "boxes": SEPARATE % "3px",
    "filled boxes": NO_RULES + SEPARATE % "1px" + "th, td { background: #eee } table { background: #000 }",
    "shaded rows": NO_RULES + "tr:nth-child(odd) { background: #eee }",
    "split": SPLIT,
    "split, header not repeated": SPLIT + "thead { display: table-row-group !important }",
    "landscape": "@page { size: A4 landscape }",
}
"""How tables look, as styles added to the page that we write. Labels and figures are centred unless told otherwise."""

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
WORD_LOOKS: dict[str, Sequence[str]] = {
    "whole": (),
    "no vertical rules": ("insideV", "left", "right"),
    "no horizontal rules": ("insideH",),
    "no rules": SIDES,
    "open sides": ("left", "right"),
}
"""The rules that a Word file leaves out."""


def page_of(report: Report, style: str = "") -> str:
    """The web page of a report with a style of its own."""
    page = write(blocks_of(report), to="html", title=title_text(report)).decode()
    return page.replace("</head>", f"<style>{style}</style></head>")


def by_weasyprint(page: str) -> bytes:
    """A page as our own writer prints it. Raises ProgramNeeded where Pango is missing."""
    write([], to="pdf", title="")
    from weasyprint import HTML

    data: bytes = HTML(string=page).write_pdf()
    return data


def by_chromium(program: str, page: str, folder: Path) -> bytes:
    """A page printed by Chromium."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def by_libreoffice(program: str, files: Mapping[str, bytes], folder: Path, *, to: str = "pdf") -> dict[str, bytes]:
    """Word files as LibreOffice exports them, under the same names."""
    sources = [folder / f"{number}.docx" for number in range(len(files))]
    for source, data in zip(sources, files.values(), strict=True):
        source.write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=120
    )
    return {name: source.with_suffix(".pdf").read_bytes() for name, source in zip(files, sources, strict=True)}


def word_file(report: Report, lost: Iterable[str] = ()) -> bytes:
    """A report as a Word file whose tables lack some of their rules."""
    whole = zipfile.ZipFile(io.BytesIO(write(blocks_of(report), to="docx", title=title_text(report))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "word/styles.xml":
                for side in lost:
                    data = re.sub(rb'(<w:%s w:val=)"single"' % side.encode(), rb'\1"nil"', data)
            archive.writestr(name, data)
    return out.getvalue()


def has_pango() -> str:
    """Empty, or what is missing for printing with WeasyPrint."""
    try:
        write([], to="pdf", title="")
    except ProgramNeeded as error:
        return str(error)
    return ""


def by_hand(pages: Sequence[str], *, extra: str = "") -> bytes:
    """A PDF file of A4 pages with these contents; /F is a font, /P a picture, `extra` goes into each page."""
    count = len(pages)
    picture = "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{5 + 2 * i} 0 R' for i in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /XObject /Subtype /Image {picture} /Length 1 >>\nstream\n0\nendstream",
    ]
    for index, content in enumerate(pages):
        resources = "/Resources << /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {6 + 2 * index} 0 R {extra} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
