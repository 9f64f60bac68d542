"""Where the results of a run go, all at once and as they come: terminal or JSON, a workbook, a page."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from gongkai.batch.collect import Run
from gongkai.batch.report_json import json_parts
from gongkai.batch.results import FileResult, Summary


class Sink(Protocol):
    """A list of findings that is written while the results come."""

    def add(self, result: FileResult) -> None:
        """Takes the next result."""

    def close(self, summary: Summary, skipped: list[str]) -> None:
        """Writes what stands at the end."""

    def release(self) -> None:
        """Gives back what it holds, whether it was closed or the run was broken off."""


def write_results(run: Run, *, as_json: bool, xlsx: Path | None, html: Path | None) -> int:
    """Writes the results to the terminal (or as JSON to standard output) and to the files named; the exit status."""
    summary = Summary()
    with ExitStack() as held:
        sinks: list[Sink] = []
        for sink in _sinks(run, as_json=as_json, xlsx=xlsx, html=html):
            held.callback(sink.release)
            sinks.append(sink)
        results = _shared(run.results, sinks)
        if as_json:
            for part in json_parts(results, run.skipped, summary):
                sys.stdout.buffer.write(part)
                sys.stdout.buffer.flush()
        else:
            for result in results:
                summary.add(result)
        for sink in sinks:
            sink.close(summary, run.skipped)
    return summary.exit_status


def _sinks(run: Run, *, as_json: bool, xlsx: Path | None, html: Path | None) -> Iterator[Sink]:
    # Each brings its library, so only what is wanted is imported.
    if not as_json:
        from gongkai.batch.terminal import TerminalList

        yield TerminalList(run.total)
    if xlsx is not None:
        from gongkai.batch.list_xlsx import XlsxList

        yield XlsxList(xlsx)
    if html is not None:
        from gongkai.batch.list_html import HtmlList

        yield HtmlList(html)


def _shared(results: Iterator[FileResult], sinks: Sequence[Sink]) -> Iterator[FileResult]:
    for result in results:
        for sink in sinks:
            sink.add(result)
        yield result
