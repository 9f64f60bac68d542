"""Paragraphs joined into one text, so that each rule scans once, and offsets that lead back to where things stand."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from gongkai.documents.blocks import Paragraph
from gongkai.findings import PRACTICE, Finding, Severity

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

_NUMBER = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、，,．.：）)]|\s*[（(][一二三四五六七八九十\d]")


@dataclass
class Text:
    """Paragraphs as one text, a line each, invisible characters left out; `finding` maps offsets back to places."""

    paragraphs: Sequence[Paragraph]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        raw = "\n".join([p.text if "\n" not in p.text else p.text.replace("\n", "\r") for p in self.paragraphs])
        gone = [match.start() for match in _INVISIBLE.finditer(raw)]
        # The offset in `text` from which on one more left-out character lies before it.
        self._shifts = [at - before for before, at in enumerate(gone)]
        self.text = _INVISIBLE.sub("", raw) if gone else raw

    @cached_property
    def _starts(self) -> list[int]:
        lengths = [len(paragraph.text) + 1 for paragraph in self.paragraphs]
        return list(accumulate(lengths, initial=0))

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each paragraph in `text`."""
        ends = [match.start() for match in re.finditer("\n", self.text)] + [len(self.text)]
        return list(zip([0, *(end + 1 for end in ends[:-1])], ends, strict=True))

    @cached_property
    def numbered(self) -> list[int]:
        """The starts of paragraphs that begin like a number: 一、（一）1.（1）."""
        return [start for start, end in self.lines if _NUMBER.match(self.text, start, end)]

    def line_of(self, offset: int) -> tuple[int, int]:
        """Start and end of the paragraph that the offset is in."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return start, len(self.text) if end < 0 else end

    def finding(
        self,
        rule: str,
        severity: Severity,
        span: tuple[int, int],
        message: str,
        *,
        expected: str | None = None,
        basis: str = PRACTICE,
        blocks: bool = False,
    ) -> Finding:
        """The finding about the characters of `span` (offsets in `text`), which become its `found`."""
        start, end = span
        if self._shifts:
            start += bisect_right(self._shifts, start)
            end += bisect_right(self._shifts, end - 1)
        index = bisect_right(self._starts, start) - 1
        paragraph = self.paragraphs[index]
        offset = start - self._starts[index]
        return Finding(
            rule=rule,
            severity=severity,
            where=paragraph.where(offset),
            message=message,
            expected=expected,
            found=paragraph.text[offset : offset + end - start],
            basis=basis,
            blocks=blocks,
        )
