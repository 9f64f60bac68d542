"""Files are told by their content: offices give any name to any format."""

import base64
import quopri
import zipfile

import pytest
from tests.documents.packages import docx, p, relations, tbl, tr, word_xml, xlsx, zipped

from gongkai.documents.blocks import Grid
from gongkai.documents.limits import Damaged, Encrypted, Unknown, Unreadable
from gongkai.documents.reading import read
from gongkai.documents.signature import HEAD, needs_office, office_filter, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name: str) -> bytes:
    """An OLE file with a stream of that name."""
    return OLE + name.encode("utf-16-le") + b"\0" * 64


def flagged(data: bytes) -> bytes:
    """A zip file whose parts claim to be encrypted."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


PAGE = (
    "<html><head><meta charset='{}'></head><body><p>公开</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></body></html>"
)
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, zipfile.ZIP_STORED)
ODS = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, zipfile.ZIP_STORED)
WORD_2003 = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<?mso-application progid='Word.Document'?>\n"
    "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>"
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(docx(p("甲")), "docx", id="Word"),
        pytest.param(xlsx("<sheetData/>"), "xlsx", id="Excel"),
        pytest.param(
            zipped({"xl/workbook.xml": "", "xl/embeddings/word/a.docx": docx("")}), "xlsx", id="Word within Excel"
        ),
        pytest.param(
            zipped({"word/document.xml": "", "word/embeddings/xl/a.xlsx": ""}), "docx", id="Excel within Word"
        ),
        pytest.param(docx(p("甲"))[:-60], "docx", id="half of a Word file"),
        pytest.param(stream("WordDocument"), "office", id="doc"),
        pytest.param(stream("Workbook"), "office", id="xls or et"),
        pytest.param(ODT, "office", id="odt"),
        pytest.param(ODS, "office", id="ods"),
        pytest.param(b"{\\rtf1\\ansi abc}", "office", id="rtf"),
        pytest.param(WORD_2003.encode(), "office", id="Word 2003 XML"),
        pytest.param(WORD_2003.encode("utf-16"), "office", id="Word 2003 XML in UTF-16"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><Workbook xmlns='urn:x'>", "office", id="Excel 2003 XML"),
        pytest.param(b"junk\n%PDF-1.4", "pdf", id="pdf behind other bytes"),
        pytest.param(PAGE.format("utf-8").encode(), "html", id="page"),
        pytest.param(PAGE.format("gbk").encode("gbk"), "html", id="page in GBK"),
        pytest.param(PAGE.format("utf-16").encode("utf-16"), "html", id="page in UTF-16"),
        pytest.param(b"<?xml version='1.0'?>\n<!-- a --><!DOCTYPE html><html/>", "html", id="xhtml"),
        pytest.param(b"<!--[if mso]><xml/><![endif]--><div>a", "html", id="Word's page"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "mhtml", id="mht"),
        pytest.param(
            b"From: <Saved by WPS>\r\nSubject: =?gb2312?B?x9A=?=\r\n a\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n',
            "mhtml",
            id="mht with a sender",
        ),
        pytest.param("一、总体情况".encode(), "text", id="text"),
        pytest.param("BM水利局公开年度报告".encode(), "text", id="text that begins as a picture does"),
        pytest.param("MZ镇公开年度报告".encode(), "text", id="text that begins as a program does"),
        pytest.param("标题: MIME-Version: 说明".encode(), "text", id="text that speaks of mails"),
        pytest.param(b"a < b and <p", "text", id="text with signs"),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
    assert needs_office(data[:HEAD]) == (kind == "office")


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        pytest.param(stream("EncryptedPackage"), Encrypted, "密码", id="password"),
        pytest.param(flagged(docx(p("甲"))), Encrypted, "密码", id="password of a zip"),
        pytest.param(stream("PowerPoint Document"), Unknown, "演示文稿", id="ppt"),
        pytest.param(stream("SomethingElse"), Unknown, "没有 Word 正文", id="other OLE"),
        pytest.param(zipped({"ppt/presentation.xml": ""}), Unknown, "演示文稿", id="pptx"),
        pytest.param(zipped({"OFD.xml": "", "Doc_0/Document.xml": ""}), Unknown, "OFD", id="ofd"),
        pytest.param(zipped({"报告.docx": docx("")}), Unknown, "压缩包", id="zip of files"),
        pytest.param(b"PK\x03\x04" + b"\xff" * 99, Unknown, "压缩包", id="broken zip"),
        pytest.param(b"Rar!\x1a\x07", Unknown, "RAR", id="rar"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0", Unknown, "图片", id="png"),
        pytest.param(b"BM\x9a\0\0\0", Unknown, "图片", id="bmp"),
        pytest.param(b"\xff\xd8\xff\xe0", Unknown, "图片", id="jpg"),
        pytest.param(b"MZ\x90\0\x03", Unknown, "程序", id="exe"),
        pytest.param(bytes(range(256)) * 20, Unknown, "二进制", id="bytes"),
        pytest.param(b"", Damaged, "空的", id="nothing"),
        pytest.param(docx(p("甲"))[:400], Damaged, "不是完整的", id="half of a Word file"),
    ],
)
@pytest.mark.parametrize("name", ["报告.docx", "报告.doc", "报告.txt", ""])
def test_what_is_no_document_is_one_clear_line_under_any_name(
    data: bytes, error: type[Unreadable], told: str, name: str
) -> None:
    with pytest.raises(error, match=told) as caught:
        read(data, name=name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["报告.doc", "报告.docx", "报告.pdf", "报告"])
def test_names_do_not_matter(name: str) -> None:
    assert read(docx(p("甲")), name=name).kind == "docx"
    assert read(xlsx("<sheetData/>"), name=name).kind == "xlsx"
    assert read(PAGE.format("gbk").encode("gbk"), name=name).kind == "html"
    assert read("一、总体情况".encode("gbk"), name=name).paragraphs[0].text == "一、总体情况"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (stream("Workbook"), "MS Excel 97"),
        (stream("Book\0\0"), "MS Excel 97"),
        (stream("WordDocument"), "MS Word 97"),
        (stream("Workbook") + "WordDocument".encode("utf-16-le"), "MS Word 97"),
        (ODS, "calc8"),
        (ODT, "writer8"),
        (b"{\\rtf1", "Rich Text Format"),
        (b"<?xml version='1.0'?><Workbook>", "MS Excel 2003 XML"),
        (WORD_2003.encode("utf-16"), "MS Word 2003 XML"),
    ],
)
def test_libreoffice_is_told_what_a_file_is(data: bytes, name: str) -> None:
    assert office_filter(data) == name


def mail(page: bytes, encoding: str, head: str = 'Content-Type: multipart/related; boundary="----=_x"') -> bytes:
    parts = [
        f"MIME-Version: 1.0\r\n{head}\r\n\r\nThis is a web page.\r\n------=_x\r\n",
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------=_x\r\n",
        f'Content-Location: file:///C:/a.htm\r\nContent-Type: text/html; charset="gb2312"\r\n{encoding}\r\n',
    ]
    return "".join(parts).encode() + page + b"\r\n------=_x--\r\n"


GBK = PAGE.format("gb2312").encode("gbk")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(mail(quopri.encodestring(GBK), "Content-Transfer-Encoding: quoted-printable\r\n"), id="quoted"),
        pytest.param(mail(base64.encodebytes(GBK), "Content-Transfer-Encoding: BASE64\r\n"), id="base64"),
        pytest.param(mail(GBK, "Content-Transfer-Encoding: 8bit\r\n"), id="8bit"),
        pytest.param(mail(GBK, "\r\n").replace(b"\r\n", b"\n"), id="Unix line ends"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + GBK, id="no parts"),
    ],
)
def test_a_page_saved_in_one_file_is_read(data: bytes) -> None:
    document = read(data, name="报告.doc")
    assert document.paragraphs[0].text == "公开"
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells] == ["甲", "1", "乙", "2"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", "没有网页正文"),
        (mail(b"A", "Content-Transfer-Encoding: base64\r\n"), "编码已损坏"),
    ],
)
def test_a_page_that_is_not_there_is_told(data: bytes, told: str) -> None:
    with pytest.raises(Damaged, match=told):
        read(data)


@pytest.mark.parametrize(
    "head", [b"<!---->" * 1100, b"<!-- " * 1600, b"a:b\r\n" * 800, b"<?" * 4000, b" " * 8000], ids=range(5)
)
def test_a_head_made_to_be_looked_at_again_and_again_is_told_at_once(head: bytes) -> None:
    # Where comments may be cut in several ways the first of these alone would take years.
    assert sniff(head + b"x") == "text"


def test_a_flat_package_is_a_word_file() -> None:
    xml = word_xml(p("甲") + tbl(tr("1", "2"), tr("3", "4"))).partition("?>")[2]
    links = relations({"officeDocument": "word/main.xml"})
    parts = f"<pkg:part pkg:name='/_rels/.rels'><pkg:xmlData>{links}</pkg:xmlData></pkg:part>"
    parts += f"<pkg:part pkg:name='/word/main.xml'><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>"
    parts += "<pkg:part pkg:name='/word/media/a.png'><pkg:binaryData>iVBO</pkg:binaryData></pkg:part>"
    flat = (
        "<?xml version='1.0' encoding='UTF-8'?><?mso-application progid='Word.Document'?>"
        f"<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>{parts}</pkg:package>"
    )
    document = read(flat.encode(), name="报告.doc")
    assert document.paragraphs[0].text == "甲"
    assert [[cell.text for cell in block.cells] for block in document.blocks if isinstance(block, Grid)] == [
        list("1234")
    ]
