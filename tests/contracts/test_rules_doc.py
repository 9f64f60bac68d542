"""The guide's table of rules: every rule that the code can give stands there, and nothing else."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "rules.md"
RULE = re.compile(r'"((?:[TXNSF]\d?-[A-Z]+|CELL-[A-Z]+)|proof\.[a-z_]+)"')
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GUIDE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| (?:[TXNSF]\d?-|CELL-|proof\.)", line)
]
SEVERITIES = {"错误", "警告", "提示"}


def levels_of_the_lexicon() -> dict[str, set[str]]:
    """The levels (S1 blocks, S2 error, S3 hint) of the rows of each category."""
    lines = files("gongkai").joinpath("proofing/data/lexicon.tsv").read_text(encoding="utf-8").splitlines()[1:]
    levels: dict[str, set[str]] = {}
    for _, _, category, note in (line.split("\t")[:4] for line in lines if line.strip()):
        levels.setdefault(f"proof.{category}", set()).add(note[:2])
    return levels


def rules_of_the_code() -> set[str]:
    """Rule ids written in the sources, and one for each category of the lexicon."""
    root = Path(str(files("gongkai")))
    sources = [*root.glob("report/**/*.py"), *root.glob("report/form/*.toml"), *root.glob("proofing/*.py")]
    written = {rule for source in sources for rule in RULE.findall(source.read_text(encoding="utf-8"))}
    return written | set(levels_of_the_lexicon())


def test_every_rule_stands_in_the_guide_once_and_no_other():
    assert sorted(row[0] for row in ROWS) == sorted(rules_of_the_code())


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_rule_has_its_severity_meaning_basis_and_example(row):
    rule, severity, meaning, basis, example = row
    assert any(severity.startswith(name) for name in SEVERITIES)
    assert meaning
    assert basis
    assert example
    assert ("阻断" in severity) == ("S1" in levels_of_the_lexicon().get(rule, set()))
