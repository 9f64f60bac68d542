"""The annual report (政府信息公开工作年度报告) as a value, and its JSON.

Cells are kept flat under the ids that the form declares (`requests.granted.company`); the JSON nests them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import Struct

from gongkai.documents.blocks import Cell, Paragraph
from gongkai.findings import Finding

CellValue = int | Decimal | None


class Slot(Struct, frozen=True, gc=False):
    """A cell, or a word of a text line that may be one: its raw text, and the grid row, cell or paragraph it is from.

    `sure` is False where the text is all there was of a row, and nobody can say which cell it belongs to. A struct,
    since a report has hundreds of them.
    """

    text: str
    source: Cell | Paragraph | None = None
    at: int = 0
    ragged: bool = True
    sure: bool = True

    @property
    def place(self) -> str:
        """Where it stood, in words; empty for a slot that stands for nothing found."""
        if self.source is None:
            return ""
        page = f"第{self.source.page}页" if self.source.page else ""
        if isinstance(self.source, Paragraph):
            return f"{page}第{self.source.line}{'行' if self.ragged else '块'}第{self.at + 1}字"
        unit = "行" if self.ragged else "块"
        return f"{page}第{self.source.line}{unit}，表中第{self.at + 1}行第{self.source.column + 1}列"


@dataclass(frozen=True, slots=True)
class Section:
    """One section (部分). `number` is 1 to 6 by what the section is about, not by what stands before its title;
    a section that the form does not know keeps its printed number, or 7 at least.

    `numeral` is the number as printed (`六`), empty where there is none; `heading` the paragraph of the heading, None
    for a report that was not read from a document. `paragraphs` is the prose below it, tables left out.
    """

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    numeral: str = ""
    heading: Paragraph | None = None

    @property
    def text(self) -> str:
        """The prose, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report.

    `cells` holds every cell of the form by id; a cell without a usable number is None and stands in `blank_cells`
    with its raw text. `title` is the paragraph that names the report as one, `title_text` the whole title without
    white space, which may stand in several lines. `places` has the raw text of each cell that was found, and where it
    stood. `paragraphs` is all prose in reading order, title and headings included; `preamble` what stands before the
    first section. `absent` names the tables that were not found. `findings` is what had to be said while reading
    (CELL-VALUE, F-LABEL). `textless_pages` are scanned pages that could not be read.
    """

    agency: str | None
    year: int | None
    form: str
    sections: tuple[Section, ...]
    cells: Mapping[str, CellValue]
    blank_cells: Mapping[str, str] = field(default_factory=dict)
    title: Paragraph | None = None
    title_text: str = ""
    preamble: tuple[Paragraph, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    places: Mapping[str, Slot] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    textless_pages: tuple[int, ...] = ()

    def section(self, number: int) -> Section | None:
        """The first section with that number, or None."""
        return next((section for section in self.sections if section.number == number), None)
