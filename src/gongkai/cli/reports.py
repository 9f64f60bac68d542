"""The commands about annual reports and texts: `gongkai report read|check|write`, `gongkai proof`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gongkai.cli.chinese import ChineseCommand, ChineseGroup, Count, example
from gongkai.cli.stopping import shown, stop

if TYPE_CHECKING:
    from gongkai.batch.collect import Batches, Run
    from gongkai.report.model import Report

_FILE = click.Path(path_type=Path, allow_dash=True)
_PATHS = click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="PATH...")
_JOBS = click.option("--jobs", type=Count(256), metavar="N", help="同时使用的处理器核数，默认全部。")
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
_XLSX = click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="把问题清单存为 Excel 文件。")
_HTML = click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="把批注过的全文存为一个网页。")


@click.group("report", cls=ChineseGroup, help="政府信息公开工作年度报告：读取、检查、生成。")
def report() -> None:
    """Commands about annual reports."""


@report.command(
    "read", help="读取一份年度报告，列出各部分和各项数据。", epilog=example("gongkai report read 年报.docx --json")
)
@click.argument("file", type=_FILE)
@_JSON
def report_read(file: Path, as_json: bool) -> None:
    """One report → its model."""
    import json

    from gongkai.batch.collect import batches, read_model
    from gongkai.batch.jobs import Source
    from gongkai.documents.limits import Unreadable

    source = Source(b"-", _stdin()) if str(file) == "-" else Source(os.fsencode(file))
    try:
        with batches(1) as running:
            model = read_model(running, source)
    except Unreadable as error:
        stop(f"{source.name}：{error}")
    if as_json:
        click.echo(json.dumps(model, ensure_ascii=False, indent=2))
        return
    click.echo(f"机关：{model['agency'] or '未读到'}　年度：{model['year'] or '未读到'}　格式：{model['form']}年")
    for section in model["sections"]:
        click.echo(f"第{section['number']}部分　{section['title']}（{len(section['text'])}字）")
    for cell, raw in model["blank_cells"].items():
        click.echo(f"没有数字：{cell}（原文“{raw}”）")


@report.command(
    "check",
    help="检查年度报告：勾稽关系、文字与表格数字、与上年衔接、文字校对。PATH 可以是文件、文件夹或 -（标准输入）。",
    epilog=example("gongkai report check 2024年报/ --previous 2023年报/ --xlsx 问题清单.xlsx"),
)
@_PATHS
@click.option("--previous", type=click.Path(path_type=Path), help="上一年度的报告（文件或文件夹），按机关和年度配对。")
@_JOBS
@_JSON
@_XLSX
@_HTML
def report_check(paths: tuple[Path, ...], previous: Path | None, jobs: int | None, **lists: Any) -> None:
    """Annual reports → findings."""
    from gongkai.batch.collect import check_files

    def start(running: "Batches", stdin: bytes | None) -> "Run":
        outputs = _outputs(lists)
        return check_files(running, paths, previous=previous, stdin=stdin, show=bool(lists["html"]), outputs=outputs)

    _run(paths, jobs, start, **lists)


@report.command(
    "write", help="按规定格式生成年度报告。", epilog=example("gongkai report write 数据.json --to 年报.docx")
)
@click.argument("model", type=_FILE)
@click.option("--to", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="输出文件。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 报告写了什么。")
def report_write(model: Path, out: Path, as_json: bool) -> None:
    """A model in JSON → the report as a document; the kind of document is told by the name of the file."""
    import json

    from gongkai.documents.limits import Unreadable
    from gongkai.documents.writing import FORMATS, write
    from gongkai.report.layout import blocks_of, title_text

    to = out.suffix.removeprefix(".").lower()
    if to not in FORMATS:
        stop(f"{shown(out)}：不能写成这种格式，文件名应以 {'、'.join('.' + name for name in FORMATS)} 结尾")
    read = _model(model)
    try:
        data = write(blocks_of(read), to=to, title=title_text(read))
    except Unreadable as error:
        stop(f"{shown(out)}：{error}")
    out.write_bytes(data)
    told = {"file": shown(out), "bytes": len(data)}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"已写出 {shown(out)}")


@click.command(
    "proof",
    cls=ChineseCommand,
    help="校对文字：错别字、序号、引用、标点、日期等。PATH 可以是文件、文件夹或 -（标准输入）。",
    epilog=example("gongkai proof 通知.docx"),
)
@_PATHS
@_JOBS
@_JSON
@_XLSX
@_HTML
def proof(paths: tuple[Path, ...], jobs: int | None, **lists: Any) -> None:
    """Texts → findings."""
    from gongkai.batch.collect import proof_files

    def start(running: "Batches", stdin: bytes | None) -> "Run":
        return proof_files(running, paths, stdin=stdin, show=bool(lists["html"]), outputs=_outputs(lists))

    _run(paths, jobs, start, **lists)


def _run(
    paths: tuple[Path, ...], jobs: int | None, start: Any, *, as_json: bool, xlsx: Path | None, html: Path | None
) -> NoReturn:
    from gongkai.batch.collect import batches
    from gongkai.batch.output import write_results

    for out in (xlsx, html):
        if out in paths:
            stop(f"{shown(out)}：既是要检查的文件，又是输出文件，请换一个文件名")
    stdin = _stdin() if any(str(path) == "-" for path in paths) else None
    with batches(jobs) as running:
        status = write_results(start(running, stdin), as_json=as_json, xlsx=xlsx, html=html)
    sys.exit(status)


def _outputs(lists: dict[str, Any]) -> list[Path]:
    return [lists[name] for name in ("xlsx", "html") if lists[name]]


def _model(file: Path) -> "Report":
    """The report in a model file; stops with one line that says what is wrong with it."""
    import json

    from gongkai.report.model_json import NotAModel, from_json

    data = _stdin() if str(file) == "-" else _bytes(file)
    try:
        return from_json(json.loads(data))
    except (NotAModel, ValueError, RecursionError) as error:
        match error:
            case json.JSONDecodeError():
                wrong = f"第{error.lineno}行第{error.colno}列不是合法的 JSON"
            case UnicodeDecodeError():
                wrong = "不是 UTF-8 编码的文本，请另存为 UTF-8 编码"
            case RecursionError():
                wrong = "JSON 嵌套过深，不是年度报告的数据"
            case NotAModel():
                wrong = str(error)
            case _:
                wrong = "JSON 中有过长的数字，不是年度报告的数据"
        stop(f"{shown(file)}：{wrong}")


def _bytes(file: Path) -> bytes:
    from gongkai.documents.limits import DEFAULT, os_reason

    try:
        with file.open("rb") as opened:
            data = opened.read(DEFAULT.file_size + 1)
    except OSError as error:
        stop(f"{shown(file)}：无法打开（{os_reason(error)}），请核对路径和权限")
    if len(data) > DEFAULT.file_size:
        stop(f"{shown(file)}：文件超过 {DEFAULT.file_size // 2**20} MB 的上限")
    return data


def _stdin() -> bytes:
    """Standard input; of what is too long to be read only so much that this is seen."""
    from gongkai.documents.limits import DEFAULT

    return sys.stdin.buffer.read(DEFAULT.file_size + 1)
