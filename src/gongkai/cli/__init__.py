"""The `gongkai` command: thin; every heavy import is made by the command that needs it, so that help comes at once."""

import io
import sys

import click

from gongkai.cli.law import clock, fee
from gongkai.cli.reports import proof, report
from gongkai.cli.site import audit, demo, manage, serve, tick
from gongkai.cli.stopping import Main


@click.group(cls=Main, help="公开：政府信息公开工作平台。", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongkai", message="gongkai %(version)s", help="显示版本。")
def main() -> None:
    """The root of all commands."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding must not stop the run at a character that it lacks.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


for command in (report, proof, clock, fee, serve, tick, manage, audit, demo):
    main.add_command(command)
