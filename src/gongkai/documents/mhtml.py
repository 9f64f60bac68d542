"""Web pages saved in one file (.mht, and .doc as office systems export it): the page out of its mail-like parts."""

import binascii
import re

from gongkai.documents.limits import Damaged

_BOUNDARY = re.compile(rb'boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))', re.I)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_PAGE = re.compile(rb"content-type[ \t]*:[ \t]*text/html", re.I)
_ENCODING = re.compile(rb"content-transfer-encoding[ \t]*:[ \t]*([\w-]{1,40})", re.I)
_HEAD = 8192


def page_of(data: bytes) -> bytes:
    """The bytes of the web page. Raises Damaged where there is none, or its encoding is broken."""
    boundary = _BOUNDARY.search(data, 0, _HEAD)
    parts = data.split(b"--" + (boundary[1] or boundary[2])) if boundary else [data]
    for part in parts:
        blank = _BLANK.search(part.lstrip(b"\r\n"), 0, _HEAD)
        if blank is None:
            continue
        part = part.lstrip(b"\r\n")
        head, body = part[: blank.start()], part[blank.end() :]
        if _PAGE.search(head):
            return _decoded(body, _ENCODING.search(head))
    raise Damaged("文件中没有网页正文，请用浏览器或 Word 打开后另存为 .docx 再试")


def _decoded(body: bytes, encoding: re.Match[bytes] | None) -> bytes:
    match encoding[1].lower() if encoding else b"":
        case b"base64":
            try:
                return binascii.a2b_base64(body)
            except binascii.Error as error:
                raise Damaged("网页正文的编码已损坏，请从原文件重新保存") from error
        case b"quoted-printable":
            return binascii.a2b_qp(body)
        case _:
            return body
