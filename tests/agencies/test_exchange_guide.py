"""The guide to the import names every sheet, and what it says of keys is so."""

from pathlib import Path

from gongkai.agencies.exchange.sheets import SHEETS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "import.md"


def test_the_guide_tells_every_sheet_in_its_order() -> None:
    told = [line.split("|")[1].strip() for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    assert told == [sheet.name for sheet in SHEETS]


def test_the_guide_tells_what_has_a_number() -> None:
    lines = {
        line.split("|")[1].strip(): line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("| ")
    }
    assert {sheet.name for sheet in SHEETS if "编号" in lines[sheet.name]} == {
        sheet.name for sheet in SHEETS if sheet.has_ids
    }
