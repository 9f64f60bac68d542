"""What a child process does with a file: identify it, check it as an annual report, or proofread it."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec

from gongkai import findings
from gongkai.batch.results import FileResult
from gongkai.batch.walk import shown_name
from gongkai.documents.blocks import Document
from gongkai.documents.limits import DEFAULT, TooLarge, Unreadable, os_reason
from gongkai.documents.reading import read
from gongkai.findings import Finding, Severity
from gongkai.report.look_alikes import Passage
from gongkai.report.model import Report

MOST_FINDINGS = 10_000
"""What is listed of one file; no report has a tenth of it, and the parent must hold it."""


class Source(msgspec.Struct, frozen=True):
    """A file to read, by its path in the bytes of the file system, which may be no text in any encoding.

    `data` is given for what has no path (standard input).
    """

    path: bytes
    data: bytes | None = None

    @property
    def name(self) -> str:
        """The path as it is printed."""
        return shown_name(self.path)


class Setup(msgspec.Struct, frozen=True):
    """What a child needs to know once: last year's reports by agency and year, and whether the text is to be shown."""

    previous: dict[str, bytes] = {}
    show: bool = False


class Identity(msgspec.Struct, frozen=True):
    """Whose report a file is, and of which year."""

    agency: str | None
    year: int | None


def identifying(_setup: bytes) -> Callable[[bytes], bytes]:
    """The job that tells agency and year."""
    from gongkai.report.reading import interpret  # each job loads what it needs

    def identify(payload: bytes) -> bytes:
        report = interpret(_document(msgspec.msgpack.decode(payload, type=Source)))
        return msgspec.msgpack.encode(Identity(report.agency, report.year))

    return identify


def modelling(_setup: bytes) -> Callable[[bytes], bytes]:
    """The job that reads one report into the contract's JSON model."""
    from gongkai.report import model_json
    from gongkai.report.reading import interpret

    def run(payload: bytes) -> bytes:
        report = interpret(_document(msgspec.msgpack.decode(payload, type=Source)))
        return msgspec.json.encode(model_json.as_json(report))

    return run


def checking(setup: bytes) -> Callable[[bytes], bytes]:
    """The job that checks annual reports."""
    from gongkai.report.check import check
    from gongkai.report.reading import interpret

    known = msgspec.msgpack.decode(setup, type=Setup)

    def run(payload: bytes) -> bytes:
        source = msgspec.msgpack.decode(payload, type=Source)
        document = _document(source)
        report = interpret(document)
        earlier = _previous(known, report)
        found = check(report, previous=earlier)
        return msgspec.msgpack.encode(_result(source, found, document, report, show=known.show))

    return run


def proofreading(setup: bytes) -> Callable[[bytes], bytes]:
    """The job that proofreads any text."""
    from gongkai.proofing import proof

    known = msgspec.msgpack.decode(setup, type=Setup)

    def run(payload: bytes) -> bytes:
        source = msgspec.msgpack.decode(payload, type=Source)
        document = _document(source)
        found = proof(document.paragraphs)
        return msgspec.msgpack.encode(_result(source, found, document, None, show=known.show))

    return run


def key_of(agency: str | None, year: int | None) -> str:
    """The key under which last year's reports are known: agency without white space, and year."""
    return f"{''.join((agency or '').split())}\t{year or ''}"


def _previous(known: Setup, report: Report) -> Report | None:
    """Last year's report of the same agency, when there is one."""
    from gongkai.report.reading import interpret

    if report.year is None or not known.previous:
        return None
    path = known.previous.get(key_of(report.agency, report.year - 1))
    return interpret(_document(Source(path))) if path else None


def _document(source: Source) -> Document:
    data = _bytes(source.path) if source.data is None else source.data
    if len(data) > DEFAULT.file_size:
        raise TooLarge(f"内容超过 {DEFAULT.file_size // 2**20} MB 的上限，请拆分后再试")
    return read(data, name=source.name)


def _bytes(name: bytes) -> bytes:
    path = Path(os.fsdecode(name))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("不是普通文件，没有读取；请指定文件或文件夹")
        if status.st_size > DEFAULT.file_size:
            size = status.st_size // 2**20
            raise TooLarge(f"文件有 {size} MB，超过 {DEFAULT.file_size // 2**20} MB 的上限，请拆分后再试")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("找不到这个文件或文件夹，请核对路径") from error
    except OSError as error:
        raise Unreadable(f"无法打开（{os_reason(error)}），请核对路径和权限") from error


def _result(
    source: Source, found: list[Finding], document: Document, report: Report | None, *, show: bool
) -> FileResult:
    counts = findings.count(found)
    pages = "、".join(map(str, document.textless_pages))
    notes = [f"第{pages}页没有文字，可能是扫描件，未能检查；请提供可以选取文字的文件"] if pages else []
    if len(found) > MOST_FINDINGS:
        notes.append(f"问题有 {len(found)} 处，只列出前 {MOST_FINDINGS} 处，请先核对文件内容")
    fingerprint, passages = _likeness(report) if report else ((), ())
    return FileResult(
        file=source.name,
        readable=bool(document.blocks) or not pages,
        error="；".join(notes) or None,
        agency=report.agency if report else None,
        year=report.year if report else None,
        findings_json=msgspec.json.encode([findings.as_json(finding) for finding in found[:MOST_FINDINGS]]),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
        fingerprint=fingerprint,
        passages=passages,
        shown=_shown(document, report) if show else b"",
    )


def _likeness(report: Report) -> tuple[tuple[int, ...], tuple[Passage, ...]]:
    """By what copies of the report are found, and told."""
    from gongkai.report.check.copying import fingerprint, passages

    told = fingerprint(report)
    return told, passages(report) if told else ()


def _shown(document: Document, report: Report | None) -> bytes:
    from gongkai.batch.shown import shown

    return msgspec.msgpack.encode(shown(document, report))
