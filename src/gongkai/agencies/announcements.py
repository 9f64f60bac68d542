"""What the organisation tells the rest of the house when it starts: its acts, their names, its navigation."""

from gongkai.agencies.permissions import MANAGE_ACCOUNTS, OWN_ACTS, READ_JOURNAL
from gongkai.kernel.registry import Link, act_names, acts, navigation

_LINKS = (
    Link("首页", "office", 0),
    Link("机构", "agencies", 10),
    Link("账号", "accounts", 80, (MANAGE_ACCOUNTS.id,)),
    Link("日志", "journal", 90, (READ_JOURNAL.id,)),
)
_NAMES = {
    "agencies.found": "设立机构",
    "agencies.change": "修改机构资料",
    "agencies.rename": "机构更名",
    "agencies.merge": "合并机构",
    "agencies.open_unit": "设立内设机构",
    "agencies.change_unit": "修改或撤销内设机构",
    "agencies.add_person": "登记人员",
    "agencies.change_person": "修改人员资料",
    "agencies.give_post": "登记职务",
    "agencies.appoint": "任用",
    "agencies.end_appointment": "终止任用",
    "agencies.delegate": "授权代行",
    "agencies.set_office": "登记政府信息公开工作机构",
    "agencies.add_office_member": "登记工作机构人员",
    "agencies.add_group_member": "登记领导小组成员",
    "agencies.open_channel": "登记申请渠道",
    "agencies.write_guide_text": "填写公开指南",
    "agencies.end_officemember": "终止工作机构人员登记",
    "agencies.end_leadinggroupmember": "终止领导小组成员登记",
    "agencies.end_channel": "关闭申请渠道",
    "agencies.open_account": "开立账号",
    "agencies.switch_account": "启用或停用账号",
    "agencies.renew_password": "发放一次性密码",
    "agencies.reset_second_factor": "清除第二重验证",
    "agencies.end_sessions": "结束全部登录",
    "agencies.sign_in": "登录",
    "agencies.sign_in_failed": "登录失败：密码不正确",
    "agencies.sign_in_refused": "登录被拒：账号停用或一次性密码过期",
    "agencies.second_factor_failed": "第二重验证不正确",
    "agencies.sign_out": "退出",
    "agencies.change_password": "更换密码",
    "agencies.add_second_factor": "设置第二重验证",
    "agencies.remove_second_factor": "停用第二重验证",
    "audit.close_chain": "日志封存",
    "audit.erase": "依规清除内容",
    "field.name": "名称",
    "field.short_names": "简称",
    "field.code": "机构编码",
    "field.kind": "种类",
    "field.level": "层级",
    "field.parent": "上级",
    "field.government": "所属人民政府",
    "field.document_code": "发文机关代字",
    "field.functions": "主要职责",
    "field.court": "有管辖权的人民法院",
    "field.into": "承继的机构",
    "field.duties": "职责",
    "field.title": "职务",
    "field.phone": "电话",
    "field.email": "电子邮箱",
    "field.fax": "传真",
    "field.website": "互联网联系方式",
    "field.postcode": "邮政编码",
    "field.address": "地址",
    "field.hours": "办公时间",
    "field.details": "地址、号码或网址",
    "field.note": "说明",
    "field.part": "部分",
    "field.person": "人员",
    "field.role": "角色",
    "field.unit": "内设机构",
    "field.basis": "依据文件",
    "field.from_on": "起始日期",
    "field.to_on": "终止日期",
    "field.username": "用户名",
    "field.is_active": "启用",
}


def announce() -> None:
    """Fills the kernel's registries."""
    for act in OWN_ACTS:
        acts.add(act.id, act)
    for link in _LINKS:
        navigation.add(link.url_name, link)
    for name, words in _NAMES.items():
        act_names.add(name, words)
