"""What the styles of a Word file do to the words of a paragraph: hide them, or put a number before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from gongkai.documents.numbering import W, value_of
from gongkai.documents.xml import parse

_VAL = f"{W}val"
_DEEPEST = 32
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Styles:
    """By the id of a style: those whose words are hidden, and list id and level (`None`: not told) of the numbered.

    `usual` is the style of a paragraph that names none.
    """

    hidden: frozenset[str] = frozenset()
    listed: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    usual: str = ""


def styles_of(data: bytes) -> Styles:
    """The styles that `styles.xml` declares; what a style does not tell it has from the one it is based on."""
    if b"vanish" not in data and b"numPr" not in data:
        return Styles()
    nodes = {str(node.get(f"{W}styleId")): node for node in parse(data).iterfind(f"{W}style")}
    based_on = {key: value_of(node, "basedOn") for key, node in nodes.items()}
    hiding = {key: is_on(mark) for key, node in nodes.items() if (mark := node.find(f"{W}rPr/{W}vanish")) is not None}
    numbering = {
        key: _list_of(mark) for key, node in nodes.items() if (mark := node.find(f"{W}pPr/{W}numPr")) is not None
    }
    hidden = frozenset(key for key, told in _inherited(hiding, based_on).items() if told)
    usual = (k for k, n in nodes.items() if n.get(f"{W}type") == "paragraph" and n.get(f"{W}default") in ("1", "true"))
    return Styles(hidden, _inherited(numbering, based_on), next(usual, ""))


def is_on(mark: etree._Element) -> bool:
    """Whether a mark of yes or no says yes: it does unless it says no."""
    return mark.get(_VAL, "1") not in ("0", "false", "off")


def _list_of(mark: etree._Element) -> tuple[str, str | None]:
    return value_of(mark, "numId", "0"), value_of(mark, "ilvl") or None


def _inherited(told: Mapping[str, _Told], based_on: Mapping[str, str]) -> dict[str, _Told]:
    """What each style tells, or the nearest one that it is based on."""
    found: dict[str, _Told] = {}
    for key in based_on if told else ():
        style = key
        for _ in range(_DEEPEST):
            if style in told:
                found[key] = told[style]
                break
            style = based_on.get(style, "")
    return found
