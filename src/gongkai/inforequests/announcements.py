"""What requests tell the rest of the house when the program starts: acts, names for the journal, navigation."""

from gongkai.inforequests import queries, recovering, texts, ticks
from gongkai.inforequests.actions import handling
from gongkai.inforequests.permissions import ENTER, OWN_ACTS, SEE
from gongkai.kernel.registry import Link, act_names, acts, hand_overs, navigation, open_work, public_navigation

_LINKS = (Link("办件", "desk", 5, (SEE.id,)), Link("登记申请", "enter", 6, (ENTER.id,)))
_PUBLIC_LINKS = (Link("申请公开", "apply", 10), Link("查询进度", "query", 20))
_NAMES = {
    "inforequests.file": "收到网上申请",
    "inforequests.enter": "登记收到的申请",
    "inforequests.confirm": "与申请人确认收到",
    "inforequests.register": "登记",
    "inforequests.split": "拆分申请事项",
    "inforequests.open_identity": "查看申请人身份信息",
    "inforequests.find_applicant": "按申请人查找",
    "inforequests.assign": "分办",
    "inforequests.answer_assignment": "承办股室反馈",
    "inforequests.record_search": "登记检索记录",
    "inforequests.add_release": "提交拟公开的文件",
    "inforequests.review_release": "审查拟公开的文件",
    "inforequests.archive": "归档",
    "inforequests.hand_over": "移交办件",
    "inforequests.clarified": "收到补正后的申请",
    "inforequests.explained": "收到说明的理由",
    "inforequests.consulted": "登记收到的意见",
    "inforequests.paid": "登记缴费",
    "inforequests.withdraw": "登记撤回",
    "inforequests.reopen": "重新办理",
    "inforequests.correct": "更正办理步骤",
    "inforequests.redate": "按新的放假安排重算期限",
    "inforequests.renew_code": "申请人找回查询码",
    "inforequests.draft": "拟稿",
    "inforequests.change_notice": "修改文书",
    "inforequests.discard": "作废文书",
    "inforequests.submit": "送审",
    "inforequests.approve": "审签同意",
    "inforequests.send_back": "退回修改",
    "inforequests.sign": "签发",
    "inforequests.enter_paper": "代录纸质签批",
    "inforequests.confirm_paper": "核对纸质签批",
    "inforequests.seal": "用印",
    "inforequests.confirm_seal": "核对用印件",
    "inforequests.serve": "送达",
    "inforequests.received": "登记送达",
    "inforequests.not_received": "登记未送达",
    "inforequests.provide": "提供文件",
    "inforequests.set_notice": "设置审签",
    "field.number": "登记编号",
    "field.channel": "申请渠道",
    "field.received_on": "收到申请之日",
    "field.arrived_on": "到达日期",
    "field.confirmed_on": "确认日期",
    "field.items": "事项数",
    "field.cases": "找到的件数",
    "field.reason": "理由",
    "field.units": "承办股室",
    "field.internal_due_on": "内部办理期限",
    "field.declined": "退回",
    "field.searched_on": "检索日期",
    "field.found": "检索到",
    "field.file": "文件",
    "field.pointer": "只记存放处",
    "field.cleared": "可以公开",
    "field.turn_person": "轮到的人员",
    "field.on": "日期",
    "field.files": "文件数",
    "field.consultation": "征求意见编号",
    "field.opinion": "意见",
    "field.yuan": "金额（元）",
    "field.ground": "缘由",
    "field.round": "第几次办理",
    "field.step": "步骤",
    "field.due_on": "答复期限",
    "field.calendar_revision": "日历版本",
    "field.document_number": "文号",
    "field.argument": "天数或者日期",
    "field.way": "送达方式",
    "field.sent_on": "发出日期",
    "field.secrecy": "保密审查",
    "field.legality": "法制审核",
    "field.signer": "签发人",
}


def announce() -> None:
    """Fills the kernel's registries."""
    for act in OWN_ACTS:
        acts.add(act.id, act)
    for link in _LINKS:
        navigation.add(link.url_name, link)
    for link in _PUBLIC_LINKS:
        public_navigation.add(link.url_name, link)
    for name, words in _NAMES.items():
        act_names.add(name, words)
    open_work.add(handling.CASE_WORK, queries.open_work_of)
    hand_overs.add(handling.CASE_WORK, handling.hand_over)
    texts.announce()
    recovering.announce()
    ticks.announce()
