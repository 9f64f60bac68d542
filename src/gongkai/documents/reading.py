"""The one door for reading: bytes of any format become a document, the format told by content and not by name."""

from gongkai.documents.blocks import Document
from gongkai.documents.limits import DEFAULT, Damaged, Limits, TooLarge
from gongkai.documents.signature import sniff


def read(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> Document:
    """The document in `data`; `name` only tells Markdown from text. Raises `limits.Unreadable` with one clear line."""
    if not data:
        raise Damaged("文件是空的，没有内容可读，请核对是否传错了文件")
    if len(data) > limits.file_size:
        raise TooLarge(f"文件有{len(data) // 2**20} MB，超过{limits.file_size // 2**20} MB的上限，请拆分后再试")
    return _read(sniff(data), data, name, limits)


def _read(kind: str, data: bytes, name: str, limits: Limits) -> Document:
    # Each reader brings its library: only the one that is needed is imported.
    match kind:
        case "docx":
            from gongkai.documents.docx import read_docx

            return read_docx(data, limits)
        case "flat":
            from gongkai.documents.docx import read_docx
            from gongkai.documents.flat import package_of

            return read_docx(package_of(data), limits)
        case "xlsx":
            from gongkai.documents.xlsx import read_xlsx

            return read_xlsx(data, limits)
        case "pdf":
            from gongkai.documents.pdf import read_pdf

            return read_pdf(data, limits)
        case "html":
            from gongkai.documents.html import read_html

            return read_html(data, limits)
        case "mhtml":
            from gongkai.documents.html import read_html
            from gongkai.documents.mhtml import page_of

            return read_html(page_of(data), limits)
        case "office":
            from gongkai.documents.office import read_office

            return read_office(data, limits)
        case _:
            from gongkai.documents.text import read_text

            return read_text(data, limits, markdown=name.lower().endswith(".md"))
