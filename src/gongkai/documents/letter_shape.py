"""How big the head of a letter is set and where its signature stands (GB/T 9704-2012 §7.2.4, §7.3.5, §10.1)."""

from dataclasses import dataclass
from unicodedata import east_asian_width

_LINE_POINTS = 482
"""The red line below the head is 170 mm long."""
_LARGEST, _SMALLEST = 38, 18
_FREE = 4
"""The date stands four characters from the right edge."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lines of a signature stand, centred to one another: in characters of the body's type."""

    width: float
    right: float


def head_points(name: str) -> int:
    """The size of type, in points, in which an agency's name fits into one line; a very long name takes two."""
    return max(_SMALLEST, min(_LARGEST, int(_LINE_POINTS * 0.92 / max(1.0, characters(name)))))


def signature_place(text: str) -> Place:
    """The place of a signature whose last line is the date: that line is four characters from the right edge.

    A longer name reaches further to the right, since the date stands under its middle.
    """
    lines = text.split("\n")
    width = max(map(characters, lines))
    return Place(width, max(0.0, _FREE - (width - characters(lines[-1])) / 2))


def characters(text: str) -> float:
    """How wide a text is in Chinese characters: others count half."""
    return sum(1.0 if east_asian_width(mark) in "WFA" else 0.5 for mark in text)
