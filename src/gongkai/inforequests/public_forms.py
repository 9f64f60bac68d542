"""What applicants type: a letter in its steps, a query, a clarification, reasons. Names may hold anything: escaped."""

import re
import unicodedata
from typing import Any

from django import forms

from gongkai.files.purposes import Purpose
from gongkai.files.uploads import UploadField
from gongkai.inforequests.choices import IdentityKind, Medium, Way
from gongkai.inforequests.forms import LONGEST_OPINION
from gongkai.inforequests.models.letters import LONGEST_TEXT
from gongkai.law.applicants import APPLICANT_KINDS
from gongkai.ui.adding import AddingForm
from gongkai.ui.forms import Form

PERSON, ORGANISATION = "natural_person", "organisation"
_KINDS = {kind.key: kind for kind in APPLICANT_KINDS}
_ORGANISATIONS = [
    (kind.key, f"{kind.label}：{kind.help.rstrip('。')}") for kind in APPLICANT_KINDS if kind.key != PERSON
]
_EVERYBODY = [("", "—— 请选择 ——"), *((kind.key, kind.label) for kind in APPLICANT_KINDS)]
_PERSONAL = [(kind.value, str(kind.label)) for kind in IdentityKind if kind is not IdentityKind.CREDIT_CODE]
_CORPORATE = [(kind.value, str(kind.label)) for kind in (IdentityKind.CREDIT_CODE, IdentityKind.OTHER)]
_RESIDENT = re.compile(r"\d{17}[\dXx]")
_CREDIT = re.compile(r"[0-9A-Za-z]{18}")
"""As they are written (GB 11643, GB 32100): whose they are is for the office to see."""
_POSTCODE = re.compile(r"\d{6}")
_PHONE = re.compile(r"[\d+() -]{5,30}")


class _PlainField(forms.CharField):
    """Figures and letters in their usual width, whatever width a Chinese keyboard gave them."""

    def to_python(self, value: Any) -> str:
        """What was typed, in plain characters: one that looks right is right."""
        return unicodedata.normalize("NFKC", super().to_python(value) or "")


def _text(
    label: str,
    hint: str = "",
    *,
    most: int,
    required: bool = True,
    autocomplete: str = "",
    inputmode: str = "",
    field: type[forms.CharField] = forms.CharField,
) -> forms.CharField:
    messages = {"required": "请填写", "max_length": f"最多{most}个字，现有%(show_value)s个"}
    given = {"autocomplete": autocomplete, "inputmode": inputmode}
    widget = forms.TextInput(attrs={name: value for name, value in given.items() if value})
    return field(
        label=label, help_text=hint, max_length=most, required=required, error_messages=messages, widget=widget
    )


def _long(label: str, hint: str, *, most: int, rows: int, required: bool = True) -> forms.CharField:
    messages = {"required": "请填写", "max_length": f"最多{most}个字，现有%(show_value)s个"}
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required, error_messages=messages, widget=area
    )


def _radios(label: str, choices: list[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    messages = {"required": "请选择一项", "invalid_choice": "请从列出的几项中选择"}
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, widget=forms.RadioSelect, error_messages=messages
    )


def _select(label: str, choices: list[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    messages = {"required": "请选择", "invalid_choice": "请从列表中选择"}
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, error_messages=messages)


def _phone(*, required: bool = True) -> forms.CharField:
    return _text(
        "联系电话",
        "手机或者带区号的座机，工作机构需要时用它与您联系",
        most=30,
        required=required,
        autocomplete="tel",
        inputmode="tel",
        field=_PlainField,
    )


class TypedForm(Form):
    """A form whose typed values lie in a draft: `typed` is what of a request belongs to it."""

    @classmethod
    def typed(cls, posted: Any) -> dict[str, str]:
        """What was typed into the fields that hold text."""
        fields = cls.base_fields.items()
        texts = {name for name, one in fields if not isinstance(one, forms.FileField)} - {"seen"}
        return {name: str(posted.get(name, "")) for name in sorted(texts) if name in posted}


class _IdentityForm(TypedForm):
    """Somebody with the papers that prove who he is."""

    def clean(self) -> dict[str, Any]:
        """The number fits its kind; the phone is one."""
        found = super().clean() or {}
        kind, number = found.get("identity_kind"), "".join(found.get("identity", "").split())
        if kind == IdentityKind.RESIDENT and number and not _RESIDENT.fullmatch(number):
            self.add_error("identity", f"居民身份证号码是十八位数字，末位可以是 X；现在填了{len(number)}位，请核对")
        if kind == IdentityKind.CREDIT_CODE and number and not _CREDIT.fullmatch(number):
            self.add_error("identity", f"统一社会信用代码是十八位数字和字母；现在填了{len(number)}位，请核对")
        if found.get("phone") and not _PHONE.fullmatch(found["phone"]):
            self.add_error("phone", "电话写数字，如 13900000001 或者 0000-6120088")
        return {**found, "identity": number}


class ContentForm(TypedForm):
    """What is wanted (条例第二十九条第二款第二项)."""

    text = _long("您要什么信息", "", most=LONGEST_TEXT, rows=9)
    description = _text(
        "名称、文号或者其他特征",
        "知道的话写上，便于查找，如：青政〔2025〕8号；不知道可以不填",
        most=300,
        required=False,
    )
    file = UploadField(
        Purpose.APPLICATION, label="附上材料", required=False, help_text="如写有文件名称的公告照片；没有可以不附"
    )


class SortForm(TypedForm):
    """As a person or for an organisation."""

    sort = _radios(
        "您以什么身份申请",
        [
            (PERSON, "以个人名义：为自己申请，不问户籍和住在哪里"),
            (ORGANISATION, "以单位名义：公司、研究院所、社会组织、律师事务所和其他单位"),
        ],
    )


_PROOF = "证件照片或者扫描件，可以盖上“仅供申请信息公开使用”的字样；没有上传的，工作机构可能请您补交"


class PersonForm(_IdentityForm):
    """A person who asks."""

    name = _text("姓名", "与证件上的一致", most=60, autocomplete="name")
    identity_kind = _select("证件种类", _PERSONAL)
    identity = _text("证件号码", "", most=40, autocomplete="off", field=_PlainField)
    phone = _phone()
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        help_text="建议填写：查询码丢失时，新的查询码发到这里",
        error_messages={"invalid": "邮箱地址不对，应写作 name@example.com", "max_length": "邮箱地址太长"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    file = UploadField(Purpose.IDENTITY, label="身份证明", required=False, help_text=_PROOF)


class OrganisationForm(PersonForm):
    """An organisation that asks."""

    kind = _radios("单位的类别", _ORGANISATIONS, "只用于统计，不影响办理")
    name = _text("单位名称", "营业执照或者登记证书上的全称", most=120, autocomplete="organization")
    identity_kind = _select("证件种类", _CORPORATE)
    identity = _text("证件号码", "统一社会信用代码是十八位", most=40, autocomplete="off", field=_PlainField)
    representative = _text("法定代表人或者负责人", "", most=60)
    contact = _text("联系人", "工作机构需要时找谁", most=60, autocomplete="name")
    field_order = ("name", "kind", "identity_kind", "identity", "representative", "contact", "phone", "email", "file")


class JointForm(_IdentityForm):
    """Somebody who asks together with the first."""

    kind = _select("类别", _EVERYBODY)
    name = _text("姓名或者名称", "与证件上的一致", most=120, autocomplete="off")
    identity_kind = _select("证件种类", [*_PERSONAL, *_CORPORATE[:1]])
    identity = _text("证件号码", "", most=40, autocomplete="off", field=_PlainField)
    phone = _phone(required=False)
    file = UploadField(Purpose.IDENTITY, label="身份证明", required=False, help_text=_PROOF)


class AgentForm(_IdentityForm):
    """Who acts for the applicant, with his authority."""

    name = _text("代理人姓名", "与证件上的一致", most=60, autocomplete="off")
    identity_kind = _select("证件种类", _PERSONAL)
    identity = _text("证件号码", "", most=40, autocomplete="off", field=_PlainField)
    phone = _phone()
    file = UploadField(
        Purpose.IDENTITY,
        label="授权委托书和代理人身份证明",
        required=False,
        help_text="写明委托谁、代办什么，有申请人签名或者盖章",
    )


class DeliveryForm(TypedForm):
    """In which form and by which way the answer is wanted (条例第二十九条第二款第三项)."""

    medium = _radios("要什么形式的", [(Medium.ELECTRONIC, "电子数据"), (Medium.PAPER, "纸质文件")])
    way = _radios(
        "怎样收到答复",
        [
            (Way.DOWNLOAD, "网上下载：凭登记编号和查询码，在“查询进度”里下载；选这一项即同意以电子方式送达"),
            (Way.POST, "邮寄：寄到您填写的地址"),
            (Way.WINDOW, "到窗口领取：请带身份证明"),
            (Way.READING, "到现场查阅、抄录"),
        ],
    )
    address = _text("通信地址", "选邮寄的必须填写，写到门牌号", most=200, required=False, autocomplete="street-address")
    postcode = _text(
        "邮政编码",
        "六位数字",
        most=10,
        required=False,
        autocomplete="postal-code",
        inputmode="numeric",
        field=_PlainField,
    )

    def clean(self) -> dict[str, Any]:
        """Form and way go together; the post needs an address."""
        found = super().clean() or {}
        if found.get("medium") == Medium.PAPER and found.get("way") == Way.DOWNLOAD:
            self.add_error("way", "纸质文件不能网上下载，请改选电子数据，或者另选一种方式")
        if found.get("way") == Way.POST and not found.get("address"):
            self.add_error("address", "选了邮寄，请填写通信地址")
        if found.get("postcode") and not _POSTCODE.fullmatch(found["postcode"]):
            self.add_error("postcode", "邮政编码是六位数字")
        return found


class QueryForm(Form):
    """The number and the query code; how they are grouped does not matter."""

    number = _text("登记编号", "在回执上，如 2026-117", most=40, autocomplete="off")
    code = _text("查询码", "在回执上，十六位字母和数字，大小写、空格和横线都不影响", most=60, autocomplete="off")


class RecoverForm(Form):
    """Who lost the query code."""

    number = _text("登记编号", "在回执上，如 2026-117", most=40, autocomplete="off")
    name = _text("申请人姓名或者单位名称", "与申请书上的一致", most=120, autocomplete="name")
    identity = _text("证件号码", "与申请书上的一致", most=40, autocomplete="off")


class ClarifyForm(TypedForm):
    """What is said more of what is wanted (补正)."""

    text = _long("补充说明", "把告知书里问的逐项写清楚", most=LONGEST_TEXT, rows=9)
    file = UploadField(Purpose.APPLICATION, label="附上材料", required=False, help_text="没有可以不附")


class ExplainForm(AddingForm, TypedForm):
    """Why so much is asked for (说明理由, 条例第三十五条)."""

    text = _long(
        "申请的理由",
        "写明要这些信息做什么、为什么需要这么多；能少要一些或者分批要的，也请写明",
        most=LONGEST_OPINION,
        rows=9,
    )
    file = UploadField(
        Purpose.APPLICATION, label="附上材料", required=False, help_text="如课题批准书、委托书；没有可以不附"
    )


def applicant_form(sort: str) -> type[PersonForm]:
    """The form for who asks: a person, or an organisation."""
    return OrganisationForm if sort == ORGANISATION else PersonForm


def kind_name(key: str) -> str:
    """A kind of applicant in words."""
    return _KINDS[key].label if key in _KINDS else ""
