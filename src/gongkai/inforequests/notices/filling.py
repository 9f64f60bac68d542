"""Filling the forms of letters: slots in braces become words, what is missing is marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

MARK = "【请填写：{}】"
"""What stands where something is missing."""
SENTENCE_END = "。；;，,.、 "

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.．、)）]")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Slots:
    """The `values` of slots, empty where not known, and what each is called.

    An entry with an empty slot of `optional` is left out whole. Other empty slots are marked, but for those without a
    label, which are empty by right.
    """

    values: Mapping[str, str]
    labels: Mapping[str, str]
    optional: frozenset[str] = frozenset()

    def paragraphs(self, entry: str) -> Iterator[str]:
        """The paragraphs of an entry. A line that is one slot alone becomes a paragraph for each line of its value."""
        names = _names(entry)
        if any(name in self.optional and not self.values.get(name) for name in names):
            return
        for line in entry.split("\n"):
            alone = line.removeprefix("{").removesuffix("}")
            if alone in names:
                yield from _listed(self.values.get(alone) or self.missing(alone))
            else:
                yield self.sentence(line)

    def sentence(self, words: str) -> str:
        """The words with what the slots become within a sentence: their lines joined, without a full stop."""
        return words.format_map(
            {name: joined(self.values.get(name, "")) or self.missing(name) for name in _names(words)}
        )

    def are_known(self, words: str) -> bool:
        """Whether no slot of these words is empty."""
        return all(self.values.get(name) for name in _names(words))

    def missing(self, name: str) -> str:
        """The mark of a slot that has to be filled in."""
        return MARK.format(self.labels[name]) if name in self.labels else ""


def joined(text: str) -> str:
    """Lines as parts of one sentence, without its end."""
    lines = (line.strip().rstrip(SENTENCE_END) for line in text.splitlines())
    return "；".join(line for line in lines if line)


def _names(words: str) -> list[str]:
    """The names of the slots in these words."""
    return [name for _, name, _, _ in Formatter().parse(words) if name]


def _listed(text: str) -> Iterator[str]:
    """Each line as a paragraph that ends like a sentence, numbered where there are several without numbers."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbered = len(lines) < _SEVERAL or any(_NUMBERED.match(line) for line in lines)
    for index, line in enumerate(lines, 1):
        last = "。" if index == len(lines) else "；"
        told = line if line[-1] in "。；：】！？" else line.rstrip(SENTENCE_END) + last
        yield told if numbered else f"{index}.{told}"
