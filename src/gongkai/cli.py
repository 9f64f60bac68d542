"""The `gongkai` command: thin; every heavy import is made by the command that needs it, so that help comes at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from gongkai.batch.collect import Batches, Run

_FILE = click.Path(path_type=Path, allow_dash=True)
_PATHS = click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="PATH...")
_JOBS = click.option("--jobs", type=click.IntRange(1, 256), help="同时使用的处理器核数，默认全部。")
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
_XLSX = click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="把问题清单存为 Excel 文件。")
_HTML = click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="把批注过的全文存为一个网页。")


def _example(text: str) -> str:
    return f"\b\n例：{text}"


@click.group(help="公开：政府信息公开工作平台。", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", message="gongkai %(version)s")
def main() -> None:
    """The root of all commands."""


@main.group(help="政府信息公开工作年度报告：读取、检查、生成。")
def report() -> None:
    """Commands about annual reports."""


@report.command(
    "read", help="读取一份年度报告，列出各部分和各项数据。", epilog=_example("gongkai report read 年报.docx --json")
)
@click.argument("file", type=_FILE)
@_JSON
def report_read(file: Path, as_json: bool) -> None:
    """One report → its model."""
    import json

    from gongkai.batch.collect import batches, read_model
    from gongkai.batch.jobs import Source
    from gongkai.documents.limits import Unreadable

    source = Source("-", sys.stdin.buffer.read()) if str(file) == "-" else Source(str(file))
    try:
        with batches(1) as running:
            model = read_model(running, source)
    except Unreadable as error:
        _stop(f"{file}：{error}")
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
    epilog=_example("gongkai report check 2024年报/ --previous 2023年报/ --xlsx 问题清单.xlsx"),
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
        return check_files(running, paths, previous=previous, stdin=stdin, show=lists["html"] is not None)

    _run(paths, jobs, start, **lists)


@report.command(
    "write", help="按规定格式生成年度报告。", epilog=_example("gongkai report write 数据.json --to 年报.docx")
)
@click.argument("model", type=_FILE)
@click.option("--to", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="输出文件。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 报告写了什么。")
def report_write(model: Path, out: Path, as_json: bool) -> None:
    """A model in JSON → the report as a document; the kind of document is told by the name of the file."""
    import json

    from gongkai.documents.limits import Unreadable
    from gongkai.documents.writing import write
    from gongkai.report import model_json
    from gongkai.report.layout import blocks_of, title_text

    try:
        read = model_json.from_json(json.loads(_bytes(model)))
        data = write(blocks_of(read), to=out.suffix.removeprefix(".").lower(), title=title_text(read))
        out.write_bytes(data)
    except json.JSONDecodeError as error:
        _stop(f"{model}：第{error.lineno}行第{error.colno}列不是合法的 JSON")
    except (model_json.NotAModel, UnicodeDecodeError, RecursionError) as error:
        _stop(f"{model}：{error}")
    except (ValueError, Unreadable) as error:
        _stop(f"{out}：{error}")
    except OSError as error:
        _stop(f"{out}：无法写入（{error.strerror}）")
    told = {"file": str(out), "bytes": len(data)}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"已写出 {out}")


@main.command(
    "proof",
    help="校对文字：错别字、序号、引用、标点、日期等。PATH 可以是文件、文件夹或 -（标准输入）。",
    epilog=_example("gongkai proof 通知.docx"),
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
        return proof_files(running, paths, stdin=stdin, show=lists["html"] is not None)

    _run(paths, jobs, start, **lists)


def _run(
    paths: tuple[Path, ...], jobs: int | None, start: Any, *, as_json: bool, xlsx: Path | None, html: Path | None
) -> NoReturn:
    from gongkai.batch.collect import batches
    from gongkai.batch.output import write_results

    stdin = sys.stdin.buffer.read() if any(str(path) == "-" for path in paths) else None
    try:
        with batches(jobs) as running:
            status = write_results(start(running, stdin), as_json=as_json, xlsx=xlsx, html=html)
    except OSError as error:
        _stop(f"{error.filename or '输出文件'}：无法写入（{error.strerror}），请核对路径和权限")
    except KeyboardInterrupt:
        _stop("已停止")
    sys.exit(status)


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
