"""Which kinds of files are taken, told by content; the name must not claim another kind. Knows no Django."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents.limits import Unknown
from gongkai.documents.signature import office_filter, sniff


class Kind(StrEnum):
    """A kind of file (文件种类)."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    TEXT = "text"
    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What is known of a kind: its name, the kinds that its extension may be mistaken for, extensions (the first is
    given to a file that has none of them), and the media type that it is sent as."""

    name: str
    family: str
    extensions: tuple[str, ...]
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FACTS = {
    Kind.PDF: KindFacts("PDF 文件", "pdf", ("pdf",), "application/pdf"),
    Kind.DOCX: KindFacts("Word 文档", "word", ("docx",), f"{_OFFICE}.wordprocessingml.document"),
    Kind.XLSX: KindFacts("Excel 工作簿", "book", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet"),
    Kind.DOC: KindFacts("旧版 Word 文档", "word", ("doc", "wps", "wpt", "rtf", "odt", "xml"), "application/msword"),
    Kind.XLS: KindFacts("旧版 Excel 工作簿", "book", ("xls", "et", "ods", "xml"), "application/vnd.ms-excel"),
    Kind.TEXT: KindFacts("文本文件", "text", ("txt", "md", "csv"), "text/plain; charset=utf-8"),
    Kind.PNG: KindFacts("PNG 图片", "picture", ("png",), "image/png"),
    Kind.JPEG: KindFacts("JPEG 图片", "picture", ("jpg", "jpeg", "jfif"), "image/jpeg"),
}
"""People mix up .doc and .docx, .jpg and .png: within a family the extension is put right and nobody is troubled."""

PICTURES = frozenset({Kind.PNG, Kind.JPEG})
OLD_OFFICE = frozenset({Kind.DOC, Kind.XLS})
"""Read through LibreOffice, where it is installed."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"#!", b"\xcf\xfa\xed\xfe")
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_SNIFFED = {"pdf": Kind.PDF, "docx": Kind.DOCX, "xlsx": Kind.XLSX, "flat": Kind.DOC, "text": Kind.TEXT}
_BOOKS = frozenset({"calc8", "MS Excel 97", "MS Excel 2003 XML"})


def kind_of(data: bytes) -> Kind:
    """The kind of a file. Raises Encrypted, or Unknown for a program, macros, a web page and whatever is not taken."""
    if data.startswith(_PROGRAMS) and (b"\0" in data[:512] or data.startswith(b"#!")):
        raise Unknown("这是程序文件，不能上传")
    if data.startswith(_PNG):
        return Kind.PNG
    if data.startswith(_JPEG):
        return Kind.JPEG
    told = sniff(data)
    if told != "text" and any(mark in data for mark in _MACROS):
        raise Unknown("文件中有宏（可执行的程序），不能上传；请另存为不带宏的格式后再上传")
    if told == "office":
        return Kind.XLS if office_filter(data) in _BOOKS else Kind.DOC
    if told not in _SNIFFED:
        raise Unknown("这是网页文件，不能上传；请另存为 PDF 或 Word 文档后再上传")
    return _SNIFFED[told]


def extension_of(name: str) -> str:
    """The extension of a file's name in lower case, without its dot; empty where there is none."""
    stem, dot, extension = name.rpartition(".")
    is_one = dot and stem and extension.isascii() and extension.isalnum() and not extension.isdigit()
    return extension.lower() if is_one else ""


def families_of(extension: str) -> frozenset[str]:
    """The families that an extension may claim (`xml` both books and documents); none for one that no kind has."""
    return frozenset(facts.family for facts in FACTS.values() if extension in facts.extensions)


def named_for(name: str, kind: Kind) -> str:
    """The name with an extension that fits the kind."""
    extension, facts = extension_of(name), FACTS[kind]
    if extension in facts.extensions:
        return name
    stem = name[: -len(extension) - 1] if families_of(extension) else name
    return f"{stem}.{facts.extensions[0]}"
