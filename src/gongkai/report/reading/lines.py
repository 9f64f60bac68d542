"""A document as a stream of lines of cells, whatever its layout: drawn tables, pipes, tabs, spaces, stacked cells."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from gongkai.documents.blocks import Block, Cell, Grid, Paragraph
from gongkai.report.model import Slot
from gongkai.report.reading.labels import is_vocabulary
from gongkai.report.reading.sections import split_run_on
from gongkai.report.reading.values import is_blank, is_figure

_WORD = re.compile(r"[^\s|]+")
# Pages are counted from one, between dashes of one kind: what only looks so is a row of figures.
_PAGE_NUMBER = re.compile(r"\s*([-—–―－]+)(\s*)[1-9]\d{0,3}(\s*)\1\s*|\s*第\s*\d{1,4}\s*页.{0,12}")
_LONGEST_LABEL = 60
_SENTENCE = re.compile(r"[。；！？]|[，,].*[，,]")


class Line(Struct, frozen=True):
    """A row of a grid, or a line of text as a paragraph. A grid row with a single text has both.

    `may_be_page`: “— 4 —” is the number of a page, or a row of three cells with one figure.
    """

    slots: tuple[Slot, ...] = ()
    paragraph: Paragraph | None = None
    grid: Grid | None = None
    row: int = 0
    may_be_page: bool = False


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """The document's lines in reading order; text without line breaks is cut at headings.

    Page numbers are left out, but for those that may be a row.
    """
    for block in blocks:
        if isinstance(block, Grid):
            for row in range(block.height):
                yield _grid_line(block, row)
        else:
            for paragraph in split_run_on(block):
                page = _PAGE_NUMBER.fullmatch(paragraph.text)
                if page is None:
                    yield Line(paragraph=paragraph)
                elif page[2] and page[3]:
                    yield Line(paragraph=paragraph, may_be_page=True)


def words_of(paragraph: Paragraph) -> tuple[Slot, ...] | None:
    """A text line as slots when it can be a row of a table, only labels of the form and figures; else None."""
    slots: list[Slot] = []
    words: list[str] = []
    start = 0
    for match in _WORD.finditer(paragraph.text):
        if is_figure(match[0]):
            _end_label(slots, words, paragraph, start)
            slots.append(Slot(match[0], paragraph, paragraph.column - 1 + match.start()))
        else:
            start = start if words else match.start()
            words.append(match[0])
    _end_label(slots, words, paragraph, start)
    labels = (slot.text for slot in slots if not is_figure(slot.text))
    return tuple(slots) if all(is_vocabulary(label) for label in labels) else None


def words_at(slots: Sequence[Slot]) -> dict[int, str]:
    """The places of the slots that hold words, neither a figure nor nothing, and these words."""
    return {at: text for at, slot in enumerate(slots) if (text := slot.text) and not is_figure(text) and text.strip()}


def is_prose(text: str) -> bool:
    """Whether a text holds a sentence longer than any label of the form: told without a look at the words."""
    return len(text) > _LONGEST_LABEL and any(word.find("。", _LONGEST_LABEL) >= 0 for word in text.split())


def is_sentence(text: str) -> bool:
    """Whether a text can only be prose."""
    return _SENTENCE.search(text) is not None and not is_vocabulary(text)


def _end_label(slots: list[Slot], words: list[str], paragraph: Paragraph, start: int) -> None:
    if words:
        slots.append(Slot(" ".join(words), paragraph, paragraph.column - 1 + start))
        words.clear()


def _grid_line(grid: Grid, row: int) -> Line:
    cells = grid.lines[row]
    ragged = grid.ragged
    slots = tuple([Slot(cell.text, cell, row, ragged) for cell in cells])
    return Line(slots, _only_text(cells, row), grid, row)


def _only_text(cells: tuple[Cell, ...], row: int) -> Paragraph | None:
    """The text of a row in which nothing else stands."""
    only = None
    for cell in cells:
        if not is_blank(cell.text):
            if only is not None:
                return None
            only = cell
    if only is None or only.row != row or is_figure(only.text):
        return None
    return Paragraph(only.text, only.line, page=only.page)
