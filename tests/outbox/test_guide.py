"""The guide tells the pauses and the findings that there are."""

import re
from pathlib import Path

from gongkai.outbox import queries
from gongkai.outbox.delivery import PAUSES, STALE_AFTER

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "messages.md").read_text()
UNITS = {"分钟": 1, "小时": 60, "天": 1440}


def test_the_pauses_between_tries_are_told() -> None:
    line = re.search("间隔逐次加长：(.*)。连同", GUIDE)
    assert line is not None
    told = [int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)(分钟|小时|天)", line[1])]
    assert told == [int(pause.total_seconds() // 60) for pause in PAUSES]
    assert len(PAUSES) + 1 == 10
    assert "共十次" in GUIDE
    assert STALE_AFTER.days == 14
    assert "超过十四天" in GUIDE


def test_every_finding_is_told() -> None:
    source = Path(queries.__file__).read_text()
    assert set(re.findall(r"O-[A-Z-]+", source)) == set(re.findall(r"O-[A-Z-]+", GUIDE))
