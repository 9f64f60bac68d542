"""Bad input of every kind, made small and at once: what each is called, its bytes, and what must be said of it."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COLUMNS = 10_000
BILLION = 10**9
LAUGHS = b"<!DOCTYPE w [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 11)
)
EXTERNAL = b"<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/passwd'>"


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: bytes, before: bytes = b"") -> bytes:
    """A Word file with that body; `before` stands between the XML declaration and the root."""
    root = b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (WORD.encode(), body)
    return zipped({"word/document.xml": b"<?xml version='1.0'?>" + before + root})


def paragraph(text: bytes) -> bytes:
    """A paragraph of Word."""
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def docx_table(row: bytes) -> bytes:
    """A Word file of one table."""
    return docx(b"<w:tbl><w:tr>%s</w:tr></w:tbl>" % row)


def xlsx(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    """An Excel file of one sheet; `after` follows the rows, `before` stands before the root."""
    book = b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>'
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (SHEET.encode(), rows, after)
    return zipped(
        {
            "xl/workbook.xml": book % (SHEET.encode(), RELATIONS.encode()),
            "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="r1" Target="sheet1.xml"/></Relationships>',
            "xl/sheet1.xml": b"<?xml version='1.0'?>" + before + sheet,
        }
    )


def sheet_cell(place: str, text: bytes) -> bytes:
    """A cell of Excel with its text in place."""
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place.encode(), text)


def password_office() -> bytes:
    """The compound file that Office makes of a document with a password ([MS-CFB], [MS-OFFCRYPTO] 2.3.4)."""

    def entry(name: str, kind: int, child: int = -1, right: int = -1) -> bytes:
        raw = name.encode("utf-16-le")
        return raw.ljust(64, b"\0") + struct.pack("<HBBiii36xiq", len(raw) + 2, kind, 1, -1, right, child, -2, 0)

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<iiiiiiiii", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<i", 0)
    table = struct.pack("<ii", -3, -2)
    folder = entry("Root Entry", 5, child=1) + entry("EncryptionInfo", 2, right=2) + entry("EncryptedPackage", 2)
    return head.ljust(512, b"\xff") + table.ljust(512, b"\xff") + folder.ljust(512, b"\0")


def pdf(stream: bytes, extra: bytes = b"", trailer: bytes = b"", filtered: bytes = b"") -> bytes:
    """A PDF of one page with that content stream; `extra` follows as object 5, `filtered` says how it is packed."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filtered, len(stream), stream),
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate([*objects, *([extra] if extra else [])], 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    size = len(places) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size %d/Root 1 0 R%s>>startxref\n%d\n%%%%EOF" % (size, trailer, len(out))


def flate_pdf(packed: bytes) -> bytes:
    """A PDF whose page is packed by zlib."""
    return pdf(packed, filtered=b"/Filter/FlateDecode")


def password_pdf() -> bytes:
    """A PDF that asks for a password (ISO 32000-1, 7.6.3): the empty one does not fit its keys."""
    keys = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32)
    return pdf(b"", keys, b"/Encrypt 5 0 R/ID[<00><00>]")


def lying_zip() -> bytes:
    """A Word file whose directory says that its body is ten bytes long."""
    data = bytearray(docx(paragraph(b"x" * 5000)))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


def nested(before: bytes, after: bytes, depth: int, inside: bytes = b"") -> bytes:
    """Something within itself."""
    return before * depth + inside + after * depth


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "损坏.docx": (lambda: docx(paragraph(b"text"))[:-30], "已损坏"),
    "半截正文.docx": (lambda: docx(b"<w:p><w:r></w:p>"), "已损坏"),
    "没有正文.docx": (lambda: zipped({"word/styles.xml": b"<a/>"}), "没有正文"),
    "损坏.xlsx": (lambda: xlsx(b"<row></c>"), "已损坏"),
    "损坏.pdf": (lambda: b"%PDF-1.7\n" + b"\x91broken" * 100, "已损坏"),
    "密码.docx": (password_office, "密码"),
    "密码.xlsx": (password_office, "密码"),
    "密码.pdf": (password_pdf, "密码"),
    "炸弹-倍数.docx": (lambda: docx(b" " * 60_000_000), "过大"),
    "炸弹-巨大.xlsx": (lambda: xlsx(b" " * 130_000_000), "过大"),
    "炸弹-部分.docx": (lambda: zipped({f"word/{i}.xml": b"" for i in range(10_001)}, zipfile.ZIP_STORED), "10001"),
    "炸弹-谎报.docx": (lying_zip, "解压"),
    "实体-十亿.docx": (lambda: docx(paragraph(b"&a10;"), LAUGHS + b"]>"), "实体"),
    "实体-外部.docx": (lambda: docx(paragraph(b"&e;"), EXTERNAL + b"]>"), "实体"),
    "实体-靠后.docx": (lambda: docx(paragraph(b"&a10;"), b"<!--%s-->" % (b"-x" * 4000) + LAUGHS + b"]>"), "实体"),
    "实体-十亿.xlsx": (lambda: xlsx(sheet_cell("A1", b"&a10;"), before=LAUGHS + b"]>"), "实体"),
    "万列-制表符.txt": (lambda: b"\t".join([b"1"] * COLUMNS) + b"\n", "列"),
    "万列-竖线.md": (lambda: b"|" + b"1|" * COLUMNS + b"\n", "列"),
    "万列.html": (lambda: b"<table><tr>%s</tr></table>" % (b"<td>1</td>" * COLUMNS), "列"),
    "万列.docx": (lambda: docx_table(b"<w:tc><w:p/></w:tc>" * COLUMNS), "列"),
    "万列.xlsx": (lambda: xlsx(b'<row r="1">%s</row>' % (sheet_cell("A1", b"1") + sheet_cell("NTP1", b"2"))), "列"),
    "合并-全表.xlsx": (
        lambda: xlsx(
            b'<row r="1">%s</row>' % (sheet_cell("A1", b"1") + sheet_cell("B1", b"2")),
            b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "合并",
    ),
    "深层.html": (lambda: nested(b"<div>", b"</div>", 50_000), "嵌套"),
    "深层-表格.html": (lambda: nested(b"<table><tr><td>", b"</td></tr></table>", 5_000), "嵌套"),
    "深层.docx": (lambda: docx(nested(b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>", 10_000)), "嵌套"),
    "深层-五万.docx": (lambda: docx(nested(b"<w:sdt>", b"</w:sdt>", 50_000)), "嵌套"),
    "深层-表格.docx": (lambda: docx(nested(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", 5_000)), "嵌套"),
    "程序.docx": (lambda: b"\x7fELF" + bytes(range(256)) * 20, "程序"),
    "图片.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
    "二进制.txt": (lambda: bytes(range(256)) * 40, "二进制"),
    "压缩包.docx": (lambda: zipped({"a.txt": b"x"}), "压缩包"),
    "空.docx": (lambda: b"", "空"),
    "空白页.pdf": (lambda: pdf(b""), "没有文字"),
    "巨大-不压缩.docx": (
        lambda: zipped(
            {"word/document.xml": b"<a>%s</a>" % (b"<b/>" * 14_000_000), "word/styles.xml": b""}, zipfile.ZIP_STORED
        ),
        "上限",
    ),
}
"""Name → what makes its bytes, and a word of what is said of it."""

ODD: dict[str, Callable[[], bytes]] = {
    "跨列十亿.html": lambda: (
        b"<table><tr><td colspan=1000000000 rowspan=1000000000>1</td><td>2</td></tr><tr><td>3</td></tr></table>"
    ),
    "嵌套表格.html": lambda: nested(b"<table><tr><td>", b"</td></tr></table>", 60, b"x"),
    "嵌套表格.docx": lambda: docx(
        nested(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", 60, paragraph(b"x")) + paragraph(b"y")
    ),
    "长行.txt": lambda: "公开".encode() * 200_000,
    "括号.txt": lambda: "（《“【".encode() * 10_000,
}
"""Odd documents that are read all the same."""

HEAVY: dict[str, Callable[[], bytes]] = {
    "炸弹-页眉.docx": lambda: zipped(
        {"word/document.xml": b'<w:document xmlns:w="%s"><w:body/></w:document>' % WORD.encode()}
        | {f"word/header{i}.xml": b"<a>%s</a>" % (b" " * 1_000_000) for i in range(140)}
    ),
    "跨列十亿.docx": lambda: docx_table(
        b'<w:tc><w:tcPr><w:gridSpan w:val="%d"/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc>' % BILLION
    ),
    "合并许多.xlsx": lambda: xlsx(
        b"".join(b'<row r="%d">%s</row>' % (i, sheet_cell(f"A{i}", b"")) for i in range(1, 30_000)),
        b"<mergeCells>%s</mergeCells>" % b"".join(b'<mergeCell ref="A%d:B%d"/>' % (i, i) for i in range(1, 30_000)),
    ),
    "远的列.xlsx": lambda: xlsx(
        b"".join(b'<row r="%d">%s</row>' % (i, sheet_cell(f"ALL{i}", b"1")) for i in range(1, 3_000))
    ),
}
"""Much to do for few bytes."""


def special_files(folder: Path) -> dict[str, str]:
    """Makes what is no file, or a huge one; the name of each, and a word of what is said of it."""
    os.mkfifo(folder / "管道.docx")
    (folder / "循环甲.txt").symlink_to(folder / "循环乙.txt")
    (folder / "循环乙.txt").symlink_to(folder / "循环甲.txt")
    (folder / "设备.txt").symlink_to("/dev/zero")
    with (folder / "大.txt").open("wb") as out:
        out.truncate(200 * 2**20)
    return {
        "管道.docx": "不是普通文件",
        "循环甲.txt": "链接",
        "设备.txt": "不是普通文件",
        "大.txt": "200 MB",
        "不存在.txt": "找不到",
        "名" * 100 + ".txt": "文件名过长",
    }
