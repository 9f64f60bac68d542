"""Web pages to blocks: what a visitor sees, tables with their spans expanded."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from gongkai.documents.blocks import Block, Document, Grid, Hidden, Paragraph, Style
from gongkai.documents.decoding import recognise
from gongkai.documents.limits import Limits, TooLarge
from gongkai.documents.markup import HIDDEN_BLOCK, HIDDEN_WORDS, elements, kept_in_strings, markup
from gongkai.documents.spans import SourceCell, SourceRow, lines_of, placed

_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_COLUMNS = re.compile(r'colspan="\s*(\d{1,9})')
_ROWS = re.compile(r'rowspan="\s*(\d{1,9})')

_ASCII_SPACE = " \t\n\r\f"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHINESE = "[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_CHINESE_BREAK = re.compile(rf"(?<={_CHINESE})[ \t\r\f]*\n[ \t\n\r\f]*(?={_CHINESE})")

# A line end after a tag, a paragraph that fills a cell, an end of a cell that another part of the table implies.
_REDUNDANT = (
    (">\n", ">"),
    ("<td><p>", "<td>"),
    ("</p></td>", "</td>"),
    ("</p><p>", "<p>"),
    ("</td><td", "<td"),
    ("</th><td", "<td"),
    ("</th><th", "<th"),
    ("</td></tr>", "</tr>"),
    ("</tr><tr", "<tr"),
)

# A run of cells that hold one word each or nothing, most of a report's; else one tag and the words behind it.
_PIECE = re.compile(r"<t([dh]>[^<&\s]*(?:<t[dh]>[^<&\s]*)*)(?=</t|<t[dhr][ >/])|<(/?[^<> /]+)([^<>]*)>([^<]*)")

_LONG_CELL = 200
_LONG_SENTENCE = re.compile("[^。]{80}。")

_Text = tuple[str, Style]


def read_html(data: bytes, limits: Limits) -> Document:
    """A web page as blocks, numbered from 1 as they come; blocks of nothing but white space are left out.

    Each line that a `br` ends is a paragraph of its own. A table that only lays out the page (it holds another table,
    a single cell, or one column of long prose) gives the blocks of its cells. A page that is a script's or a JSON
    string is read where no table is seen otherwise. Raises Unreadable as `recognise` does, TooLarge over the counts of
    `limits` or where elements nest deeper than libxml2 takes (256).
    """
    declaration = _DECLARATION.search(data, 0, 2048)
    declared = declaration[1].decode("ascii", "replace") if declaration else ""
    text, is_utf_8 = recognise(data, limits, declared=declared)
    kept = kept_in_strings(text)
    page = _Page(limits)
    if not kept or text.lstrip().startswith("<"):
        page.add(data if is_utf_8 else text.encode("utf-8", "replace"))
    if kept and not any(isinstance(block, Grid) for block in page.blocks):
        page.add(kept.encode("utf-8", "replace"))
    return Document(tuple(page.blocks), kind="html", hidden=tuple(page.hidden))


@dataclass(slots=True)
class _Table:
    """A table while it is read. `layout` is set once a table stands within: its blocks then go to the page."""

    caption: list[_Text] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    section: int = 0
    layout: bool = False

    @property
    def has_row(self) -> bool:
        """Whether a row of the present section has begun."""
        return bool(self.rows) and self.rows[-1].section == self.section


class _Page:
    """The blocks of a page, gathered in one pass over its tags."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.hidden: list[Hidden] = []
        self._limits = limits
        self._hidden_texts: deque[str] = deque()
        self._tables: list[_Table] = []
        self._lines: list[_Text] | None = None
        self._style = Style.BODY
        self._verbatim = False
        self._places = 0

    def add(self, source: bytes) -> None:
        """Reads a page's source, in UTF-8, and adds its blocks."""
        cleaned, hidden = markup(source, self._limits)
        self._hidden_texts.extend(hidden)
        acts = _acts()
        line = ""
        for cells, tag, attributes, words in _PIECE.findall(_shortened(cleaned)):
            act = acts.get(tag)
            if act or not tag:
                if line:
                    self._end_line(line)
                    line = ""
                if not act:
                    self._add_cells(cells.split("<t"))
                    continue
                act(self, attributes)
                if attributes and attributes[-1] == "/" and (end := acts.get(f"/{tag}")):
                    end(self, "")
            elif tag == HIDDEN_WORDS:
                self._mark("")
            line += words
        self._end_line(line)

    def _add_cells(self, sources: list[str]) -> None:
        """Cells of one row with a word or nothing in each, as SourceRow keeps them."""
        table = self._tables[-1] if self._tables else None
        if table is not None and table.has_row and not table.layout and self._style is Style.BODY:
            table.rows[-1].cells += sources
            self._lines = None
            return
        for source in sources:
            self._start_cell("", header=source[0] == "h")
            self._end_line(source[2:])

    def _end_line(self, source: str) -> None:
        """Puts the text of one line where it belongs."""
        text = source.strip(_ASCII_SPACE)
        if not text or text.isspace():
            return
        if "&" in text:
            text = text.replace("&#13;", "").replace("&#xFFFD;", "\ufffd")  # so libxml2 writes other control characters
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        for line in _verbatim(text) if self._verbatim else (_collapsed(text),):
            if self._lines is not None:
                self._lines.append((line, self._style))
            else:
                self._emit(line, self._style)

    def _emit(self, text: str, style: Style) -> None:
        self._check_count()
        self.blocks.append(Paragraph(text, len(self.blocks) + 1, 1, None, style))

    def _check_count(self) -> None:
        if len(self.blocks) >= self._limits.blocks:
            raise TooLarge(f"网页的段落超过 {self._limits.blocks} 个的上限；请拆分后再读。")

    def _mark(self, attributes: str) -> None:
        if self._hidden_texts and (text := self._hidden_texts.popleft()):
            self.hidden.append(Hidden("隐藏文字", f"{len(self.blocks) + 1}:1", text))

    def _break(self, attributes: str) -> None:
        """A tag that does nothing but end the line."""

    def _start_verbatim(self, attributes: str) -> None:
        self._verbatim = True

    def _end_verbatim(self, attributes: str) -> None:
        self._verbatim = False

    def _start_title(self, attributes: str) -> None:
        self._style = Style.TITLE

    def _start_heading(self, attributes: str) -> None:
        self._style = Style.HEADING

    def _end_heading(self, attributes: str) -> None:
        self._style = Style.BODY

    def _start_table(self, attributes: str) -> None:
        if self._tables and not self._tables[-1].layout:
            self._dissolve(self._tables[-1])
            self._tables[-1].layout = True
        self._lines = None
        self._tables.append(_Table())

    def _end_table(self, attributes: str) -> None:
        self._lines = None
        table = self._tables.pop()
        if table.layout:
            return
        if _is_layout(table.rows):
            self._dissolve(table)
            return
        line = len(self.blocks) + 1
        cells, places = placed(table.rows, line, self._limits)
        self._places += places
        if self._places > self._limits.cells:
            raise TooLarge(f"网页的表格超过 {self._limits.cells} 个单元格的上限；请拆分后再读。")
        self._check_count()
        self.blocks.append(Grid(cells, line, caption="\n".join(text for text, _ in table.caption)))

    def _dissolve(self, table: _Table) -> None:
        for text, style in table.caption:
            self._emit(text, style)
        for row in table.rows:
            for cell in row.cells:
                for text, style in lines_of(cell):
                    self._emit(text, style)

    def _start_caption(self, attributes: str) -> None:
        if self._tables and not self._tables[-1].layout:
            self._lines = self._tables[-1].caption

    def _start_section(self, attributes: str) -> None:
        self._lines = None
        if self._tables:
            self._tables[-1].section += 1

    def _start_row(self, attributes: str) -> None:
        self._lines = None
        if self._tables and not (table := self._tables[-1]).layout:
            table.rows.append(SourceRow(table.section))

    def _start_cell(self, attributes: str, *, header: bool = False) -> None:
        self._lines = None
        if not self._tables or (table := self._tables[-1]).layout:
            return
        if not table.has_row:
            table.rows.append(SourceRow(table.section))
        self._lines = []
        rows, columns = _spans(attributes)
        row = table.rows[-1]
        row.cells.append(SourceCell(rows, columns, header, self._lines))
        if columns <= self._limits.columns:
            row.wider += columns - 1

    def _start_header(self, attributes: str) -> None:
        self._start_cell(attributes, header=True)

    def _end_part(self, attributes: str) -> None:
        """The end of a cell, a row, a section or a caption."""
        self._lines = None


@lru_cache(maxsize=1024)
def _spans(attributes: str) -> tuple[int, int]:
    """How many rows (0: to the end of the section) and columns the attributes of a cell declare."""
    rows, columns = _ROWS.search(attributes), _COLUMNS.search(attributes)
    return int(rows[1]) if rows else 1, (int(columns[1]) if columns else 1) or 1


def _verbatim(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _collapsed(text: str) -> str:
    """White space as a browser shows it; a line break of the source between Chinese characters is nothing."""
    if "\n" in text:
        text = _CHINESE_BREAK.sub("", text)
    elif "  " not in text and "\t" not in text:
        return text
    return _SPACES.sub(" ", text)


def _is_layout(rows: list[SourceRow]) -> bool:
    """Whether a table has no data of its own: nothing written, a single cell, or one column of long prose."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) < 2 or not any(map(lines_of, cells)):
        return True
    if any(len(row.cells) > 1 for row in rows):
        return False
    return any(len(text) > _LONG_CELL or _LONG_SENTENCE.search(text) for cell in cells for text, _ in lines_of(cell))


def _shortened(source: str) -> str:
    """The markup without tags that change nothing where they stand; half the time would go into these."""
    if "<pre" in source or "<textarea" in source:
        return source
    for pair, one in _REDUNDANT:
        source = source.replace(pair, one)
    return source


@cache
def _acts() -> Mapping[str, Callable[[_Page, str], None]]:
    """What each tag that parts lines does; the ends of elements begin with a slash."""
    page = _Page
    breaks = dict.fromkeys([tag for name in elements("block") for tag in (name, f"/{name}")], page._break)
    return breaks | {
        "h1": page._start_title,
        **dict.fromkeys(("h2", "h3"), page._start_heading),
        **dict.fromkeys(("/h1", "/h2", "/h3"), page._end_heading),
        **dict.fromkeys(("pre", "textarea"), page._start_verbatim),
        **dict.fromkeys(("/pre", "/textarea"), page._end_verbatim),
        "table": page._start_table,
        "/table": page._end_table,
        "caption": page._start_caption,
        **dict.fromkeys(("thead", "tbody", "tfoot", "/thead", "/tbody", "/tfoot"), page._start_section),
        "tr": page._start_row,
        "td": page._start_cell,
        "th": page._start_header,
        **dict.fromkeys(("/td", "/th", "/tr", "/caption"), page._end_part),
        HIDDEN_BLOCK: page._mark,
    }
