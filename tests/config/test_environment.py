"""Settings from the environment: safe where nothing is said, told in words where something is wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.config.environment import NotUsable, is_on, number, one_of
from gongkai.config.settings.database import database

ROOT = Path(__file__).parents[2]
READERS = re.compile(r'\b(?:text|listed|number|is_on|one_of)\(\s*"([A-Z_]+)"')


@pytest.mark.parametrize("value", ["", "on", "1", "TRUE", "yes"])
def test_a_switch_that_is_on(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", value)
    assert is_on("X", default=True)


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (lambda: number("X", 1), "eighty", "GONGKAI_X 应为整数，现为“eighty”"),
        (lambda: number("X", 1), "²", "应为整数"),
        (lambda: is_on("X", default=False), "perhaps", "应为 on 或 off"),
        (lambda: one_of("X", ("both", "staff")), "all", "both、staff 之一"),
        (lambda: database("mysql://h/x"), "", "应以 postgresql:// 开头，现为“mysql://”"),
    ],
)
def test_what_can_t_be_meant_is_told(read: "object", value: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_X", value)
    with pytest.raises(NotUsable, match=re.escape(message)):
        read()  # type: ignore[operator]


def test_a_database_address_may_hold_any_password() -> None:
    made = database("postgresql://gong%40kai:p%3Aa%2Fss@db.example:5433/gongkai")
    assert (made["USER"], made["PASSWORD"]) == ("gong@kai", "p:a/ss")
    assert (made["HOST"], made["PORT"], made["NAME"]) == ("db.example", "5433", "gongkai")


@pytest.mark.sqlite
def test_a_commit_on_sqlite_survives_a_power_cut() -> None:
    options = database("")["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_every_variable_stands_in_the_guide() -> None:
    sources = [*(ROOT / "src/gongkai/config").rglob("*.py"), *(ROOT / "src/gongkai/cli").rglob("*.py")]
    code = "".join(path.read_text("utf-8") for path in sources)
    guide = (ROOT / "docs/guide/settings.md").read_text("utf-8")
    told = set(re.findall(r"`GONGKAI_([A-Z_]+)`", guide))
    assert set(READERS.findall(code)) | {"HOME"} <= told
    assert {name for name in told if f'"{name}"' not in code and f"GONGKAI_{name}" not in code} == set()


def test_a_wrong_setting_ends_the_command_with_one_line(tmp_path: Path) -> None:
    outside = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment = {**outside, "GONGKAI_HOME": str(tmp_path), "GONGKAI_FACE": "everything"}
    ended = subprocess.run(
        [sys.executable, "-c", "from gongkai.cli import main; main()", "manage", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr == "环境变量 GONGKAI_FACE 应为 both、public、staff 之一，现为“everything”\n"
