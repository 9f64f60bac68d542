"""Forms as components: labels, hints and errors in words; what was typed is never lost."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.kernel.reasons import Reason


class Form(forms.Form):
    """A form that is rendered by the field component. `seen` is the state of the row when the form was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **{"label_suffix": "", **options})
        self.refused: Sequence[Reason] = ()

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, ready for an action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def summary(self) -> list[dict[str, str]]:
        """What is wrong, for the error summary: fields first, then the reasons of the action."""
        found = []
        for bound in self.visible_fields():
            found += [{"message": f"{bound.label}：{message}", "field": str(bound.auto_id)} for message in bound.errors]
        found += [{"message": str(message)} for message in self.non_field_errors()]
        return found + [{"message": reason.message, "instead": reason.instead} for reason in self.refused]

    def as_components(self) -> SafeString:
        """All fields, one below the other."""
        hidden = "".join(str(bound) for bound in self.hidden_fields())
        return mark_safe(hidden + "".join(map(_rendered, self.visible_fields())))  # noqa: S308  rendered by templates


def _rendered(bound: BoundField) -> str:
    field, widget = bound.field, bound.field.widget
    choices = getattr(field, "choices", None)
    options = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "error": "；".join(map(str, bound.errors)),
        "value": bound.value(),
        "type": _type(field, widget),
        "choices": [(str(value), label) for value, label in choices] if choices is not None else None,
        "rows": widget.attrs.get("rows") if isinstance(widget, forms.Textarea) else None,
        "optional": not field.required,
        "short": isinstance(field, forms.DateField | forms.IntegerField),
        "autocomplete": widget.attrs.get("autocomplete"),
    }
    if isinstance(field, forms.DateField) and hasattr(options["value"], "isoformat"):
        options["value"] = options["value"].isoformat()
    name = "checkbox" if isinstance(field, forms.BooleanField) else "field"
    return render_to_string(f"{name}/{name}.html", options)


def _type(field: forms.Field, widget: forms.Widget) -> str:
    if isinstance(field, forms.DateField):
        return "date"
    return str(getattr(widget, "input_type", "text"))


def state_of(row: models.Model) -> str:
    """A short hash of a row as it stands: two people who save at once are told apart by it."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()[:16]
