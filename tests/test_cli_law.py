"""`gongkai clock` and `gongkai fee` as people and scripts use them."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli import main

CLARIFIED = ("received:2024-01-25", "clarification-asked:2024-01-30", "clarified:2024-02-20")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_clock_is_explained_line_by_line() -> None:
    out = run("clock", *CLARIFIED, "--on", "2024-03-01").stdout
    assert out.startswith("应当在2024年3月19日（含当日）以前答复。")
    assert "还有12个工作日" in out
    assert "1.2024年1月25日，收到申请" in out
    assert re.search(
        r"2024-02-21至2024-03-19 +20 +计入 +答复期限第1至第20个工作日 +《中华人民共和国政府信息公开条例》第三十三条第二款",
        out,
    )
    assert "C-CLARIFIED-LATE" in out


def test_the_clock_as_json_is_the_contracts_object() -> None:
    data = json.loads(run("clock", *CLARIFIED, "--on", "2024-03-01", "--json").stdout)
    wanted = "on received due due_claimed state waiting_for remaining_working_days provisional limits spans findings"
    assert set(wanted.split()) <= set(data)
    assert (data["due"], data["due_claimed"], data["state"], data["remaining_working_days"]) == (
        "2024-03-19",
        None,
        "running",
        12,
    )
    assert data["spans"][0] == {
        "from": "2024-01-26",
        "to": "2024-01-30",
        "working_days": 3,
        "counts": False,
        "reason": "已经过的时间，补正后重新起算，不再计入",
        "basis": "《中华人民共和国政府信息公开条例》第三十条",
    }


def test_an_unlawful_step_shows_both_dates() -> None:
    steps = ("received:2025-04-21", "clarification-asked:2025-05-06", "clarified:2025-05-12")
    out = run("clock", *steps, "--on", "2025-05-12").stdout
    assert "应当在2025年5月21日（含当日）以前答复" in out
    assert "2025年6月10日" in out


def test_today_in_shanghai_is_the_default() -> None:
    data = json.loads(run("clock", "received:2024-01-25", "--json").stdout)
    assert (data["state"], data["due"]) == ("overdue", "2024-02-27")
    assert data["remaining_working_days"] < 0


def test_the_calendar_file_is_folded_and_names_nobody() -> None:
    text = run("clock", "received:2024-01-29", "--on", "2024-02-01", "--ics").stdout_bytes.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20240229" in unfolded
    assert "SUMMARY:政府信息公开申请：答复期限届满" in unfolded
    uids = re.findall(r"UID:(\S+)", unfolded)
    assert len(uids) == len(set(uids)) == unfolded.count("BEGIN:VEVENT") > 5
    assert text == run("clock", "received:2024-01-29", "--on", "2024-02-01", "--ics").stdout_bytes.decode()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("clock", "received:2024-01-25", "foo:2024-01-26"), "没有“foo”这个步骤"),
        (("clock", "received:2024-13-25"), "没有“2024-13-25”这一天"),
        (("clock", "received"), "看不懂步骤“received”"),
        (("clock", "received:2024-01-25", "clarified:2024-01-26"), "C-NO-LETTER"),
        (("clock", "received:2024-01-25", "decided:2024-01-20"), "C-BEFORE-RECEIPT"),
        (("clock", "decided:2024-01-25"), "C-NO-RECEIPT"),
        (("clock", "received:2018-01-25"), "2019-05-15起施行"),
        (("clock", "received:2024-01-25", "--on", "tomorrow"), "--on 的日期“tomorrow”不对"),
        (("clock",), "缺少STEP..."),
        (("fee",), "没有填写件数或者页数"),
        (("fee", "--items", "3", "--pages", "3"), "不能同时适用两种标准"),
        (("fee", "--items", "-3"), "“-3”不是可以计算的数"),
        (("fee", "--items", "三"), "“三”不是可以计算的数"),
        (("fee", "--pages", "999999999999"), "不是可以计算的数"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_two(arguments: tuple[str, ...], reason: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fee_is_told_with_its_tiers() -> None:
    out = run("fee", "--items", "35").stdout
    assert "第31至35件" in out
    assert "合计3000元" in out
    data = json.loads(run("fee", "--pages", "201", "--json").stdout)
    assert data["yuan"] == 2740
    assert data["tiers"][-1] == {"from": 201, "to": 201, "count": 1, "price": 40, "yuan": 40}


@pytest.mark.parametrize("arguments", [(), ("report",), ("report", "check"), ("clock",), ("fee",), ("proof",)])
def test_help_is_chinese_and_shows_an_example(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：")
    assert not re.search(r"Usage|Options|Commands|Show this", result.stdout)
    assert arguments in ((), ("report",)) or "例：gongkai" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("foo",), "没有“foo”这个命令，可用的命令有：audit、clock、demo、fee"),
        (("report", "chek", "x"), "没有“chek”这个命令，可用的命令有：check、read、write"),
        (("report", "check"), "缺少PATH..."),
        (("report", "check", "x", "--job", "2"), "没有“--job”这个选项，是不是 --jobs"),
        (("report", "check", "x", "--jobs", "0"), "“0”应为1至256的整数"),
        (("report", "check", "x", "--jobs"), "可能缺少它的值"),
        (("report", "write", "x"), "缺少--to"),
    ],
)
def test_a_command_that_is_typed_wrongly_is_refused_in_chinese(arguments: tuple[str, ...], reason: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert not re.search(r"Usage|Error|Try", result.stderr)


def test_a_published_schedule_makes_the_date_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = ("clock", "received:2026-12-07", "--on", "2026-12-08", "--json")
    assert json.loads(run(*steps).stdout)["provisional"] is True
    monkeypatch.setenv("GONGKAI_WORKDAYS", str(Path(__file__).parents[1] / "examples" / "workdays-2027.toml"))
    found = json.loads(run(*steps).stdout)
    assert (found["due"], found["provisional"]) == ("2027-01-05", False)


@pytest.mark.parametrize(
    ("text", "reason"), [(None, "无法读取"), ("[[schedule]]\nyear = 2029", "没有写明来源"), ("x", "不是合法的 TOML")]
)
def test_a_schedule_that_cannot_be_used_is_told(
    text: str | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "schedule.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    monkeypatch.setenv("GONGKAI_WORKDAYS", str(file))
    result = run("clock", "received:2026-12-07")
    assert result.exit_code == 2
    assert reason in result.stderr
