"""Word files (.docx): WordprocessingML read straight from its XML into blocks (ECMA-376 part 1, §17)."""

from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.archive import Archive
from gongkai.documents.blocks import Block, Cell, Document, Grid, Hidden, Paragraph
from gongkai.documents.limits import Damaged, Limits, TooLarge
from gongkai.documents.numbering import Numbering, numbering_of
from gongkai.documents.xml import parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_T, _R, _VAL = f"{_W}t", f"{_W}r", f"{_W}val"
_PPR, _NUMPR = f"{_W}pPr", f"{_W}numPr"
_SPAN, _MERGE, _BEFORE = f"{_W}gridSpan", f"{_W}vMerge", f"{_W}gridBefore"
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_BOX = f"{_W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPECIAL = frozenset({*_SIGNS, *_DELETED, _BOX, _FALLBACK, f"{_W}vanish", f"{_W}delText"})
_STORY = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag"})
_MAIN = "word/document.xml"
_ASIDE = (("comments", "批注"), ("footnotes", "脚注"), ("endnotes", "尾注"))


def read_docx(data: bytes, limits: Limits) -> Document:
    """The document in a .docx file. Raises `documents.limits.Unreadable` with one line that says why not."""
    archive = Archive(data, limits)
    main = archive.read(_MAIN)
    if not main:
        raise Damaged("文件中没有正文，不是完整的 Word 文档")
    body = parse(main).find(f"{_W}body")
    if body is None:
        raise Damaged("文件中没有正文，不是完整的 Word 文档")
    lists = archive.read("word/numbering.xml")
    # Most files hold nothing but plain runs; then no paragraph needs a closer look.
    plain = next(body.iter(*_SPECIAL, *_STORY), None) is None
    story = _Story(limits, numbering_of(parse(lists) if lists else None), plain)
    story.take(body)
    hidden = (*story.hidden, *_aside(archive))
    return Document(tuple(story.blocks), "docx", hidden=hidden)


@dataclass
class _Story:
    limits: Limits
    numbering: Numbering
    plain: bool
    blocks: list[Block] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    _cells: int = 0

    def take(self, parent: etree._Element) -> None:
        """Adds the blocks below an element of the body, in order; containers are looked into without recursion."""
        waiting = list(reversed(parent))
        while waiting:
            node = waiting.pop()
            tag = node.tag
            if tag == _P:
                self._paragraph(node)
            elif tag == _TBL:
                inner = self._table(node)
                waiting.extend(reversed(inner))
            elif tag in _STORY:
                waiting.extend(reversed(node))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > self.limits.blocks:
            raise TooLarge(f"文件超过{self.limits.blocks}段的上限，请拆分后再试")

    def _paragraph(self, node: etree._Element) -> None:
        text, boxes = self._text(node)
        self._add(Paragraph(self._number(node) + text, len(self.blocks) + 1))
        for box in boxes:
            for paragraph in box.iter(_P):
                inside, _ = self._text(paragraph)
                if inside.strip():
                    self._add(Paragraph(inside, len(self.blocks) + 1))

    def _number(self, node: etree._Element) -> str:
        if not self.numbering.levels:
            return ""
        properties = node.find(_PPR)
        listed = properties.find(_NUMPR) if properties is not None else None
        if listed is None:
            return ""
        number, level = listed.find(f"{_W}numId"), listed.find(f"{_W}ilvl")
        depth = str(level.get(_VAL, "0")) if level is not None else "0"
        if number is None or not depth.isdigit() or int(depth) > 8:
            return ""
        return self.numbering.prefix(str(number.get(_VAL)), int(depth))

    def _text(self, node: etree._Element) -> tuple[str, list[etree._Element]]:
        """The visible text of a paragraph and its text boxes; what is deleted or hidden is kept apart."""
        if self.plain or next(node.iter(*_SPECIAL), None) is None:
            return "".join([part.text or "" for part in node.iter(_T)]), []
        parts: list[str] = []
        boxes: list[etree._Element] = []
        waiting = list(reversed(node))
        while waiting:
            child = waiting.pop()
            tag = child.tag
            if tag == _T:
                parts.append(child.text or "")
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag])
            elif tag == _BOX:
                boxes.append(child)
            elif tag in _DELETED:
                self._hide("修订中删去的文字", child, f"{_W}delText", _T)
            elif tag == _R and _vanishes(child):
                self._hide("隐藏文字", child, _T)
            elif tag not in (_FALLBACK, _PPR):
                waiting.extend(reversed(child))
        return "".join(parts), boxes

    def _hide(self, kind: str, node: etree._Element, *tags: str) -> None:
        text = "".join(part.text or "" for part in node.iter(*tags))
        if text:
            self.hidden.append(Hidden(kind, f"第{len(self.blocks) + 1}段", text))

    def _table(self, table: etree._Element) -> list[etree._Element]:
        """Adds the table as a grid; a layout table (with tables inside, or of one cell) gives its contents instead."""
        rows = _children(table, _TR)
        cells = [_children(row, _TC) for row in rows]
        nested = next(table.iterdescendants(_TBL), None) is not None
        if nested or sum(map(len, cells)) == 1:
            return [child for row in cells for cell in row for child in cell]
        found = self._grid(table, rows, cells)
        if found:
            self._add(Grid(tuple(found), len(self.blocks) + 1))
        return []

    def _grid(self, table: etree._Element, rows: list[etree._Element], cells: list[list[etree._Element]]) -> list[Cell]:
        line = len(self.blocks) + 1
        grid: list[Cell] = []
        open_above: dict[int, int] = {}
        spans, merges = _spans(table)
        texts = _plain_texts(table) if self.plain and not self.numbering.levels else {}
        for index, row in enumerate(rows):
            column = _skipped(row)
            above, open_above = open_above, {}
            for cell in cells[index]:
                span, merge = spans.get(cell, 1), merges.get(cell, "")
                if column + span > self.limits.columns:
                    raise TooLarge(f"表格超过{self.limits.columns}列的上限，没有读取")
                if merge == "continue" and column in above and grid[above[column]].columns == span:
                    started = grid[above[column]]
                    grid[above[column]] = _taller(started)
                    open_above[column] = above[column]
                else:
                    if merge:
                        open_above[column] = len(grid)
                    grid.append(
                        Cell(texts[cell] if cell in texts else self._cell_text(cell), index, column, 1, span, line)
                    )
                column += span
            self._cells += len(cells[index])
            if self._cells > self.limits.cells:
                raise TooLarge(f"表格超过{self.limits.cells}格的上限，请拆分后再试")
        return grid

    def _cell_text(self, cell: etree._Element) -> str:
        return _joined([self._number(node) + self._text(node)[0] for node in cell.iter(_P)])


def _spans(table: etree._Element) -> tuple[dict[etree._Element, int], dict[etree._Element, str]]:
    """Of each cell that says so: how many columns it spans, and its part in a vertical merge (restart, continue)."""
    spans: dict[etree._Element, int] = {}
    for mark in table.iter(_SPAN):
        cell, value = _cell_of(mark), str(mark.get(_VAL, ""))
        if cell is not None and value.isdigit():
            spans[cell] = max(1, int(value))
    merges = {
        cell: str(mark.get(_VAL, "continue")) for mark in table.iter(_MERGE) if (cell := _cell_of(mark)) is not None
    }
    return spans, merges


def _cell_of(mark: etree._Element) -> etree._Element | None:
    properties = mark.getparent()
    return properties.getparent() if properties is not None else None


def _plain_texts(table: etree._Element) -> dict[etree._Element, str]:
    """The text of each cell of a table whose paragraphs are plain runs."""
    texts: dict[etree._Element, list[str]] = {}
    paragraphs: list[str] = []
    for node in table.iter(_P, _T):
        if node.tag == _P:
            owner = node.getparent()
            assert owner is not None
            paragraphs = texts.setdefault(owner, [])
            paragraphs.append("")
        elif paragraphs:
            paragraphs[-1] += node.text or ""
    return {cell: _joined(told) for cell, told in texts.items()}


def _joined(texts: list[str]) -> str:
    return texts[0].strip() if len(texts) == 1 else "\n".join(text for text in texts if text.strip()).strip()


def _children(node: etree._Element, tag: str) -> list[etree._Element]:
    """The children of that kind, looked for through content controls."""
    found = [child for child in node if child.tag == tag]
    if not any(child.tag in _STORY for child in node):
        return found
    return [child for child in node.iter(tag) if _owner(child, node.tag) is node]


def _owner(child: etree._Element, tag: str) -> etree._Element | None:
    return next(child.iterancestors(tag), None)


def _skipped(row: etree._Element) -> int:
    if not len(row) or row[0].tag == _TC:
        return 0
    before = next(row.iter(_BEFORE), None)
    value = str(before.get(_VAL, "0")) if before is not None else "0"
    return int(value) if value.isdigit() and len(value) < 4 else 0


def _taller(cell: Cell) -> Cell:
    return Cell(cell.text, cell.row, cell.column, cell.rows + 1, cell.columns, cell.line)


def _vanishes(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_VAL, "1") not in ("0", "false")


def _aside(archive: Archive) -> list[Hidden]:
    """Comments, notes, headers, footers and the authors in the file's properties."""
    found: list[Hidden] = []
    parts = [(f"word/{name}.xml", kind) for name, kind in _ASIDE]
    parts += [(name, "页眉") for name in sorted(archive.names) if name.startswith("word/header")]
    parts += [(name, "页脚") for name in sorted(archive.names) if name.startswith("word/footer")]
    for name, kind in parts:
        data = archive.read(name)
        text = "".join(node.text or "" for node in parse(data).iter(_T)) if data else ""
        if text.strip():
            found.append(Hidden(kind, name, text))
    data = archive.read("docProps/core.xml")
    for node in parse(data) if data else ():
        if isinstance(node.tag, str) and node.text and node.tag.endswith(("}creator", "}lastModifiedBy", "}title")):
            found.append(Hidden("metadata", node.tag.rpartition("}")[2], node.text))
    return found
