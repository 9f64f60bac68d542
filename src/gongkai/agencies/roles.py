"""The roles that an appointment gives (角色), closed lists of kinds and levels of agencies."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person may be to an agency; the last three are for the installation, and no one holds two of them."""

    CLERK = "clerk", "经办人"
    UNIT_HANDLER = "unit_handler", "承办人"
    SECTION_HEAD = "section_head", "科室负责人"
    DEPUTY_HEAD = "deputy_head", "分管领导"
    HEAD = "head", "主要领导"
    OFFICE_HEAD = "office_head", "政府信息公开工作机构负责人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    LEGALITY_REVIEWER = "legality_reviewer", "法制审核员"
    SEAL_KEEPER = "seal_keeper", "印章管理员"
    WINDOW_CLERK = "window_clerk", "窗口人员"
    ARCHIVIST = "archivist", "档案员"
    PUBLISHER = "publisher", "信息发布员"
    SUPERVISOR = "supervisor", "上级监督"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


INSTALLATION_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Separated powers (三员分立): appointments without an agency."""


class Kind(TextChoices):
    """What an agency is in law: it decides who reviews its acts (行政复议法第二十四条至第二十八条)."""

    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "人民政府办公室"
    DEPARTMENT = "department", "工作部门"
    TOWNSHIP = "township", "乡镇人民政府、街道办事处"
    DISPATCHED = "dispatched", "派出机构"
    AUTHORISED = "authorised", "法律、法规授权的组织"


class Level(TextChoices):
    """The level of government that an agency belongs to."""

    PROVINCE = "province", "省级"
    CITY = "city", "设区的市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class ChannelKind(TextChoices):
    """How a request may be handed in (条例第二十九条; 国办公开办函〔2017〕19号)."""

    WINDOW = "window", "当面提交"
    POST = "post", "邮寄"
    INTERNET = "internet", "互联网"
    FAX = "fax", "传真"
    EMAIL = "email", "电子邮件"
