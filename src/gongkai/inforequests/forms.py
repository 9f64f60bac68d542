"""What officers type about a case. No law here: forms give clean values, actions decide."""

from django import forms

from gongkai.files.purposes import Purpose
from gongkai.files.uploads import UploadField
from gongkai.inforequests.choices import Opinion
from gongkai.law.clock.steps import GROUND_NAMES
from gongkai.ui.adding import AddingForm
from gongkai.ui.forms import Choices, Form, OfferingForm

LONGEST_OPINION = 2_000
_YES = "yes"


def day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """A box for a date."""
    messages = {"required": "请填写日期", "invalid": "日期应写作 2026-01-05"}
    return forms.DateField(label=label, help_text=hint, required=required, error_messages=messages)


def written(label: str, hint: str = "", *, most: int, required: bool = True, rows: int = 1) -> forms.CharField:
    """A box for words: several lines where it has more than one row."""
    messages = {"required": "请填写", "max_length": "最多 %(limit_value)d 个字，现有 %(show_value)d 个，请精简"}
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required, widget=widget, error_messages=messages
    )


def one_of(
    label: str, choices: Choices, hint: str = "", *, required: bool = True, gone: str = "请从列出的几项中选择"
) -> forms.ChoiceField:
    """One of a few, as radio buttons; `gone` is what is said of a choice that is none of them, or no more."""
    messages = {"required": "请选择一项", "invalid_choice": gone}
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=required,
        widget=forms.RadioSelect,
        error_messages=messages,
    )


class FindForm(Form):
    """An applicant's whole name or number."""

    name = written("申请人的姓名、名称或者证件号码", "要写完整，如：青禾县清河物业服务有限公司", most=120)


class ReasonForm(Form):
    """Why an identity is opened."""

    reason = written("查看的理由", "如：与申请人确认收到、核对身份证明、邮寄答复", most=200)


class ConfirmForm(Form):
    """The day on which a letter was confirmed with its sender."""

    on = day("与申请人确认的日期", "打通电话或者收到回复的那一天，不早于到达日期")


class RegisterForm(Form):
    """How a case should be worked on."""

    opinion = written(
        "拟办意见", "如：请水政股查找后提出意见；没有的不填", most=LONGEST_OPINION, required=False, rows=4
    )


class SplitForm(Form):
    """The things that a letter asks, one to a line."""

    texts = written("每行写一件", "每样信息单独成一件，分别答复；可以照原文抄写，不要改变意思", most=5_000, rows=8)

    @property
    def lines(self) -> list[str]:
        """The things asked."""
        return [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]


class AssignForm(OfferingForm):
    """To which units a case goes, until when."""

    units = forms.MultipleChoiceField(
        label="承办股室",
        help_text="可以选几个；每个股室分别反馈",
        error_messages={"required": "请至少选一个股室", "invalid_choice": "请从列出的股室中选择"},
    )
    due_on = day("内部办理期限", "股室反馈的最后一天，不晚于答复期限，给审签和送达留出时间")
    task = written("要求", "如：请查找2025年以来的项目清单，并提出能否公开的意见", most=500, required=False, rows=3)


class AnswerForm(Form):
    """What a unit gives back; of somebody's two units, the assignment of the one that the page told of."""

    assignment = forms.CharField(required=False, widget=forms.HiddenInput)
    opinion = written("承办意见", "写明查到了什么、能否公开、依据哪一条；退回的写明理由", most=LONGEST_OPINION, rows=6)
    is_declined = forms.BooleanField(
        label="退回：不属于本股室的职责", help_text="退回后由经办人另行分办", required=False
    )


class SearchForm(AddingForm):
    """A search that was made."""

    place = written("在哪里查的", "写明系统、库房或者档案，如：OA公文系统、局档案室2018—2025年卷", most=200)
    terms = written("用什么查的", "写明关键词、文号和年份范围，如：农村饮水、青水字、2023—2025年", most=300)
    searched_on = day("检索日期")
    is_found = one_of("查到了吗", [(_YES, "查到了"), ("no", "没有查到")])
    outcome = written("结果说明", "如：查到青水〔2025〕12号一件；或者逐卷核对，没有制作、保存过", most=500, rows=3)
    archive_asked = forms.BooleanField(label="已向档案馆查询", required=False)


class ReleaseForm(AddingForm):
    """A file that may be released, or where a secret carrier lies."""

    file = UploadField(
        Purpose.CASE,
        required=False,
        label="拟公开的文件",
        help_text="提交最终要给申请人的文件；要遮盖的内容请先遮盖。系统会检查批注、修订和隐藏内容",
    )
    is_pointer = forms.BooleanField(
        label="涉密载体：不上传，只记存放处", help_text="涉密信息不上网、上网信息不涉密", required=False
    )
    note = written("说明", "文件是什么；涉密的写存放处和编号，不写内容", most=300, required=False, rows=2)


class ClarifiedForm(Form):
    """What came to put a request right."""

    on = day("收到补正的日期", "收到补正后的申请的那一天，答复期限从次日起重新计算")
    text = written("补正后的内容", "照申请人的原文录入", most=5_000, required=False, rows=6)
    file = UploadField(Purpose.APPLICATION, required=False, label="补正的材料")


class ExplainedForm(AddingForm):
    """What an applicant told of his reasons, not on the web."""

    on = day("说明的日期", "收到来信、接到电话或者申请人到场的那一天")
    text = written("申请人说明的理由", "来信照原文录入；口头说明的照原话记下", most=LONGEST_OPINION, rows=6)
    file = UploadField(
        Purpose.APPLICATION, required=False, label="来信或者记录", help_text="来信的扫描件、谈话或者电话记录"
    )


class ConsultedForm(OfferingForm):
    """The view that a consulted party gave."""

    consultation = one_of("是谁的意见", [], gone="这一份意见已经登记过，请从列出的几项中选择")
    on = day("收到意见的日期", "逾期未答复的，写登记的这一天")
    opinion = one_of("意见", Opinion.choices)
    reply = written("意见内容和理由", "照对方的原文摘录；逾期未答复的不填", most=2_000, required=False, rows=4)


class PaidForm(Form):
    """A fee that was paid."""

    on = day("缴清的日期", "全部缴清的那一天，答复期限从次日起重新计算")
    proof = written("缴费凭证", "如：非税收入票据 0012345 号", most=120)


class WithdrawForm(Form):
    """A request taken back."""

    on = day("撤回的日期", "申请人表示撤回的那一天")
    evidence = written("证明材料", "如：申请人签名的撤回申请，或者电话记录和本人确认的短信", most=300, rows=2)


class ReopenForm(Form):
    """Why a case is opened again."""

    ground = one_of("为什么重新办理", [(ground.value, name) for ground, name in GROUND_NAMES.items()])
    on = day("决定、判决送达或者认可理由的日期", "答复期限从次日起重新计算")
    evidence = written("依据", "如：青政复决〔2026〕3号行政复议决定书", most=300, rows=2)


class CorrectForm(OfferingForm):
    """Which recorded step is wrong, and what is right."""

    step = one_of("哪一步记错了", [], gone="这一步已经更正过，请从列出的几项中选择")
    way = one_of("怎样更正", [("correct", "改正日期或者参数"), ("void", "撤销：这一步没有发生过")])
    on = day("正确的日期", "改正的才填", required=False)
    argument = written("正确的参数", "步骤带工作日数或者日期的才填，如：15、2026-05-08", most=20, required=False)
    reason = written("更正的理由", "写明怎样发现、以什么材料为准；原来的记录保留", most=300, rows=2)


class ArchiveForm(Form):
    """Nothing is typed: the page tells what filing leads to."""


def is_yes(value: str) -> bool:
    """Whether yes was chosen."""
    return value == _YES
