"""What kind of file some bytes are, told by their content and never by a name."""

import io
import re
import zipfile
import zlib

from gongkai.documents.limits import Encrypted, Unknown

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe")
_OTHER = {b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gzip 压缩包"}

# Names of the streams within an OLE file, which are in UTF-16.
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_SLIDES = "PowerPoint Document".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book\0\0".encode("utf-16-le"))

_COMMENTS = rb"\s*(?>(?:<!--(?:(?!-->).){0,4000}-->|<\?[^>]{0,200}\?>)\s*)*"
_TAG = re.compile(
    _COMMENTS + rb"<(?:!doctype\s+html|html|head|body|div|table|p|meta|title|style|span|h[1-6])\b", re.I | re.S
)
# One XML file for a whole document, as templates of office systems make it: Word and Excel 2003, and flat packages.
_FLAT_PACKAGE = re.compile(_COMMENTS + rb"<pkg:package\b", re.S)
_FLAT_WORD = re.compile(_COMMENTS + rb"<w:wordDocument\b", re.S)
_FLAT_BOOK = re.compile(_COMMENTS + rb"<(?:ss:)?Workbook\b", re.S)
_MAIL = re.compile(rb"\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:MIME-Version|Content-Type)[ \t]*:", re.I)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OPEN = re.compile(rb"opendocument\.(?:text|spreadsheet)")
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, OverflowError)

HEAD = 1024
"""How many of the first bytes `needs_office` looks at."""


def needs_office(head: bytes) -> bool:
    """Whether a file that begins so is read through LibreOffice: old Office files, WPS, RTF, OpenDocument."""
    if head.startswith((_OLE, _RTF)) or (head.startswith(_ZIP) and _is_open_document(head)):
        return True
    return _begins(_FLAT_WORD, head[:HEAD]) or _begins(_FLAT_BOOK, head[:HEAD])


def sniff(data: bytes) -> str:
    """`docx`, `flat` (the same in one XML file), `xlsx`, `office` (by LibreOffice), `pdf`, `mhtml`, `html` or `text`.

    Raises Encrypted for a protected Office file, Unknown for what is no document; both with a clear line.
    """
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        _refuse_ole(data)
    if needs_office(data[:HEAD]):
        return "office"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse(data)
    if _begins(_FLAT_PACKAGE, data[:HEAD]):
        return "flat"
    if _begins(_TAG, data[:8192]):
        return "html"
    return "mhtml" if _is_mail(data[:4096]) else "text"


def office_filter(data: bytes) -> str:
    """LibreOffice's name of the format of a file that it is to read. Left to itself it takes a broken file for text."""
    if data.startswith(_ZIP):
        return "calc8" if b"opendocument.spreadsheet" in data[:HEAD] else "writer8"
    if data.startswith(_OLE):
        return "MS Word 97" if _WORD in data else "MS Excel 97"
    if data.startswith(_RTF):
        return "Rich Text Format"
    return "MS Excel 2003 XML" if _begins(_FLAT_BOOK, data[:HEAD]) else "MS Word 2003 XML"


def _zip_kind(data: bytes) -> str:
    if _is_open_document(data[:HEAD]):
        return "office"
    names = _names(data)
    folders = {name.partition("/")[0] for name in names if "/" in name}
    for folder, kind in (("word", "docx"), ("xl", "xlsx")):
        if folder in folders:
            return kind
    if "ppt" in folders:
        raise Unknown("这是演示文稿，请提供 Word、Excel、PDF、网页或文本格式的文件")
    if "OFD.xml" in names:
        raise Unknown("这是 OFD 版式文件，请转换为 PDF 或 Word 文档后再试")
    raise Unknown("这是压缩包或不认识的 Office 文件，请解压后提供 Word、Excel、PDF、网页或文本格式的文件")


def _names(data: bytes) -> list[str]:
    """The names in a zip file; where its list is lost, folders that stand in its bytes, so that the damage is told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except _BROKEN:
        return [name.decode() for name in (b"word/", b"xl/", b"ppt/") if name in data]


def _is_open_document(head: bytes) -> bool:
    return head[30:38] == b"mimetype" and _OPEN.search(head, 38, 120) is not None


def _refuse_ole(data: bytes) -> None:
    if _PROTECTED in data:
        raise Encrypted("文件有密码保护，请解除密码后再试")
    if _WORD in data or any(name in data for name in _BOOKS):
        return
    if _SLIDES in data:
        raise Unknown("这是演示文稿，请提供 Word、Excel、PDF、网页或文本格式的文件")
    raise Unknown("文件中没有 Word 正文或工作簿，请另存为 .docx 后再试")


def _refuse(data: bytes) -> None:
    # These letters may also begin a text.
    is_binary = b"\0" in data[:512]
    if data.startswith(_PICTURES) and (is_binary or not data.startswith((b"BM", b"RIFF", b"GIF8"))):
        raise Unknown("这是图片，没有可以读取的文字，请提供 Word、PDF、网页或文本格式的文件")
    if data.startswith(_PROGRAMS) and is_binary:
        raise Unknown("这是程序文件，不是文档")
    for mark, name in _OTHER.items():
        if data.startswith(mark):
            raise Unknown(f"这是{name}，请解压后再试")


def _begins(pattern: re.Pattern[bytes], head: bytes) -> bool:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if b"\0" in head[:200]:
        head = head.replace(b"\0", b"")
    return pattern.match(head) is not None


def _is_mail(head: bytes) -> bool:
    """A web page saved in one file, which is written as a mail is."""
    return _MAIL.match(head) is not None and re.search(rb"multipart/related|text/html", head, re.I) is not None
