"""What is taken and what is refused at the door, in words that say what to do."""

import zipfile
from pathlib import Path

import pytest
from tests.batch.bad_files import BAD
from tests.documents.packages import docx, p, tbl, tr, xlsx, zipped
from tests.documents.pdfs import HEIGHT, WIDTH, box, pdf, picture, text
from tests.files.samples import HIDDEN_SHEET, RTF, SHEET_ROW, WHOLE, jpeg, png, scan, word
from tests.programs import require_program

from gongkai.files import inspection
from gongkai.files.inspection import Inspected, inspect, plain_name
from gongkai.files.kinds import Kind, families_of
from gongkai.files.purposes import ALLOWANCES, MB, Purpose
from gongkai.kernel.reasons import ActionRefused, Reason


def inspected(path: Path, data: bytes, name: str, purpose: Purpose = Purpose.CASE) -> Inspected:
    path = path / "upload"
    path.write_bytes(data)
    return inspect(path, name=name, purpose=purpose)


def refusal(path: Path, data: bytes, name: str, purpose: Purpose = Purpose.CASE) -> Reason:
    with pytest.raises(ActionRefused) as caught:
        inspected(path, data, name, purpose)
    (reason,) = caught.value.reasons
    return reason


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_are_taken_for_what_they_are(name: str, tmp_path: Path) -> None:
    data, kind = WHOLE[name]
    found = inspected(tmp_path, data, name)
    assert (found.name, found.probed.kind, found.size) == (name, kind, len(data))
    assert {one.rule for one in found.findings} <= {"F-UNCHECKED"}


RENAMED = {
    ("说明.doc", "说明.docx"): "说明.docx",
    ("说明", "说明.docx"): "说明.docx",
    ("照片.png", "照片.jpg"): "照片.jpg",
    ("照片.JPEG", "照片.jpg"): "照片.JPEG",
    ("关于2026.11", "说明.docx"): "关于2026.11.docx",
}


@pytest.mark.parametrize("names", RENAMED)
def test_a_kindred_extension_is_put_right(names: tuple[str, str], tmp_path: Path) -> None:
    assert inspected(tmp_path, WHOLE[names[1]][0], names[0]).name == RENAMED[names]


FALSE = [("申请.pdf", "说明.docx"), ("说明.docx", "申请.pdf"), ("目录.xlsx", "说明.docx"), ("照片.jpg", "申请.pdf"),
         ("程序.exe", "说明.txt"), ("脚本.js", "说明.txt"), ("图.svg", "说明.txt"), ("说明.txt", "照片.png")]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), FALSE)
def test_a_false_extension_is_refused(name: str, content: str, tmp_path: Path) -> None:
    reason = refusal(tmp_path, WHOLE[content][0], name)
    assert reason.id == "files.extension"
    assert name in reason.message
    assert reason.instead


UNSAFE = {
    "程序.docx": (b"MZ" + bytes(300), "程序"),
    "脚本.txt": (b"#!/bin/sh\nrm -rf /\n", "程序"),
    "宏.docx": (zipped({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}), "宏"),
    "宏.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook_VBA_PROJECT".encode("utf-16-le") + bytes(600), "宏"),
    "网页.txt": (b"<!doctype html><script>alert(1)</script>", "网页"),
    "压缩包.zip": (zipped({"a.txt": "x"}), "压缩包"),
    "版式.ofd": (zipped({"OFD.xml": "<a/>"}), "OFD"),
    "半张.png": (png((64, 64))[:80], "不完整"),
    "半张.jpg": (jpeg()[:200], "不完整"),
    "大图.png": (png((20_000, 5_001)), "像素"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE)
def test_programs_macros_pages_and_broken_pictures_are_refused(name: str, tmp_path: Path) -> None:
    data, word_of_it = UNSAFE[name]
    reason = refusal(tmp_path, data, name)
    assert reason.id == "files.unreadable"
    assert word_of_it in reason.message


TAKEN_ALL_THE_SAME = {"空白页.pdf"}
OTHERWISE = {
    "巨大-不压缩.docx": "50 MB",
    "图片.pdf": "图片",
    "空.docx": "空文件",
    "万列.html": "网页",
    "深层.html": "网页",
    "深层-表格.html": "网页",
}


@pytest.mark.parametrize("name", sorted(set(BAD) - TAKEN_ALL_THE_SAME))
def test_corrupt_encrypted_and_bombs_are_refused_in_words(name: str, tmp_path: Path) -> None:
    make, word_of_it = BAD[name]
    reason = refusal(tmp_path, make(), name)
    assert OTHERWISE.get(name, word_of_it) in reason.message
    assert "Traceback" not in reason.message


def test_a_file_that_takes_too_long_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_SECONDS", 0.01)
    big = word(*[f"第{n}段，{n * 7919}" for n in range(20_000)])
    assert "停止" in refusal(tmp_path, big, "长.docx").message
    monkeypatch.undo()
    assert inspected(tmp_path, WHOLE["说明.docx"][0], "说明.docx")


def test_limits_of_size_and_kind_are_told(tmp_path: Path) -> None:
    largest = ALLOWANCES[Purpose.IDENTITY].largest
    reason = refusal(tmp_path, b"%PDF-" + bytes(largest), "大.pdf", Purpose.IDENTITY)
    assert (reason.id, "10 MB" in reason.message) == ("files.too_large", True)
    reason = refusal(tmp_path, word(), "说明.docx", Purpose.IDENTITY)
    assert (reason.id, "身份证明" in reason.message, "pdf、png、jpg" in reason.instead) == ("files.kind", True, True)
    assert all(allowance.largest <= 64 * MB for allowance in ALLOWANCES.values())


MARK = "机密★5年"
SECRET = {
    "红头.docx": word("000001", MARK, "青禾县人民政府文件"),
    "表头.docx": docx(tbl(tr("000001", MARK)) + p("正文")),
    "页眉.docx": word("正文", header=p(MARK)),
    "目录.xlsx": xlsx(SHEET_ROW.replace("项目", MARK)),
    "说明.txt": f"{MARK}\n正文".encode(),
    "假扩展名.pdf": word(MARK),
}


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_file_is_refused_and_wiped_on_the_spot(name: str, tmp_path: Path) -> None:
    reason = refusal(tmp_path, SECRET[name], name)
    assert reason.id == "files.secret"
    assert MARK in reason.message
    assert "窗口" in reason.instead
    assert list(tmp_path.iterdir()) == [], "nothing is left in the upload folder"


def test_a_secret_pdf_is_refused(tmp_path: Path) -> None:
    from gongkai.documents.blocks import Paragraph
    from gongkai.documents.writing import write

    def page(*lines: str) -> bytes:
        return write([Paragraph(line) for line in lines], to="pdf", title="通知")

    assert refusal(tmp_path, page(MARK, "青禾县人民政府文件", "正文"), "通知.pdf").id == "files.secret"
    assert inspected(tmp_path, page("青禾县人民政府文件", "关于机密级文件管理的通知", "正文"), "通知.pdf")


OPEN = {
    "正文.docx": word("关于国家秘密管理的通知", "标有机密★5年的文件按规定保管。"),
    "后页.docx": word(*["正文"] * 20, MARK),
    "第二表.xlsx": xlsx(SHEET_ROW, SHEET_ROW.replace("项目", "秘密")),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_word_in_the_body_is_no_mark(name: str, tmp_path: Path) -> None:
    assert inspected(tmp_path, OPEN[name], name).probed.mark == ""


@pytest.mark.parametrize(("data", "name"), [(scan(), "扫描.pdf"), (png(), "照片.png")])
def test_scans_are_told_to_be_unchecked(data: bytes, name: str, tmp_path: Path) -> None:
    (finding,) = inspected(tmp_path, data, name).findings
    assert finding.rule == "F-UNCHECKED"
    assert "未检查" in finding.message


DELETED = '<w:del w:author="王"><w:r><w:delText>原来的话</w:delText></w:r></w:del>'
COMMENTS = "<w:comment>" + p("这里不对") + "</w:comment>"
HIDING = {
    "批注.docx": (word("正文", comments=COMMENTS), "这里不对"),
    "修订.docx": (docx(p("正文", DELETED)), "原来的话"),
    "隐藏文字.docx": (docx(p("正文", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>")), "看不见"),
    "隐藏表.xlsx": (xlsx(SHEET_ROW, HIDDEN_SHEET, names='|state="hidden"'), "张三的低保金额"),
    "深藏表.xlsx": (xlsx(SHEET_ROW, HIDDEN_SHEET, names='|state="veryHidden"'), "张三的低保金额"),
    "隐藏行.xlsx": (xlsx(SHEET_ROW.replace("</sheetData>", '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>张三</t></is></c></row></sheetData>')), "张三"),
    "隐藏列.xlsx": (xlsx('<cols><col min="2" max="2" hidden="1"/></cols>' + SHEET_ROW.replace("</row>", '<c r="B1" t="inlineStr"><is><t>张三</t></is></c></row>')), "张三"),
    "黑框.pdf": (pdf(text("Zhang San") + box(40, 695, 300, 20)), "ZhangSan"),
    "定位.jpg": (jpeg(place=True), "经纬度"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDING)
def test_hidden_content_is_a_finding_that_blocks_release(name: str, tmp_path: Path) -> None:
    data, words = HIDING[name]
    found = [one for one in inspected(tmp_path, data, name).findings if one.rule == "F-HIDDEN"]
    assert [(words in one.message, one.blocks) for one in found] == [(True, True)]


def test_authors_are_a_hint_and_recognised_text_of_a_scan_too(tmp_path: Path) -> None:
    ocr = pdf(picture(0, 0, WIDTH, HEIGHT) + text("Zhang San", mode=3), info="/Author(Wang Min)/Title(Notice)")
    found = inspected(tmp_path, ocr, "扫描.pdf").findings
    assert sorted((one.rule, one.found, one.blocks) for one in found) == [
        ("F-HIDDEN", "ZhangSan", False),
        ("F-META", "Wang Min", False),
    ]
    author = inspected(tmp_path, jpeg(author="Wang Min"), "照片.jpg").findings
    assert ("F-META", "Wang Min") in [(one.rule, one.found) for one in author]


def test_old_office_files_are_read_where_libreoffice_is(tmp_path: Path) -> None:
    require_program("soffice")
    found = inspected(tmp_path, RTF, "说明.doc")
    assert (found.probed.kind, found.name, "hello" in found.probed.text) == (Kind.DOC, "说明.doc", True)


def test_an_extension_of_two_families_fits_both() -> None:
    assert (families_of("xml"), families_of("docx"), families_of("exe")) == ({"word", "book"}, {"word"}, set())


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\王敏\\说明.docx": "说明.docx",
    "说明\u202excod.exe": "说明xcod.exe",
    "换\n行\0.pdf": "换行.pdf",
    "<script>alert(1)</script>.pdf": "script>.pdf",
    "...": "未命名",
    "": "未命名",
    "长" * 300 + ".docx": "长" * 115 + ".docx",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_made_plain(name: str) -> None:
    assert plain_name(name) == NAMES[name]


def test_the_kinds_of_zip_are_told_by_their_parts(tmp_path: Path) -> None:
    stored = zipped({"word/document.xml": "<a/>"}, zipfile.ZIP_STORED)
    assert "没有正文" in refusal(tmp_path, stored, "说明.docx").message
