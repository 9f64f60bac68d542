"""The numbers that a word processor puts before paragraphs by itself: they are no text, but readers see them."""

from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMERALS = "一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting"}
)
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are written, its text with %1 … %9, and where it starts."""

    style: str
    text: str
    start: int


@dataclass
class Numbering:
    """The lists of a document, and where each stands while its paragraphs go by."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def prefix(self, number_id: str, level: int) -> str:
        """The number before the next paragraph of that list and level; empty for bullets and unknown lists."""
        levels = self.levels.get(number_id)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(number_id, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        text = levels[level].text
        for index in range(level + 1):
            shown = levels.get(index, levels[level])
            text = text.replace(f"%{index + 1}", _number(counts[index] or shown.start, shown.style))
        return "" if levels[level].style in ("bullet", "none") else text


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that `numbering.xml` declares."""
    if root is None:
        return Numbering()
    abstract = {
        str(node.get(f"{_W}abstractNumId")): {
            int(lvl.get(f"{_W}ilvl", "0")): _level(lvl) for lvl in node.findall(f"{_W}lvl")
        }
        for node in root.findall(f"{_W}abstractNum")
    }
    lists: dict[str, dict[int, Level]] = {}
    for node in root.findall(f"{_W}num"):
        target = node.find(f"{_W}abstractNumId")
        if target is not None:
            lists[str(node.get(f"{_W}numId"))] = abstract.get(str(target.get(f"{_W}val")), {})
    return Numbering(lists)


def _level(node: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        child = node.find(f"{_W}{name}")
        return default if child is None else str(child.get(f"{_W}val", default))

    start = value("start", "1")
    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def _number(count: int, style: str) -> str:
    return chinese(count) if style in _CHINESE else str(count)


def chinese(count: int) -> str:
    """1 to 99 in Chinese numerals (十二, 三十); other numbers in figures."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if not tens else ("十" if tens == 1 else _NUMERALS[tens - 1] + "十")
    return head + (_NUMERALS[ones - 1] if ones else "")
