"""The commands about the law: `gongkai clock`, `gongkai fee`."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli.chinese import ChineseCommand, example
from gongkai.cli.stopping import stop
from gongkai.findings import SEVERITY_NAMES

if TYPE_CHECKING:
    from gongkai.law.clock import Clock
    from gongkai.law.workdays import Calendar

_SHANGHAI = timedelta(hours=8)
_SCHEDULES = "GONGKAI_WORKDAYS"
"""The file of schedules that were published after this release (docs/guide/workdays.md)."""
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")


@click.command(
    "clock",
    cls=ChineseCommand,
    help="计算一件申请的答复期限，逐段说明。STEP 写作 名称:日期 或 名称#编号:日期:参数。",
    epilog=example("gongkai clock received:2024-01-25 clarification-asked:2024-01-30 clarified:2024-02-20"),
)
@click.argument("steps", nargs=-1, required=True, metavar="STEP...")
@click.option("--on", metavar="DATE", help="以哪一天为准，如 2024-02-20；默认今天（北京时间）。")
@click.option("--ics", "as_ics", is_flag=True, help="输出日历文件，可导入日历软件。")
@_JSON
def clock(steps: tuple[str, ...], on: str | None, as_ics: bool, as_json: bool) -> None:
    """Steps → the reply clock."""
    from gongkai.law.clock import clock as run
    from gongkai.law.clock import parse_step
    from gongkai.law.clock.clock_json import as_json as clock_json
    from gongkai.law.clock.ics import ics
    from gongkai.law.errors import RuleError

    try:
        found = run([parse_step(step) for step in steps], on=_day(on), calendar=_calendar())
    except RuleError as error:
        stop(str(error))
    if as_json:
        click.echo(json.dumps(clock_json(found), ensure_ascii=False, indent=2))
    elif as_ics:
        click.echo(ics(found), nl=False)
    else:
        _tell(found)


@click.command(
    "fee",
    cls=ChineseCommand,
    help="计算信息处理费：按件（同一申请人一个月内的件数）或按量（一件申请的页数）。",
    epilog=example("gongkai fee --items 35"),
)
@click.option("--items", metavar="N", help="同一申请人当月申请的件数。")
@click.option("--pages", metavar="N", help="一件申请的页数。")
@_JSON
def fee(items: str | None, pages: str | None, as_json: bool) -> None:
    """Items or pages → the fee with its tiers."""
    from gongkai.law import fees
    from gongkai.law.errors import RuleError

    try:
        found = fees.fee_of_request(on=_today(), items=_number(items), pages=_number(pages))
    except RuleError as error:
        stop(str(error))
    if as_json:
        click.echo(json.dumps(fees.as_json(found), ensure_ascii=False, indent=2))
        return
    unit = "件" if found.method is fees.Method.ITEMS else "页"
    rows = [(f"第{t.first}至{t.last}{unit}", f"{t.count}", f"{t.price}元", f"{t.yuan}元") for t in found.tiers]
    _table(("分档", f"{unit}数", f"每{unit}", "金额"), rows)
    click.echo(f"合计{found.yuan}元。依据：{found.basis}。")
    for note in found.notes:
        click.echo(f"· {note}")


def _tell(found: "Clock") -> None:
    from gongkai.law.clock import words

    click.echo(words.conclusion(found))
    click.echo("\n一、办理经过")
    for number, line in enumerate(words.story(found), 1):
        click.echo(f"  {number}.{line}")
    click.echo("\n二、期限计算（工作日以国务院公布的放假安排为准，收到申请的当日不计入）")
    _table(words.SPAN_HEADINGS, words.counting(found))
    if found.limits:
        click.echo("\n三、还可以办理的事项及其最后一日")
        _table(("事项", "最后一日"), words.limits(found))
    if found.findings:
        click.echo("\n需要注意")
        for finding in found.findings:
            click.echo(f"  {SEVERITY_NAMES[finding.severity]} {finding.message}（{finding.rule}；{finding.basis}）")


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table; only the last column may be broken."""
    import sys

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim", padding=(0, 1))
    for number, heading in enumerate(headings, 1):
        table.add_column(heading, overflow="fold", no_wrap=number < len(headings) - 1)
    for row in rows:
        table.add_row(*map(Text, row))
    Console(width=None if sys.stdout.isatty() else 140, highlight=False).print(table)


def _calendar() -> "Calendar":
    """The shipped calendar, with the schedules of the file that the environment names."""
    from gongkai.law.workdays import calendar, schedules

    name = os.environ.get(_SCHEDULES)
    if not name:
        return calendar()
    try:
        text = Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        stop(f"环境变量 {_SCHEDULES} 所指的放假安排文件 {name} 无法读取（{error}），请核对路径和编码")
    return calendar().with_schedules(schedules(text))


def _day(text: str | None) -> date:
    if text is None:
        return _today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(f"--on 的日期“{text}”不对，应写作 2024-02-20")


def _today() -> date:
    """Today in Shanghai, where there has been no summer time since 1991."""
    return (datetime.now(UTC) + _SHANGHAI).date()


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        stop(f"“{text}”不是可以计算的数，请写不小于零的整数")
    return int(text)
