"""What kind of file some bytes are, told by their content and never by a name."""

import re

from gongkai.documents.limits import Encrypted, Unknown

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe")
_OTHER = {b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gzip 压缩包", b"{\\rtf": "RTF 文档"}
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TAG = re.compile(
    rb"\s*(?:<!--.{0,4000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body|div|table|p|meta|title|style|span|h[1-6])\b",
    re.I | re.S,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


HEAD = 120
"""How many of the first bytes `needs_office` looks at."""


def needs_office(head: bytes) -> bool:
    """Whether a file that begins so is read through LibreOffice: old Office files, WPS, OpenDocument."""
    return head.startswith(_OLE) or (head[30:38] == b"mimetype" and b"opendocument" in head[38:HEAD])


def sniff(data: bytes) -> str:
    """`docx`, `xlsx`, `odt`, `office` (old Word or WPS), `pdf`, `html` or `text`.

    Raises Encrypted for a protected Office file, Unknown for what is no document; both with a clear line.
    """
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise Encrypted("文件有密码保护，请解除密码后再试")
        return "office"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse(data)
    return "html" if _is_html(data) else "text"


def _zip_kind(data: bytes) -> str:
    for name, kind in ((b"word/", "docx"), (b"xl/", "xlsx")):
        if name in data:
            return kind
    if needs_office(data[:HEAD]):
        return "odt"
    raise Unknown("这是压缩包或不认识的 Office 文件，请提供 Word、Excel、PDF、网页或文本格式的文件")


def _refuse(data: bytes) -> None:
    if data.startswith(_PICTURES):
        raise Unknown("这是图片，没有可以读取的文字，请提供 Word、PDF、网页或文本格式的文件")
    if data.startswith(_PROGRAMS):
        raise Unknown("这是程序文件，不是文档")
    for mark, name in _OTHER.items():
        if data.startswith(mark):
            raise Unknown(f"这是{name}，请解压或另存为 Word 文档后再试")


def _is_html(data: bytes) -> bool:
    head = data[:8192]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if b"\0" in head[:200]:
        head = head.replace(b"\0", b"")
    return _TAG.match(head) is not None
