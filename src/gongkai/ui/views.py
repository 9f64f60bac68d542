"""The gallery of components, for those who build pages and those who judge them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from gongkai.ui.catalogue import Component, components, rendered


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its options and all its examples."""
    shown = [
        {
            "component": each,
            "options": list(each.options.items()),
            "examples": [(example.name, _example(each, example.options)) for example in each.examples],
        }
        for each in components()
    ]
    return render(request, "ui/gallery.html", {"shown": shown, "breadcrumb": [{"label": "组件"}]})


def _example(component: Component, options: Mapping[str, Any]) -> SafeString:
    """An example as it stands on a page, except that it doesn't take the focus."""
    return mark_safe(rendered(component.name, options).replace(" autofocus", ""))  # noqa: S308  rendered by a template
