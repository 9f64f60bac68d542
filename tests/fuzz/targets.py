"""What is fuzzed: each reader, and what comes after it. A target takes any bytes and may raise nothing but `Unreadable`."""

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.batch.bad_files import SHEET, WORD, paragraph, pdf, sheet_cell, xlsx, zipped
from tests.report.samples import sample_report

from gongkai.documents.limits import DEFAULT, Unreadable
from gongkai.report.form import form

SPACE = f' xmlns:w="{WORD}"'.encode()
DOCX_PARTS = {
    "word/document.xml": b"<w:document%s><w:body>%s<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/>"
    b"<w:vMerge w:val='restart'/></w:tcPr>%s</w:tc></w:tr></w:tbl>%s</w:body></w:document>"
    % (SPACE, paragraph("一、总体情况".encode()), paragraph(b"12"), paragraph(b"x")),
    "word/numbering.xml": b"<w:numbering%s><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
    b"<w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%%1.'/></w:lvl></w:abstractNum>"
    b"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>" % SPACE,
    "word/styles.xml": b"<w:styles%s><w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/><w:basedOn w:val='b'/>"
    b"<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>" % SPACE,
    "word/comments.xml": b"<w:comments%s>%s</w:comments>" % (SPACE, paragraph(b"c")),
    "docProps/core.xml": b"<p><creator>x</creator></p>",
}
XLSX_PARTS = {
    "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<sheets><sheet name="s" r:id="r1"/></sheets></workbook>' % SHEET.encode(),
    "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="r1" Target="sheet1.xml"/></Relationships>',
    "xl/sheet1.xml": b'<worksheet xmlns="%s"><cols><col min="3" max="4" hidden="1"/></cols><sheetData><row r="1">%s'
    b'<c r="B1" t="s"><v>0</v></c><c r="C1"><v>1.50</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    b"</worksheet>" % (SHEET.encode(), sheet_cell("A1", b"x")),
    "xl/sharedStrings.xml": b'<sst xmlns="%s"><si><t>a</t><rPh><t>b</t></rPh></si></sst>' % SHEET.encode(),
    "xl/styles.xml": b'<styleSheet xmlns="%s"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>' % SHEET.encode(),
}

DOCX_NAMES = (
    "p r t tbl tr tc tc tc p p tcPr gridSpan vMerge hMerge trPr gridBefore tblGrid gridCol sdt sdtContent ins del delText rPr vanish"
    " br tab pPr numPr numId ilvl pStyle outlineLvl txbxContent footnoteReference fldChar fldCharType instrText abstractNum lvl"
    " start numFmt lvlText suff isLgl num abstractNumId lvlOverride startOverride style basedOn name styleId type val id sym"
    " smartTag customXml moveFrom moveTo drawing pict object hyperlink comment"
)
XLSX_NAMES = (
    "row row c c c v v is t r s hidden ref mergeCell mergeCells cols col min max si rPh sheet state name fileVersion workbookPr"
    " date1904 xf cellXfs numFmt numFmts numFmtId formatCode border borders borderId left style Target Id Type f"
)
VALUES = (
    *(
        "0",
        "1",
        "2",
        "7",
        "9",
        "-1",
        "²",
        "٣",
        "9" * 5000,
        "99999999999",
        "x",
        "",
        "restart",
        "continue",
        "begin",
        "end",
        "true",
    ),
    *(
        "chineseCounting",
        "bullet",
        "%1、",
        "%9",
        "a",
        "b",
        "paragraph",
        "inlineStr",
        "A1",
        "B2",
        "C7",
        "XFD1048576",
        "A1:B2",
        "B2:A1",
    ),
    *(
        "A1:XFD1048576",
        "1e999",
        "nan",
        "45292",
        "0.1",
        "yyyy-m-d",
        "General",
        "hidden",
        "sheet1.xml",
        "/xl/sheet1.xml",
        "一、总体情况",
        "公开",
    ),
)


@dataclass(frozen=True)
class Target:
    """What is done with the bytes, small valid ones to begin with, and words that belong into them."""

    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    words: tuple[str, ...] = ()


def tried(target: Target, data: bytes) -> None:
    """Runs the target; whatever comes out but a refusal is a fault."""
    with contextlib.suppress(Unreadable):
        target.run(data)


def _text(data: bytes) -> object:
    from gongkai.documents.text import read_text

    return read_text(data, DEFAULT)


def _markdown(data: bytes) -> object:
    from gongkai.documents.text import read_text

    return read_text(data, DEFAULT, markdown=True)


def _html(data: bytes) -> object:
    from gongkai.documents.html import read_html

    return read_html(data, DEFAULT)


def _docx(data: bytes) -> object:
    from gongkai.documents.docx import read_docx

    return read_docx(_rezipped(DOCX_PARTS, data, "w:", DOCX_NAMES), DEFAULT)


def _xlsx(data: bytes) -> object:
    from gongkai.documents.xlsx import read_xlsx

    return read_xlsx(_rezipped(XLSX_PARTS, data, "", XLSX_NAMES), DEFAULT)


def _pdf(data: bytes) -> object:
    from gongkai.documents.pdf import read_pdf

    return read_pdf(data, DEFAULT)


def _any(data: bytes) -> object:
    from gongkai.documents.reading import read

    return read(data)


def _report(data: bytes) -> object:
    from gongkai.documents.text import read_text
    from gongkai.report import model_json
    from gongkai.report.check import check
    from gongkai.report.reading import interpret

    document = read_text(data, DEFAULT)
    report = interpret(document)
    model_json.as_json(report)
    return check(report, previous=report)


def _proof(data: bytes) -> object:
    from gongkai.proofing import proof

    findings = proof(_paragraphs(data), year=2024)
    lines = {str(p.line): p for p in _paragraphs(data)}
    for finding in findings:
        line, _, column = finding.where.partition(":")
        start = int(column) - lines[line].column
        # The contract: `found` is exactly the characters in question.
        assert lines[line].text[start:].startswith(str(finding.found or "")), finding
    return findings


def _paragraphs(data: bytes):
    from gongkai.documents.text import read_text

    return read_text(data, DEFAULT).paragraphs


def _rezipped(parts: dict[str, bytes], data: bytes, prefix: str, names: str) -> bytes:
    """The file with one part, told by the first byte, replaced: by the rest as it is, or by the XML grown from it."""
    if not data:
        return zipped(parts)
    chosen = sorted(parts)[data[0] // 2 % len(parts)]
    if data[0] % 2:
        return zipped(parts | {chosen: data[1:]})
    head, _, _ = parts[chosen].partition(b">")
    inside = grown(data[1:], prefix, names.split())
    root = head.split()[0].lstrip(b"<").decode()
    if root == "w:document":
        inside = f"<w:body>{inside}</w:body>"
    return zipped(parts | {chosen: head + f">{inside}</{root}>".encode()})


def grown(data: bytes, prefix: str, names: list[str]) -> str:
    """Well-formed XML of those element and attribute names: two bytes for each tag, attribute or word."""
    out: list[str] = []
    open_tags: list[str] = []
    attributes: set[str] = set()
    is_head = False
    for kind, choice in zip(data[::2], data[1::2], strict=False):
        if kind % 4 == 3 and is_head and (name := names[choice % len(names)]) not in attributes:
            attributes.add(name)
            out.append(f' {prefix}{name}="{VALUES[kind // 4 % len(VALUES)]}"')
            continue
        if is_head:
            out.append(">")
        is_head = kind % 4 in (0, 3)
        if is_head:
            attributes = set()
            open_tags.append(prefix + names[choice % len(names)])
            out.append(f"<{open_tags[-1]}")
        elif kind % 4 == 1 and open_tags:
            out.append(f"</{open_tags.pop()}>")
        else:
            out.append(VALUES[choice % len(VALUES)])
    return "".join(out) + (">" if is_head else "") + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _parts(parts: dict[str, bytes]) -> list[bytes]:
    raw = [bytes([2 * index + 1]) + parts[name] for index, name in enumerate(sorted(parts))]
    return raw + [bytes([2 * index]) + random.Random(index).randbytes(400) for index in range(len(parts))]


@cache
def _samples(to: str) -> list[bytes]:
    from gongkai.documents.writing import write
    from gongkai.report.layout import blocks_of, title_text

    reports = [sample_report(random.Random(seed)) for seed in range(2)]
    return [write(blocks_of(report), to=to, title=title_text(report)) for report in reports]


def _labels() -> tuple[str, ...]:
    names = {label for line in form("2021").cells.values() for label in line.row.labels[-1:] + line.column.labels[-1:]}
    return tuple(sorted(name for name in names if name and len(name) < 20))


WORDS = (
    *(
        "一、总体情况",
        "（一）",
        "六、",
        "二〇二四年",
        "2024年12月31日",
        "政府信息公开工作年度报告",
        "收到申请12件",
        "其中",
        "上年结转",
        "行政复议3件",
    ),
    *(
        "全部办结",
        "《政府信息公开条例》",
        "国办发〔2020〕1号",
        "【2020】",
        "“十四五”",
        "今年以来",
        "XX",
        "50余篇",
        "某某局",
        "水利局",
        "１２",
        "/",
        "无",
    ),
    *("\u200b", "\t", "\n", "|", "\r\n", "---"),
)
TAGS = (
    "<td>",
    "<tr>",
    "</tr>",
    "<table>",
    "</table>",
    "<p>",
    "<br/>",
    ' colspan="2"',
    ' rowspan="0"',
    "<caption>",
    "<!--",
    "-->",
    "<script>",
    "&nbsp;",
    "<div hidden>",
    "\\u003c",
)
XML = (
    "<w:p>",
    "</w:p>",
    "<w:tc>",
    "<w:tr>",
    "<w:tbl>",
    "<w:sdt>",
    "<w:del>",
    "<w:delText>",
    ' w:val="²"',
    ' w:val="-1"',
    ' w:val="99999999999"',
    "<w:vanish/>",
    "<w:br/>",
    "<w:numPr>",
    "<w:ilvl w:val='9'/>",
)
CELLS = (
    '<c r="A1">',
    "<v>",
    "</v>",
    ' t="s"',
    ' r="XFD1048576"',
    ' ref="B2:A1"',
    ' min="x"',
    ' max="²"',
    "1e999",
    "nan",
    ' s="0"',
    ' hidden="1"',
)
OBJECTS = (
    "BT",
    "ET",
    "(x) Tj",
    "0 0 m 9 9 l S",
    "0 0 50 50 re S",
    "/Type/Page",
    "/Kids[3 0 R]",
    "/Count 9",
    "/MediaBox[0 0 0 0]",
    "/Rotate 90",
    "endobj",
    "stream",
)

TARGETS = {
    "text": Target(_text, lambda: [*_samples("md"), "一、\t1\t2\n".encode("gb18030"), "公开".encode("utf-16")], WORDS),
    "markdown": Target(_markdown, lambda: _samples("md"), (*WORDS, "# ", "**", "\\|", "|---|")),
    "html": Target(_html, lambda: [*_samples("html"), b"<table><tr><td rowspan=2>1<td>2</table>"], (*WORDS, *TAGS)),
    "docx": Target(_docx, lambda: _parts(DOCX_PARTS), XML),
    "xlsx": Target(_xlsx, lambda: _parts(XLSX_PARTS), CELLS),
    "pdf": Target(_pdf, lambda: [pdf(b"BT /F 9 Tf 9 9 Td (x) Tj ET 0 0 m 50 0 l S 0 0 99 99 re S")], OBJECTS),
    "any": Target(
        _any, lambda: [zipped(DOCX_PARTS), xlsx(b""), pdf(b""), b"<html><p>x", "公开".encode()], ("PK\x03\x04",)
    ),
    "report": Target(_report, lambda: _samples("md"), (*WORDS, *_labels())),
    "proof": Target(_proof, lambda: _samples("md"), WORDS),
}
