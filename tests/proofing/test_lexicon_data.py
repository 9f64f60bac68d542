"""The rows of the lexicon themselves; how they are matched is the engine's affair."""

import csv
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

CLEAN = Path(__file__).parents[1] / "data" / "clean_prose.txt"
CATEGORIES = {
    "repeat", "common_typo", "date_number", "doc_number", "heading", "hk_mo_tw_territory", "institution_old", "institution_wrong",
    "law_term", "leader_name", "political", "punctuation", "redundancy", "serious_typo", "social", "spin_artefact", "unit",
}  # fmt: skip


@cache
def rows() -> list[dict[str, str]]:
    text = files("gongkai.proofing").joinpath("data/lexicon.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def pattern(row: dict[str, str]) -> re.Pattern[str]:
    wrong = row["wrong"]
    return re.compile(wrong[3:] if wrong.startswith("re:") else re.escape(wrong), re.MULTILINE)


def plain(row: dict[str, str]) -> bool:
    """Whether the replacement is a text of its own: neither advice nor built from groups."""
    return not row["right"].startswith("!") and "\\" not in row["right"]


def test_there_are_enough_rows_and_no_row_twice():
    wrongs = [row["wrong"] for row in rows()]
    assert len(wrongs) >= 400
    assert len(wrongs) == len(set(wrongs))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["wrong"])
def test_each_row_is_well_formed(row):
    assert None not in row.values()
    assert row["category"] in CATEGORIES
    assert re.match(r"S[123]\b", row["note"])
    compiled = pattern(row)
    assert not compiled.search("")
    if plain(row):
        assert row["right"] != row["wrong"]
        assert not compiled.search(row["right"])
    else:
        groups = [int(number) for number in re.findall(r"\\(\d)", row["right"])]
        assert max(groups, default=0) <= compiled.groups


def test_advice_is_a_chinese_sentence():
    advice = [row["right"][1:] for row in rows() if row["right"].startswith("!")]
    assert advice
    assert [text for text in advice if not re.fullmatch(r"[^A-Za-z]{6,}。", text)] == []


def test_no_replacement_is_itself_called_wrong():
    patterns = [(row["wrong"], pattern(row)) for row in rows()]
    alarms = [
        (row["right"], wrong)
        for row in rows()
        if plain(row)
        for wrong, compiled in patterns
        if row["category"] != "institution_old" and compiled.search(row["right"])
    ]
    assert alarms == []


def test_no_literal_row_is_hidden_in_a_longer_one_with_the_same_repair():
    literals = {row["wrong"]: row["right"] for row in rows() if not row["wrong"].startswith("re:") and plain(row)}
    idle = [
        (long, short)
        for long, right in literals.items()
        for short, repair in literals.items()
        if short != long and short in long and long.replace(short, repair) == right
    ]
    assert idle == []


def test_clean_prose_matches_no_row():
    text = CLEAN.read_text(encoding="utf-8")
    kept = [row for row in rows() if row["category"] != "institution_old"]  # the engine lets old names stand in titles
    assert [(row["wrong"], match[0]) for row in kept if (match := pattern(row).search(text))] == []
