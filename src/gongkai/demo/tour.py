"""The way through the site that a newcomer is shown: as citizen, clerk, head and administrator."""

from gongkai.agencies.roles import Role
from gongkai.demo.accounts import account_of


def told(port: int) -> str:
    """The tour in words, with addresses and accounts."""
    clerk = account_of(Role.CLERK, "QH-ZR")
    site = f"http://localhost:{port}"
    return "\n".join(
        [
            "走一圈",
            f"  一、群众：打开 {site}/ ，按“征地”“招生”等事项查找机关，看它的公开指南，再看“以前的指南”",
            f"  二、经办人：打开 {site}/office/ ，以 {clerk} 登录，改本机关的办公电话，指南随之更新",
            f"  三、主要领导：以 {account_of(Role.HEAD, 'QH-ZR')} 登录，任用一名人员，再授权他人代行",
            f"  四、系统管理员：以 {account_of(Role.SYSTEM_ADMIN)} 登录，设立机构、更名、导出全部机构",
            f"  五、安全管理员：以 {account_of(Role.SECURITY_ADMIN)} 登录，开立账号、重置密码",
            f"  六、审计管理员：以 {account_of(Role.AUDIT_ADMIN)} 登录，查阅刚才各步的日志",
        ]
    )
