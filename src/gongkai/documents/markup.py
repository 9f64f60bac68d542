"""The source of a web page to well-formed markup of little more than its block elements.

libxml2 repairs the page, drops what is not seen and what does not part lines, and writes the rest out again: all of it
in C, none of it recursing into what the page nests.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import cast

from lxml import etree

from gongkai.documents.limits import Limits, TooLarge

# Stand in the markup where a hidden element stood: one within a line, one that parts lines.
HIDDEN_WORDS = "hidden-words"
HIDDEN_BLOCK = "hidden-block"

_REMOVING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDING = re.compile(rf"{_REMOVING.pattern}|visibility\s*:\s*hidden", re.IGNORECASE)
# What the source of a hidden element's tag says, in lower case; other tags and texts may say it too.
_SAYS_REMOVED = re.compile(rb"display\s*:\s*none")
_SAYS_HIDDEN = re.compile(rb"hidden([\s=/>]?)")
_SAYS_INVISIBLE = re.compile(rb"visibility\s*:\s*hidden")
_TAG_NAME = re.compile(rb"<[a-z][^\s/>]*")
_LONGEST_TAG = 4096
_MARK = "may-hide"
_MARKED = etree.XPath(f"//*/@{_MARK}/..")

# A page kept as a string of a script or of JSON: its tables have escaped quotes or slashes.
_ESCAPED_TABLE = re.compile(r"""<table[^<>]{0,200}\\["'/]|<\\+/t[dr]>""", re.IGNORECASE)
_BEFORE_ESCAPE = len("<table") + 200
# Each branch also matches a string that is never closed, so that no text is gone through twice.
_STRING = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|'[^'\\]*(?:\\.[^'\\]*)*(?:'|\\?\Z)""", re.DOTALL)
_ODD = etree.XPath("//*[@*[contains(name(), '<')]]")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}


@cache
def elements(kind: str) -> tuple[str, ...]:
    """The names that html.toml lists under `kind`."""
    lists = tomllib.loads(resources.files("gongkai.documents").joinpath("html.toml").read_text("utf-8"))
    return tuple(lists[kind])


def markup(source: bytes, limits: Limits) -> tuple[str, list[str]]:
    """A page as well-formed markup in which `<` and `>` stand only around tags, and the texts of its hidden elements.

    The source is in UTF-8. Each hidden element (`hidden`, `display: none`, `visibility: hidden`) has left an empty
    marker, in the order of the texts. Raises TooLarge over as many tags as `limits` has blocks and cells, or nested
    deeper than 256.
    """
    most = limits.blocks + limits.cells
    if len(source) > most and source.count(b"<") > most:
        raise TooLarge(f"网页的标记超过 {most} 个的上限；请拆分后再读。")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root = etree.fromstring(_marked(source), parser)
    except etree.XMLSyntaxError:
        return "", []
    if root is None:  # a page of nothing but comments or white space
        return "", []
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise TooLarge("网页的元素嵌套超过 256 层；请用浏览器打开后另存为文本或 docx 再读。")
    _set_choices_aside(root)
    etree.strip_elements(root, *elements("unseen"), with_tail=False)
    hidden = _mark_hidden(_outermost_hidden(root))
    etree.strip_attributes(root, _MARK, *elements("looks"))
    etree.strip_tags(root, *elements("inline"))
    told = etree.tostring(root, encoding="unicode")
    if told.count("<") != told.count(">"):
        _drop_odd_attributes(root)
        told = etree.tostring(root, encoding="unicode")
    return told, hidden


def _drop_odd_attributes(root: etree._Element) -> None:
    """Takes away attributes that libxml2 named after a tag: `<table <tr>` is a table with the attribute `<tr`."""
    for element in cast(list[etree._Element], _ODD(root)):
        # One by one they can't be taken away: lxml refuses some of their names.
        spans = {name: element.get(name, "") for name in ("colspan", "rowspan")}
        element.attrib.clear()
        for name, value in spans.items():
            if value.isdecimal():
                element.set(name, value)


def _marked(source: bytes) -> bytes:
    """The source with a mark in each tag that may hide its element: looking for them in the tree takes far longer."""
    lower = source.lower()
    starts = {lower.rfind(b"<", max(0, at - _LONGEST_TAG), at) for at in _said_to_hide(lower)} - {-1}
    ends = sorted([name.end() for start in starts if (name := _TAG_NAME.match(lower, start))])
    return f" {_MARK}=''".encode().join([source[start:end] for start, end in pairwise([0, *ends, len(source)])])


def _said_to_hide(lower: bytes) -> Iterator[int]:
    """Where a source in lower case says that an element is hidden. It is long: each search through all of it counts."""
    for match in _SAYS_REMOVED.finditer(lower):
        yield match.start()
    last = 0
    for match in _SAYS_HIDDEN.finditer(lower):
        at = match.start()
        if match[1]:
            yield at
        before = lower.rfind(b"visibility", max(last, at - _LONGEST_TAG), at)
        if before >= 0 and _SAYS_INVISIBLE.match(lower, before):
            yield before
        last = at


def _set_choices_aside(root: etree._Element) -> None:
    """Makes lists to choose from unseen: they list the sites of a county, not what the page says.

    One that was never closed holds the rest of the page: then it stays.
    """
    for choice in root.iter("select"):
        if next(choice.iter("div", "p", "table"), None) is None:
            choice.tag = "template"


def _outermost_hidden(root: etree._Element) -> list[etree._Element]:
    """The elements that are not seen and lie within none of the others, in the order of the page.

    A function of its own, so that nothing refers to the inner ones when they are thrown away: lxml would search the
    whole detached tree for each.
    """
    hidden: set[etree._Element] = set()
    outermost: list[etree._Element] = []
    for element in cast(list[etree._Element], _MARKED(root)):
        if element.get("hidden") is None and not _HIDING.search(element.get("style", "")):
            continue
        # Upwards, and no further than the next hidden one: what lies below may be most of the page.
        if not any(above in hidden for above in element.iterancestors()):
            outermost.append(element)
        hidden.add(element)
    return outermost


def _mark_hidden(elements_hidden: list[etree._Element]) -> list[str]:
    """Puts a marker in the place of each hidden element; the texts of all of them, in reading order."""
    texts: list[str] = []
    for element in elements_hidden:
        words = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
        texts.append(" ".join(words.split()))
        if _keeps_its_place(element):
            spans = {name: element.get(name, "1") for name in ("rowspan", "colspan")}
            element.clear(keep_tail=True)  # type: ignore[call-arg]  # not in the stubs
            for name, value in spans.items():
                element.set(name, value)
            etree.SubElement(element, HIDDEN_WORDS)
        else:
            marker = HIDDEN_WORDS if element.tag in elements("inline") else HIDDEN_BLOCK
            element.clear(keep_tail=True)  # type: ignore[call-arg]  # not in the stubs
            element.tag = marker
    return texts


def _keeps_its_place(element: etree._Element) -> bool:
    """Whether a hidden element is a cell without its words; a cell that is not displayed leaves no place."""
    is_cell = element.tag in ("td", "th")
    return is_cell and element.get("hidden") is None and not _REMOVING.search(element.get("style", ""))


def kept_in_strings(text: str) -> str:
    """The markup of those strings of a script or of JSON that hold a table, unescaped; empty where there is none."""
    # Most pages have some backslash, but only in the scripts at their end.
    first = text.find("\\")
    if first < 0 or not _ESCAPED_TABLE.search(text, max(0, first - _BEFORE_ESCAPE)):
        return ""
    found = "\n".join([match[0][1:-1] for match in _STRING.finditer(text) if _ESCAPED_TABLE.search(match[0])])
    while _ESCAPED_TABLE.search(found):
        found = _ESCAPE.sub(_unescaped, found)
    return found


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return _ESCAPED.get(escape, escape) if len(escape) == 1 else chr(int(escape[1:], 16))
