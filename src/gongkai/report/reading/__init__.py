"""A document becomes a report: sections by meaning, tables by their labels, agency and year, each with its place."""

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from gongkai.documents.blocks import Document, Paragraph
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.report.form import form
from gongkai.report.model import Report, Section, Slot
from gongkai.report.reading.assembly import form_name, read_cells
from gongkai.report.reading.labels import names_a_row, table_told
from gongkai.report.reading.lines import Line, is_prose, is_sentence, lines_of, words_at, words_of
from gongkai.report.reading.remedies import RemediesReader
from gongkai.report.reading.sections import Heading, heading_of
from gongkai.report.reading.site import is_site_line
from gongkai.report.reading.tables import TableReader
from gongkai.report.reading.title import agency_of, text_of, title_lines, year_of
from gongkai.report.reading.values import bare

_ANCHORS = re.compile("第二十条第|本年制发|本年新制作|申请人情况|勾稽关系|本年新收政府信息|结果维持|尚未审结")
_TABLE_SECTIONS = (2, 3, 4)
_LAST_SECTIONS = 5


def read_report(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> Report:
    """The report in a file of any format. Raises `documents.limits.Unreadable` with one line that says why not."""
    from gongkai.documents.reading import read  # formats bring their libraries: only when something is read

    return interpret(read(data, name=name, limits=limits))


def interpret(document: Document) -> Report:
    """The report that a document holds; what is not there stays None, nothing is guessed."""
    reader = _Reader()
    for line in lines_of(document.blocks):
        reader.take(line)
    sections = reader.finished_sections()
    body = [paragraph for section in sections for paragraph in section.paragraphs]
    title = title_lines(reader.opening)
    year = year_of(text_of(title), reader.opening, body)
    name = form_name(reader.tables, year)
    cells = read_cells(form(name), reader.tables, reader.remedies)
    return Report(
        agency=agency_of(text_of(title), reader.opening, body),
        year=year,
        form=name,
        sections=sections,
        cells=cells.values,
        blank_cells=cells.blank,
        title=title[-1] if title else None,
        title_text=text_of(title),
        preamble=tuple(paragraph for paragraph in reader.opening if not any(paragraph is line for line in title)),
        paragraphs=tuple(reader.prose),
        places=cells.places,
        absent=frozenset(key.removesuffix("_2019") for key in cells.absent),
        findings=tuple(cells.findings),
        textless_pages=document.textless_pages,
    )


@dataclass
class _Opened:
    """A section under way: its heading, the prose below it, and whether a table stood there."""

    heading: Heading
    paragraph: Paragraph
    prose: list[Paragraph] = field(default_factory=list)
    has_table: bool = False


@dataclass
class _Reader:
    opening: list[Paragraph] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    sections: list[_Opened] = field(default_factory=list)
    tables: TableReader = field(default_factory=TableReader)
    remedies: RemediesReader = field(default_factory=RemediesReader)
    is_over: bool = False
    in_remedies: bool = False
    in_table: bool = False

    def take(self, line: Line) -> None:
        paragraph = line.paragraph
        if line.may_be_page:
            if self.in_table and not self.in_remedies and paragraph is not None:
                self.tables.feed_page_number(line, words_of(paragraph) or ())
            return
        if paragraph is not None and not (line.grid is None and self._is_row(paragraph.text)):
            heading = heading_of(paragraph.text)
            if heading is not None:
                self._open(heading, paragraph)
                return
        if line.grid is not None:
            self._take_row(line)
        elif paragraph is not None and paragraph.text.strip():
            self._take_text(line, paragraph)

    def finished_sections(self) -> tuple[Section, ...]:
        """The sections; of a table of contents nothing is kept: a number that comes again replaces an empty one."""
        last = {opened.heading.number: index for index, opened in enumerate(self.sections)}
        return tuple(
            Section(
                opened.heading.number,
                opened.heading.title,
                tuple(opened.prose),
                opened.heading.numeral,
                opened.paragraph,
            )
            for index, opened in enumerate(self.sections)
            if opened.prose or opened.has_table or index == last[opened.heading.number]
        )

    def _is_row(self, text: str) -> bool:
        return not is_prose(text) and names_a_row(text.split("\t")[0])

    def _open(self, heading: Heading, paragraph: Paragraph) -> None:
        self.tables.close()
        self.is_over = False
        self.in_table = heading.number in _TABLE_SECTIONS
        self.in_remedies = heading.number == 4
        head = replace(paragraph, text=paragraph.text[: heading.length])
        self.sections.append(_Opened(heading, head))
        self.prose.append(head)
        rest = paragraph.text[heading.length :]
        if rest.strip():
            follower = replace(paragraph, text=rest, column=paragraph.column + heading.length)
            self._take_text(Line(paragraph=follower), follower)

    def _take_row(self, line: Line) -> None:
        if line.paragraph is not None and is_sentence(line.paragraph.text):
            self._keep(line.paragraph)
            return
        if line.paragraph is not None and words_of(line.paragraph) is None and not self._known(line.slots):
            self._keep(line.paragraph)
            return
        self._feed(line, line.slots)

    def _take_text(self, line: Line, paragraph: Paragraph) -> None:
        may_be_row = not is_prose(paragraph.text)
        if self.in_table or (may_be_row and _ANCHORS.search(bare(paragraph.text))):
            slots = words_of(paragraph) if may_be_row else None
            if slots:
                self.in_table = True
                self._feed(line, slots)
                return
            self.in_table = bool(self.sections) and self.sections[-1].heading.number in _TABLE_SECTIONS
        self._keep(paragraph)

    def _known(self, slots: tuple[Slot, ...]) -> bool:
        return any(names_a_row(slot.text) for slot in slots)

    def _feed(self, line: Line, slots: tuple[Slot, ...]) -> None:
        if self.sections:
            self.sections[-1].has_table = True
        words = words_at(slots)
        told = table_told(tuple(words.values()))
        if told:
            self.in_remedies = told == "remedies"
        if self.in_remedies:
            self.tables.close()
            self.remedies.feed(slots)
        else:
            self.tables.feed(line, slots, words)

    def _keep(self, paragraph: Paragraph) -> None:
        if not paragraph.text.strip():
            return
        if any(map(str.isalnum, paragraph.text)):
            self.tables.interrupt()
        if is_site_line(paragraph.text):
            # Below the last sections it is the foot of the site, and so is all that follows.
            self.is_over = bool(self.sections) and self.sections[-1].heading.number >= _LAST_SECTIONS
            return
        if self.is_over:
            return
        self.prose.append(paragraph)
        (self.sections[-1].prose if self.sections else self.opening).append(paragraph)
