"""`{% component "button" label="提交申请" %}`: a component with its options; dates in the words of the office.

`{% around "sheet" title="指南" %}…{% endaround %}` is a component with a part of the page inside. What a component does
not know is refused when the template is read, so that no branch of a page hides it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.ui.catalogue import CONTENT, NotInCatalogue, rendered
from gongkai.ui.catalogue import component as component_named

register = template.Library()
_WEEKDAYS = "一二三四五六日"
_CELL = '<td role="cell" data-label="{}">{}</td>'
_CASE = (
    '<tr role="row" class="gk-cases__row{}"><td role="cell" class="gk-cases__due">{}{}</td>'
    '<th role="rowheader" scope="row" class="gk-cases__number">{}</th>'
    '<td role="cell" class="gk-cases__text"><a class="gk-cases__what" href="{}">{}</a> {}</td>'
    '<td role="cell" class="gk-cases__applicant">{}</td><td role="cell" class="gk-cases__state">{}</td>'
    '<td role="cell" class="gk-cases__turn">{}</td></tr>'
)
_NUMBER_CELL = '<td role="cell" data-label="{}" class="gk-number">{}</td>'


class ComponentNode(template.Node):
    """A component on a page: it sees nothing of the page's context but its options."""

    child_nodelists = ("inside",)

    def __init__(self, name: str, options: Mapping[str, FilterExpression], inside: NodeList | None) -> None:
        self.name, self.options, self.inside = name, options, inside if inside is not None else NodeList()
        self.is_around = inside is not None

    def render(self, context: Context) -> SafeString:
        """The component's HTML."""
        options: dict[str, Any] = {name: value.resolve(context) for name, value in self.options.items()}
        if self.is_around:
            options[CONTENT] = self.inside.render(context)
        return rendered(self.name, options)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "name" option=value … %}`."""
    return _node(parser, token, None)


@register.tag
def around(parser: Parser, token: Token) -> ComponentNode:
    """`{% around "name" option=value … %}` content `{% endaround %}`."""
    inside = parser.parse(("endaround",))
    parser.delete_first_token()
    return _node(parser, token, inside)


def _node(parser: Parser, token: Token, inside: NodeList | None) -> ComponentNode:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{tag} needs the name of a component in quotation marks")
    name, bits = bits[0][1:-1], bits[1:]
    options = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{tag} {name!r} takes options as name=value, not {bits[0]!r}")
    try:
        component_named(name).require([*options, *([CONTENT] if inside is not None else [])])
    except NotInCatalogue as error:
        raise TemplateSyntaxError(str(error)) from error
    return ComponentNode(name, options, inside)


@register.filter
def day(value: date | str | None) -> str:
    """2026年11月23日（周一）; what is in words already stays."""
    if isinstance(value, str):
        return value
    return f"{value.year}年{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）" if value else ""


@register.filter
def groups(code: str) -> list[str]:
    """A code in pieces of four, as it is read aloud; marks between pieces are left out."""
    plain = "".join(code.replace("-", " ").split())
    return [plain[start : start + 4] for start in range(0, len(plain), 4)]


@register.filter
def cells(row: Sequence[Mapping[str, Any]], heads: Sequence[Mapping[str, Any]]) -> SafeString:
    """The cells of a table's row. Written here and not in the template, which took most of a page's time for them."""
    first = format_html('<th role="rowheader" scope="row">{}</th>', _inside(row[0])) if row else ""
    others = [
        format_html(_NUMBER_CELL if head.get("number") else _CELL, head.get("label", ""), _inside(cell))
        for cell, head in zip(row[1:], heads[1:], strict=True)
    ]
    return mark_safe("".join([first, *others]))  # noqa: S308  escaped by format_html


@register.filter
def case_row(row: Mapping[str, Any]) -> SafeString:
    """A row of the list of cases. Written here for the same reason as `cells`: the desk is the page used most."""
    kind, remaining = row.get("remaining_kind"), row.get("remaining")
    return format_html(
        _CASE,
        f" gk-cases__row--{kind}" if kind else "",
        format_html('<span class="gk-cases__remaining">{}</span>', remaining) if remaining else "",
        format_html('<span class="gk-cases__date">{}</span>', row.get("due", "")),
        row["number"],
        row["href"],
        row["text"],
        _tag(row.get("tag"), ""),
        row.get("applicant", ""),
        _tag(row.get("state"), row.get("state_kind")),
        row.get("turn") or "",
    )


def _tag(word: str | None, kind: str | None) -> SafeString | str:
    return format_html('<span class="gk-tag{}">{}</span>', f" gk-tag--{kind}" if kind else "", word) if word else ""


def _inside(cell: Mapping[str, Any]) -> SafeString:
    inside = conditional_escape(cell.get("text", ""))
    if cell.get("href"):
        inside = format_html('<a href="{}">{}</a>', cell["href"], inside)
    if cell.get("tag"):
        kind = f" gk-tag--{cell['kind']}" if cell.get("kind") else ""
        inside = format_html('{} <span class="gk-tag{}">{}</span>', inside, kind, cell["tag"])
    return inside
