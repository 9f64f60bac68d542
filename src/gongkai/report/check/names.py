"""Names and years: the title, another agency's name, another year left in the text: F-TITLE, S-AGENCY, S-YEAR."""

import re
from collections.abc import Iterator

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.report.form import form
from gongkai.report.model import Report
from gongkai.report.reading.values import bare

_ORGAN = r"(?:局|委员会|办公室|厅|街道办事处|镇人民政府|乡人民政府|管理委员会|人民政府)"
_NOT_SELF = r"(?:会同|联合|配合|根据|按照|协助|接受|转发|印发|上级|隶属|[与同向由经被报送对和、及受])"
_AGENCY = re.compile(
    rf"(?:^|(?<=[。；，,\n （(\u3000]))(?!{_NOT_SELF})"
    rf"(?P<name>[一-鿿]{{1,6}}?(?:省|市|县|区|旗|州|镇|乡)[一-鿿]{{2,18}}?{_ORGAN})(?=(?P<next>.{{0,6}}))"
)
_ACTS = re.compile(
    r"^(?:20\d\d年|高度|认真|积极|切实|严格|坚持|深入|把|将|始终|不断|持续|进一步|全面|着力|大力|在|以|共|主动公开|收到)"
)
_HIGHER = re.compile(r"国务院|省|国家|中央|(?:县|市|区|州|旗)人民政府$|(?:县|市|区)(?:委|政府)?办公室$|政务公开办公室$")
_OWN_KIND = {
    "我局": "局",
    "我镇": "镇",
    "我乡": "乡",
    "我街道": "街道",
    "我委": "委",
    "我县": "县",
    "我区": "区",
    "我市": "市",
}
_PERIOD = re.compile(r"(?P<year>20\d{2})年1月1日(?:起)?(?:至|到|-|—|－)(?P<last>20\d{2})?年?12月31日")
_SUBJECT_YEAR = re.compile(
    r"(?:^|[。；，,])\s*(?P<year>20\d{2})年(?:度)?[，,]?(?:我局|我委|我镇|我乡|我街道|我县|我单位|本机关|本单位|全年|共|收到|主动公开)"
)
_AHEAD = re.compile(r"下一步|下一年|今后|计划|打算|将(?:继续|进一步|要)|展望|上年|较|比|针对|相比|同期")
_TITLE = re.compile(r"(?P<agency>.+?)(?P<year>20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年政府信息公开工作年度报告")


def name_findings(report: Report) -> list[Finding]:
    """Title, agencies and years that cannot be this report's."""
    found = list(_title(report))
    for paragraph in report.paragraphs:
        if paragraph is report.title:
            continue
        found.extend(_agency(report, paragraph))
        found.extend(_years(report, paragraph))
    return found


def _title(report: Report) -> Iterator[Finding]:
    title = report.title
    if title is None or _TITLE.fullmatch(report.title_text):
        return
    official = f"{report.agency or '（机关全称）'}{report.year or '（年份）'}年{form(report.form).title}"
    start = len(title.text) - len(title.text.lstrip())
    yield _finding(
        "F-TITLE",
        title,
        (start, len(title.text.rstrip())),
        f"标题应当写成“机关全称＋年份＋{form(report.form).title}”，请修改",
        official,
        form(report.form).basis,
    )


def _agency(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    if report.agency is None:
        return
    own = bare(report.agency)
    for match in _AGENCY.finditer(paragraph.text):
        name = match["name"]
        if bare(name) in own or own in bare(name) or _HIGHER.search(name):
            continue
        if _ACTS.match(match["next"]):
            message = f"文中出现另一机关“{name}”，本报告是{report.agency}的，请核对是否误留"
            yield _finding("S-AGENCY", paragraph, match.span("name"), message, report.agency)
    for word, kind in _OWN_KIND.items():
        at = paragraph.text.find(word)
        if at >= 0 and kind in "局镇乡" and own[-1:] in "局镇乡" and not own.endswith(kind) and "人民政府" not in own:
            yield _finding(
                "S-AGENCY", paragraph, (at, at + len(word)), f"自称“{word}”与本机关不符，请核对", f"我{own[-1]}"
            )


def _years(report: Report, paragraph: Paragraph) -> Iterator[Finding]:
    year, text = report.year, paragraph.text
    if year is None or "20" not in text:
        return
    for match in _PERIOD.finditer(text):
        for name in ("year", "last"):
            if match[name] is not None and int(match[name]) != year:
                message = f"统计期限应为{year}年1月1日至12月31日，请核对"
                yield _finding("S-YEAR", paragraph, match.span(name), message, str(year))
    for match in _SUBJECT_YEAR.finditer(text):
        start, end = match.start("year"), (text.find("。", match.end()) + 1) or len(text)
        before = text[text.rfind("。", 0, start) + 1 : start]
        around = before[-20:] + text[start : min(end, match.end() + 12)]
        if (
            int(match["year"]) not in (year, year + 1)
            and not _AHEAD.search(around)
            and str(year) not in text[start:end]
        ):
            message = f"这是{year}年度的报告，文中写作{match['year']}年，请核对是否误留"
            yield _finding("S-YEAR", paragraph, match.span("year"), message, str(year))


def _finding(
    rule: str, paragraph: Paragraph, span: tuple[int, int], message: str, expected: str | None, basis: str = "实践"
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        where=paragraph.where(span[0]),
        message=message,
        expected=expected,
        found=paragraph.text[slice(*span)],
        basis=basis,
    )
