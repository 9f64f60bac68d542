"""The way through the site that a newcomer is shown: as citizen, clerk, head and administrator."""

from gongkai.agencies.roles import Role
from gongkai.demo.accounts import account_of
from gongkai.demo.plan import COMMERCE, LAND


def told(port: int) -> str:
    """The tour in words, with addresses and accounts."""
    site = f"http://localhost:{port}"
    lines = [f"走一圈（办公地址是 {site}/office/ ，换人登录前先点右上角“退出”）"]
    for who, account, what in _steps(site):
        lines += [f"  {who}{f'，以 {account} 登录' if account else ''}", f"      {what}"]
    return "\n".join(lines)


def _steps(site: str) -> list[tuple[str, str, str]]:
    """Who, by which account, does what; the words in quotation marks stand on the pages."""
    return [
        (
            "一、群众",
            "",
            f"打开 {site}/ ，查找“征地”，看{LAND.name}的“公开指南”；查找“{COMMERCE.name}”，看它的职责由谁承继",
        ),
        (
            "二、经办人",
            account_of(Role.CLERK, LAND.code),
            "进入本机关，在“工作机构和领导小组”中点“变更工作机构”，改“联系电话”；公开指南随之更新，原来的在“以前的指南”中",
        ),
        (
            "三、主要领导",
            account_of(Role.HEAD, LAND.code),
            "进入本机关，在“人员”中打开一人，给他“任用”一个角色，再“授权他人代行”",
        ),
        (
            "四、系统管理员",
            account_of(Role.SYSTEM_ADMIN),
            "在“机构”中“设立机构”，给一个机关“更名”，在“导入和导出”中“导出全部机构”",
        ),
        ("五、安全管理员", account_of(Role.SECURITY_ADMIN), "在“账号”中“开立账号”，再为一个账号“发放一次性密码”"),
        ("六、审计管理员", account_of(Role.AUDIT_ADMIN), "在“日志”中查阅刚才各步的记录"),
    ]
