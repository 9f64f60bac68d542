"""What requests tell the rest of the house when the program starts: acts, names for the journal, navigation."""

from gongkai.inforequests import texts, ticks
from gongkai.inforequests.permissions import OWN_ACTS
from gongkai.kernel.registry import Link, act_names, acts, navigation

_LINKS: tuple[Link, ...] = ()
_NAMES = {
    "inforequests.file": "收到网上申请",
    "inforequests.enter": "登记收到的申请",
    "inforequests.confirm": "与申请人确认收到",
    "inforequests.register": "登记",
    "inforequests.split": "拆分申请事项",
    "inforequests.open_identity": "查看申请人身份信息",
    "field.number": "登记编号",
    "field.channel": "申请渠道",
    "field.received_on": "收到申请之日",
    "field.arrived_on": "到达日期",
    "field.confirmed_on": "确认日期",
    "field.items": "事项数",
    "field.reason": "理由",
}


def announce() -> None:
    """Fills the kernel's registries."""
    for act in OWN_ACTS:
        acts.add(act.id, act)
    for link in _LINKS:
        navigation.add(link.url_name, link)
    for name, words in _NAMES.items():
        act_names.add(name, words)
    texts.announce()
    ticks.announce()
