"""The way through the site that a newcomer is shown: a request from its filing to its answer, then who is who."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.agencies.roles import Role
from gongkai.demo.accounts import account_of
from gongkai.demo.plan import COMMERCE, LAND

_OPEN = "在“待办”中点这一件的编号，"
_REVIEW = "点“审签《予以公开告知书》”，点“审签”，"
_NUMERALS = "一二三四五六七八九十"


class Stop(NamedTuple):
    """Who, by which account (none: a citizen), does what, a line for each page or two."""

    who: str
    account: str
    lines: tuple[str, ...]


def told(port: int) -> str:
    """The tour in words, with addresses and accounts; the words in quotation marks stand on the pages."""
    site = f"http://localhost:{port}"
    lines = [f"走一圈（办公地址是 {site}/office/ ，换人登录前先点右上角“退出”）"]
    request = (*_filing(site), *_answering(), *_delivering(site))
    for heading, stops in (("一件申请，从提交到答复", request), ("机构和人员", _organisation(site))):
        lines += ["", heading]
        for numeral, stop in zip(_NUMERALS, stops, strict=False):
            lines.append(f"  {numeral}、{stop.who}{f'，以 {stop.account} 登录' if stop.account else ''}")
            lines += [f"      {line}" for line in stop.lines]
    return "\n".join(lines)


def _land(role: Role) -> str:
    return account_of(role, LAND.code)


def _filing(site: str) -> Iterator[Stop]:
    """A request comes to the bureau of land, and what it asks for is looked for and found."""
    yield Stop(
        "申请人",
        "",
        (
            f"打开 {site}/ ，点“申请公开”，写“征地补偿”，点“查找”，点“{LAND.name}”，点“向这个机关申请”",
            "在“您要什么信息”中写：柳溪镇东沟村2024年土地征收的批准文件，点“下一步”；选“以个人名义”，点“下一步”",
            "填“姓名”“证件号码”（任意十八位数字）“联系电话”，点“下一步”；选“电子数据”“网上下载”，点“下一步：核对”",
            "点“提交申请”，抄下“登记编号”和“查询码”，点“已经保存好，关闭回执去看进度”",
        ),
    )
    yield Stop(
        "经办人",
        _land(Role.CLERK),
        (f"{_OPEN}点“登记”，再点“登记”；点“分办”，选“用地审批股”，点“分办”",),
    )
    yield Stop(
        "承办人",
        _land(Role.UNIT_HANDLER),
        (
            f"{_OPEN}点“登记检索”，填“在哪里查的”“用什么查的”，选“查到了”，填“结果说明”，点“登记检索”",
            "点“提交拟公开的文件”，选任意一个 PDF（如 make run 生成的 out/linxi-water.pdf），点“提交文件”",
            "点“反馈”，填“承办意见”，点“反馈给经办人”",
        ),
    )


def _answering() -> Iterator[Stop]:
    """The answer is drafted, reviewed and signed."""
    yield Stop(
        "经办人",
        _land(Role.CLERK),
        (
            f"{_OPEN}点“作出答复”，每一问选“都不是”或者“否”，只有问“应当由本机关制作”的选“是”，点“下一步”，直到得出“予以公开”",
            "填“所提供的信息”，点“保存拟稿，预览告知书”，看过点“送审”，再点“送审”",
        ),
    )
    yield Stop(
        "保密审查员",
        _land(Role.SECRECY_REVIEWER),
        (
            f"{_OPEN}{_REVIEW}在“随告知书提供的文件”中点“审查”，选“可以公开”，填“审查意见”，点“写下审查意见”",
            f"再{_REVIEW}把“逐项审查”各项勾上，点“同意”",
        ),
    )
    yield Stop("工作机构负责人", _land(Role.OFFICE_HEAD), (f"{_OPEN}{_REVIEW}点“同意”",))
    yield Stop("分管领导", _land(Role.DEPUTY_HEAD), (f"{_OPEN}{_REVIEW}点“同意，签发”，文号随即编好",))


def _delivering(site: str) -> Iterator[Stop]:
    """The answer is sealed and sent, and the applicant reads it."""
    yield Stop(
        "印章管理员",
        _land(Role.SEAL_KEEPER),
        (
            f"{_OPEN}点“用印《予以公开告知书》”，点“用印”，点“下载签发稿 PDF”",
            "这里不必真的盖章：在“用印后的文件”中选刚下载的文件，点“上传用印后的文件”",
        ),
    )
    yield Stop(
        "经办人",
        _land(Role.CLERK),
        (
            f"{_OPEN}点“送达《予以公开告知书》”，点“送达”，点“登记送达”",
            "点“办件”，在“已办结”中打开这一件，看“案卷证据（可打印）”；一年来的其他办件也在这里，还有“台账”",
        ),
    )
    yield Stop(
        "申请人",
        "",
        (f"打开 {site}/ ，点“查询进度”，填“登记编号”和“查询码”，点“查询”；看“对答复不服的”，点“下载告知书”",),
    )


def _organisation(site: str) -> Iterator[Stop]:
    """Who is who, and who keeps it."""
    look = f"打开 {site}/ ，查找“征地”，看{LAND.name}的“公开指南”；查找“{COMMERCE.name}”，看它的职责由谁承继"
    yield Stop("群众", "", (look,))
    yield Stop(
        "经办人",
        _land(Role.CLERK),
        (
            "进入本机关，在“工作机构和领导小组”中点“变更工作机构”，改“联系电话”；公开指南随之更新，原来的在“以前的指南”中",
        ),
    )
    yield Stop(
        "主要领导",
        _land(Role.HEAD),
        ("进入本机关，在“人员”中打开一人，给他“任用”一个角色，再“授权他人代行”",),
    )
    yield Stop(
        "系统管理员",
        account_of(Role.SYSTEM_ADMIN),
        ("在“机构”中“设立机构”，给一个机关“更名”，在“导入和导出”中“导出全部机构”",),
    )
    yield Stop(
        "安全管理员",
        account_of(Role.SECURITY_ADMIN),
        ("在“账号”中“开立账号”，再为一个账号“发放一次性密码”",),
    )
    yield Stop("审计管理员", account_of(Role.AUDIT_ADMIN), ("在“日志”中查阅刚才各步的记录",))
