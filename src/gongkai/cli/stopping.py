"""How a command stops: with one Chinese line, whatever happened, and the status that says so to a script."""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gongkai.cli.chinese import ChineseGroup

if TYPE_CHECKING:
    from types import FrameType


class Main(ChineseGroup):
    """Tells whatever stops a command in one line: no traceback reaches a user."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        if is_ours := signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _interrupt)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BrokenPipeError:
            # What reads our output has seen enough. Nothing more goes there, not even when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(128 + signal.SIGPIPE)
        except (KeyboardInterrupt, click.Abort):
            stop("已停止", 128 + signal.SIGINT)
        except OSError as error:
            from gongkai.documents.limits import os_reason

            stop(f"{shown(error.filename) or '输出'}：无法写入（{os_reason(error)}），请核对路径和权限")
        except Exception as error:  # noqa: BLE001  the last resort, for faults of the program
            stop(_fault(error))
        finally:
            if is_ours:
                signal.signal(signal.SIGINT, signal.default_int_handler)


def _fault(error: Exception) -> str:
    from gongkai.batch.supervisor import NotStarted

    if isinstance(error, NotStarted):
        return f"无法启动读取程序（{error}），请重新安装后再试"
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at is not None else ""
    told = " ".join(str(error).split())[:200]
    return f"程序出错（{type(error).__name__}：{told}，{place}），请把这一行和所用的文件报告给开发者"


def _interrupt(_signal: int, _frame: "FrameType | None") -> NoReturn:
    """Stops the run; whoever presses again while it is ended is not heard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def stop(message: str, status: int = 2) -> NoReturn:
    """Ends the command: the message goes to standard error. 2 says that an input was refused or could not be read."""
    click.echo(message, err=True)
    sys.exit(status)


def shown(path: Path | str | bytes | None) -> str:
    """A file's name as it can be shown, whatever bytes it is made of."""
    from gongkai.batch.walk import shown_name  # walks folders: not needed to show help

    return shown_name(path) if path is not None else ""
