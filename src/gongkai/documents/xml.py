"""One safe way to parse the XML inside documents: no entities, no network, no external definitions."""

import codecs
import re

from lxml import etree

from gongkai.documents.limits import Damaged, TooLarge

# A tree takes about ten times the room of its bytes; no report comes near.
_LARGEST = 32 * 2**20
_HEAD = 4096
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
)
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def parse(data: bytes) -> etree._Element:
    """The root element, strict Office namespaces told as the transitional ones.

    Raises Damaged when the XML is broken, too deep, or declares entities, TooLarge over 32 MB.
    """
    if len(data) > _LARGEST:
        raise TooLarge(f"文件内部有一部分长{len(data) // 2**20} MB，超过{_LARGEST // 2**20} MB的上限，请拆分后再试")
    data = _as_utf8(data)
    # Office never writes a document type definition; refusing one refuses every entity bomb before it is expanded.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Damaged(_ENTITIES)
    if _STRICT in data[:_HEAD]:
        for strict, transitional in _NAMESPACES:
            data = data.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + transitional)
    try:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        code = getattr(error, "code", None)
        if code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        if code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise TooLarge("文件内部嵌套超过 256 层，或有一段文字过长，没有读取；请删去多余的层次后再试") from error
        raise Damaged(_BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged(_ENTITIES)
    return root


def whole(text: str | None, otherwise: int) -> int:
    """A whole number from 0 to 999,999 as an attribute tells it; `otherwise` where it tells none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 7 else otherwise


_ENTITIES = "文件内部含有不允许的实体声明，没有读取"
_BROKEN = "文件已损坏，内部结构不完整，请从原文件重新保存"


def _as_utf8(data: bytes) -> bytes:
    """XML in UTF-16 as UTF-8, so that what is looked for in its bytes is found."""
    encoding = next((encoding for mark, encoding in _WIDE if data.startswith(mark)), None)
    if encoding is None:
        return data
    try:
        return _DECLARATION.sub("", data.decode(encoding), count=1).encode()
    except UnicodeError as error:
        raise Damaged(_BROKEN) from error
