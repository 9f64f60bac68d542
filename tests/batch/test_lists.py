"""The lists of findings that an office works with: terminal, workbook, page."""

import re
from pathlib import Path

import lxml.html
import openpyxl
import pytest
from tests.report.texts import SECTIONS, figures, whole_text

from gongkai.batch.collect import batches, check_files
from gongkai.batch.listing import change, entries
from gongkai.batch.output import write_results
from gongkai.findings import Finding, Severity
from gongkai.report.form.places import place_name

FAULTY = whole_text(figures(received__company=2)).replace(
    SECTIONS[6], "没有收费,没有其他事项,也没有说明。<b>效劳公开</b>"
)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    reports = folder / "reports"
    reports.mkdir()
    (reports / "好&报告.txt").write_text(whole_text(), "utf-8")
    (reports / "坏.txt").write_text(FAULTY, "utf-8")
    (reports / "空.docx").write_bytes(bytes(range(256)) * 4)
    (reports / "图.png").write_bytes(b"")
    with batches(1) as running:
        run = check_files(running, [reports], show=True)
        assert write_results(run, as_json=False, xlsx=folder / "out.xlsx", html=folder / "out.html") == 2
    return folder


@pytest.fixture(scope="module")
def page(lists: Path) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(lists / "out.html"), lxml.html.HTMLParser(encoding="utf-8")).getroot()


def test_the_page_asks_nothing_of_any_other_place(lists: Path) -> None:
    text = (lists / "out.html").read_text("utf-8")
    assert not re.search(r"https?://|<script|@import|url\(", text)
    assert 'lang="zh-CN"' in text
    assert "width=device-width" in text


def test_every_link_of_the_page_leads_somewhere(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href.removeprefix("#") for href in page.xpath("//a/@href")]
    assert len(targets) > 8
    assert set(targets) <= set(ids)


def test_a_mark_covers_exactly_what_was_found(page: lxml.html.HtmlElement) -> None:
    marks = [re.sub(r"\d+$", "", mark.text_content()) for mark in page.xpath("//p/mark")]
    assert marks.count(",") == 2
    assert "效劳公开" in marks


def test_a_cell_is_marked_in_its_table(page: lxml.html.HtmlElement) -> None:
    [row] = page.xpath("//tr[td[contains(., '本年新收')]][.//mark]")
    assert [cell.text_content()[0] for cell in row.xpath("td[mark]")] == ["2", "3"]


def test_like_faults_of_a_paragraph_share_one_note(page: lxml.html.HtmlElement) -> None:
    [note] = page.xpath("//li[contains(., '全角标点“，”')]")
    assert re.match(r"\d+、\d+ 错误", note.text_content())


def test_markup_in_a_report_is_shown_and_not_obeyed(page: lxml.html.HtmlElement) -> None:
    assert not page.xpath("//b")
    assert "<b>" in page.xpath("string(//section[contains(., '效劳公开')])")


def test_the_summary_names_every_file_and_why_one_was_not_read(page: lxml.html.HtmlElement) -> None:
    rows = {row.text_content() for row in page.xpath("//tbody/tr") if row.xpath("ancestor::table[@class='gk-files']")}
    assert len(rows) == 3
    assert any("好&报告.txt" in row for row in rows)
    assert "共检查3个文件，其中1个无法读取" in page.text_content()
    assert "图.png" in page.text_content()
    assert page.xpath("//section[contains(., '空.docx')][contains(., '无法读取')]")


def test_the_workbook_lists_findings_and_files(lists: Path) -> None:
    book = openpyxl.load_workbook(lists / "out.xlsx")
    head, *rows = book["问题清单"].iter_rows(values_only=True)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    by_rule = {row["规则"]: row for row in found}
    assert by_rule["T3-ROW"]["位置"] == "一、本年新收政府信息公开申请数量"
    assert (by_rule["T3-ROW"]["现为"], by_rule["T3-ROW"]["应为"]) == (3, 5)
    assert by_rule["proof.spin_artefact"]["应为"] == "服务公开"
    files = [row[0] for row in book["文件汇总"].iter_rows(values_only=True)]
    assert any(str(name).endswith("空.docx") for name in files)


def test_a_text_is_never_a_formula_in_the_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(whole_text().replace(SECTIONS[6], "=1+1,=HYPERLINK(1)，待补充"), "utf-8")
    with batches(1) as running:
        run = check_files(running, [tmp_path / "a.txt"])
        write_results(run, as_json=False, xlsx=tmp_path / "out.xlsx", html=None)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["问题清单"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_terminal_tells_places_in_words(lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with batches(1) as running:
        write_results(check_files(running, [lists / "reports" / "坏.txt"]), as_json=False, xlsx=None, html=None)
    out = capsys.readouterr().out
    assert "T3-ROW" in out
    assert "requests." not in out
    assert out.count("全角标点“，”") == 1


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("sections.5", "第五部分"),
        ("form", "报告格式"),
        ("requests", "《收到和处理政府信息公开申请情况表》"),
        ("requests.total", "“总计”列"),
        ("requests.refused_internal", "（三）不予公开5.属于三类内部事务信息"),
        ("requests.refused_internal.company", "（三）不予公开5.属于三类内部事务信息，商业企业"),
        ("remedies.reconsideration", "行政复议"),
        ("proactive.charges", "行政事业性收费，本年收费金额（单位：万元）"),
        ("12:3", "12:3"),
    ],
)
def test_places_in_the_words_of_the_form(where: str, name: str) -> None:
    assert place_name(where) == name


def finding(where: str, **changes: str) -> Finding:
    return Finding(rule="proof.x", severity=Severity.ERROR, where=where, message="有误", found="a", **changes)  # type: ignore[arg-type]  # texts only


def test_only_findings_of_the_text_are_told_together() -> None:
    found = [finding("1:2"), finding("requests.received"), finding("3:4"), finding("requests.carried_in")]
    assert [entry.numbers for entry in entries(enumerate(found, 1))] == [(1, 3), (2,), (4,)]


@pytest.mark.parametrize(
    ("expected", "told"),
    [("b", "现为“a”，应为“b”"), ("", "现为“a”，应删去"), (None, ""), ("误", "现为“a”，应为“误”")],
)
def test_what_is_to_be_changed_in_words(expected: str | None, told: str) -> None:
    assert change(finding("1:1", expected=expected)) == told  # type: ignore[arg-type]  # None where nothing is wanted


def test_a_change_that_the_message_tells_is_not_told_twice() -> None:
    told = Finding(rule="x", severity=Severity.HINT, where="1:1", message="应改为“b”", found="a", expected="b")
    assert change(told) == ""


def test_what_does_not_fit_on_a_sheet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.batch.list_xlsx._MOST_ROWS", 3)
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    with batches(1) as running:
        write_results(check_files(running, [tmp_path / "a.txt"]), as_json=False, xlsx=tmp_path / "out.xlsx", html=None)
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["问题清单"].iter_rows(values_only=True))
    assert len(rows) == 4
    assert str(rows[-1][7]).startswith("工作表已满，还有")
