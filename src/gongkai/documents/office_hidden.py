"""What Office files (.docx, .xlsx) carry beside what their readers tell: revisions, comments, embedded files, caches.

`docx` and `xlsx` report what they pass over while they read the text; this looks into the parts that they never open.
"""

import posixpath
import re
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.documents.archive import Archive
from gongkai.documents.blocks import Hidden
from gongkai.documents.docx_survey import T
from gongkai.documents.limits import Limits
from gongkai.documents.numbering import W
from gongkai.documents.xml import parse

_SHOWN = 200
_ADDED = {f"{W}ins": "修订中增加的文字", f"{W}moveTo": "修订中增加的文字"}
_WORD_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SHEET_COMMENTS = re.compile(r"xl/(?:comments\d*|comments/.*|threadedComments/.*)\.xml")
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/.+")
_LINKED = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_CACHED = re.compile(r"xl/pivotCache/pivotCache(?:Records|Definition)\d*\.xml")
_PERSONAL = {"creator": "作者", "lastModifiedBy": "最后修改人", "Company": "单位", "Manager": "主管"}
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml")
_CROPPED = re.compile(rb"<a:srcRect\b[^>]*\b[ltrb]=\"(?!0\")")
_DRAWN = re.compile(r"xl/drawings/drawing\d+\.xml")


def hidden_parts(data: bytes, limits: Limits) -> tuple[Hidden, ...]:
    """What is hidden in the parts of an Office file. Raises `documents.limits.Unreadable` like its readers."""
    archive = Archive(data, limits)
    return tuple(_found(archive))


def _found(archive: Archive) -> Iterator[Hidden]:
    for name in sorted(archive.names):
        reader = next((reader for pattern, reader in _READERS.items() if pattern.fullmatch(name)), None)
        if reader is not None:
            yield from reader(name, archive.read(name))
    for name in _PROPERTIES:
        yield from _properties(archive.read(name))


def _story(name: str, data: bytes) -> Iterator[Hidden]:
    yield from _cropped(name, data)
    for node in parse(data).iter(*_ADDED):
        text = "".join(part.text or "" for part in node.iter(T))
        if text:
            yield Hidden(_ADDED[str(node.tag)], "正文", text[:_SHOWN])


def _cropped(name: str, data: bytes) -> Iterator[Hidden]:
    if _CROPPED.search(data):
        yield Hidden("裁剪过的图片", posixpath.basename(name), "裁去的部分仍在文件中")


def _embedded(name: str, _data: bytes) -> Iterator[Hidden]:
    yield Hidden("嵌入的文件", posixpath.basename(name), posixpath.basename(name))


def _comments(name: str, data: bytes) -> Iterator[Hidden]:
    yield from _told("批注", name, data)


def _linked(name: str, data: bytes) -> Iterator[Hidden]:
    yield from _told("外部链接留下的数据", name, data)


def _told(kind: str, name: str, data: bytes) -> Iterator[Hidden]:
    text = " ".join(word for part in parse(data).itertext() for word in str(part).split())
    if text:
        yield Hidden(kind, posixpath.basename(name), text[:_SHOWN])


def _cached(name: str, data: bytes) -> Iterator[Hidden]:
    """The rows that a pivot table was made of stay in the file, even where their sheet was deleted."""
    values = [str(node.get("v")) for node in parse(data).iter() if isinstance(node.tag, str) and node.get("v")]
    if values:
        yield Hidden("数据透视表缓存的数据", posixpath.basename(name), " ".join(values)[:_SHOWN])


def _properties(data: bytes) -> Iterator[Hidden]:
    for node in parse(data) if data else ():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in _PERSONAL and (node.text or "").strip():
            yield Hidden("metadata", _PERSONAL[name], str(node.text).strip()[:_SHOWN])


_READERS: dict[re.Pattern[str], Callable[[str, bytes], Iterator[Hidden]]] = {
    _WORD_STORIES: _story,
    _SHEET_COMMENTS: _comments,
    _EMBEDDED: _embedded,
    _LINKED: _linked,
    _CACHED: _cached,
    _DRAWN: _cropped,
}
