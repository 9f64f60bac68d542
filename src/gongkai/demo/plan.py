"""What there is in the county: agencies with what a guide needs to know of them, and who works in one."""

from dataclasses import dataclass

from gongkai.agencies.roles import Kind, Level, Role


@dataclass(frozen=True, slots=True)
class Plan:
    """An agency to be founded. `units` are its sections; `posts` who works there, in the order of the plan."""

    key: str
    name: str
    short_names: str
    code: str
    kind: Kind
    document_code: str
    functions: str
    units: tuple[str, ...] = ()
    posts: tuple["Job", ...] = ()
    level: Level = Level.COUNTY
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A post with its roles; `unit` counts the agency's sections, `group` is the part in the leading group.

    Who has no login signs on paper.
    """

    title: str
    roles: tuple[Role, ...] = ()
    unit: int | None = None
    has_login: bool = True
    group: str = ""


def _staff(head: str, office: str, law: str, work: str, *, head_has_login: bool = True) -> tuple[Job, ...]:
    """Nine people, each with what the disclosure work needs of him; three sections by their names."""
    return (
        Job(head, (Role.HEAD,), has_login=head_has_login, group="leader"),
        Job(f"副{head}", (Role.DEPUTY_HEAD,), group="deputy"),
        Job(f"{office}{_chief(office)}", (Role.OFFICE_HEAD,), 0, group="member"),
        Job(f"{office}科员", (Role.CLERK, Role.WINDOW_CLERK, Role.PUBLISHER), 0),
        Job(f"{office}副{_chief(office)}", (Role.SECRECY_REVIEWER,), 0, group="member"),
        Job(f"{law}{_chief(law)}", (Role.LEGALITY_REVIEWER,), 1, group="member"),
        Job(f"{work}{_chief(work)}", (Role.SECTION_HEAD,), 2),
        Job(f"{work}科员", (Role.UNIT_HANDLER,), 2),
        Job("档案员", (Role.ARCHIVIST, Role.SEAL_KEEPER), 0),
    )


def _chief(section: str) -> str:
    return "主任" if section.endswith("室") else f"{section[-1]}长"


GOVERNMENT = Plan(
    "government",
    "青禾县人民政府",
    "青禾县政府 县政府",
    "QH-ZF",
    Kind.GOVERNMENT,
    "青政",
    "领导全县行政工作，制定规范性文件，管理本行政区域内的经济和社会事务",
    posts=(
        Job("县长", (Role.HEAD,), has_login=False, group="leader"),
        Job("副县长", (Role.DEPUTY_HEAD,), group="deputy"),
    ),
)
OFFICE = Plan(
    "office",
    "青禾县人民政府办公室",
    "青禾县政府办 县政府办",
    "QH-ZFB",
    Kind.OFFICE,
    "青政办",
    "县政府文电、会务，指导、协调、监督全县政务公开和政府信息公开工作",
    ("政务公开科", "法规科", "综合科"),
    _staff("主任", "政务公开科", "法规科", "综合科"),
    phone="0000-6120001",
)
INDUSTRY = Plan(
    "industry",
    "青禾县工业和信息化局",
    "青禾县工信局 工信局",
    "QH-GX",
    Kind.DEPARTMENT,
    "青工信",
    "工业运行、技术改造、中小企业扶持、通信和无线电管理，承担原商务局的商贸流通职责",
    ("办公室", "法规股", "运行监测股"),
    _staff("局长", "办公室", "法规股", "运行监测股", head_has_login=False),
    phone="0000-6120011",
)
LAND = Plan(
    "land",
    "青禾县自然资源局",
    "自然资源局",
    "QH-ZR",
    Kind.DEPARTMENT,
    "青自然资",
    "征地补偿、国土空间规划、不动产登记、矿产资源管理、测绘",
    ("办公室", "法规股", "用地审批股"),
    _staff("局长", "办公室", "法规股", "用地审批股"),
    phone="0000-6120012",
)
HOUSING = Plan(
    "housing",
    "青禾县住房和城乡建设局",
    "青禾县住建局 住建局",
    "QH-ZJ",
    Kind.DEPARTMENT,
    "青建",
    "保障性住房、危房改造、房屋征收、物业管理、建筑市场和施工许可、城镇燃气",
    ("办公室", "法规股", "住房保障股"),
    _staff("局长", "办公室", "法规股", "住房保障股"),
    phone="0000-6120013",
)
EDUCATION = Plan(
    "education",
    "青禾县教育体育局",
    "青禾县教体局 教体局",
    "QH-JT",
    Kind.DEPARTMENT,
    "青教体",
    "中小学和幼儿园、招生入学、教师管理、校车、群众体育",
    ("办公室", "法规股", "基础教育股"),
    _staff("局长", "办公室", "法规股", "基础教育股"),
    phone="0000-6120014",
)
TOWNSHIP = Plan(
    "township",
    "青禾县柳溪镇人民政府",
    "柳溪镇政府 柳溪镇",
    "QH-LX",
    Kind.TOWNSHIP,
    "柳政",
    "本镇农业农村、民政、社会治安、村务监督",
    ("党政办公室",),
    (
        Job("镇长", (Role.HEAD, Role.LEGALITY_REVIEWER), group="leader"),
        Job("党政办公室主任", (Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.DEPUTY_HEAD), 0, group="member"),
        Job("党政办公室科员", (Role.CLERK, Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.SEAL_KEEPER), 0),
    ),
    Level.TOWNSHIP,
    "0000-6120021",
)
COMMERCE = Plan(
    "commerce",
    "青禾县商务局",
    "商务局",
    "QH-SW",
    Kind.DEPARTMENT,
    "青商",
    "商贸流通、市场运行、外资外贸",
    ("办公室",),
    (Job("局长", (Role.HEAD,), has_login=False), Job("办公室主任", (Role.OFFICE_HEAD,), 0)),
    phone="0000-6120015",
)
BUREAUS = (INDUSTRY, LAND, HOUSING, EDUCATION, TOWNSHIP, COMMERCE)
COURT, UPPER_COURT = "青禾县人民法院", "丰野市中级人民法院"
"""Suits against the county's government begin at the intermediate court (行政诉讼法第十五条)."""
ABOVE = "丰野市人民政府"
BUILDING = "青禾县青禾大道1号行政中心"
HOURS = "工作日上午8:30至12:00，下午14:30至18:00"

GUIDE = {
    "information": "本机关公开的政府信息按机构职能、政策文件、规划计划、行政许可、行政处罚、财政信息等分类编排，"
    "每条信息标明索引号、名称、发文机关、成文日期和有效性。",
    "obtaining": "主动公开的政府信息可在本机关网站的政府信息公开专栏查询，也可到县档案馆、县公共图书馆的查阅点查阅。",
    "requesting": "申请人可以当面、邮寄或者通过互联网提交申请，写明姓名或者名称、身份证明、联系方式、所需信息的名称"
    "或者便于查询的特征描述、获取方式。本机关在收到申请之日起20个工作日内答复；"
    "需要延长的，经同意后告知申请人，最长延长20个工作日。",
    "fees": "提供政府信息不收取费用；申请的数量、频次明显超过合理范围的，按照国家规定收取信息处理费。",
    "remedies": "认为本机关在政府信息公开工作中侵犯其合法权益的，可以向上一级行政机关"
    "或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼。",
}
"""Words of the guide, by part."""
