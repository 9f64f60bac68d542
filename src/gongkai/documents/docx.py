"""Word files (.docx): WordprocessingML read straight from its XML into blocks (ECMA-376 part 1, §17)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.archive import Archive
from gongkai.documents.blocks import Block, Document, Grid, Hidden
from gongkai.documents.docx_styles import styles_of
from gongkai.documents.docx_survey import CONTAINERS, TBL, P, T, surveyed
from gongkai.documents.docx_table import table_of
from gongkai.documents.docx_text import Words
from gongkai.documents.limits import Damaged, Limits, TooLarge
from gongkai.documents.numbering import W, numbering_of
from gongkai.documents.packages import main_part, relations_of
from gongkai.documents.soft_lines import parted
from gongkai.documents.xml import parse

_USUAL = "word/document.xml"
_ASIDE = {"comments": "批注", "footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_PERSONAL = ("}creator", "}lastModifiedBy", "}title")


def read_docx(data: bytes, limits: Limits) -> Document:
    """The document in a .docx file. Raises `documents.limits.Unreadable` with one line that says why not."""
    archive = Archive(data, limits)
    main = main_part(archive, _USUAL)
    text = archive.read(main)
    body = parse(text).find(f"{W}body") if text else None
    if body is None:
        raise Damaged("文件中没有正文，不是完整的 Word 文档，请从原文件重新保存")
    related: dict[str, list[str]] = {}
    for relation in relations_of(archive, main):
        related.setdefault(relation.kind, []).append(relation.part)
    words = _words(archive, body, related)
    story = _Story(limits, words)
    story.take(body)
    return Document(tuple(story.blocks), "docx", hidden=(*words.hidden, *_aside(archive, related)))


def _words(archive: Archive, body: etree._Element, related: dict[str, list[str]]) -> Words:
    def part(kind: str) -> bytes:
        return next((data for name in related.get(kind, ()) if (data := archive.read(name))), b"")

    lists = part("numbering")
    numbering = numbering_of(parse(lists) if lists else None)
    styles = styles_of(part("styles"))
    return Words(numbering, styles, surveyed(body, styles))


@dataclass
class _Story:
    """Collects blocks; `_line` is the number of the block in hand, and a paragraph cut in several is one."""

    limits: Limits
    words: Words
    blocks: list[Block] = field(default_factory=list)
    _line: int = 0
    _cells: int = 0

    def take(self, body: etree._Element) -> None:
        """Adds the blocks of the body in order; containers are looked into without recursion."""
        waiting = list(reversed(body))
        while waiting:
            node = waiting.pop()
            tag = node.tag
            if tag == P:
                self._paragraph(self.words.of(node))
            elif tag == TBL:
                waiting.extend(reversed(self._table(node)))
            elif tag in CONTAINERS:
                waiting.extend(reversed(node))
            for box in reversed(self.words.boxes):
                waiting.extend(reversed(box))
            self.words.boxes.clear()
        if rest := self.words.rest():
            self._paragraph(rest)

    def _next(self) -> int:
        self._line += 1
        self.words.line = self._line + 1
        if len(self.blocks) >= self.limits.blocks:
            raise TooLarge(f"文件超过{self.limits.blocks}段的上限，请拆分后再试")
        return self._line

    def _paragraph(self, text: str | None) -> None:
        if text is not None:
            self.blocks += parted(text, self._next())

    def _table(self, node: etree._Element) -> list[etree._Element]:
        """Adds the table as a grid; one that only lays out the page gives what is in its cells instead."""
        table = table_of(node, self.words)
        if table.is_layout:
            return table.contents
        self._cells += table.size
        if self._cells > self.limits.cells:
            raise TooLarge(f"表格超过{self.limits.cells}格的上限，请拆分后再试")
        cells = table.cells(self.words, self._line + 1, self.limits)
        if cells:
            line = self._next()
            self.blocks.append(Grid(tuple(cells), line))
        return []


def _aside(archive: Archive, related: dict[str, list[str]]) -> Iterator[Hidden]:
    """Comments, notes, headers, footers and the authors in the file's properties."""
    for kind, told in _ASIDE.items():
        for part in related.get(kind, ()):
            data = archive.read(part)
            text = "".join(node.text or "" for node in parse(data).iter(T)) if data else ""
            if text.strip():
                yield Hidden(told, part, text)
    data = archive.read("docProps/core.xml")
    for node in parse(data) if data else ():
        if isinstance(node.tag, str) and node.text and node.tag.endswith(_PERSONAL):
            yield Hidden("metadata", node.tag.rpartition("}")[2], node.text)
