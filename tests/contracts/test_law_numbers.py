"""No legal number is a literal: in the modules of the law only 0 and 1 may be written."""

import ast
from pathlib import Path

import pytest

import gongkai.law

LAW = Path(gongkai.law.__path__[0])
EXEMPT = {
    "workdays.py": "the calendar's own arithmetic: its first and last year, the place of Saturday, a pair of days",
    "citations.py": "reading of texts: lengths of words, not of periods",
    "document_numbers.py": "reading of texts: lengths of words, not of periods",
    "titles.py": "reading of texts: lengths of words, not of periods",
    "numerals.py": "the values of Chinese numerals",
    "clock/ics.py": "RFC 5545's line length, and the length of an identifier",
}
MODULES = sorted(path.relative_to(LAW).as_posix() for path in LAW.rglob("*.py"))


def literals(source):
    """Line and value of every number in a source but 0 and 1, dates written as numbers among them."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node.value, int | float | complex) and node.value not in (0, 1)
    ]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in EXEMPT])
def test_no_number_is_written_in_a_rule(module):
    assert literals((LAW / module).read_text(encoding="utf-8")) == []


def test_what_is_exempt_exists_and_needs_it():
    assert set(EXEMPT) <= set(MODULES)
    assert [module for module in EXEMPT if not literals((LAW / module).read_text(encoding="utf-8"))] == []


def test_a_number_would_be_found():
    assert literals("def due(day):\n    return add(day, 20 + 1)\n") == [(2, 20)]
    assert literals("START = date(2019, 5, 15)") == [(1, 2019), (1, 5), (1, 15)]
    assert literals("a, b = 0, True") == []
