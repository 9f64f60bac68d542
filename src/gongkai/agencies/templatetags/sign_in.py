"""allauth's forms as our components, with labels of our own; a password that was typed is never sent back."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from gongkai.ui.catalogue import rendered

register = template.Library()


@register.simple_tag
def typed(bound: BoundField, label: str, hint: str = "", inputmode: str = "") -> SafeString:
    """A field of the form."""
    widget = bound.field.widget
    is_secret = isinstance(widget, forms.PasswordInput)
    options: dict[str, Any] = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": label,
        "hint": hint,
        "error": "；".join(map(str, bound.errors)),
        "value": "" if is_secret else bound.value(),
        "type": "password" if is_secret else "text",
        "autocomplete": widget.attrs.get("autocomplete"),
        "inputmode": inputmode,
        "short": bool(inputmode),
    }
    return rendered("field", options)


@register.filter
def errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """What is wrong, for the error summary."""
    found = [
        {"message": str(message), "field": str(bound.auto_id)}
        for bound in form.visible_fields()
        for message in bound.errors
    ]
    hidden = [str(message) for bound in form.hidden_fields() for message in bound.errors]
    return found + [{"message": message} for message in [*map(str, form.non_field_errors()), *hidden]]


@register.filter
def in_fours(text: str) -> list[str]:
    """A key in groups of four characters, to be typed off."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]
