"""Reading the workbook: in a watched child process, since the file comes from outside."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import msgspec
from lxml import etree

from gongkai.agencies.exchange.book import Book, RawSheet
from gongkai.batch.frames import Order
from gongkai.batch.supervisor import Job, NotStarted, run_batch
from gongkai.documents.archive import Archive
from gongkai.documents.limits import Damaged, Limits, TooLarge, Unreadable
from gongkai.documents.packages import main_part, relations_of
from gongkai.documents.xlsx_sheet import place_of
from gongkai.documents.xlsx_values import Look, S, Values, formats_of, joined
from gongkai.documents.xml import parse, whole

LARGEST = 20 * 2**20
"""Bytes of a file that is taken at all."""
_SECONDS = 60.0
_MOST_ROWS, _MOST_COLUMNS = 200_000, 100
_LIMITS = Limits(file_size=LARGEST, unpacked_size=256 * 2**20)
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read_book(data: bytes) -> Book:
    """The workbook in an .xlsx file. Raises `documents.limits.Unreadable` with a line that says why not."""
    if len(data) > LARGEST:
        raise TooLarge(f"文件有 {len(data) / 2**20:.0f} MB，超过 {LARGEST >> 20} MB 的上限，请拆成几份导入")
    if not data.startswith(b"PK"):
        raise Damaged("不是 xlsx 文件，请在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”")
    try:
        reply = run_batch(Job(f"{__name__}:job"), [Order(data, seconds=_SECONDS)])[0]
    except NotStarted as error:
        raise Unreadable("读取程序没有启动，请稍后再试，仍不行请告诉管理员") from error
    if reply.error is not None:
        raise Unreadable(reply.error.replace("另存为 docx", "另存为 xlsx"))
    return msgspec.msgpack.decode(reply.body, type=Book)


def job(_setup: bytes) -> Callable[[bytes], bytes]:
    """What the child does."""
    return lambda data: msgspec.msgpack.encode(_book(data))


def _book(data: bytes) -> Book:
    archive = Archive(data, _LIMITS)
    main = main_part(archive, "xl/workbook.xml")
    root = parse(archive.read(main) or b"<none/>")
    relations = relations_of(archive, main)
    values = _values(archive, root, {relation.kind: relation.part for relation in relations})
    parts = {relation.key: relation.part for relation in relations}
    sheets, left = [], _MOST_ROWS
    for sheet in root.iter(f"{S}sheet"):
        told = archive.read(parts.get(str(sheet.get(f"{_R}id")), ""))
        if told:
            sheets.append(_sheet(str(sheet.get("name", "")), parse(told), values, left))
            left -= len(sheets[-1].rows)
    if not sheets:
        raise Damaged("文件中没有工作表，不是完整的 Excel 文件，请从原文件重新保存")
    return Book(sheets)


def _values(archive: Archive, root: etree._Element, parts: dict[str, str]) -> Values:
    shared = archive.read(parts.get("sharedStrings", ""))
    texts = [joined(item) for item in parse(shared).iterfind(f"{S}si")] if shared else []
    # Whatever of a day a cell shows, the day is meant.
    formats = [
        replace(form, parts="ymd") if form.look is Look.DATE and form.parts != "h" else form
        for form in formats_of(archive.read(parts.get("styles", "")))
    ]
    properties = root.find(f"{S}workbookPr")
    return Values(texts, formats, properties is not None and properties.get("date1904") in ("1", "true"))


def _sheet(name: str, root: etree._Element, values: Values, most: int) -> RawSheet:
    rows: list[tuple[int, list[str]]] = []
    formulas: list[tuple[int, int]] = []
    for number, cells in _rows(root):
        texts: list[str] = []
        for column, cell in cells:
            text = values.text_of(cell).strip()
            if cell.find(f"{S}f") is not None:
                formulas.append((number, column))
            elif not text:
                continue
            if column >= _MOST_COLUMNS:
                raise TooLarge(f"“{name}”第{number}行写到了第{column + 1}列，最多{_MOST_COLUMNS}列；请删去多余的列")
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
        if texts:
            rows.append((number, texts))
        if len(rows) > most:
            raise TooLarge(f"全部工作表超过{_MOST_ROWS}行，请拆成几份导入")
    return RawSheet(name, rows, formulas, list(_merged(root)))


def _rows(root: etree._Element) -> Iterator[tuple[int, list[tuple[int, etree._Element]]]]:
    """Each row's number from 1, and its cells with their columns from 0."""
    number = 0
    for row in root.iter(f"{S}row"):
        number = whole(row.get("r"), number + 1)
        cells: list[tuple[int, etree._Element]] = []
        column = -1
        for cell in row.iterchildren(f"{S}c"):
            place = place_of(cell.get("r"))
            column = place[1] - 1 if place else column + 1
            cells.append((column, cell))
        yield number, cells


def _merged(root: etree._Element) -> Iterator[tuple[int, int, str]]:
    for merged in root.iter(f"{S}mergeCell"):
        reference = str(merged.get("ref", ""))
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start and end:
            yield start[0], end[0], reference
