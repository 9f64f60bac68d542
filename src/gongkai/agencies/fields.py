"""What forms about the organisation are made of: fields with their limits, and the words for what is typed wrongly."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.models import Agency
from gongkai.agencies.names import plain
from gongkai.ui.forms import Choices, Form, OfferingForm
from gongkai.ui.forms import offering as forms_offering

_EMPTY = ("", "—— 请选择 ——")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
LONGEST = 5_000
"""Characters of a long text; the guide of a county has parts of some hundreds."""


def day(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """A day."""
    messages = {"required": "请填写日期", "invalid": "日期应写作 2026-01-05"}
    return forms.DateField(label=label, help_text=hint, required=required, error_messages=messages)


def text(label: str, hint: str = "", *, required: bool = True, most: int = 80, **options: Any) -> forms.CharField:
    """A line of text."""
    messages = {"required": "请填写", "max_length": f"最多{most}个字，现有%(show_value)s个"}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        error_messages=messages,
        **{"validators": [plain], **options},
    )


def long(label: str, hint: str = "", *, required: bool = False, most: int = LONGEST) -> forms.CharField:
    """A text of several lines."""
    messages = {"required": "请填写", "max_length": f"最多{most}个字，现有%(show_value)s个"}
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(
        label=label, help_text=hint, required=required, widget=area, max_length=most, error_messages=messages
    )


def choice(
    label: str, choices: list[tuple[str, str]] | None = None, hint: str = "", *, required: bool = True
) -> forms.ChoiceField:
    """One of some choices, or of those that a page offers."""
    messages = {"required": "请选择", "invalid_choice": "请从列表中选择"}
    return forms.ChoiceField(
        label=label, help_text=hint, choices=[_EMPTY, *(choices or [])], required=required, error_messages=messages
    )


def email(label: str) -> forms.EmailField:
    """An address of e-mail, which may be left out."""
    messages = {"invalid": "邮箱地址不对，应写作 name@example.com", "max_length": "邮箱地址太长"}
    return forms.EmailField(label=label, required=False, error_messages=messages)


def no_mobile(value: str) -> None:
    """Refuses a mobile number: office numbers are public, a mobile is somebody's own."""
    if _MOBILE.search(value):
        raise ValidationError("含有手机号码，公开的联系方式请填写办公电话")


class AgencyChoice(forms.ChoiceField):
    """One of the agencies; the value is the agency itself."""

    def __init__(self, label: str, hint: str = "", *, required: bool = False) -> None:
        messages = {"required": "请选择", "invalid_choice": "请从列表中选择"}
        super().__init__(label=label, help_text=hint, required=required, error_messages=messages)

    def clean(self, value: Any) -> Agency | None:
        """The agency chosen, or none."""
        chosen = super().clean(value)
        return Agency.objects.get(public_id=chosen) if chosen else None


def offering(form: type[OfferingForm], **offers: Choices) -> Callable[..., Form]:
    """The form with these choices, none of them chosen yet, as a page makes it."""
    return forms_offering(form, **{name: [_EMPTY, *choices] for name, choices in offers.items()})
