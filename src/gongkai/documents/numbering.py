"""The numbers that a word processor puts before paragraphs by itself: they are no text, but readers see them.

Numbers of one abstract list go on through all lists made of it, except where a list starts a level anew (ECMA-376
part 1, §17.9).
"""

from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.numerals import written
from gongkai.documents.xml import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level: how its numbers are written, its text with %1 … %9, where it starts, and whether a higher level
    makes it start again."""

    style: str
    text: str
    start: int
    restarts: bool = True
    in_figures: bool = False
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list: the abstract list it counts with, its levels, and the levels that it starts anew."""

    abstract: str
    levels: dict[int, Level]
    anew: frozenset[int] = frozenset()


@dataclass
class Numbering:
    """The lists of a document, and where each stands while its paragraphs go by."""

    lists: dict[str, List] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def prefix(self, number_id: str, level: int) -> str:
        """The number before the next paragraph of that list and level; empty for bullets and unknown lists."""
        found = self.lists.get(number_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        if number_id not in self._begun:
            self._begun.add(number_id)
            for index in found.anew:
                counts[index] = None
        count = counts[level]
        counts[level] = found.levels[level].start if count is None else count + 1
        for index in range(level + 1, _LEVELS):
            if index not in found.levels or found.levels[index].restarts:
                counts[index] = None
        return _shown(found.levels, counts, level)

    def level_of(self, number_id: str, paragraph_style: str) -> int:
        """The level that a paragraph style takes in a list; the first where the list does not name the style."""
        found = self.lists.get(number_id)
        levels = found.levels.items() if found is not None else ()
        return next((index for index, level in levels if level.paragraph_style == paragraph_style), 0)


def _shown(levels: dict[int, Level], counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.style == "bullet":
        return ""
    text = own.text
    for index in range(level + 1):
        shown = levels.get(index, own)
        count = counts[index]
        style = "decimal" if own.in_figures and index < level else shown.style
        text = text.replace(f"%{index + 1}", written(shown.start if count is None else count, style))
    return text


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that `numbering.xml` declares."""
    if root is None:
        return Numbering()
    nodes = {str(node.get(f"{W}abstractNumId")): node for node in root.iterfind(f"{W}abstractNum")}
    # A list made of a list style says no more than its name; another abstract list defines it.
    by_style = {style: key for key, node in nodes.items() if (style := value_of(node, "styleLink"))}
    abstract = {key: _levels(node) for key, node in nodes.items()}
    lists: dict[str, List] = {}
    for node in root.iterfind(f"{W}num"):
        key = value_of(node, "abstractNumId")
        if key in nodes:
            key = by_style.get(value_of(nodes[key], "numStyleLink"), key)
            lists[str(node.get(f"{W}numId"))] = _list(node, key, abstract[key])
    return Numbering(lists)


def value_of(node: etree._Element, name: str, otherwise: str = "") -> str:
    """The value that a child of that name tells."""
    child = node.find(f"{W}{name}")
    return otherwise if child is None else str(child.get(f"{W}val", otherwise))


def _list(node: etree._Element, abstract: str, levels: dict[int, Level]) -> List:
    own = dict(levels)
    anew: set[int] = set()
    for override in node.iterfind(f"{W}lvlOverride"):
        index = whole(override.get(f"{W}ilvl"), _LEVELS)
        declared = override.find(f"{W}lvl")
        if declared is not None:
            own[index] = _level(declared)
        start = override.find(f"{W}startOverride")
        if start is not None and index in own:
            level = own[index]
            first = whole(start.get(f"{W}val"), 1)
            own[index] = Level(level.style, level.text, first, level.restarts, level.in_figures, level.paragraph_style)
            anew.add(index)
    return List(
        abstract, {index: level for index, level in own.items() if index < _LEVELS}, frozenset(anew) - {_LEVELS}
    )


def _levels(node: etree._Element) -> dict[int, Level]:
    levels = ((whole(level.get(f"{W}ilvl"), _LEVELS), level) for level in node.iterfind(f"{W}lvl"))
    return {index: _level(level) for index, level in levels if index < _LEVELS}


def _level(node: etree._Element) -> Level:
    legal = node.find(f"{W}isLgl")
    return Level(
        style=value_of(node, "numFmt", "decimal"),
        text=value_of(node, "lvlText"),
        start=whole(value_of(node, "start", "1"), 1),
        restarts=value_of(node, "lvlRestart", "1") != "0",
        in_figures=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        paragraph_style=value_of(node, "pStyle"),
    )
