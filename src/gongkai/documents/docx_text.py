"""The words of a Word paragraph as its reader sees them, and what stands in it without being seen."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.blocks import Hidden
from gongkai.documents.docx_styles import Styles, is_on
from gongkai.documents.docx_survey import (
    ALTERNATIVES,
    BOX,
    CHOICE,
    DELETED,
    FIELD,
    RAISED,
    READING,
    RUN,
    SIGNS,
    SYMBOL,
    VANISH,
    P,
    Survey,
    T,
)
from gongkai.documents.numbering import Numbering, W
from gongkai.documents.xml import whole

_VAL = f"{W}val"
_PPR, _RPR = f"{W}pPr", f"{W}rPr"

_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Signs of the fonts that forms are ticked with; they have no code of their own in the file.
_TICKS = {
    "Wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0xFC: "√", 0xFB: "×"},
    "Wingdings 2": {0x52: "☑", 0x53: "☒", 0xA3: "□", 0x50: "√", 0x4F: "×"},
}


@dataclass
class Words:
    """Reads paragraphs in their order. `line` is where the next one stands, for what is hidden in it.

    `boxes` collects the text boxes met on the way, `hidden` what is not seen.
    """

    numbering: Numbering
    styles: Styles
    survey: Survey
    line: int = 1
    boxes: list[etree._Element] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    _before: str = ""
    _codes: list[bool] = field(default_factory=list)

    def of(self, paragraph: etree._Element) -> str | None:
        """The words of a paragraph with its number; None where its end was deleted: they go on in the next one."""
        if paragraph not in self.survey.special:
            return self.number(paragraph) + self.rest() + self.survey.words[paragraph]
        seen = self._seen(paragraph)
        if _runs_on(paragraph):
            self._before += seen
            return None
        return self.number(paragraph) + self.rest() + seen

    def rest(self) -> str:
        """What is left of paragraphs that were to go on in a next one."""
        before, self._before = self._before, ""
        return before

    def number(self, paragraph: etree._Element) -> str:
        """The number that the word processor puts before a paragraph."""
        if not self.numbering.lists:
            return ""
        properties = paragraph.find(_PPR)
        style, number, level = self.styles.usual, None, None
        if properties is not None:
            style = _value(properties, "pStyle") or style
            number, level = _value(properties, f"numPr/{W}numId"), _value(properties, f"numPr/{W}ilvl")
        if number is None and style in self.styles.listed:
            number, inherited = self.styles.listed[style]
            level = level or inherited
        if number is None:
            return ""
        depth = self.numbering.level_of(number, style) if level is None else whole(level, 0)
        return self.numbering.prefix(number, depth)

    def _seen(self, paragraph: etree._Element) -> str:
        parts: list[str] = []
        # A field's code never reaches over its paragraph in files that are whole.
        self._codes.clear()
        waiting = list(reversed(paragraph))
        while waiting:
            node = waiting.pop()
            act = _ACTS.get(node.tag)
            if act is None:
                waiting.extend(reversed(node))
            else:
                waiting.extend(reversed(act(self, node, parts)))
        return "".join(parts)

    def _words(self, node: etree._Element, parts: list[str]) -> "_Inside":
        if not any(self._codes):
            parts.append(node.text or "")
        return ()

    def _sign(self, node: etree._Element, parts: list[str]) -> "_Inside":
        parts.append(SIGNS[node.tag])
        return ()

    def _symbol(self, node: etree._Element, parts: list[str]) -> "_Inside":
        code = _CODE.fullmatch(str(node.get(f"{W}char", "")))
        number = int(code[0], 16) if code is not None else 0xFFFD
        shown = chr(number) if number >= 0x20 and not 0xD800 <= number < 0xE000 else "\ufffd"
        parts.append(_TICKS.get(str(node.get(f"{W}font")), {}).get(number & 0xFF, shown))
        return ()

    def _field(self, node: etree._Element, parts: list[str]) -> "_Inside":
        """What stands between the begin of a field and its separator is its code, even where it looks like words."""
        match node.get(f"{W}fldCharType"):
            case "begin":
                self._codes.append(True)
            case "separate" if self._codes:
                self._codes[-1] = False
            case "end" if self._codes:
                self._codes.pop()
            case _:
                pass
        return ()

    def _box(self, node: etree._Element, parts: list[str]) -> "_Inside":
        self.boxes.append(node)
        return ()

    def _deleted(self, node: etree._Element, parts: list[str]) -> "_Inside":
        self._hide("修订中删去的文字", node)
        return ()

    def _run(self, node: etree._Element, parts: list[str]) -> "_Inside":
        properties = node.find(_RPR)
        if self._vanishes(node, properties):
            self._hide("隐藏文字", node)
            return ()
        raised = properties.find(RAISED) if properties is not None else None
        if raised is not None and raised.get(_VAL) == "superscript":
            text = "".join(part.text or "" for part in node.iter(T))
            if text.isdecimal():
                # A mark of a note, or a power: put on the line it would make another figure.
                parts.append(text.translate(_SUPERSCRIPTS))
                return ()
        return node

    def _vanishes(self, run: etree._Element, properties: etree._Element | None) -> bool:
        mark = properties.find(VANISH) if properties is not None else None
        if mark is not None:
            return is_on(mark)
        if not self.styles.hidden:
            return False
        own = _value(properties, "rStyle") if properties is not None else None
        paragraph = next(run.iterancestors(P), None)
        named = _value(paragraph, f"pPr/{W}pStyle") if paragraph is not None else None
        return own in self.styles.hidden or named in self.styles.hidden

    def _choice(self, node: etree._Element, parts: list[str]) -> "_Inside":
        """The first of several ways to say the same: the others are for older programs."""
        chosen = node.find(CHOICE)
        return node if chosen is None else chosen

    def _nothing(self, node: etree._Element, parts: list[str]) -> "_Inside":
        return ()

    def _hide(self, kind: str, node: etree._Element) -> None:
        text = "".join(part.text or "" for part in node.iter(T, f"{W}delText"))
        if text:
            self.hidden.append(Hidden(kind, f"第{self.line}段", text))


_Inside = etree._Element | tuple[()]
_Act = Callable[[Words, etree._Element, list[str]], _Inside]

_ACTS: dict[object, _Act] = {
    T: Words._words,
    RUN: Words._run,
    **dict.fromkeys(SIGNS, Words._sign),
    SYMBOL: Words._symbol,
    FIELD: Words._field,
    BOX: Words._box,
    **dict.fromkeys(DELETED, Words._deleted),
    ALTERNATIVES: Words._choice,
    **dict.fromkeys((_PPR, _RPR, READING), Words._nothing),
}


def _value(node: etree._Element, path: str) -> str | None:
    found = node.find(f"{W}{path}")
    return None if found is None else found.get(_VAL)


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted or hidden, so that the next one goes on in its line."""
    mark = paragraph.find(f"{_PPR}/{_RPR}")
    if mark is None:
        return False
    hidden = mark.find(VANISH)
    return (hidden is not None and is_on(hidden)) or any(mark.find(tag) is not None for tag in DELETED)
