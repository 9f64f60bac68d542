"""One self-contained page: each report as it reads, every finding marked in place and told beside it.

The reports go into a temporary file as they come, since the summary that stands above them is known last.
"""

import shutil
from contextlib import ExitStack
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from gongkai.batch.listing import Entry, change, entries
from gongkai.batch.marks import Marks
from gongkai.batch.results import FileResult, Summary
from gongkai.batch.shown import Shown, ShownBlock
from gongkai.findings import SEVERITY_NAMES, Finding

_STYLES = {"title": ' class="gk-title"', "heading": ' class="gk-heading"', "subheading": ' class="gk-heading"'}


class HtmlList:
    """Writes the page: results as they come, the summary at the end. Raises OSError when it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._open = ExitStack()
        self._out: IO[bytes] = self._open.enter_context(path.open("wb"))
        self._reports: IO[bytes] = self._open.enter_context(TemporaryFile())  # noqa: SIM115  closed by the stack
        self._rows: IO[bytes] = self._open.enter_context(TemporaryFile())  # noqa: SIM115  closed by the stack
        self._number = 0

    def add(self, result: FileResult) -> None:
        """Adds a row of the summary, and the report where it has findings or could not be read."""
        findings = result.findings
        link = escape(Path(result.file).name)
        if findings or not result.readable:
            self._number += 1
            link = f'<a href="#r{self._number}">{link}</a>'
            self._reports.write(_report(self._number, result, findings).encode())
        counts = (result.errors, result.warnings, result.hints)
        cells = [link, escape(result.agency or ""), str(result.year or ""), *map(str, counts)]
        state = "" if result.readable else "无法读取"
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        self._rows.write(f"<tr>{row}<td>{state or escape(result.error or '')}</td></tr>\n".encode())

    def close(self, summary: Summary, skipped: list[str]) -> None:
        """Puts the page together."""
        with self._open:
            self._out.write(_head(summary).encode())
            _append(self._rows, self._out)
            self._out.write(_passed_over(skipped).encode())
            _append(self._reports, self._out)
            self._out.write(_FOOT.encode())

    def release(self) -> None:
        """Closes the files, also of a run that was broken off."""
        self._open.close()


def _append(part: IO[bytes], out: IO[bytes]) -> None:
    part.seek(0)
    shutil.copyfileobj(part, out)


def _head(summary: Summary) -> str:
    css = files("gongkai").joinpath("tokens.css").read_text("utf-8")
    css += files("gongkai.batch").joinpath("list.css").read_text("utf-8")
    unread = f"，其中{summary.unreadable}个无法读取" if summary.unreadable else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>检查结果</title><style>{css}</style></head><body>
<a class="gk-skip" href="#reports">跳到各份报告</a>
<header><h1>检查结果</h1>
<p>共检查{summary.files}个文件{unread}。发现错误{summary.errors}处，警告{summary.warnings}处，提示{summary.hints}处。</p>
<p class="gk-quiet">错误应当改正；警告应当核对；提示供参考。
点文件名看批注过的全文：问题在文中标出，说明列在该段之后。</p></header>
<main><div class="gk-scroll" tabindex="0" role="region" aria-label="各文件的问题数">
<table class="gk-files"><caption>各文件的问题数</caption>
<thead><tr><th scope="col">文件</th><th scope="col">机关</th><th scope="col">年度</th><th scope="col">错误</th>
<th scope="col">警告</th><th scope="col">提示</th><th scope="col">说明</th></tr></thead><tbody>
"""


_FOOT = '</div></main><footer class="gk-quiet"><p>由“公开”生成。机器检查不能代替人的审核。</p></footer></body></html>\n'


def _passed_over(skipped: list[str]) -> str:
    told = (
        f"<p class='gk-quiet'>跳过{len(skipped)}个不是文档的文件：{escape('、'.join(skipped[:20]))}</p>"
        if skipped
        else ""
    )
    return f'</tbody></table></div>{told}<div id="reports">'


def _report(number: int, result: FileResult, findings: list[Finding]) -> str:
    name = f"r{number}"
    whose = "　".join(filter(None, (result.agency, f"{result.year}年度" if result.year else "")))
    head = f'<section class="gk-report" id="{name}" aria-labelledby="{name}h">'
    head += f'<h2 id="{name}h">{escape(Path(result.file).name)}</h2>'
    head += f'<p class="gk-quiet">{escape(whose)}</p>'
    if result.error:
        state = "注意" if result.readable else "无法读取"
        head += f'<p class="gk-error"><span class="gk-level">{state}</span>：{escape(result.error)}</p>'
    numbered = list(enumerate(findings, 1))
    if not result.shown:
        return f"{head}{_notes(name, numbered, frozenset())}</section>\n"
    shown = msgspec.msgpack.decode(result.shown, type=Shown)
    marks = Marks(name, findings, shown)
    reads = "\n".join(_block(block, marks, name, findings) for block in shown.blocks)
    rest = [(number, finding) for number, finding in numbered if not marks.is_told(number)]
    return f'{head}{_notes(name, rest, frozenset())}<div class="gk-reads">{reads}</div></section>\n'


def _notes(name: str, numbered: list[tuple[int, Finding]], marked: frozenset[int]) -> str:
    """A list of notes; those whose numbers are `marked` lead to their marks in the text."""
    told = "".join(_note(name, entry, marked) for entry in entries(numbered))
    return f'<ul class="gk-notes">{told}</ul>' if told else ""


def _note(name: str, entry: Entry, marked: frozenset[int]) -> str:
    finding = entry.finding
    first, *others = entry.numbers
    anchors = "".join(f'<span id="{name}n{number}"></span>' for number in others)
    numbers = "、".join(map(str, entry.numbers))
    level = f'<span class="gk-level">{numbers} {SEVERITY_NAMES[finding.severity]}</span>'
    told = escape(change(finding))
    told = f'　<span class="gk-change">{told}</span>' if told else ""
    place = escape(entry.place.replace("\n", "，"))
    place = f'<a href="#{name}m{first}">{place}</a>' if first in marked else place
    return (
        f'<li id="{name}n{first}" class="gk-{finding.severity}">{anchors}{level}　{escape(finding.message)}{told}'
        f'<span class="gk-quiet">　{place}　依据：{escape(finding.basis)}　{escape(finding.rule)}</span></li>'
    )


def _block(block: ShownBlock, marks: Marks, name: str, findings: list[Finding]) -> str:
    """The block with its marks, and below it the notes of those that are marked there first."""
    reads = _table(block, marks) if block.cells else _paragraph(block, marks)
    new = marks.newly_told()
    return reads + _notes(name, [(number, findings[number - 1]) for number in new], frozenset(new))


def _paragraph(block: ShownBlock, marks: Marks) -> str:
    return f"<p{_STYLES.get(block.style, '')}>{marks.paragraph(block)}</p>"


def _table(block: ShownBlock, marks: Marks) -> str:
    rows: dict[int, list[str]] = {}
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
            f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        )
        rows.setdefault(cell.row, []).append(f"<td{spans}>{marks.cell(cell)}</td>")
    height = max(cell.row + cell.rows for cell in block.cells)
    body = "".join(f"<tr>{''.join(rows.get(row, ()))}</tr>" for row in range(height))
    return f'<div class="gk-scroll" tabindex="0" role="region" aria-label="表格"><table>{body}</table></div>'
