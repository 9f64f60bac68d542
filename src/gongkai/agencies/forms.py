"""What people type about the organisation. No law here: forms give clean values, actions decide."""

from django import forms

from gongkai.agencies import fields
from gongkai.agencies.fields import AgencyChoice
from gongkai.agencies.models import LeadingGroupMember
from gongkai.agencies.names import plain
from gongkai.agencies.roles import INSTALLATION_ROLES, ChannelKind, Kind, Level, Role
from gongkai.ui.adding import AddingForm
from gongkai.ui.forms import Form, OfferingForm


class FoundForm(OfferingForm):
    """Founding an agency."""

    name = fields.text("全称", "如：青禾县工业和信息化局")
    short_names = fields.text("简称", "群众常用的叫法，用空格隔开，如：工信局 工信委", required=False, most=200)
    code = fields.text("机构编码", "统一社会信用代码或本地编码，不能重复", most=40)
    kind = fields.choice("性质", Kind.choices)
    level = fields.choice("层级", Level.choices)
    parent = AgencyChoice("上级", "指导、监督本机关信息公开工作的机关")
    government = AgencyChoice("所属人民政府", "复议机关由此确定；人民政府填它的上一级人民政府")
    document_code = fields.text("发文机关代字", "如：青工信", required=False, most=20)
    functions = fields.long("主要职责", "用群众的话写，便于按事项查找机关", most=2_000)
    from_on = fields.day("设立日期")


class MoveForm(OfferingForm):
    """Where an agency stands in the tree, and what it is in law."""

    parent = AgencyChoice("上级", "指导、监督本机关信息公开工作的机关")
    government = AgencyChoice("所属人民政府", "复议机关由此确定；人民政府填它的上一级人民政府")
    kind = fields.choice("性质", Kind.choices)
    level = fields.choice("层级", Level.choices)
    code = fields.text("机构编码", "统一社会信用代码或本地编码，不能重复", most=40)


class DetailsForm(Form):
    """What may change about an agency without changing what it is."""

    document_code = fields.text("发文机关代字", "如：青工信", required=False, most=20)
    functions = fields.long("主要职责", "用群众的话写，第一行会列在县里的机构名录中", most=2_000)
    court = fields.text("有管辖权的人民法院", "公开指南和答复书的救济告知里会用到，如：青禾县人民法院", required=False)


class ReviewOrganForm(OfferingForm):
    """Another reviewing organ than the one computed."""

    review_organ = AgencyChoice("复议机关", "在本系统中的，从这里选择")
    review_organ_name = fields.text("复议机关名称", "不在本系统中的，写全称", required=False)
    review_organ_reason = fields.text(
        "另行指定的理由", "写明依据；两处都不填，则恢复为按法律确定的机关", required=False, most=200
    )


class RenameForm(Form):
    """A new name."""

    name = fields.text("新的全称")
    short_names = fields.text("简称", "用空格隔开", required=False, most=200)
    from_on = fields.day("启用日期")


class MergeForm(OfferingForm):
    """Ending an agency whose duties go to one other, or are split among several."""

    into = AgencyChoice("承继职责的机构", required=True)
    second = AgencyChoice("另一承继的机构", "职责分给几个机构的（分立）才填")
    third = AgencyChoice("第三个承继的机构", "职责分给几个机构的（分立）才填")
    on = fields.day("承继日期", "从这一天起，由承继的机构办理；不能晚于今天")
    basis = fields.text("依据文件", "如：青编〔2026〕3号", required=False, most=120)


class UnitForm(Form):
    """A section."""

    name = fields.text("名称", "如：政策法规股", most=60)
    duties = fields.long("职责", most=2_000)
    from_on = fields.day("设立日期")


class UnitChangeForm(Form):
    """What a section is called and does."""

    name = fields.text("名称", "如：政策法规股", most=60)
    duties = fields.long("职责", most=2_000)


class EndForm(Form):
    """The day on which something ends."""

    to_on = fields.day("终止日期", "从这一天起不再有效；还没有生效的，填起始日期即可撤回")


class PersonForm(Form):
    """A person."""

    name = fields.text("姓名", most=40)
    phone = fields.text(
        "办公电话", "如：0375-8051234；不填手机号", required=False, most=30, validators=[plain, fields.no_mobile]
    )
    email = fields.email("办公邮箱")


class NewPersonForm(PersonForm, AddingForm):
    """A person who is entered: two may have one name, so that only the page tells that it was sent before."""


class PostForm(Form):
    """An official job."""

    title = fields.text("职务", "如：副局长", most=60)
    from_on = fields.day("任职日期")


class AppointForm(OfferingForm):
    """An appointment at an agency."""

    role = fields.choice("角色", [(role.value, role.label) for role in Role if role not in INSTALLATION_ROLES])
    unit = fields.choice("内设机构", hint="不限于某个内设机构的不选", required=False)
    from_on = fields.day("起始日期")
    to_on = fields.day("终止日期", "没有确定的不填", required=False)
    basis = fields.text("任免文件", "如：青工信人〔2026〕2号", required=False, most=120)


class DelegateForm(OfferingForm):
    """A delegation."""

    to = fields.choice("代行人")
    from_on = fields.day("起始日期")
    to_on = fields.day("终止日期", "从这一天起由本人恢复履职")
    basis = fields.text("授权文件", required=False, most=120)


class LeaveForm(OfferingForm):
    """Leaving an agency."""

    to_on = fields.day("离任日期", "从这一天起不再任职")
    to = fields.choice("由谁接手未了的事项", hint="有未了事项时必须选择", required=False)


class HandOverForm(OfferingForm):
    """Handing over open work."""

    to = fields.choice("由谁接手")


class OfficeForm(OfferingForm):
    """The disclosure office as it is from a day on."""

    name = fields.text("名称", "如：青禾县工业和信息化局办公室")
    unit = fields.choice("承担的内设机构", hint="由别的机关承担的，选那个机关的内设机构", required=False)
    address = fields.text("办公地址", most=120)
    hours = fields.text("办公时间", "如：工作日 8:30—12:00，14:30—17:30", most=120)
    phone = fields.text("联系电话", "如：0375-8051234；不填手机号", most=40, validators=[plain, fields.no_mobile])
    fax = fields.text("传真", "没有的不填", required=False, most=40, validators=[plain, fields.no_mobile])
    email = fields.email("电子邮箱")
    website = forms.URLField(
        label="网址",
        required=False,
        error_messages={"invalid": "网址应以 https:// 开头"},
        assume_scheme="https",
    )
    postcode = forms.RegexField(
        r"^\d{6}$", label="邮政编码", required=False, error_messages={"invalid": "邮政编码是六位数字"}
    )
    from_on = fields.day("启用日期", "以前的登记保留，可在以前日期的指南中看到")


class OfficeMemberForm(OfferingForm):
    """Somebody of the disclosure office."""

    person = fields.choice("人员")
    is_full_time = forms.BooleanField(label="专职", required=False)
    is_established = forms.BooleanField(label="在编", required=False)
    from_on = fields.day("起始日期")


class OfficeMemberCorrection(Form):
    """What was entered about somebody of the disclosure office."""

    is_full_time = forms.BooleanField(label="专职", required=False)
    is_established = forms.BooleanField(label="在编", required=False)
    from_on = fields.day("起始日期")


class GroupMemberCorrection(Form):
    """What was entered about a member of the leading group."""

    part = fields.choice("组内职务", LeadingGroupMember.Part.choices)
    duties = fields.text("职责", required=False, most=200)
    from_on = fields.day("起始日期")


class GroupMemberForm(OfferingForm):
    """A member of the leading group."""

    person = fields.choice("人员")
    part = fields.choice("组内职务", LeadingGroupMember.Part.choices)
    duties = fields.text("职责", required=False, most=200)
    from_on = fields.day("起始日期")


class ChannelCorrection(Form):
    """What was entered about a channel."""

    details = fields.text("地址、号码或网址", "申请人照着就能找到", most=200, validators=[plain, fields.no_mobile])
    note = fields.text(
        "说明",
        "如：请在信封注明“政府信息公开申请”",
        required=False,
        most=200,
        validators=[plain, fields.no_mobile],
    )
    from_on = fields.day("开通日期")


class ChannelForm(ChannelCorrection):
    """A channel for requests."""

    kind = fields.choice("渠道", ChannelKind.choices)
    field_order = ("kind", "details", "note", "from_on")


class GuideTextForm(Form):
    """A part of the guide that is no data."""

    text = forms.CharField(
        label="正文",
        help_text="一段一行",
        max_length=fields.LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        validators=[fields.no_mobile],
        error_messages={"required": "请填写", "max_length": f"最多{fields.LONGEST}个字，现有%(show_value)s个"},
    )
    from_on = fields.day("启用日期", "以前的内容保留，可在以前日期的指南中看到")


class AccountForm(Form):
    """A new login."""

    username = fields.text("用户名", "建议用姓名拼音，如：wangmin", most=40)
