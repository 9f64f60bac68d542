"""The disclosure guide (政府信息公开指南, Article 12), made of what is on record: it can't be stale.

What is missing is a finding, shown to the office; the public sees what there is. Each change is a version, told by the
day on which it began to hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.guide_facts import PERIODS, Facts, facts_of
from gongkai.agencies.models import Agency, GuideText
from gongkai.agencies.roles import ChannelKind
from gongkai.documents.blocks import Block, Cell, Grid, Paragraph, Style
from gongkai.findings import Finding, Severity
from gongkai.law import numerals
from gongkai.law.errors import OutsideCodedLaw
from gongkai.law.parameters import number, parameter
from gongkai.law.remedies import notice_text
from gongkai.law.results import RemedyClass

_BASIS = "《中华人民共和国政府信息公开条例》第十二条"
_LEADERS = "《中华人民共和国政府信息公开条例》第二十条第（二）项"
TO_COME = "本部分正在补充，可以向政府信息公开工作机构询问。"
"""What the public reads where a part is missing."""
_MUST_BE_OPEN = (ChannelKind.WINDOW, ChannelKind.POST)


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A part of the guide: its title, its paragraphs, rows of name and content, and its number in the guide (一)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    number: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on record for it yet."""
        return not self.paragraphs and not self.rows

    @property
    def items(self) -> list[dict[str, str]]:
        """The rows as a page lists them."""
        return [{"label": name, "text": text} for name, text in self.rows]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide of an agency as it stood on a day, which version that is, and what is missing from it.

    `since` is the day from which it holds; `versions` are all such days up to now, the newest first.
    """

    agency_name: str
    on: date
    since: date
    versions: tuple[date, ...]
    sections: tuple[GuideSection, ...]
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return f"{self.agency_name}政府信息公开指南"

    @property
    def to_come(self) -> str:
        """What stands in a part that is missing."""
        return TO_COME

    @property
    def note(self) -> str:
        """The line below its title."""
        return f"（自{self.since.year}年{self.since.month}月{self.since.day}日起）"


def guide(agency: Agency, on: date, until: date | None = None) -> Guide:
    """The guide as it stood on a day; `until` bounds the versions told (that day, where none is given)."""
    return guide_of(facts_of([agency], on, until)[0], on)


def guide_of(facts: Facts, on: date) -> Guide:
    """The guide that is made of these facts."""
    findings: list[Finding] = []
    sections = (
        _text(facts, GuideText.Part.INFORMATION, "", findings),
        _text(facts, GuideText.Part.OBTAINING, "", findings),
        _office(facts, findings),
        _channels(facts, findings),
        _text(facts, GuideText.Part.REQUESTING, _requesting(on), findings),
        _text(facts, GuideText.Part.FEES, _fees(on), findings),
        _text(facts, GuideText.Part.REMEDIES, _remedies(facts, on), findings),
    )
    findings += _other_findings(facts)
    numbered = tuple(replace(part, number=numerals.chinese(count)) for count, part in enumerate(sections, 1))
    began = facts.agency.from_on
    changed = {day for day in facts.days if began < day <= facts.until}
    versions = sorted({began, *changed}, reverse=True)
    since = next((day for day in versions if day <= on), began)
    return Guide(facts.name, on, since, tuple(versions), numbered, tuple(findings))


def blocks(told: Guide) -> list[Block]:
    """The guide as a document."""
    made: list[Block] = [Paragraph(told.title, style=Style.TITLE), Paragraph(told.note, style=Style.NOTE)]
    for section in told.sections:
        made.append(Paragraph(f"{section.number}、{section.title}", style=Style.HEADING))
        made += [Paragraph(text) for text in section.paragraphs]
        if section.is_empty:
            made.append(Paragraph(TO_COME))
        if section.rows:
            made.append(_grid(section))
    return made


def lacks(facts: Facts, on: date, *, is_headed: bool) -> tuple[Finding, ...]:
    """All that an agency has to put on record yet: what its guide lacks, and who leads it."""
    found = guide_of(facts, on).findings
    head = _missing("head", "没有登记主要领导（第一责任人）", "在人员中任用主要领导", _LEADERS)
    return found if is_headed else (*found, head)


def default_text(part: str, facts: Facts, on: date) -> str:
    """The words of the law that stand in a part where the office has written none of its own; empty where it must."""
    wordings = {
        GuideText.Part.REQUESTING: lambda: _requesting(on),
        GuideText.Part.FEES: lambda: _fees(on),
        GuideText.Part.REMEDIES: lambda: _remedies(facts, on),
    }
    return wordings[GuideText.Part(part)]() if part in wordings else ""


def _grid(section: GuideSection) -> Grid:
    cells = [
        cell
        for row, (name, text) in enumerate(section.rows)
        for cell in (Cell(name, row, 0, header=True), Cell(text, row, 1))
    ]
    return Grid(tuple(cells), caption=section.title, widths=(1, 3))


def _requesting(on: date) -> str:
    try:
        clarify, reply, extension = (number(key, on=on) for key in PERIODS)
    except OutsideCodedLaw:
        return ""
    return (
        "公民、法人和其他组织可以向本机关申请获取政府信息。申请应当包括申请人的姓名或者名称、身份证明、联系方式，申请公开的政府信息的名称、文号"
        "或者便于查询的其他特征性描述，以及获取信息的方式、途径等形式要求。\n"
        f"申请内容不明确的，本机关自收到申请之日起{clarify}个工作日内一次性告知补正。能够当场答复的，当场答复；不能当场答复的，自收到申请之日起"
        f"{reply}个工作日内答复；需要延长的，经政府信息公开工作机构负责人同意并告知申请人，延长不超过{extension}个工作日。"
    )


def _fees(on: date) -> str:
    if not parameter("clock.fee_payment").is_in_force(on):
        return ""
    return (
        "本机关依申请提供政府信息不收取费用。申请公开政府信息的数量、频次明显超过合理范围的，可以收取信息处理费，标准按《政府信息公开信息处理费管理"
        "办法》（国办函〔2020〕109号）执行。"
    )


def _remedies(facts: Facts, on: date) -> str:
    overseer = facts.overseer or "政府信息公开工作主管部门"
    lines = [
        f"公民、法人和其他组织认为本机关未按照要求主动公开政府信息或者对申请不依法答复处理的，可以向{overseer}投诉、举报。"
    ]
    court = facts.reviewing.court or f"有管辖权的{facts.reviewing.court_level}"
    wordings = (
        (RemedyClass.RECONSIDERATION_FIRST, "本机关不予公开的答复"),
        (RemedyClass.FREE_CHOICE, "本机关的其他答复"),
    )
    try:
        lines += [
            notice_text(remedy, on=on, reviewer=facts.reviewing.reviewer, court=court, about=about)
            for remedy, about in wordings
        ]
    except OutsideCodedLaw:
        lines.append("认为本机关的政府信息公开工作侵犯其合法权益的，可以依法申请行政复议或者提起行政诉讼。")
    return "\n".join(lines)


def _text(facts: Facts, part: GuideText.Part, default: str, findings: list[Finding]) -> GuideSection:
    text = facts.texts.get(part) or default
    if not text:
        findings.append(_missing(part, f"指南缺少“{part.label}”", "填写这一部分"))
    return GuideSection(str(part.label), tuple(line.strip() for line in text.splitlines() if line.strip()))


def _office(facts: Facts, findings: list[Finding]) -> GuideSection:
    office, title = facts.office, "政府信息公开工作机构"
    if office is None:
        findings.append(_missing("office", "没有登记政府信息公开工作机构", "登记它的名称、地址、时间和电话"))
        return GuideSection(title)
    contact = office.website or office.email
    wanted = (("办公地址", office.address), ("办公时间", office.hours), ("联系电话", office.phone))
    asked = (*wanted, ("互联网联系方式", contact), ("邮政编码", office.postcode))
    findings += [_missing("office", f"工作机构没有{name}", "补充") for name, value in asked if not value]
    rows = [
        ("名称", office.name),
        *wanted,
        ("传真", office.fax),
        ("电子邮箱", office.email),
        ("网址", office.website),
        ("邮政编码", office.postcode),
    ]
    return GuideSection(title, rows=tuple((name, value) for name, value in rows if value))


def _channels(facts: Facts, findings: list[Finding]) -> GuideSection:
    rows = [
        (str(row.get_kind_display()), row.details + (f"（{row.note}）" if row.note else "")) for row in facts.channels
    ]
    open_kinds = {row.kind for row in facts.channels}
    for kind in _MUST_BE_OPEN:
        if kind not in open_kinds:
            findings.append(_missing("channels", f"没有登记{kind.label}的渠道，这一渠道不得拒绝", "登记该渠道的地址"))
    return GuideSection("申请渠道", rows=tuple(rows))


def _other_findings(facts: Facts) -> Iterable[Finding]:
    if not facts.agency.functions:
        yield _missing("functions", "没有登记主要职责，群众按事项找不到本机关", "在机构资料中填写", _LEADERS)
    found = facts.reviewing
    if not found.is_named:
        message = f"复议机关只知道是“{found.reviewer}”，没有名称"
        yield _missing("reviewing", message, "系统管理员登记所属人民政府或者另行指定", found.basis)
    if not found.court:
        yield _missing("court", "没有登记有管辖权的人民法院", "在机构资料中填写", found.court_basis)
    if found.is_court_too_low:
        message = f"登记的{found.court}是基层人民法院，应由{found.court_level}管辖"
        yield _missing("court", message, "在机构资料中更正", found.court_basis)


def _missing(where: str, message: str, todo: str, basis: str = _BASIS) -> Finding:
    return Finding(
        rule="A-GUIDE", severity=Severity.WARNING, where=f"guide.{where}", message=f"{message}，请{todo}", basis=basis
    )
