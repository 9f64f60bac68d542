"""The guide's table of the rules for letters: every rule that the check can give stands there, and nothing else."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "letters.md"
RULE = re.compile(r'"(L-[A-Z-]+)"')
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| L-")
]


def test_every_rule_stands_in_the_guide_once_and_no_other() -> None:
    sources = Path(str(files("gongkai"))).glob("inforequests/notices/*.py")
    written = {rule for source in sources for rule in RULE.findall(source.read_text(encoding="utf-8"))}
    assert sorted(row[0] for row in ROWS) == sorted(written)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_rule_has_its_severity_meaning_basis_and_example(row: list[str]) -> None:
    _, severity, *others = row
    assert severity.startswith(("错误", "警告"))
    assert len(others) == 3
    assert all(others)
