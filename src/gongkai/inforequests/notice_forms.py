"""What is typed on the pages of decisions and notices; the fields of a letter follow from its kind."""

from typing import Any

from django import forms

from gongkai.inforequests.choices import ConsultationKind
from gongkai.inforequests.notices.letters import FORMS, FieldSpec, fields_for
from gongkai.law.fees import Method
from gongkai.ui.forms import Form

LONGEST_FIELD = 2_000
LONGEST_BODY = 20_000
_METHODS: Any = (
    (Method.ITEMS, "按件计收", "同一申请人一个自然月内的申请累计"),
    (Method.PAGES, "按量计收", "按这一件的页数，A4 及以下单面为一页"),
)
"""Each with a hint, as the component shows it."""
_EXAMPLE = "例如：{}"


def text(label: str, *, most: int, help_text: str = "", required: bool = True, rows: int = 4) -> forms.CharField:
    """A box for words: one line where it has one row."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    messages = {"required": "请填写", "max_length": "最多 %(limit_value)d 字，现为 %(show_value)d 字，请精简"}
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        required=required,
        widget=widget,
        error_messages=messages,
    )


def day(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    """A box for a date."""
    messages = {"required": "请填写日期", "invalid": "日期应写作 2026-01-05"}
    return forms.DateField(label=label, help_text=help_text, required=required, error_messages=messages)


class PointForm(Form):
    """One thing asked, answered by itself."""

    point = text("申请的事项", most=500, rows=2)
    answer = text("答复", most=2_000, help_text="写明给什么、怎样给，或者为什么不给")
    ground = text("依据和理由", most=500, rows=2, required=False, help_text="引用的条款；照单提供的可不填")


class LetterForm(Form):
    """What a kind of letter needs typed; `without` are the keys that are told elsewhere."""

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: str, without: tuple[str, ...] = (), **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        for spec in fields_for(kind):
            if spec.key not in without:
                self.fields[spec.key] = _field(spec)


def _field(spec: FieldSpec) -> forms.CharField:
    example = _EXAMPLE.format(spec.example.replace("\n", "；"))
    hint = f"{spec.hint}。{example}" if spec.hint else example
    return text(spec.label, most=LONGEST_FIELD, help_text=hint, required=spec.is_required, rows=spec.rows)


def answered_by_points(kind: str) -> tuple[str, ...]:
    """The fields of a kind that need not be typed where each thing asked is answered by itself."""
    return FORMS[kind].answered


def days(label: str, *, help_text: str) -> forms.IntegerField:
    """A box for working days."""
    messages = {
        "required": "请填写天数",
        "invalid": "请填写整数",
        "min_value": "至少 %(limit_value)d 个工作日",
        "max_value": "最多 %(limit_value)d 个工作日",
    }
    field = forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=99, error_messages=messages)
    field.widget.attrs["inputmode"] = "numeric"
    return field


class DaysLetterForm(LetterForm):
    """A letter that gives or takes a number of working days."""

    argument = days("期限（工作日）", help_text="按工作日计算，写整数")
    field_order = ("argument",)


class DateLetterForm(LetterForm):
    """A letter that sets a day."""

    argument = day("延迟到哪一天", help_text="在这一天以前答复；按件数和工作量合理确定")
    field_order = ("argument",)


class ConsultationForm(LetterForm):
    """A letter to somebody who is asked for his view. Who he is lies encrypted."""

    consulted = forms.ChoiceField(choices=ConsultationKind.choices, widget=forms.HiddenInput)
    name = text("收件人的姓名或者名称", most=100, rows=1)
    contact = text("联系方式", most=200, rows=1, help_text="邮寄地址和电话，送达时用")


class FeeForm(LetterForm):
    """A notice of the fee: by items or by pages, never both."""

    method = forms.ChoiceField(
        label="计收方式",
        choices=_METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种计收方式", "invalid_choice": "请选一种计收方式"},
    )
    count = forms.IntegerField(
        label="件数或者页数",
        help_text="按件计收写本次计收的件数，按量计收写页数",
        min_value=1,
        error_messages={"required": "请填写件数或者页数", "invalid": "请填写整数", "min_value": "至少为 1"},
    )
