"""Forms as components: labels, hints and errors in words; what was typed is never lost."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

from gongkai.kernel.reasons import Reason
from gongkai.ui.catalogue import rendered
from gongkai.ui.differences import parts

Choices = Sequence[tuple[str, str]]
"""What a field offers: the value and the words of each."""
_WRITTEN_DATES = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]


class Hinted(str):
    """The words of a choice with a hint that stands below them."""

    __slots__ = ("hint",)
    hint: str

    def __new__(cls, words: str, hint: str) -> "Hinted":
        """The words; a hint is no part of them."""
        made = super().__new__(cls, words)
        made.hint = hint
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # a plain str is made of itself alone
        """What a copy is made of: each form copies its fields with their choices."""
        return str(self), self.hint


class Form(forms.Form):
    """A form that is rendered by the field components. `seen` is the state of the row when the form was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **{"label_suffix": "", **options})
        self.refused: Sequence[Reason] = ()
        self.changed: Sequence[Mapping[str, Any]] = ()
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.input_formats = _WRITTEN_DATES

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, ready for an action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def summary(self) -> list[dict[str, str]]:
        """What is wrong, for the error summary: fields first, then the reasons of the action."""
        found = []
        for bound in self.visible_fields():
            found += [{"message": f"{bound.label}：{message}", "field": _first_id(bound)} for message in bound.errors]
        found += [{"message": str(message)} for message in self.non_field_errors()]
        return found + [{"message": reason.message, "instead": reason.instead} for reason in self.refused]

    @property
    def takes_files(self) -> bool:
        """Whether it has to be sent as multipart/form-data."""
        return self.is_multipart()

    def as_components(self) -> SafeString:
        """All fields, one below the other."""
        hidden = "".join(str(bound) for bound in self.hidden_fields())
        return mark_safe(hidden + "".join(map(_rendered, self.visible_fields())))  # noqa: S308  rendered by templates

    def components(self, *names: str) -> SafeString:
        """Some of the fields, one below the other, for a page in several parts."""
        return mark_safe("".join(_rendered(self[name]) for name in names))  # noqa: S308  as above

    def is_kept_in(self, row: models.Model) -> bool:
        """Whether a row has all that was typed already: the form asks for nothing but columns, and they are so."""
        fields = self.visible_fields()
        return bool(fields) and all(
            _column(row, bound.name) and _shown(bound.field, bound.initial) == _shown(bound.field, bound.value())
            for bound in fields
        )

    def tell_changed(self, row: models.Model, seen: str) -> None:
        """Notes what another person changed in the row since `seen`, beside what was typed."""
        names = set(changed_since(row, seen))
        self.changed = [
            {
                "title": f"{bound.label}：删去的是现在登记的，增加的是您填写的",
                "parts": parts(_shown(bound.field, bound.initial), _shown(bound.field, bound.value())),
            }
            for bound in self.visible_fields()
            if _column(row, bound.name) in names
        ]


class OfferingForm(Form):
    """A form with choices that depend on the page: `offers` maps a field to its choices."""

    def __init__(self, *args: Any, offers: Mapping[str, Choices], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


def offering(form: type[OfferingForm], **offers: Choices) -> Callable[..., Form]:
    """The form with these choices, as a page makes it."""
    return lambda data, **options: form(data, offers=offers, **options)


def _rendered(bound: BoundField) -> str:
    field = bound.field
    options: dict[str, Any] = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "error": "；".join(map(str, bound.errors)),
    }
    if isinstance(field, forms.BooleanField):
        return rendered("checkbox", {**options, "value": bound.value()})
    options["optional"] = not field.required
    if isinstance(field, forms.DateField):
        return rendered("date_field", {**options, **_day(bound.value())})
    if isinstance(field, forms.FileField):
        told = {name: field.widget.attrs.get(name, "") for name in ("accept", "limits", "max_bytes")}
        return rendered("file_field", {**options, **told, "many": field.widget.allow_multiple_selected})
    if isinstance(field.widget, forms.RadioSelect | forms.SelectMultiple):
        return rendered("choices", {**options, **_choices(bound)})
    return rendered("field", {**options, **_typed(bound)})


def _typed(bound: BoundField) -> dict[str, Any]:
    field, widget = bound.field, bound.field.widget
    choices = getattr(field, "choices", None)
    shows_value = not isinstance(widget, forms.PasswordInput) or widget.render_value
    return {
        "value": bound.value() if shows_value else "",
        "type": str(getattr(widget, "input_type", "text")),
        "choices": _pairs(choices) if choices is not None else None,
        "rows": widget.attrs.get("rows") if isinstance(widget, forms.Textarea) else None,
        "maxlength": getattr(field, "max_length", None),
        "counter": isinstance(widget, forms.Textarea),
        "short": isinstance(field, forms.IntegerField),
        "autocomplete": widget.attrs.get("autocomplete"),
        "inputmode": widget.attrs.get("inputmode"),
    }


def _choices(bound: BoundField) -> dict[str, Any]:
    value = bound.value()
    chosen = value if isinstance(value, list | tuple) else [value]
    many = isinstance(bound.field.widget, forms.SelectMultiple)
    pairs = _pairs(getattr(bound.field, "choices", ()))
    return {
        "choices": [(value, label, getattr(label, "hint", "")) for value, label in pairs],
        "chosen": [str(one) for one in chosen],
        "many": many,
    }


def _pairs(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in choices]


def _day(value: Any) -> dict[str, Any]:
    """A browser's calendar shows nothing but a date: what is none is shown as it was typed."""
    typed = str(value or "")
    try:
        is_date = date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        is_date = not typed
    return {"value": typed, "as_typed": not is_date}


def _first_id(bound: BoundField) -> str:
    """Where the error summary leads: the field, or the first of its choices."""
    is_many_inputs = isinstance(bound.field.widget, forms.RadioSelect | forms.SelectMultiple)
    return f"{bound.auto_id}-1" if is_many_inputs else str(bound.auto_id)


def _shown(field: forms.Field, value: Any) -> str:
    """A value as somebody reads it: the words of a choice, nothing for nothing."""
    choices = dict(_pairs(getattr(field, "choices", ())))
    if isinstance(field, forms.BooleanField):
        return "是" if value else "否"
    return str(choices.get(str(value), value)).strip() if value not in (None, "") else ""


def _column(row: models.Model, name: str) -> str:
    found = next((field for field in row._meta.concrete_fields if field.name == name), None)
    return found.attname if found is not None else ""


def state_of(row: models.Model) -> str:
    """A short keyed hash of each column of a row as it stands: two people who save at once are told apart by it."""
    columns = ((field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields)
    return " ".join(f"{name}:{_hash(value)}" for name, value in columns)


def changed_since(row: models.Model, seen: str) -> list[str]:
    """The columns of a row that are not as they were seen (`state_of`)."""
    return [told.partition(":")[0] for told in state_of(row).split() if told not in seen.split()]


def _hash(value: Any) -> str:
    return salted_hmac("gongkai.ui.seen", json.dumps(value, cls=DjangoJSONEncoder)).hexdigest()[:10]
