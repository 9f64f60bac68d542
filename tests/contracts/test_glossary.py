"""The glossary leads to names that exist, and tells each term once."""

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/dev/glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| [a-z]", line)
]
NAMES = sorted({found[1] for row in ROWS if (found := re.match(r"`([\w.]+)`", row[2]))})


def resolved(name: str) -> object:
    """What a dotted name below the package means: a module, or something in one. Raises LookupError."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(["gongkai", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                raise LookupError(name)
            found = getattr(found, part)
        return found
    raise LookupError(name)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_term_is_called_in_code_exists(name: str) -> None:
    assert resolved(name) is not None


def test_a_name_that_is_gone_would_be_found() -> None:
    for gone in ("inforequests.models.Letter", "inforequests.letters", "nowhere"):
        with pytest.raises(LookupError):
            resolved(gone)


def test_each_term_has_its_chinese_and_stands_once() -> None:
    terms = [term.strip() for row in ROWS for term in row[0].split(",")]
    assert all(row[1] and row[2] for row in ROWS)
    assert sorted(terms) == sorted(set(terms))
