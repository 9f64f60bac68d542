"""Web pages to blocks: what a visitor sees, tables with their spans expanded.

libxml2 repairs the page and writes it out again as well-formed markup, from which inline elements and attributes of
looks are already gone; one expression cuts that into tags and text, and `_Page` goes through them once. So no step
recurses into what the page nests, and the time is spent in C.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from gongkai.documents.blocks import Block, Document, Grid, Hidden, Paragraph, Style
from gongkai.documents.decoding import decode
from gongkai.documents.limits import Limits, TooLarge
from gongkai.documents.spans import SourceCell, SourceRow, placed

_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_TAG = re.compile(r"<(/?[^\s/>]+)([^>]*)>")
_COLUMNS = re.compile(r'colspan="\s*(\d{1,9})')
_ROWS = re.compile(r'rowspan="\s*(\d{1,9})')

_ASCII_SPACE = " \t\n\r\f"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHINESE = "[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_CHINESE_BREAK = re.compile(rf"(?<={_CHINESE})[ \t\r\f]*\n[ \t\n\r\f]*(?={_CHINESE})")

_UNSEEN = ("head", "title", "script", "style", "noscript", "template", "iframe", "noframes", "audio", "video", "canvas")
_INLINE = (
    *(
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
    ),
    *("s", "small", "span", "st1:chsdate", "strike", "strong", "sub", "sup", "tt", "u", "var"),
)
_LOOKS = (
    *("align", "bgcolor", "border", "bordercolor", "cellpadding", "cellspacing", "class", "height", "id", "lang"),
    *("nowrap", "style", "valign", "width"),
)
_BLOCKS = (
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
    ),
    *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h4", "h5", "h6"),
    *(
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "section",
    ),
    *("select", "summary", "ul"),
)

# Lower-casing within XPath 1.0 takes the letters one by one.
_STYLE_ATTRIBUTE = "translate(@style, 'DISPLAYNOEVBTHU ', 'displaynoevbthu')"
_HIDDEN = etree.XPath(
    f"//*[@hidden or contains({_STYLE_ATTRIBUTE}, 'display:none') or contains({_STYLE_ATTRIBUTE}, 'visibility:hidden')]"
)
_MARKER = "hidden-text"

# A page kept as a string of a script or of JSON: its tables have escaped quotes or slashes.
_ESCAPED_TABLE = re.compile(r"""<table[^<>]{0,200}\\["'/]|<\\+/t[dr]>""", re.IGNORECASE)
_STRING = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|'[^'\\]*(?:\\.[^'\\]*)*(?:'|\\?\Z)""", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}

_LONG_CELL = 200
_LONG_SENTENCE = re.compile("[^。]{80}。")

_Text = tuple[str, Style]


def read_html(data: bytes, limits: Limits) -> Document:
    """A web page as blocks, numbered from 1 as they come; blocks of nothing but white space are left out.

    Each line that a `br` ends is a paragraph of its own. A table that only lays out the page (it holds another table,
    a single cell, or one column of long prose) gives the blocks of its cells. Raises Unreadable as `decode` does,
    TooLarge over the counts of `limits` or where elements nest beyond what libxml2 takes (256).
    """
    declaration = _DECLARATION.search(data, 0, 2048)
    text = decode(data, limits, declared=declaration[1].decode("ascii", "replace") if declaration else "")
    page = _Page(limits)
    page.add(text)
    if _ESCAPED_TABLE.search(text) and (kept := _kept_in_strings(text)):
        if not text.lstrip().startswith("<"):
            page = _Page(limits)
        if not any(isinstance(block, Grid) for block in page.blocks):
            page.add(kept)
    return Document(tuple(page.blocks), kind="html", hidden=tuple(page.hidden))


def _kept_in_strings(text: str) -> str:
    """The markup of those strings of a script that hold a table, unescaped."""
    strings = [match[0][1:-1] for match in _STRING.finditer(text) if _ESCAPED_TABLE.search(match[0])]
    markup = "\n".join(strings)
    while _ESCAPED_TABLE.search(markup):
        markup = _ESCAPE.sub(_unescaped, markup)
    return markup


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return _ESCAPED.get(escape, escape) if len(escape) == 1 else chr(int(escape[1:], 16))


def _markup(text: str, limits: Limits) -> tuple[str, list[str]]:
    """The page as well-formed markup of block elements, and the hidden texts that its markers stand for, in order."""
    data = text.encode("utf-8", "replace")
    if data.count(b"<") > limits.blocks + limits.cells:
        raise TooLarge(f"网页的标记超过 {limits.blocks + limits.cells} 个的上限；请拆分后再读。")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return "", []
    if root is None:  # a page of nothing but comments or white space
        return "", []
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise TooLarge("网页的元素嵌套超过 256 层；请用浏览器打开后另存为文本或 docx 再读。")
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    lower = data.lower()
    hidden = _mark_hidden(root) if b"hidden" in lower or b"none" in lower else []
    etree.strip_attributes(root, *_LOOKS)
    etree.strip_tags(root, *_INLINE)
    return etree.tostring(root, encoding="unicode"), hidden


def _mark_hidden(root: etree._Element) -> list[str]:
    """Puts a marker in the place of each outermost hidden element; the texts of all of them, in reading order."""
    texts: list[str] = []
    covered: set[etree._Element] = set()
    for element in cast(list[etree._Element], _HIDDEN(root)):
        if element in covered:
            continue
        covered.update(element.iter())
        texts.append(_SPACES.sub(" ", "".join(cast(Iterator[str], element.itertext()))).strip())
        tail = element.tail
        element.clear()
        element.tag, element.tail = _MARKER, tail
    return texts


@dataclass(slots=True)
class _Table:
    """A table while it is read. `layout` is set once a table stands within: its blocks then go to the page."""

    caption: list[_Text] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    section: int = 0
    layout: bool = False


class _Page:
    """The blocks of a page, gathered in one pass over its tags."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.hidden: list[Hidden] = []
        self._limits = limits
        self._hidden_texts: deque[str] = deque()
        self._run: list[str] = []
        self._tables: list[_Table] = []
        self._lines: list[_Text] | None = None
        self._style = Style.BODY
        self._verbatim = False
        self._places = 0

    def add(self, text: str) -> None:
        """Reads a page's source and adds its blocks."""
        markup, hidden = _markup(text, self._limits)
        self._hidden_texts.extend(hidden)
        tokens = _TAG.split(markup)
        run, act_of = self._run, _ACTS.get
        for words, tag, attributes in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
            if words:
                run.append(words)
            act = act_of(tag)
            if act is not None:
                if run:
                    self._end_line()
                act(self, attributes)

    def _end_line(self) -> None:
        """Ends the line of text that is being gathered and puts it where it belongs."""
        text = "".join(self._run)
        self._run.clear()
        if not text or text.isspace():
            return
        if "&" in text:
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "").replace("&amp;", "&")
        lines = text.split("\n") if self._verbatim else (_collapsed(text),)
        for line in lines:
            if not line.strip():
                continue
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
        self._verbatim = not attributes.endswith("/")

    def _end_verbatim(self, attributes: str) -> None:
        self._verbatim = False

    def _start_title(self, attributes: str) -> None:
        self._style = Style.TITLE

    def _start_heading(self, attributes: str) -> None:
        self._style = Style.HEADING

    def _end_heading(self, attributes: str) -> None:
        self._style = Style.BODY

    def _start_table(self, attributes: str) -> None:
        if attributes.endswith("/"):
            return
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
                for text, style in cell.lines:
                    self._emit(text, style)

    def _start_caption(self, attributes: str) -> None:
        if self._tables and not self._tables[-1].layout and not attributes.endswith("/"):
            self._lines = self._tables[-1].caption

    def _start_section(self, attributes: str) -> None:
        self._lines = None
        if self._tables:
            self._tables[-1].section += 1

    def _start_row(self, attributes: str) -> None:
        self._lines = None
        if self._tables and not (table := self._tables[-1]).layout:
            table.rows.append(SourceRow(table.section))

    def _start_cell(self, attributes: str) -> None:
        self._add_cell(attributes, header=False)

    def _start_header(self, attributes: str) -> None:
        self._add_cell(attributes, header=True)

    def _add_cell(self, attributes: str, *, header: bool) -> None:
        self._lines = None
        if not self._tables or (table := self._tables[-1]).layout:
            return
        if not table.rows:
            table.rows.append(SourceRow(table.section))
        rows, columns = _span(_ROWS, attributes), _span(_COLUMNS, attributes)
        cell = SourceCell(rows, columns or 1, header)
        table.rows[-1].cells.append(cell)
        self._lines = cell.lines

    def _end_part(self, attributes: str) -> None:
        """The end of a cell, a row, a section or a caption."""
        self._lines = None


def _span(pattern: re.Pattern[str], attributes: str) -> int:
    found = pattern.search(attributes) if attributes else None
    return int(found[1]) if found else 1


def _collapsed(text: str) -> str:
    """White space as a browser shows it; a line break of the source between Chinese characters is nothing."""
    text = text.strip(_ASCII_SPACE)
    if "\n" in text:
        text = _CHINESE_BREAK.sub("", text)
    return _SPACES.sub(" ", text)


def _is_layout(rows: list[SourceRow]) -> bool:
    """Whether a table has no data of its own: nothing written, a single cell, or one column of long prose."""
    cells = [cell for row in rows for cell in row.cells]
    if len(cells) < 2 or not any(cell.lines for cell in cells):
        return True
    if any(len(row.cells) > 1 for row in rows):
        return False
    return any(len(text) > _LONG_CELL or _LONG_SENTENCE.search(text) for cell in cells for text, _ in cell.lines)


_ACTS = dict.fromkeys([*_BLOCKS, *(f"/{name}" for name in _BLOCKS)], _Page._break)
_ACTS |= {"h1": _Page._start_title, "h2": _Page._start_heading, "h3": _Page._start_heading}
_ACTS |= dict.fromkeys(("/h1", "/h2", "/h3"), _Page._end_heading)
_ACTS |= dict.fromkeys(("pre", "textarea"), _Page._start_verbatim)
_ACTS |= dict.fromkeys(("/pre", "/textarea"), _Page._end_verbatim)
_ACTS |= {"table": _Page._start_table, "/table": _Page._end_table, "caption": _Page._start_caption}
_ACTS |= {"tr": _Page._start_row, "td": _Page._start_cell, "th": _Page._start_header, _MARKER: _Page._mark}
_ACTS |= dict.fromkeys(("thead", "tbody", "tfoot", "/thead", "/tbody", "/tfoot"), _Page._start_section)
_ACTS |= dict.fromkeys(("/td", "/th", "/tr", "/caption"), _Page._end_part)
