"""The `gongkai` command: thin; every heavy import is made by the command that needs it, so that help comes at once."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

_EXAMPLE = "\b\n例："


@click.group(help="公开：政府信息公开工作平台。")
@click.version_option(package_name="gongkai", message="gongkai %(version)s")
def main() -> None:
    """The root of all commands."""


@main.group(help="政府信息公开工作年度报告：读取、检查、生成。")
def report() -> None:
    """Commands about annual reports."""


@report.command(
    "read", help=f"读取一份年度报告，列出各部分和各项数据。\n\n{_EXAMPLE}gongkai report read 年报.docx --json"
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def report_read(file: Path, as_json: bool) -> None:
    """One report → its model."""
    from gongkai.report import model_json

    model = model_json.as_json(_report(file))
    if as_json:
        click.echo(json.dumps(model, ensure_ascii=False, indent=2))
        return
    click.echo(f"机关：{model['agency'] or '未读到'}　年度：{model['year'] or '未读到'}　格式：{model['form']}年")
    for section in model["sections"]:
        click.echo(f"第{section['number']}部分　{section['title']}（{len(section['text'])}字）")
    click.echo(f"没有数字的单元格：{len(model['blank_cells'])}个")


def _report(file: Path) -> Any:
    from gongkai.documents.limits import Unreadable
    from gongkai.report.reading import read_report

    try:
        return read_report(_bytes(file), name=file.name)
    except Unreadable as error:
        _stop(f"{file}：{error}")


def _bytes(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        _stop(f"{file}：无法打开（{error.strerror}），请核对路径和权限")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
