"""One look over the body of a Word file: the plain words of each paragraph, and where a closer look is needed.

Walking over the tree is most of the time of reading; all that is looked for is collected on one way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.docx_styles import Styles
from gongkai.documents.numbering import W

P, T, TBL = f"{W}p", f"{W}t", f"{W}tbl"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
_AROUND = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
CONTAINERS = frozenset((*(f"{W}{name}" for name in _AROUND), ALTERNATIVES, CHOICE))
"""What stands around paragraphs, tables, rows or cells without being one."""
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
RUN, SYMBOL, FIELD, BOX, READING = f"{W}r", f"{W}sym", f"{W}fldChar", f"{W}txbxContent", f"{W}rt"
RAISED, VANISH = f"{W}vertAlign", f"{W}vanish"
SPAN, DOWN, ACROSS = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
GONE_ROW, LATE = f"{W}hidden", f"{W}gridBefore"

# Where none of these stands, the words of a paragraph are those of its `w:t`, one after the other.
_SPECIAL = frozenset((*SIGNS, *DELETED, SYMBOL, FIELD, BOX, RAISED, VANISH, ALTERNATIVES, READING))
_STYLED = frozenset((f"{W}pStyle", f"{W}rStyle"))
_TABLE_MARKS = frozenset((SPAN, DOWN, ACROSS, LATE, GONE_ROW, *DELETED, *CONTAINERS))
_STOPS = f"{W}tabs"

Marks = Mapping[str, list[etree._Element]]


@dataclass(slots=True)
class Survey:
    """What was found. `words` of a paragraph are right only where it is not `special`.

    `cells` are the words of elements that hold one paragraph, and that a plain one; None of all others. `marks` tells
    by table and tag whatever says more than words; what stands behind a table in a table is told of the inner one.
    """

    words: dict[etree._Element, str] = field(default_factory=dict)
    cells: dict[etree._Element | None, str | None] = field(default_factory=dict)
    special: set[etree._Element] = field(default_factory=set)
    marks: dict[etree._Element | None, dict[str, list[etree._Element]]] = field(default_factory=dict)
    nested: set[etree._Element] = field(default_factory=set)

    def keep(self, paragraph: etree._Element | None, words: str) -> None:
        """Keeps the words of a paragraph that is over."""
        if paragraph is not None:
            self.words[paragraph] = words
            owner = paragraph.getparent()
            self.cells[owner] = None if owner in self.cells else words


def surveyed(body: etree._Element, styles: Styles) -> Survey:
    """The body looked over once, in the order of the document."""
    survey = Survey()
    marks: dict[str, list[etree._Element]] = {}
    styled = _STYLED if styles.hidden else frozenset[str]()
    paragraph: etree._Element | None = None
    words = ""
    for node in body.iter(P, T, TBL, *_SPECIAL, *_TABLE_MARKS, *styled):
        tag = node.tag
        if tag == T:
            words += node.text or ""
        elif tag == P:
            survey.keep(paragraph, words)
            paragraph, words = node, ""
        elif tag == TBL:
            marks = survey.marks[node] = {}
            survey.nested.update(node.iterancestors(TBL))
        else:
            if tag in _TABLE_MARKS:
                marks.setdefault(tag, []).append(node)
            if _is_special(node, tag, styles):
                _look_closer(survey, node)
    survey.keep(paragraph, words)
    survey.cells.update((paragraph.getparent(), None) for paragraph in survey.special)
    return survey


def _is_special(node: etree._Element, tag: str, styles: Styles) -> bool:
    if tag in _STYLED:
        return node.get(f"{W}val") in styles.hidden
    if tag not in _SPECIAL:
        return False
    parent = node.getparent()
    # Where the stops of tabs are set no tab is written.
    return parent is None or parent.tag != _STOPS


def _look_closer(survey: Survey, node: etree._Element) -> None:
    paragraphs = [*node.iterancestors(P)]
    if node.tag == BOX:
        paragraphs += node.iter(P)
    survey.special.update(paragraphs)
