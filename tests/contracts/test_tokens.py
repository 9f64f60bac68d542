"""The colours are readable: contrast by WCAG 2.2, in the light and in the dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "src" / "gongkai" / "tokens.css").read_text("utf-8")
LIGHT = dict(re.findall(r"--gk-([\w-]+): (#\w{6})", CSS.partition("@media")[0]))
DARK = LIGHT | dict(re.findall(r"--gk-([\w-]+): (#\w{6})", CSS.partition("@media")[2]))
TEXTS = [
    *[(ink, ground) for ink in ("text", "quiet", "main", "link") for ground in ("ground", "paper")],
    ("on-main", "main"),
    *[(name, ground) for name in ("error", "warning", "hint") for ground in (f"{name}-soft", "paper", "ground")],
    *[(ink, f"{name}-soft") for ink in ("text", "main") for name in ("error", "warning", "hint", "main")],
]


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(colours: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(colours[ink], colours[ground]) >= 7


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["edge", "focus"])
def test_edges_and_focus_are_seen(colours: dict[str, str], mark: str) -> None:
    assert min(contrast(colours[mark], colours[ground]) for ground in ("ground", "paper")) >= 4.5
