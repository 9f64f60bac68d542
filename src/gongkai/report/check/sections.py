"""The six sections: there, in order, not empty, and telling what they must (rules S-SECTION to S-SAME)."""

import re
from collections.abc import Iterator

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding, Severity
from gongkai.report.form import Form, form
from gongkai.report.model import Report, Section

_NUMERALS = "一二三四五六七八九十"
_OURSELVES = r"(?:我[局委办镇乡厅县区市]|我街道|本(?:机关|单位|局|委|镇|乡|街道))?"
_NOTHING = re.compile(
    rf"\s*(?:[一二三四五六]、)?{_OURSELVES}(?:本年度?|20\d\d年度?|今年)?[，,]?{_OURSELVES}(?:暂时?|尚)?(?:无|没有|不存在)"
    r"(?:其他)?(?:需要?(?:报告|说明)的?)?(?:其他)?(?:重要)?(?:事项|情况|问题)?[。.；;]?\s*"
)
_SHORTEST = 12
_FEE = re.compile(r"信息处理费|收费|收取.{0,8}费|费用")
_TOPICS = {
    "主动公开": re.compile(r"主动公开"),
    "依申请公开": re.compile(r"依申请公开|申请"),
    "政府信息管理": re.compile(r"政府信息管理|信息管理|规范性文件|信息审查|保密审查"),
    "政府信息公开平台建设": re.compile(r"平台|网站|新媒体|公众号|专栏|栏目"),
    "监督保障": re.compile(r"监督保障|监督|考核|培训|社会评议|责任追究"),
}
_SUBSECTION = re.compile(r"^\s*[（(]([一二三四五])[）)]")
_PUBLISHED = re.compile(
    r"(?:公开|公示|发布|更新|上传|推送|解读)[^。；]{0,24}?[\d一二三四五六七八九十百千]+\s*余?\s*(?:条|件|篇|份|项|期|个|次)|[\d]+\s*余?\s*(?:条|篇)"
)
_REQUESTS = re.compile(
    r"\d+\s*(?:件|条|宗|份|例|项|起)|[一二三四五六七八九十两]+(?:件|宗|份)|(?:未|没有|无|零).{0,16}申请|申请.{0,10}(?:为零|为0|零件)"
)
_IMPROVEMENTS = re.compile(r"改进(?:情况|措施|工作|方向)?|整改(?:情况|措施)?|下一步|今后")
_RUN = 6
_SAME_SHARE = 0.4
_MARKS = re.compile(r"[，。；：、,;:.\s]")
_PIECE = re.compile(r"[^，。；：、,;:.\s]{6,}")
_PARTS_TOLD = re.compile(
    r"(?:报告|年报|全文)[^。]{0,30}?(?:由|包括|分为|共)(?P<named>[^。]{0,200}?)(?P<count>[五六七八])个?(?:部分|方面)(?:组成|内容)?"
)
_PART_NAMES = (
    re.compile("总体情况|概述|概况|基本情况"),
    re.compile("主动公开"),
    re.compile("申请(?!行政|复议)"),
    re.compile("复议|诉讼"),
    re.compile("问题|不足"),
    re.compile("其他"),
)


def section_findings(report: Report) -> list[Finding]:
    """What is missing, misplaced, empty or repeated in the sections."""
    declared = form(report.form)
    return [
        *_order(report, declared),
        *_empty(report, declared),
        *_fee(report, declared),
        *_topics(report, declared),
        *_same(report),
        *_announced(report),
    ]


def _order(report: Report, declared: Form) -> Iterator[Finding]:
    numbers = [section.number for section in report.sections]
    for expected in declared.sections:
        if expected.number not in numbers:
            title = f"{_NUMERALS[expected.number - 1]}、{expected.title}"
            yield _section(expected.number, f"缺少“{title}”部分，或标题无法辨认，请补上", expected.basis, title)
    highest = 0
    for section in report.sections:
        yield from _misplaced(section, numbers, highest, declared)
        highest = max(highest, section.number)


def _misplaced(section: Section, numbers: list[int], highest: int, declared: Form) -> Iterator[Finding]:
    evidence = (section.heading.where(),) if section.heading is not None else ()
    title = f"{section.numeral}、{section.title}" if section.numeral else section.title
    if section.number > len(declared.sections):
        yield _section(
            section.number,
            f"规定格式只有六个部分，“{title}”是多出的部分，请并入相应部分",
            declared.basis,
            None,
            title,
            evidence,
        )
    elif section.number < highest:
        yield _section(
            section.number,
            f"“{title}”的位置不对，六个部分应当按规定顺序排列，请调整",
            declared.basis,
            None,
            title,
            evidence,
        )
    elif section.number == highest and numbers.count(section.number) > 1:
        yield _section(section.number, f"“{title}”重复出现，请合并", declared.basis, None, title, evidence)
    elif section.heading is not None and section.number <= len(_NUMERALS):
        wanted = _NUMERALS[section.number - 1]
        if section.numeral != wanted:
            shown = f"序号“{section.numeral}”" if section.numeral else "没有序号"
            message = f"“{section.title}”{shown}，应为第“{wanted}”部分，请改正"
            yield _section(section.number, message, declared.basis, f"{wanted}、{section.title}", title, evidence)


def _section(
    number: int,
    message: str,
    basis: str,
    expected: str | None,
    found: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        rule="S-SECTION",
        severity=Severity.ERROR,
        where=f"sections.{number}",
        message=message,
        expected=expected,
        found=found,
        basis=basis,
        evidence=evidence,
    )


def _empty(report: Report, declared: Form) -> Iterator[Finding]:
    for number in (5, 6):
        section = report.section(number)
        if section is None:
            continue
        text = "".join(section.text.split())
        if not _NOTHING.fullmatch(section.text) and len(text) >= (_SHORTEST if number == 5 else 4) and text:
            continue
        advice = "请写明真实问题和改进措施" if number == 5 else "请写明收取信息处理费的情况，没有收取的也要写明"
        yield Finding(
            rule="S-EMPTY",
            severity=Severity.WARNING,
            where=f"sections.{number}",
            message=f"第{_NUMERALS[number - 1]}部分内容过于简单，{advice}",
            found=section.text.strip(),
            basis=declared.sections[number - 1].basis,
            evidence=tuple(paragraph.where() for paragraph in section.paragraphs[:1]),
        )


def _fee(report: Report, declared: Form) -> Iterator[Finding]:
    section = report.section(6)
    charged = report.cells.get("requests.other_fee_unpaid.total")
    text = section.text if section is not None else ""
    if charged and not _FEE.search(text):
        yield Finding(
            rule="S-FEE",
            severity=Severity.ERROR,
            where="sections.6",
            message=f"表中有{charged}件因逾期未缴费不再处理，第六部分没有说明信息处理费的收取情况，请补上",
            found=text.strip()[:60],
            basis="国办函〔2020〕109号",
            evidence=("requests.other_fee_unpaid.total",),
        )
    elif (
        report.cells.get("proactive.charges") and section is not None and (not text.strip() or _NOTHING.fullmatch(text))
    ):
        yield Finding(
            rule="S-FEE",
            severity=Severity.ERROR,
            where="sections.6",
            message="表中有行政事业性收费，第六部分只写“无”，请写明是否收取信息处理费",
            found=text.strip(),
            basis="国办函〔2020〕109号",
            evidence=("proactive.charges",),
        )


def _topics(report: Report, declared: Form) -> Iterator[Finding]:
    section = report.section(1)
    if section is None:
        return
    text = section.text
    missing = [topic for topic in declared.sections[0].topics if not _TOPICS[topic].search(text)]
    if missing:
        yield _topic(
            f"第一部分没有说到{'、'.join(missing)}，总体情况应当概述五个方面，请补充", declared, section.paragraphs[:1]
        )
    for number, paragraphs in _subsections(section).items():
        told = "".join(paragraph.text for paragraph in paragraphs)
        if number == 1 and "主动公开" in told and not _PUBLISHED.search(told):
            yield _topic("（一）只说了组织和安排，没有说公开了什么、多少，请补充主动公开的数量", declared, paragraphs)
        if number == 2 and "申请" in told and not _REQUESTS.search(told):
            yield _topic("（二）没有写收到多少件申请；没有收到的，也请写明“未收到”", declared, paragraphs)


def _topic(message: str, declared: Form, paragraphs: list[Paragraph] | tuple[Paragraph, ...]) -> Finding:
    return Finding(
        rule="S-TOPIC",
        severity=Severity.HINT,
        where="sections.1",
        message=message,
        basis=declared.sections[0].basis,
        evidence=tuple(paragraph.where() for paragraph in paragraphs[:1]),
    )


def _subsections(section: Section) -> dict[int, list[Paragraph]]:
    """The paragraphs of （一） to （五）."""
    found: dict[int, list[Paragraph]] = {}
    current: list[Paragraph] | None = None
    for paragraph in section.paragraphs:
        match = _SUBSECTION.match(paragraph.text)
        if match:
            current = found.setdefault(_NUMERALS.index(match[1]) + 1, [])
        if current is not None:
            current.append(paragraph)
    return found


def _same(report: Report) -> Iterator[Finding]:
    """Problems that come back as improvements, word for word."""
    section = report.section(5)
    if section is None:
        return
    text = section.text
    turn = next((m.start() for m in _IMPROVEMENTS.finditer(text) if m.start() > 8), None)
    if turn is None:
        return
    problems, rest = (_MARKS.sub("", part) for part in (text[:turn], text[turn:]))
    runs = [problems[i : i + _RUN] for i in range(len(problems) - _RUN + 1)]
    if sum(run in rest for run in runs) < _SAME_SHARE * max(len(runs), 1):
        return
    again = [piece for piece in dict.fromkeys(_PIECE.findall(text[:turn])) if piece in text[turn:]]
    yield Finding(
        rule="S-SAME",
        severity=Severity.HINT,
        where="sections.5",
        message="改进情况与存在的问题文字大多相同"
        + "".join(f"，如“{piece}”" for piece in again[:3])
        + "，请写出具体措施",
        found=again[0] if again else None,
        evidence=tuple(paragraph.where() for paragraph in section.paragraphs[:1]),
    )


def _announced(report: Report) -> Iterator[Finding]:
    """The opening announces another number of parts than six, or names fewer than it announces."""
    for paragraph in report.preamble:
        match = _PARTS_TOLD.search(paragraph.text)
        if match is None:
            continue
        named = sum(pattern.search(match["named"]) is not None for pattern in _PART_NAMES)
        told = _NUMERALS.index(match["count"]) + 1
        if told != 6:
            count = len({section.number for section in report.sections})
            message = f"开头说报告由{match['count']}个部分组成，规定格式为六个部分，正文有{count}个，请核对"
        elif 4 <= named < 6 and not re.search(r"等\s*$", match["named"]):
            message = f"开头说报告由六个部分组成，只列出{named}个，请补全"
        else:
            continue
        yield Finding(
            rule="S-SECTION",
            severity=Severity.ERROR,
            where="sections.1",
            message=message,
            expected="六",
            found=match["count"] if told != 6 else _NUMERALS[named - 1],
            basis=form(report.form).basis,
            evidence=(paragraph.where(match.start("count")),),
        )
