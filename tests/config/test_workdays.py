"""The schedules that the operator adds while the site runs: read when they change, and told when they can't be used."""

import os
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.config import first_start
from gongkai.config.environment import NotUsable
from gongkai.kernel.workdays import calendar, problem
from gongkai.law.workdays import calendar as shipped

EXAMPLE = Path(__file__).parents[2] / "examples" / "workdays-2027.toml"
NEW_YEAR = date(2027, 1, 1)


def test_without_a_file_the_shipped_schedules_count(settings: Settings) -> None:
    settings.WORKDAYS = ""
    assert calendar() is shipped()
    assert problem() == ""


def test_a_new_file_counts_at_once_and_a_broken_one_leaves_the_last(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "放假安排.toml"
    settings.WORKDAYS = str(file)
    assert calendar() is shipped()
    file.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert not calendar().is_workday(NEW_YEAR)
    assert calendar() is calendar()
    file.write_text("[[schedule]]\nyear = 2027\n", "utf-8")
    assert not calendar().is_workday(NEW_YEAR)
    assert "can't be used" in caplog.text
    file.write_text(EXAMPLE.read_text("utf-8").replace("  2027-01-01, # 元旦\n", ""), "utf-8")
    os.utime(file, (1, 1))
    assert calendar().is_workday(NEW_YEAR)
    file.unlink()
    assert calendar().is_workday(NEW_YEAR)


@pytest.mark.parametrize("text", [None, "[[schedule]]\nyear = 2027\n", "\udcff"])
def test_a_file_that_cannot_be_used_is_told_before_the_site_starts(
    settings: Settings, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "放假安排.toml"
    if text is not None:
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
    settings.WORKDAYS = str(file)
    with pytest.raises(NotUsable, match="放假安排文件不能使用"):
        first_start.prepare()
