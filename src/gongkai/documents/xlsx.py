"""Excel files (.xlsx): SpreadsheetML read straight from its XML (ECMA-376 part 1, §18), each sheet cut into blocks."""

from collections.abc import Iterator

from lxml import etree

from gongkai.documents.archive import Archive
from gongkai.documents.blocks import Block, Document, Hidden
from gongkai.documents.limits import Damaged, Limits, TooLarge
from gongkai.documents.packages import main_part, relations_of
from gongkai.documents.xlsx_sheet import blocks_of, sheet_of
from gongkai.documents.xlsx_values import S, Values, formats_of, joined
from gongkai.documents.xml import parse

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_USUAL = "xl/workbook.xml"
_SHOWN = 2000


def read_xlsx(data: bytes, limits: Limits) -> Document:
    """The document in an .xlsx file. Raises `documents.limits.Unreadable` with one line that says why not."""
    archive = Archive(data, limits)
    main = main_part(archive, _USUAL)
    book = archive.read(main)
    if not book:
        raise Damaged("文件中没有工作簿，不是完整的 Excel 文件，请从原文件重新保存")
    root = parse(book)
    relations = relations_of(archive, main)
    values = _values(archive, root, {relation.kind: relation.part for relation in relations})
    parts = {relation.key: relation.part for relation in relations}
    blocks: list[Block] = []
    hidden: list[Hidden] = []
    for name, state, part in _sheets(root, parts):
        told = archive.read(part)
        if told and state == "visible":
            sheet = sheet_of(parse(told), name, values, limits)
            blocks += blocks_of(sheet, blocks[-1].line + 1 if blocks else 1)
            hidden += sheet.hidden
        elif told:
            text = " ".join(filter(None, (values.text_of(cell) for cell in parse(told).iter(f"{S}c"))))
            hidden.append(Hidden("隐藏工作表", name, text[:_SHOWN]))
        if len(blocks) > limits.blocks:
            raise TooLarge(f"文件超过{limits.blocks}段的上限，请拆分后再试")
    return Document(tuple(blocks), "xlsx", hidden=tuple(hidden))


def _values(archive: Archive, book: etree._Element, parts: dict[str, str]) -> Values:
    shared = archive.read(parts.get("sharedStrings", ""))
    texts = [joined(item) for item in parse(shared).iterfind(f"{S}si")] if shared else []
    properties = book.find(f"{S}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Values(texts, formats_of(archive.read(parts.get("styles", ""))), from_1904)


def _sheets(book: etree._Element, parts: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Name, state and part of each sheet, in the order of the workbook."""
    for sheet in book.iter(f"{S}sheet"):
        part = parts.get(str(sheet.get(f"{_R}id")), "")
        yield str(sheet.get("name", "")), str(sheet.get("state", "visible")), part
