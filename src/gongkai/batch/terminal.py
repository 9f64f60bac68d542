"""The list of findings on a terminal: a table for each file that has some, a line for each other, a closing count."""

import re
import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from gongkai.batch.listing import Entry, change, entries
from gongkai.batch.results import FileResult, Summary
from gongkai.findings import SEVERITY_NAMES, Finding, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_RATIOS = {"级别": None, "位置": 3, "问题": 7, "依据": 3}
_PLAIN_WIDTH = 120
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves to the command what to do when nobody reads on; rich would end with the status of an error."""
        raise


class TerminalList:
    """Prints results as they come; with a progress bar where a person watches more than one file."""

    def __init__(self, total: int) -> None:
        # Without a terminal the width is not known: wide enough that no word of a finding is cut.
        self._console = _Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH, highlight=False, soft_wrap=False)
        self._progress = Progress(
            TextColumn("正在检查"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty() or total < 2,
        )
        self._task = self._progress.add_task("", total=total)
        try:
            self._progress.start()
        except BaseException:
            self.release()
            raise

    def add(self, result: FileResult) -> None:
        """Prints what was found in a file."""
        self._progress.advance(self._task)
        whose = "　".join(filter(None, (result.agency, f"{result.year}年度" if result.year else None)))
        if not result.readable:
            # One line, however long: whoever looks for a file finds its reason with it.
            told = Text.assemble(
                (_plain(result.file), "bold"), (f"　无法读取：{_plain(result.error or '')}", "bold red")
            )
            self._console.print(told, soft_wrap=True)
            return
        self._console.print(Text(_plain(result.file), "bold"), Text(_plain(whose), "dim"))
        if result.error:
            self._console.print(Text(f"  注意：{result.error}", "yellow"))
        findings = result.findings
        if not findings:
            self._console.print(Text("  没有发现问题", "green"))
            return
        self._console.print(_table(findings))

    def close(self, summary: Summary, skipped: list[str]) -> None:
        """Prints the count over all files."""
        self._progress.stop()
        if skipped:
            self._console.print(
                Text(f"跳过{len(skipped)}个不是文档的文件：" + "、".join(map(_plain, skipped[:10])), "dim")
            )
        unread = f"，其中{summary.unreadable}个无法读取" if summary.unreadable else ""
        told = (
            f"共{summary.files}个文件{unread}；错误{summary.errors}处，警告{summary.warnings}处，提示{summary.hints}处"
        )
        self._console.print(Text(told, "bold"))
        if summary.errors + summary.warnings + summary.hints:
            self._console.print(Text("位置“76:11”指第76行（Word、PDF、网页为第76段）第11字", "dim"))

    def release(self) -> None:
        """Takes the progress bar away, which has hidden the cursor."""
        self._progress.stop()


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, header_style="dim", show_edge=False, expand=True, padding=(0, 1))
    for heading, ratio in _RATIOS.items():
        # Chinese has no spaces to break at: without folding a long cell would be cut.
        table.add_column(heading, overflow="fold", no_wrap=ratio is None, ratio=ratio)
    for entry in entries(enumerate(findings, 1)):
        table.add_row(*_cells(entry))
    return table


def _cells(entry: Entry) -> tuple[Text, Text, Text, Text]:
    finding = entry.finding
    level = Text(SEVERITY_NAMES[finding.severity], _STYLES[finding.severity])
    told = "。".join(filter(None, (finding.message.removesuffix("。"), change(finding))))
    return (
        level,
        Text(_plain(entry.place)),
        Text(_plain(told)),
        Text.assemble(finding.basis, (f"\n{finding.rule}", "dim")),
    )


def _plain(text: str) -> str:
    """A text of a file without the power over the terminal that control characters have."""
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
