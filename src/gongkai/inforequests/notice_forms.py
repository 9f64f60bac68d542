"""What is typed on the pages of decisions and letters; the fields of a letter follow from its kind."""

from dataclasses import replace
from typing import Any

from django import forms

from gongkai.inforequests.choices import ConsultationKind
from gongkai.inforequests.forms import day, one_of, written
from gongkai.inforequests.letters_facts import looks_like_organization
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.notices.letters import FORMS, FieldSpec, fields_for
from gongkai.law.fees import Method
from gongkai.law.questions import Outcome
from gongkai.ui.forms import Choices, Form, Hinted

LONGEST_FIELD = 2_000
LONGEST_BODY = 20_000
_METHODS = (
    (Method.ITEMS, Hinted("按件计收", "同一申请人一个自然月内的申请累计")),
    (Method.PAGES, Hinted("按量计收", "按这一件的页数，A4 及以下单面为一页")),
)
_MOST_DAYS = 99
_PERSON, ORGANIZATION = "person", "organization"
_SORTS = ((_PERSON, "个人"), (ORGANIZATION, "单位"))
_CLASSIFIED, _LEVEL = "refused_state_secret", "secret_level"


class PointForm(Form):
    """One thing asked, answered by itself."""

    point = written("申请的事项", most=500, rows=2)
    answer = written("答复", "写明给什么、怎样给，或者为什么不给", most=2_000, rows=4)
    ground = written("依据和理由", "引用的条款；照单提供的可不填", most=500, rows=2, required=False)


class LetterForm(Form):
    """What a kind of letter needs typed; `without` are the keys that are told elsewhere.

    `is_secret`: it refuses what is a state secret, so that level and period are needed; else nothing asks for them.
    `others` are the other things asked in the same letter that it can be about as well.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        kind: str,
        without: tuple[str, ...] = (),
        is_secret: bool = False,
        others: Choices = (),
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        for spec in fields_for(kind):
            if spec.key == _LEVEL and is_secret:
                self.fields[spec.key] = _field(replace(spec, is_required=True))
            elif spec.key not in (*without, _LEVEL):
                self.fields[spec.key] = _field(spec)
        # What was ticked and can no longer be done is told, not passed over.
        if others or "together" in (data or {}):
            self.fields["together"] = _together(others)


def _together(others: Choices) -> forms.MultipleChoiceField:
    messages = {"invalid_choice": "所勾选的事项有的已经不能一并办理，请重新勾选"}
    return forms.MultipleChoiceField(
        label="同一封申请的其他事项，一并办理",
        help_text="勾选的与这一件写在同一份文书里，一次送审、一次送达",
        choices=list(others),
        required=False,
        error_messages=messages,
    )


def _field(spec: FieldSpec) -> forms.CharField:
    example = "例如：" + spec.example.replace("\n", "；")
    hint = f"{spec.hint}。{example}" if spec.hint else example
    return written(spec.label, hint, most=LONGEST_FIELD, required=spec.is_required, rows=spec.rows)


def answered_by_points(kind: str) -> tuple[str, ...]:
    """The fields of a kind that need not be typed where each thing asked is answered by itself."""
    return FORMS[kind].answered


def is_secret(outcome: Outcome | None) -> bool:
    """Whether an outcome withholds a state secret, wholly or in part."""
    results = (outcome.result, outcome.withheld) if outcome is not None else ()
    return any(one is not None and one.key == _CLASSIFIED for one in results)


def whole(label: str, hint: str, *, most: int | None = None) -> forms.IntegerField:
    """A box for a whole number from one on."""
    messages = {
        "required": "请填写数字",
        "invalid": "请填写整数",
        "min_value": "至少为 %(limit_value)d",
        "max_value": "最多为 %(limit_value)d",
    }
    field = forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=most, error_messages=messages)
    field.widget.attrs["inputmode"] = "numeric"
    return field


class DaysLetterForm(LetterForm):
    """A letter that gives or takes a number of working days."""

    argument = whole("期限（工作日）", "按工作日计算", most=_MOST_DAYS)


class DateLetterForm(LetterForm):
    """A letter that sets a day."""

    argument = day("延迟到哪一天", "在这一天以前答复；按件数和工作量合理确定")


class ConsultationForm(LetterForm):
    """A letter to somebody who is asked for his view. Who he is lies encrypted."""

    consulted = forms.ChoiceField(choices=ConsultationKind.choices, widget=forms.HiddenInput)
    name = written("收件人的姓名或者名称", most=100)
    sort = one_of(
        "收件人是个人还是单位", _SORTS, "文书对个人称“您”，对单位称“你单位”；不选的，按姓名或者名称判断", required=False
    )
    contact = written("联系方式", "邮寄地址和电话，送达时用", most=200)

    def __init__(self, *given: Any, kind: str, **options: Any) -> None:
        super().__init__(*given, kind=kind, **options)
        if KINDS[kind].to is Addressee.ORGAN:
            del self.fields["sort"]

    def clean_sort(self) -> str:
        """Person or organization: as chosen, else what the name looks like."""
        likely = ORGANIZATION if looks_like_organization(self.cleaned_data.get("name", "")) else _PERSON
        return self.cleaned_data["sort"] or likely


class FeeForm(LetterForm):
    """A notice of the fee: by items or by pages, never both."""

    method = one_of("计收方式", _METHODS)
    count = whole("件数或者页数", "按件计收写本次计收的件数，按量计收写页数")


class ToldThirdPartyForm(LetterForm):
    """What a third party is told whose view was asked before."""

    consultation = one_of("告知哪一个第三方", ())

    def __init__(self, *given: Any, parties: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["consultation"] = one_of("告知哪一个第三方", parties)


class ChangeForm(LetterForm):
    """A draft: what was typed for it, and its words, which may be changed by hand."""

    def __init__(self, *given: Any, has_days: bool, has_date: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        if has_days:
            self.fields["argument"] = whole("期限（工作日）", "按工作日计算", most=_MOST_DAYS)
        if has_date:
            self.fields["argument"] = day("延迟到哪一天")
        hint = "只改上面的栏目，正文按栏目重写；直接改了正文的，以正文为准。一行一段。"
        self.fields["body"] = written("正文", hint, most=LONGEST_BODY, rows=16)
