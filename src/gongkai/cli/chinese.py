"""Help and refusals of the command line in Chinese; Click itself speaks English."""

from collections.abc import Callable
from typing import Any

import click
from click import exceptions


def example(text: str) -> str:
    """An epilog that shows how the command is typed."""
    return f"\b\n例：{text}"


class Count(click.ParamType[int]):
    """A whole number from 1 to `most`."""

    name = "count"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was typed; anything else is refused."""
        text = str(value)
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= self.most:
            self.fail(f"“{text}”应为1至{self.most}的整数", param, ctx)
        return int(text)


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        self.write(f"{heading}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


class ChineseCommand(click.Command):
    """A command whose help and refusals are Chinese."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the command's name."""
        told = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 ……"}
        return [told.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and of a group its commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("选项"):
            formatter.write_dl([record for record in records if record is not None])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示帮助。"
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; those that can't be understood are refused in Chinese."""
        return _translated(ctx, lambda: super(ChineseCommand, self).parse_args(ctx, args))


class ChineseGroup(ChineseCommand, click.Group):
    """A group whose help and refusals are Chinese."""

    command_class = ChineseCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their one-line help."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        limit = formatter.width
        with formatter.section("命令"):
            formatter.write_dl([(name, command.get_short_help_str(limit)) for name, command in commands if command])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; an unknown one is refused in Chinese."""
        if args and self.get_command(ctx, args[0]) is None:
            known = "、".join(self.list_commands(ctx))
            raise _Refused(f"没有“{args[0]}”这个命令，可用的命令有：{known}", ctx)
        return super().resolve_command(ctx, args)


class _Refused(click.UsageError):
    def show(self, file: Any = None) -> None:
        """Tells the refusal and where help is to be had, on standard error."""
        path = self.ctx.command_path if self.ctx is not None else "gongkai"
        click.echo(f"{self.message}。用法见 {path} --help", file=file, err=file is None)


def _translated(ctx: click.Context, parse: Callable[[], list[str]]) -> list[str]:
    try:
        return parse()
    except (exceptions.NoArgsIsHelpError, _Refused):
        raise
    except click.UsageError as error:
        raise _Refused(_told(error), ctx) from error


def _told(error: click.UsageError) -> str:
    """What is wrong, in Chinese; what Click found is named as it was typed."""
    name = error.param.opts[0] if isinstance(error, click.BadParameter) and error.param is not None else ""
    match error:
        case click.MissingParameter():
            shown = (
                name if name.startswith("-") else (error.param.human_readable_name if error.param is not None else "")
            )
            return f"缺少{shown}"
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有“{error.option_name}”这个选项{near}"
        case click.BadParameter():
            return f"{name}的值不对：{error.message}"
        case exceptions.BadOptionUsage():
            return f"选项{error.option_name}的用法不对，可能缺少它的值"
        case _:
            return f"命令写法不对（{error.message}）"
