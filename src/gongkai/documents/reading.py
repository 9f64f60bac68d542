"""The one door for reading: bytes of any format become a document, the format told by content and not by name."""

from gongkai.documents.blocks import Document
from gongkai.documents.limits import DEFAULT, Damaged, Limits, TooLarge
from gongkai.documents.text import read_text


def read(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> Document:
    """The document in `data`; `name` only tells Markdown from text. Raises `limits.Unreadable` with one clear line."""
    if not data:
        raise Damaged("文件是空的，没有内容可读")
    if len(data) > limits.file_size:
        raise TooLarge(f"文件有{len(data) // 2**20} MB，超过{limits.file_size // 2**20} MB的上限，请拆分后再试")
    return read_text(data, limits, markdown=name.lower().endswith(".md"))
