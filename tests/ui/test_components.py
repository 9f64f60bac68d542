"""Every component by its examples, and what a page may not do with them."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError, engines
from tests.ui.valid_html import classes, faults

from gongkai.ui.catalogue import Component, Example, NotInCatalogue, components, rendered
from gongkai.ui.styles import COMPONENTS, stylesheet

SOURCES = Path(__file__).parents[2] / "src" / "gongkai"
EXAMPLES = [
    pytest.param(component, example, id=f"{component.name}: {example.name}")
    for component in components()
    for example in component.examples
]
TEMPLATES = sorted(path for path in SOURCES.glob("*/templates/**/*.html"))
NAMES = {
    "actions", "breadcrumb", "button", "checkbox", "choices", "date_field", "dialog", "diff", "empty_state",
    "error_summary", "field", "figure_cards", "file_field", "finding", "footer", "header", "notice", "pagination",
    "search", "sheet", "skip_link", "steps", "summary_list", "table", "tabs", "tag", "tree",
}  # fmt: skip


def page(html: str) -> str:
    return f'<!DOCTYPE html><html lang="zh-CN"><head><title>例</title></head><body id="main">{html}</body></html>'


def test_the_set_is_whole() -> None:
    assert {component.name for component in components()} >= NAMES


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_an_example_is_valid_html(component: Component, example: Example) -> None:
    html = rendered(component.name, example.options)
    links = "".join(f'<a id="{name}"></a>' for name in set(re.findall(r'href="#([\w-]+)"', html)) - {"main"})
    assert html.strip()
    assert faults(page(html + links)) == []


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_an_example_escapes_what_it_is_given(component: Component, example: Example) -> None:
    words = '<script>alert("x")</script>'

    def put(value: object) -> object:
        if isinstance(value, str):
            return value + words
        if isinstance(value, list):
            return [put(one) for one in value]
        return {name: put(one) for name, one in value.items()} if isinstance(value, dict) else value

    assert "<script" not in rendered(component.name, {name: put(value) for name, value in example.options.items()})


@pytest.mark.parametrize("component", components(), ids=lambda component: component.name)
def test_a_component_tells_what_it_is_for_and_shows_every_option(component: Component) -> None:
    assert component.description.endswith("。")
    assert component.examples
    given = {name for example in component.examples for name in example.options}
    assert given <= component.options.keys()
    template = "".join(path.read_text("utf-8") for path in (COMPONENTS / component.name).glob("*.html"))
    template += (COMPONENTS / "field" / "aria.html").read_text("utf-8") if "field/aria.html" in template else ""
    tags = " ".join(re.findall(r"{[{%].*?[%}]}", template, re.DOTALL))
    unused = [name for name in component.options if not re.search(rf"\b{name}\b", tags)]
    assert unused == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('{% component "button" label="保存" colour="red" %}', "no option colour"),
        ('{% component "buton" label="保存" %}', "no component 'buton'"),
        ('{% if 0 %}{% component "tag" word="现任" %}{% endif %}', "no option word"),
        ('{% around "button" label="保存" %}…{% endaround %}', "no option content"),
        ('{% component "button" "保存" %}', "name=value"),
        ("{% component name %}", "in quotation marks"),
    ],
)
def test_a_page_that_asks_for_what_is_not_there_is_refused_when_it_is_read(source: str, told: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=re.escape(told)):
        engines["django"].from_string(source)


def test_an_unknown_option_is_refused_from_code_too() -> None:
    with pytest.raises(NotInCatalogue):
        rendered("tag", {"text": "现任", "colour": "green"})


def test_a_component_sees_its_options_alone_and_what_stands_inside_sees_the_page() -> None:
    template = Template(
        '{% around "dialog" title="合并" %}<p>{{ label }}</p>{% component "button" label="合并" %}{% endaround %}'
    )
    html = template.render(Context({"label": "甲<乙", "text": "不该出现", "follows": ["也不该"]}))
    assert "<p>甲&lt;乙</p>" in html
    assert ">合并</button>" in html
    assert "不该" not in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_every_page_can_be_read_and_uses_classes_that_there_are(path: Path) -> None:
    source = path.read_text("utf-8")
    engines["django"].from_string(source)
    known = set(re.findall(r"\.(gk-[\w-]+)", stylesheet()))
    used = {name for name in classes(re.sub(r"{[{%].*?[%}]}", " ", source)) if not name.endswith("--")}
    assert used - known == set()


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*/*.css")), ids=lambda path: path.stem)
def test_a_component_styles_nothing_but_what_carries_its_names(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|@(top|bottom)-\w+\s*{[^{}]*}", "", path.read_text("utf-8"))  # notes, printed margins
    text = re.sub(r"@(media|container|page)[^{]*({[^{}]*}|{)", "}", text)
    selectors = [one.strip() for group in re.findall(r"(?:^|})\s*([^{}]+){", text) for one in group.split(",")]
    assert selectors
    assert [one for one in selectors if ".gk-" not in one or "#" in one] == []
