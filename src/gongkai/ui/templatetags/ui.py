"""`{% component "button" label="提交申请" %}`: a component with its options; dates in the words of the office."""

from datetime import date
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_WEEKDAYS = "一二三四五六日"


@register.simple_tag
def component(name: str, **options: Any) -> SafeString:
    """The component of that name, with nothing of the page's context but its options."""
    html: str = get_template(f"{name}/{name}.html").render(options)
    return mark_safe(html)  # noqa: S308  rendered by a template, which escapes what it is given


@register.filter
def day(value: date | None) -> str:
    """2026年11月23日（周一）."""
    return f"{value.year}年{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）" if value else ""
