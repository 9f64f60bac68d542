"""The commands of the site: `gongkai serve`, `tick`, `manage`, `audit verify`, `demo`."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli.chinese import ChineseCommand, ChineseGroup, Count, example
from gongkai.cli.stopping import stop

if TYPE_CHECKING:
    from gongkai.findings import Finding

_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序使用。")
_PORT = click.option("--port", type=Count(65535), metavar="N", help="端口，默认 8000（GONGKAI_PORT）。")
_ONCE = click.option("--once", "is_once", is_flag=True, help="网站能访问后即结束，供检查安装之用。")


@contextmanager
def _site(*, port: int | None = None, is_demo: bool = False) -> Iterator[None]:
    """Django set up from the environment; what an operator can put right is told in one line."""
    if port is not None:
        os.environ["GONGKAI_PORT"] = str(port)
    if is_demo:
        if os.environ.get("GONGKAI_PROFILE", "demo") != "demo":
            stop("示范数据不能装入正式环境：请去掉 GONGKAI_PROFILE，或设为 demo")
        os.environ["GONGKAI_PROFILE"] = "demo"
        os.environ.setdefault("GONGKAI_HOME", str(Path.home() / ".gongkai-demo"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        import django  # only the site needs it
    except ImportError:
        stop("网站功能需要安装 gongkai[site]：pip install 'gongkai[site]'")
    from gongkai.config.environment import NotUsable

    try:
        django.setup()
        yield
    except NotUsable as error:
        stop(str(error))


@click.command(
    "serve", cls=ChineseCommand, help="启动网站（默认只在本机可访问，Ctrl-C 结束）。", epilog=example("gongkai serve")
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="监听的地址。")
@_PORT
@_ONCE
def serve(host: str, port: int | None, is_once: bool) -> None:
    """Prepares what is missing, then serves."""
    with _site(port=port):
        from gongkai.config import first_start

        _check_address(host)
        _warn_of_open_door(host)
        first_start.prepare()
        for issued in first_start.administrators():
            click.echo(f"{issued.user.person}：用户名 {issued.user.username}，一次性密码 {issued.password}")
        _serve(host, is_once=is_once)


@click.command(
    "tick", cls=ChineseCommand, help="执行一次定时任务（serve 每分钟自动执行）。", epilog=example("gongkai tick")
)
@_JSON
def tick(as_json: bool) -> None:
    """Runs what apps have announced, once."""
    with _site():
        from gongkai.config.ticking import tick as run

        ticked = run()
        if as_json:
            told = {"done": ticked.done, "failed": list(ticked.failed), "busy": ticked.is_busy}
            click.echo(json.dumps(told, ensure_ascii=False))
        elif ticked.is_busy:
            click.echo("另一个进程正在执行定时任务")
        else:
            failed = f"；失败：{'、'.join(ticked.failed)}，原因见日志，下一次再试" if ticked.failed else ""
            click.echo(f"已执行 {ticked.done} 项定时任务{failed}")
        sys.exit(1 if ticked.failed else 0)


@click.command(
    "manage",
    cls=ChineseCommand,
    help="Django 的管理命令，供运行维护人员使用。",
    epilog=example("gongkai manage check --deploy"),
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[COMMAND]...")
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands."""
    with _site():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["gongkai manage", *arguments])


@click.group("audit", cls=ChineseGroup, help="日志：验证是否被改动。")
def audit() -> None:
    """Commands about the journal."""


@audit.command(
    "verify",
    cls=ChineseCommand,
    help="逐条验证日志：有没有缺号、改动、删去末尾。CHAIN 是机关的公开编号或 installation，默认全部。",
    epilog=example("gongkai audit verify --values"),
)
@click.argument("chains", nargs=-1, metavar="[CHAIN]...")
@click.option("--values", is_flag=True, help="连同每条附带的内容一起验证。")
@_JSON
def verify(chains: tuple[str, ...], values: bool, as_json: bool) -> None:
    """Every chain → what is wrong with it. Status 1 where something is, 2 for a chain that is not there."""
    with _site():
        from gongkai.audit import queries
        from gongkai.findings import as_json as finding_json

        known = queries.chains()
        unknown = [chain for chain in chains if chain not in known]
        if unknown:
            stop(f"没有这个日志：{'、'.join(unknown)}")
        told: list[dict[str, Any]] = []
        for chain in chains or known:
            found = list(queries.proof(chain, values=values))
            length = queries.length_of(chain)
            told.append({"chain": chain, "entries": length, "findings": [finding_json(one) for one in found]})
            if not as_json:
                _tell_chain(chain, length, found)
        if as_json:
            click.echo(json.dumps({"chains": told}, ensure_ascii=False))
        elif not told:
            click.echo("还没有日志")
        sys.exit(1 if any(one["findings"] for one in told) else 0)


def _tell_chain(chain: str, length: int, found: "list[Finding]") -> None:
    click.echo(f"{chain}：共 {length} 条，{'未发现改动' if not found else f'发现 {len(found)} 处问题'}")
    for one in found:
        click.echo(f"  {one.message}")


@click.group(
    "demo",
    cls=ChineseGroup,
    invoke_without_command=True,
    help="示范县：首次运行时建立，以后直接启动（只在本机可访问，Ctrl-C 结束）。",
    epilog=example("gongkai demo"),
)
@_PORT
@click.option("--build-only", is_flag=True, help="只建立数据、显示账号，不启动网站。")
@_ONCE
@click.pass_context
def demo(context: click.Context, port: int | None, build_only: bool, is_once: bool) -> None:
    """Builds the county where it is not there, tells the accounts, serves."""
    if context.invoked_subcommand is not None:
        return
    # What a newcomer sees is the tour, not the log of each request or of what a form refused.
    os.environ.setdefault("GONGKAI_LOG_LEVEL", "ERROR")
    with _site(port=port, is_demo=True):
        from django.conf import settings

        from gongkai.config import first_start
        from gongkai.demo import accounts, county, tour

        _check_address("127.0.0.1", is_bound=not build_only)
        first_start.prepare()
        if not county.exists():
            click.echo("正在建立示范县，约需两分钟……")
            county.build_with_its_year()
        click.echo(f"{accounts.told(_command())}\n\n{tour.told(settings.PORT)}\n")
        if not build_only:
            _serve("127.0.0.1", is_once=is_once)


@demo.command(
    "code", cls=ChineseCommand, help="显示一个示范账号此刻的验证码。", epilog=example("gongkai demo code wangmin")
)
@click.argument("name", metavar="NAME")
def code(name: str) -> None:
    """User name → the six digits that its phone would show now."""
    with _site(is_demo=True):
        from django.db import DatabaseError

        from gongkai.demo import accounts

        try:
            click.echo(accounts.code(name))
        except accounts.NoSuchAccount:
            stop(f"没有示范账号“{name}”，运行 gongkai demo --build-only 可查看全部账号")
        except DatabaseError:
            stop("这里还没有示范县：先运行 gongkai demo；启动时设了 GONGKAI_HOME 的，这里也要设成同一目录")


def _command() -> str:
    """How this program is called from here: by its name, or by its path where that is not enough."""
    path = Path(sys.argv[0])
    found = shutil.which(path.name)
    if found is not None and Path(found).resolve() == path.resolve():
        return path.name
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _check_address(host: str, *, is_bound: bool = True) -> None:
    from django.conf import settings

    from gongkai.config import serving

    if is_bound:
        serving.check_address(host, settings.PORT)


def _warn_of_open_door(host: str) -> None:
    """Tells that others can reach the site and nothing on the way is encrypted; behind a proxy that may be meant."""
    from django.conf import settings

    from gongkai.config import serving

    if not serving.is_loopback(host) and not settings.IS_HTTPS:
        click.echo(
            f"注意：{host} 可由其他计算机访问，而没有启用 HTTPS，密码会明文传输。"
            "请在前面放置提供 HTTPS 的反向代理，并设置 GONGKAI_HTTPS=on",
            err=True,
        )


def _serve(host: str, *, is_once: bool) -> None:
    from django.conf import settings

    from gongkai.config import serving

    def announce() -> None:
        click.echo(f"网站已启动：http://localhost:{settings.PORT} （办公：http://localhost:{settings.PORT}/office/）")
        sys.stdout.flush()

    serving.serve(host, settings.PORT, announce=announce, is_once=is_once)
    click.echo("网站已停止")
