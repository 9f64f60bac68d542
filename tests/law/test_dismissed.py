"""Suits that courts dismiss: the letter's note tells the office, while the applicant is told the remedies all the same."""

import tomllib
from pathlib import Path

import pytest

from gongkai.law.notices import NOTICES

CASES = tomllib.loads((Path(__file__).parent / "cases/dismissed.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    notice = NOTICES[case["notice"]]
    assert case["note"] in notice.note
    assert case["article"] in notice.note
    assert notice.remedy == "free_choice"
