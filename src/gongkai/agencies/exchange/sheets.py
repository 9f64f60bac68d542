"""The sheets of the workbook as data: export, reading, checking and the note sheet are driven by them."""

from collections.abc import Sequence

from gongkai.agencies.exchange.columns import Column, Is, Sheet
from gongkai.agencies.models import (
    Agency,
    AgencyName,
    Appointment,
    Channel,
    DisclosureOffice,
    GuideText,
    LeadingGroupMember,
    OfficeMember,
    Person,
    Post,
    Succession,
    Unit,
)
from gongkai.agencies.roles import INSTALLATION_ROLES, ChannelKind, Kind, Level, Role

NOTES = "说明"
"""The sheet that explains the others; it is not read."""


def _choices(pairs: Sequence[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in pairs)


def _agency(heading: str = "机构编码", field: str = "agency", *, required: bool = True) -> Column:
    return Column(heading, field, Is.AGENCY, "“机构”表中的机构编码", required, fixed=True, width=20)


def _person(prefix: str = "人员", field: str = "person", *, required: bool = True) -> tuple[Column, Column]:
    told = "“人员”表中的编号；同一机构没有同名人员的，可以不填，只写姓名"
    name = "姓名" if prefix == "人员" else f"{prefix}姓名"
    return (
        Column(f"{prefix}编号", field, Is.PERSON_ID, told, fixed=True, width=20),
        Column(name, field, Is.PERSON_NAME, "只写姓名的，按机构编码在该机构登记的人员中查找", required, fixed=True),
    )


def _day(heading: str, field: str = "from_on", *, required: bool = True, fixed: bool = False) -> Column:
    return Column(heading, field, Is.DAY, "如 2026-01-05", required, fixed)


def _end(heading: str = "终止日期") -> Column:
    return Column(heading, "to_on", Is.DAY, "从这一天起不再有效；没有终止的不填")


_ID = Column("编号", "public_id", Is.ID, "由系统给出，请不要改动；新增的行不填", width=20)
_SHOWN = Column("机构名称", "agency", Is.SHOWN, "仅供查看，不读取", width=28)
_ROLES = [(role.value, role.label) for role in Role if role not in INSTALLATION_ROLES]

AGENCIES = Sheet(
    "机构",
    Agency,
    (
        Column("机构编码", "code", hint="统一社会信用代码或本地编码，不能重复", required=True, fixed=True, width=20),
        _SHOWN,
        Column("性质", "kind", Is.CHOICE, required=True, choices=_choices(Kind.choices), width=18),
        Column("层级", "level", Is.CHOICE, required=True, choices=_choices(Level.choices)),
        Column("上级编码", "parent", Is.AGENCY, "指导、监督本机关信息公开工作的机关", width=20),
        Column("所属人民政府编码", "government", Is.AGENCY, "复议机关由此确定", width=20),
        Column("发文机关代字", "document_code"),
        Column("主要职责", "functions", hint="用群众的话写", width=50),
        Column("复议机关编码", "review_organ", Is.AGENCY, "只在另行指定时填写", width=20),
        Column("复议机关名称", "review_organ_name", hint="另行指定的复议机关不在本表时填写", width=24),
        Column("另行指定的理由", "review_organ_reason", width=24),
        Column("有管辖权的人民法院", "court", width=24),
        _day("设立日期", fixed=True),
        Column("撤销日期", "to_on", Is.DAY, "只用于补录已撤销的机构；撤销现有的机构请在机构页面办理合并", fixed=True),
    ),
    key=("code",),
    created="agencies.found",
    changed="agencies.change",
    owner="",
    subject="",
)
NAMES = Sheet(
    "名称沿革",
    AgencyName,
    (
        _agency(),
        Column("全称", "name", required=True, fixed=True, width=32),
        Column("简称", "short_names", hint="几个简称用空格隔开", fixed=True, width=24),
        _day("启用日期", fixed=True),
    ),
    key=("agency", "from_on"),
    created="agencies.rename",
    changed="agencies.rename",
)
SUCCESSIONS = Sheet(
    "承继",
    Succession,
    (
        _agency("原机构编码", "predecessor"),
        Column("原机构名称", "predecessor", Is.SHOWN, "仅供查看，不读取", width=28),
        _agency("承继机构编码", "successor"),
        Column("承继机构名称", "successor", Is.SHOWN, "仅供查看，不读取", width=28),
        _day("承继日期", "on", fixed=True),
        Column("依据文件", "basis", fixed=True, width=24),
    ),
    key=("predecessor", "successor"),
    created="agencies.merge",
    changed="agencies.merge",
    owner="predecessor",
    subject="predecessor",
)
UNITS = Sheet(
    "内设机构",
    Unit,
    (
        _agency(),
        _SHOWN,
        Column("名称", "name", required=True, width=20),
        Column("职责", "duties", width=40),
        _day("设立日期", fixed=True),
        _end("撤销日期"),
        _ID,
    ),
    key=("agency", "name", "from_on"),
    created="agencies.open_unit",
    changed="agencies.change_unit",
    subject="self",
)
PEOPLE = Sheet(
    "人员",
    Person,
    (
        Column(
            "编号",
            "public_id",
            Is.ID,
            "已登记的人员由系统给出，请不要改动；新增的人员可以不填，同名的自己编一个号，其他表用它指明是谁",
            width=20,
        ),
        _agency("登记机关编码", required=False),
        Column("登记机关名称", "agency", Is.SHOWN, "仅供查看，不读取", width=28),
        Column("姓名", "name", required=True),
        Column("办公电话", "phone", width=18),
        Column("办公邮箱", "email", width=26),
    ),
    key=("agency", "name"),
    created="agencies.add_person",
    changed="agencies.change_person",
    subject="self",
)
POSTS = Sheet(
    "职务",
    Post,
    (
        _agency(),
        _SHOWN,
        *_person(),
        Column("职务", "title", required=True, width=20),
        _day("任职日期"),
        _end("免职日期"),
        _ID,
    ),
    key=("person", "agency", "title", "from_on"),
    created="agencies.give_post",
    changed="agencies.correct_post",
    subject="person",
)
APPOINTMENTS = Sheet(
    "任用",
    Appointment,
    (
        _agency(),
        _SHOWN,
        *_person(),
        Column("角色", "role", Is.CHOICE, required=True, fixed=True, choices=_choices(_ROLES), width=20),
        Column("内设机构", "unit", Is.UNIT, "不限于某个内设机构的不填", fixed=True, width=20),
        _day("起始日期", fixed=True),
        _end(),
        *_person("授权人", "delegated_from", required=False),
        Column("任免文件", "basis", fixed=True, width=24),
        _ID,
    ),
    key=("person", "agency", "unit", "role", "from_on"),
    created="agencies.appoint",
    changed="agencies.end_appointment",
    subject="self",
)
OFFICES = Sheet(
    "工作机构",
    DisclosureOffice,
    (
        _agency(),
        _SHOWN,
        _day("启用日期", fixed=True),
        Column("名称", "name", required=True, width=28),
        Column("承担机构编码", "unit_agency", Is.AGENCY, "承担股室属于别的机构时填写", width=20),
        Column("承担股室", "unit", Is.UNIT, width=20),
        Column("办公地址", "address", width=30),
        Column("办公时间", "hours", width=30),
        Column("联系电话", "phone", width=18),
        Column("传真", "fax", width=18),
        Column("电子邮箱", "email", width=26),
        Column("互联网联系方式", "website", width=30),
        Column("邮政编码", "postcode"),
    ),
    key=("agency", "from_on"),
    created="agencies.set_office",
    changed="agencies.set_office",
)
OFFICE_MEMBERS = Sheet(
    "工作人员",
    OfficeMember,
    (
        _agency(),
        _SHOWN,
        *_person(),
        Column("专职", "is_full_time", Is.YES, "是：专职；否：兼职", required=True),
        Column("在编", "is_established", Is.YES, "是：在编；否：非在编", required=True),
        _day("起始日期"),
        _end(),
        _ID,
    ),
    key=("agency", "person", "from_on"),
    created="agencies.add_office_member",
    changed="agencies.correct_officemember",
    subject="person",
)
LEADING_GROUP = Sheet(
    "领导小组",
    LeadingGroupMember,
    (
        _agency(),
        _SHOWN,
        *_person(),
        Column("组内职务", "part", Is.CHOICE, required=True, choices=_choices(LeadingGroupMember.Part.choices)),
        Column("职责", "duties", width=40),
        _day("起始日期"),
        _end(),
        _ID,
    ),
    key=("agency", "person", "part", "from_on"),
    created="agencies.add_group_member",
    changed="agencies.correct_leadinggroupmember",
    subject="person",
)
CHANNELS = Sheet(
    "渠道",
    Channel,
    (
        _agency(),
        _SHOWN,
        Column("渠道", "kind", Is.CHOICE, required=True, choices=_choices(ChannelKind.choices)),
        Column("地址、号码或网址", "details", required=True, width=40),
        Column("说明", "note", width=40),
        _day("开通日期"),
        _end("关闭日期"),
        _ID,
    ),
    key=("agency", "kind", "from_on"),
    created="agencies.open_channel",
    changed="agencies.correct_channel",
)
GUIDE_TEXTS = Sheet(
    "指南",
    GuideText,
    (
        _agency(),
        _SHOWN,
        Column(
            "部分",
            "part",
            Is.CHOICE,
            required=True,
            fixed=True,
            choices=_choices(GuideText.Part.choices),
            width=26,
        ),
        Column("正文", "text", hint="一段一行；不填的，从启用日期起用法律、法规的原话", width=80),
        _day("启用日期", fixed=True),
    ),
    key=("agency", "part", "from_on"),
    created="agencies.write_guide_text",
    changed="agencies.write_guide_text",
)

SHEETS = (
    AGENCIES,
    NAMES,
    SUCCESSIONS,
    UNITS,
    PEOPLE,
    POSTS,
    APPOINTMENTS,
    OFFICES,
    OFFICE_MEMBERS,
    LEADING_GROUP,
    CHANNELS,
    GUIDE_TEXTS,
)
"""In the order in which they are read: each refers to those before it alone."""
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
