"""The guide tells the limits that hold."""

import re
from pathlib import Path

from gongkai.files.judging import _WORTH_A_LOOK
from gongkai.files.purposes import ALLOWANCES, MB, MOST_AT_ONCE

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "files.md").read_text()


def test_every_purpose_stands_in_the_table_with_its_size_and_how_it_is_kept() -> None:
    rows = re.findall(r"^\| (\S+) \| .+ \| (\d+) MB \| (\S+) \|$", GUIDE, re.M)
    kept = {True: "加密", False: "不加密"}
    assert rows == [(one.name, str(one.largest // MB), kept[one.is_personal]) for one in ALLOWANCES.values()]
    assert f"不超过 {MOST_AT_ONCE // MB} MB" in GUIDE


def test_what_is_worth_a_look_is_told() -> None:
    for kind in _WORTH_A_LOOK - {"批注图形下的文字"}:
        assert kind.removeprefix("扫描件的").removeprefix("旧") in GUIDE, kind
