"""What is wrong with a page's HTML: as parsers see it, and what they let pass but readers stumble over."""

import re

import lxml.html
from tinyhtml5.parser import HTMLParser

_REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
_FORBIDDEN = ("style", "onclick", "onchange", "onsubmit", "onload", "onerror")


def faults(html: str) -> list[str]:
    """Every fault, in words; `html` is a whole document."""
    parser = HTMLParser()
    parser.parse(html)
    found = [f"{place}: {code} {data}" for place, code, data in parser.errors]
    tree = lxml.html.document_fromstring(html)
    ids = [str(value) for value in tree.xpath("//@id")]
    found += [f"id {one!r} stands twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    for name in _REFERRING:
        values = " ".join(map(str, tree.xpath(f"//@{name}"))).split()
        found += [f"{name} points to {one!r}, which is not there" for one in values if one not in ids]
    found += [f"inline {name}" for name in _FORBIDDEN if tree.xpath(f"//@{name}")]
    found += ["inline script"] * len(tree.xpath("//script[not(@src)]")) + ["inline style"] * len(tree.xpath("//style"))
    found += [f"empty href in {link.text_content()!r}" for link in tree.xpath("//a[@href='']")]
    return found


def classes(html: str) -> set[str]:
    """The classes that are used."""
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
