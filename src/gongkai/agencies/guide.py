"""The disclosure guide (政府信息公开指南, Article 12), made of what is on record: it can't be stale.

What is missing is a finding, shown to the office; the public sees what there is.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.agencies import queries
from gongkai.agencies.models import Agency, GuideText
from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.findings import Finding, Severity

_BASIS = "《中华人民共和国政府信息公开条例》第十二条"
_NUMERALS = "一二三四五六七八九十"
_DEFAULTS = {
    GuideText.Part.REQUESTING: (
        "公民、法人和其他组织可以向本机关申请获取政府信息。申请应当包括申请人的姓名或者名称、身份证明、联系方式，申请公开的政府信息的名称、文号"
        "或者便于查询的其他特征性描述，以及获取信息的方式、途径等形式要求。\n"
        "申请内容不明确的，本机关自收到申请之日起7个工作日内一次性告知补正。能够当场答复的当场答复；不能当场答复的，自收到申请之日起20个工作日内"
        "答复；需要延长的，经政府信息公开工作机构负责人同意并告知申请人，延长不超过20个工作日。"
    ),
    GuideText.Part.FEES: (
        "本机关依申请提供政府信息不收取费用。申请公开政府信息的数量、频次明显超过合理范围的，可以收取信息处理费，标准按《政府信息公开信息处理费管理"
        "办法》（国办函〔2020〕109号）执行。"
    ),
    GuideText.Part.REMEDIES: (
        "公民、法人和其他组织认为本机关未按照要求主动公开政府信息或者对申请不依法答复处理的，可以向政府信息公开工作主管部门投诉、举报；认为本机关的"
        "政府信息公开工作侵犯其合法权益的，可以依法申请行政复议或者提起行政诉讼。"
    ),
}
"""Words of the law itself, where the office has written none of its own."""


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A part of the guide: its title, its paragraphs, and rows of name and content."""

    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide of an agency as it stood on a day, and what is missing from it."""

    agency_name: str
    on: date
    sections: tuple[GuideSection, ...]
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return f"{self.agency_name}政府信息公开指南"


def guide(agency: Agency, on: date) -> Guide:
    """The guide as it stood on a day."""
    texts = {row.part: row.text for row in GuideText.objects.filter(agency=agency, from_on__lte=on).order_by("from_on")}
    name = queries.name_of(agency, on)
    findings: list[Finding] = []
    sections = (
        _text(texts, GuideText.Part.INFORMATION, findings),
        _text(texts, GuideText.Part.OBTAINING, findings),
        _office(agency, on, findings),
        _channels(agency, on, findings),
        _text(texts, GuideText.Part.REQUESTING, findings),
        _text(texts, GuideText.Part.FEES, findings),
        _text(texts, GuideText.Part.REMEDIES, findings),
    )
    if not queries.heads(agency, on):
        findings.append(_missing("head", "没有登记主要领导（第一责任人）", "在人员中任用主要领导"))
    return Guide(name, on, sections, tuple(findings))


def blocks(told: Guide) -> list[Block]:
    """The guide as a document."""
    made: list[Block] = [Paragraph(told.title, style=Style.TITLE)]
    for number, section in enumerate(told.sections):
        made.append(Paragraph(f"{_NUMERALS[number]}、{section.title}", style=Style.HEADING))
        made += [Paragraph(text) for text in section.paragraphs]
        if section.rows:
            cells = [
                cell
                for row, (name, text) in enumerate(section.rows)
                for cell in (Cell(name, row, 0, header=True), Cell(text, row, 1))
            ]
            made.append(Grid(tuple(cells), caption=section.title, widths=(1, 3)))
    return made


def _text(texts: dict[str, str], part: GuideText.Part, findings: list[Finding]) -> GuideSection:
    text = texts.get(part) or _DEFAULTS.get(part, "")
    if not text:
        findings.append(_missing(part, f"指南缺少“{part.label}”", "在公开指南中填写这一部分"))
    return GuideSection(str(part.label), tuple(line.strip() for line in text.splitlines() if line.strip()))


def _office(agency: Agency, on: date, findings: list[Finding]) -> GuideSection:
    office = queries.office(agency, on)
    title = "政府信息公开工作机构"
    if office is None:
        findings.append(_missing("office", "没有登记政府信息公开工作机构", "登记工作机构的名称、地址、时间和电话"))
        return GuideSection(title)
    wanted = (("办公地址", office.address), ("办公时间", office.hours), ("联系电话", office.phone))
    for name, value in wanted:
        if not value:
            findings.append(_missing("office", f"工作机构没有{name}", "补充后指南随即更新"))
    rows = [("名称", office.name), *wanted, ("传真", office.fax), ("互联网联系方式", office.website or office.email)]
    return GuideSection(title, rows=tuple((name, value) for name, value in rows if value))


def _channels(agency: Agency, on: date, findings: list[Finding]) -> GuideSection:
    rows = [
        (row.get_kind_display(), row.details + (f"（{row.note}）" if row.note else ""))
        for row in queries.channels(agency, on)
    ]
    kinds = {row.kind for row in queries.channels(agency, on)}
    for kind, name in (("window", "当面提交"), ("post", "邮寄")):
        if kind not in kinds:
            findings.append(_missing("channels", f"没有登记{name}的渠道，这一渠道任何机关不得拒绝", "登记该渠道的地址"))
    return GuideSection("申请渠道", rows=tuple(rows))


def _missing(where: str, message: str, todo: str) -> Finding:
    return Finding(
        rule="A-GUIDE", severity=Severity.WARNING, where=f"guide.{where}", message=f"{message}，请{todo}", basis=_BASIS
    )
