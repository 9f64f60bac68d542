"""Files as people send them, small and whole, of every kind that is taken."""

import io

from PIL import Image
from tests.documents.packages import docx, p, xlsx
from tests.documents.pdfs import HEIGHT, WIDTH, pdf, picture, text

from gongkai.files.kinds import Kind

SHEET_ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c></row></sheetData>'
HIDDEN_SHEET = SHEET_ROW.replace("项目", "张三的低保金额")
RTF = rb"{\rtf1\ansi hello}"
_GPS, _LATITUDE = 0x8825, 2


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def jpeg(*, place: bool = False, author: str = "") -> bytes:
    out, tags = io.BytesIO(), Image.Exif()
    if place:
        tags.get_ifd(_GPS)[_LATITUDE] = (34.0, 12.0, 5.0)
    if author:
        tags[0x013B] = author
    Image.new("RGB", (64, 64), "white").save(out, "JPEG", exif=tags)
    return out.getvalue()


def word(*lines: str, **parts: str) -> bytes:
    return docx("".join(p(line) for line in lines or ("正文",)), **parts)


def scan() -> bytes:
    """A PDF whose only page is a picture."""
    return pdf(picture(0, 0, WIDTH, HEIGHT))


WHOLE: dict[str, tuple[bytes, Kind]] = {
    "申请.pdf": (pdf(text("Request for records")), Kind.PDF),
    "说明.docx": (word("关于申请的说明"), Kind.DOCX),
    "目录.xlsx": (xlsx(SHEET_ROW), Kind.XLSX),
    "说明.txt": ("关于申请的说明".encode("gb18030"), Kind.TEXT),
    "目录.csv": ("项目,金额\n甲,1\n".encode(), Kind.TEXT),
    "照片.png": (png(), Kind.PNG),
    "照片.jpg": (jpeg(), Kind.JPEG),
}
