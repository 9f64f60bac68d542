"""The catalogue of components: what each is for, which options it knows, and examples of it (options.toml)."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from gongkai.ui.styles import COMPONENTS, component_names

CONTENT = "content"
"""The option that takes what stands between `{% around %}` and `{% endaround %}`."""


class NotInCatalogue(Exception):
    """A component that there is not, or an option that it does not know."""


@dataclass(frozen=True, slots=True)
class Example:
    """A component with some of its options, as it is shown in the gallery and tested."""

    name: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Component:
    """A component: the option's name → what it is for."""

    name: str
    description: str
    options: Mapping[str, str]
    examples: tuple[Example, ...]

    def require(self, given: Collection[str]) -> None:
        """Raises NotInCatalogue when an option is given that the component does not know."""
        unknown = sorted(set(given) - self.options.keys())
        if unknown:
            raise NotInCatalogue(f"component {self.name!r} has no option {', '.join(unknown)}")


@cache
def component(name: str) -> Component:
    """The component of that name. Raises NotInCatalogue where there is none."""
    if name not in component_names():
        raise NotInCatalogue(f"there is no component {name!r}")
    told = tomllib.loads((COMPONENTS / name / "options.toml").read_text("utf-8"))
    examples = [Example(title, options) for title, options in told["examples"].items()]
    return Component(name, told["description"], told.get("options", {}), tuple(examples))


def components() -> list[Component]:
    """All of them, by name."""
    return [component(name) for name in component_names()]


def rendered(name: str, options: Mapping[str, Any]) -> SafeString:
    """The component's HTML. Raises NotInCatalogue for an option that it does not know."""
    component(name).require(options)
    html: str = get_template(f"{name}/{name}.html").render(dict(options))
    return mark_safe(html)  # noqa: S308  rendered by a template, which escapes what it is given
