"""What people type about the organisation. No law here: forms give clean values, actions decide."""

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, GuideText, LeadingGroupMember
from gongkai.agencies.roles import INSTALLATION_ROLES, ChannelKind, Kind, Level, Role
from gongkai.ui.forms import Form

_EMPTY = ("", "—— 请选择 ——")


def _day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    messages = {"required": "请填写日期", "invalid": "日期应写作 2026-01-05"}
    return forms.DateField(label=label, help_text=hint, required=required, error_messages=messages)


def _text(label: str, hint: str = "", *, required: bool = True, most: int = 80) -> forms.CharField:
    messages = {"required": "请填写", "max_length": f"最多{most}个字"}
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, error_messages=messages)


def _long(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=area, error_messages={"required": "请填写"}
    )


def _choice(label: str, choices: list[tuple[str, str]], hint: str = "", *, required: bool = True) -> forms.ChoiceField:
    messages = {"required": "请选择", "invalid_choice": "请从列表中选择"}
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[_EMPTY, *choices], required=required, error_messages=messages
    )


class AgencyChoice(forms.ChoiceField):
    """One of the agencies; the value is the agency itself."""

    def __init__(self, label: str, hint: str = "", *, required: bool = False) -> None:
        super().__init__(label=label, help_text=hint, required=required, error_messages={"required": "请选择"})

    def offer(self, agencies: list[tuple[str, str]]) -> None:
        """Sets the agencies to choose from: public id and name."""
        self.choices = [_EMPTY, *agencies]

    def clean(self, value: Any) -> Agency | None:
        """The agency chosen, or none."""
        chosen = super().clean(value)
        return Agency.objects.get(public_id=chosen) if chosen else None


class FoundForm(Form):
    """Founding an agency."""

    name = _text("全称", "如：青禾县工业和信息化局")
    short_names = _text("简称", "群众常用的叫法，用空格隔开，如：工信局 工信委", required=False, most=200)
    code = _text("机构编码", "统一社会信用代码或本地编码，不能重复", most=40)
    kind = _choice("性质", Kind.choices)
    level = _choice("层级", Level.choices)
    parent = AgencyChoice("上级", "指导、监督本机关信息公开工作的机关")
    government = AgencyChoice("所属人民政府", "复议机关由此确定")
    document_code = _text("发文机关代字", "如：青工信", required=False, most=20)
    functions = _long("主要职责", "用群众的话写，便于按事项查找机关")
    from_on = _day("设立日期")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("parent", "government"):
            field = self.fields[name]
            assert isinstance(field, AgencyChoice)
            field.offer(agencies)


class DetailsForm(Form):
    """What may change about an agency without changing what it is."""

    document_code = _text("发文机关代字", "如：青工信", required=False, most=20)
    functions = _long("主要职责", "用群众的话写，便于按事项查找机关")
    court = _text("有管辖权的人民法院", "答复书的救济告知里会用到", required=False)


class RenameForm(Form):
    """A new name."""

    name = _text("新的全称")
    short_names = _text("简称", "用空格隔开", required=False, most=200)
    from_on = _day("启用日期")


class MergeForm(Form):
    """Ending an agency."""

    into = AgencyChoice("承继职责的机构", required=True)
    on = _day("承继日期", "从这一天起，由承继的机构办理")
    basis = _text("依据文件", "如：青编〔2026〕3号", required=False, most=120)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["into"]
        assert isinstance(field, AgencyChoice)
        field.offer(agencies)


class UnitForm(Form):
    """A section."""

    name = _text("名称", "如：政策法规股", most=60)
    duties = _long("职责")
    from_on = _day("设立日期")


class EndForm(Form):
    """The day on which something ends."""

    to_on = _day("终止日期", "从这一天起不再有效")


class PersonForm(Form):
    """A person."""

    name = _text("姓名", most=40)
    phone = _text("办公电话", "如：0375-8051234", required=False, most=30)
    email = forms.EmailField(
        label="办公邮箱", required=False, error_messages={"invalid": "邮箱地址不对，应写作 name@example.com"}
    )


class PostForm(Form):
    """An official job."""

    title = _text("职务", "如：副局长", most=60)
    from_on = _day("任职日期")


class AppointForm(Form):
    """An appointment at an agency."""

    role = _choice("角色", [(role.value, role.label) for role in Role if role not in INSTALLATION_ROLES])
    unit = _choice("内设机构", [], "不限于某个内设机构的不选", required=False)
    from_on = _day("起始日期")
    to_on = _day("终止日期", "没有确定的不填", required=False)
    basis = _text("任免文件", "如：青工信人〔2026〕2号", required=False, most=120)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_EMPTY, *units]


class DelegateForm(Form):
    """A delegation."""

    to = _choice("代行人", [])
    from_on = _day("起始日期")
    to_on = _day("终止日期", "从这一天起由本人恢复履职")
    basis = _text("授权文件", required=False, most=120)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_EMPTY, *people]


class OfficeForm(Form):
    """The disclosure office as it is from a day on."""

    name = _text("名称", "如：青禾县工业和信息化局办公室")
    address = _text("办公地址", required=True, most=120)
    hours = _text("办公时间", "如：工作日 8:30—12:00，14:30—17:30", most=120)
    phone = _text("联系电话", most=40)
    fax = _text("传真", "没有的不填", required=False, most=40)
    email = forms.EmailField(label="电子邮箱", required=False, error_messages={"invalid": "邮箱地址不对"})
    website = forms.URLField(
        label="互联网联系方式",
        required=False,
        error_messages={"invalid": "网址应以 https:// 开头"},
        assume_scheme="https",
    )
    postcode = _text("邮政编码", "六位数字", required=False, most=6)
    from_on = _day("启用日期")


class OfficeMemberForm(Form):
    """Somebody of the disclosure office."""

    person = _choice("人员", [])
    is_full_time = forms.BooleanField(label="专职", required=False)
    is_established = forms.BooleanField(label="在编", required=False)
    from_on = _day("起始日期")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_EMPTY, *people]


class GroupMemberForm(OfficeMemberForm):
    """A member of the leading group."""

    part = _choice("组内职务", LeadingGroupMember.Part.choices)
    duties = _text("职责", required=False, most=200)
    is_full_time = None  # type: ignore[assignment]  # Django's way to leave a field out
    is_established = None  # type: ignore[assignment]


class ChannelForm(Form):
    """A channel for requests."""

    kind = _choice("渠道", ChannelKind.choices)
    details = _text("地址、号码或网址", "申请人照着就能找到", most=200)
    note = _text("说明", "如：请在信封注明“政府信息公开申请”", required=False, most=200)
    from_on = _day("开通日期")


class GuideTextForm(Form):
    """A part of the guide that is no data."""

    part = _choice("部分", GuideText.Part.choices)
    text = _long("正文", "一段一行", required=True)
    from_on = _day("启用日期")


class AccountForm(Form):
    """A new login."""

    username = _text("用户名", "建议用姓名拼音，如：wangmin", most=40)
