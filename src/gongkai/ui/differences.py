"""What differs between two texts, in parts as the diff component shows them."""

import re
from difflib import SequenceMatcher

_UNITS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")
_LONG = 4000
"""Characters; longer texts are compared by sentences, so that the page comes at once."""


def parts(before: str, after: str) -> list[dict[str, str]]:
    """The texts as one: parts that are the `same`, `removed` or `added`, in reading order."""
    cut = _SENTENCES if len(before) + len(after) > _LONG else _UNITS
    old, new = cut.findall(before), cut.findall(after)
    found = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append({"kind": "same", "text": "".join(old[start:end])})
            continue
        found.append({"kind": "removed", "text": "".join(old[start:end])})
        found.append({"kind": "added", "text": "".join(new[new_start:new_end])})
    return [part for part in found if part["text"]]
