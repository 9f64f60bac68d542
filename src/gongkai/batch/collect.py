"""Many files through supervised children: results come in path order, and memory stays flat however many there are."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from gongkai.batch.frames import Order, Reply
from gongkai.batch.jobs import Identity, Setup, Source, key_of
from gongkai.batch.results import FileResult
from gongkai.batch.supervisor import Job, Pool, run_batch
from gongkai.batch.walk import walk
from gongkai.documents.limits import Unreadable
from gongkai.documents.signature import HEAD, needs_office
from gongkai.report.look_alikes import LookAlikes

SECONDS = 10.0
OFFICE_SECONDS = 60.0
"""LibreOffice converts a file before it is read, and may take long to start."""
LARGEST_BATCH = 20
_JOBS = "gongkai.batch.jobs:"


@dataclass(frozen=True, slots=True)
class Work:
    """What to do with files: the name of a job of `batch.jobs` and what its children are told once.

    `more_seconds` is added to the time of each file.
    """

    job: str
    setup: Setup = field(default_factory=Setup)
    more_seconds: float = 0.0

    def as_job(self) -> Job:
        """The job as the supervisor takes it."""
        return Job(_JOBS + self.job, msgspec.msgpack.encode(self.setup))


class Batches:
    """Runs batches of files through an executor with the interface of `concurrent.futures`.

    The default drives one supervised child per job from a thread. Another executor (of a cluster, say) gets the same
    function with picklable arguments, and keeps its children in its own processes.
    """

    def __init__(self, jobs: int, executor: Executor | None = None) -> None:
        self._jobs = jobs
        self._pool = Pool()
        self._run = run_batch if executor is not None else self._pool.run
        self._executor = executor or ThreadPoolExecutor(jobs)
        self._is_own = executor is None

    def replies(self, work: Work, sources: Sequence[Source]) -> Iterator[tuple[Source, Reply]]:
        """Each source with its reply, in order; only a bounded number of batches is under way."""
        job = work.as_job()
        size = max(1, min(LARGEST_BATCH, len(sources) // (4 * self._jobs)))
        waiting: deque[tuple[tuple[Source, ...], Future[list[Reply]]]] = deque()
        for start in range(0, len(sources), size):
            batch = tuple(sources[start : start + size])
            orders = [Order(msgspec.msgpack.encode(source), _seconds(source) + work.more_seconds) for source in batch]
            waiting.append((batch, self._executor.submit(self._run, job, orders)))
            if len(waiting) > 3 * self._jobs:
                yield from _taken(waiting)
        while waiting:
            yield from _taken(waiting)

    def close(self) -> None:
        """Ends the children and the threads; work that is under way is given up."""
        self._pool.close()
        if self._is_own:
            self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def batches(jobs: int | None = None, executor: Executor | None = None) -> Iterator[Batches]:
    """Batches on `jobs` cores (all by default), closed at the end whatever happens."""
    running = Batches(jobs or os.cpu_count() or 1, executor)
    try:
        yield running
    finally:
        running.close()


@dataclass(frozen=True, slots=True)
class Run:
    """A run over files: how many there are, what was passed over, and the results as they come, in path order."""

    total: int
    skipped: list[str]
    results: Iterator[FileResult]


def check_files(
    running: Batches,
    paths: Iterable[Path],
    *,
    previous: Path | None = None,
    stdin: bytes | None = None,
    show: bool = False,
    outputs: Sequence[Path] = (),
) -> Run:
    """Checks annual reports, beside last year's of the same agency where `previous` (a file or folder) holds one.

    `outputs` are the lists about to be written: those of an earlier run that lie in a folder are passed over.
    """
    known, unread = _known(running, previous)
    # Last year's report is read beside this year's, and converted once more where it needs that.
    is_converted = any(needs_office(_head(Source(path))) for path in known.values())
    work = Work("checking", Setup(known, show), OFFICE_SECONDS if is_converted else 0.0)
    run = _run(running, work, paths, stdin, outputs)
    return Run(run.total + len(unread), run.skipped, chain(unread, _beside_each_other(run.results)))


def proof_files(
    running: Batches,
    paths: Iterable[Path],
    *,
    stdin: bytes | None = None,
    show: bool = False,
    outputs: Sequence[Path] = (),
) -> Run:
    """Proofreads files of any content; `outputs` as in `check_files`."""
    return _run(running, Work("proofreading", Setup(show=show)), paths, stdin, outputs)


def read_model(running: Batches, source: Source) -> dict[str, Any]:
    """One report as the contract's JSON model. Raises `documents.limits.Unreadable` when it cannot be read."""
    [(_, reply)] = running.replies(Work("modelling"), [source])
    if reply.error is not None:
        raise Unreadable(reply.error)
    return dict(msgspec.json.decode(reply.body))


def _run(running: Batches, work: Work, paths: Iterable[Path], stdin: bytes | None, outputs: Sequence[Path]) -> Run:
    found = walk((path for path in paths if str(path) != "-"), outputs)
    sources = [Source(os.fsencode(path)) for path in found.files]
    if stdin is not None:
        sources.insert(0, Source(b"-", stdin))
    results = (_result(source, reply) for source, reply in running.replies(work, sources))
    return Run(len(sources), found.skipped, results)


def _beside_each_other(results: Iterable[FileResult]) -> Iterator[FileResult]:
    """The results; one whose text is mostly that of another agency's report before it says so."""
    seen = LookAlikes()
    for result in results:
        found = seen.earlier(result.file, result.agency, result.fingerprint, result.passages)
        yield result.with_hint(found) if found is not None else result


def _known(running: Batches, previous: Path | None) -> tuple[dict[str, bytes], list[FileResult]]:
    """Last year's reports by agency and year, and those that could not be read."""
    known: dict[str, bytes] = {}
    unread: list[FileResult] = []
    sources = [Source(os.fsencode(path)) for path in walk([previous]).files] if previous is not None else []
    for source, reply in running.replies(Work("identifying"), sources):
        if reply.error is not None:
            unread.append(_result(source, reply))
            continue
        identity = msgspec.msgpack.decode(reply.body, type=Identity)
        known.setdefault(key_of(identity.agency, identity.year), source.path)
    return known, unread


def _result(source: Source, reply: Reply) -> FileResult:
    if reply.error is not None:
        return FileResult(file=source.name, readable=False, error=reply.error)
    return msgspec.msgpack.decode(reply.body, type=FileResult)


def _seconds(source: Source) -> float:
    return OFFICE_SECONDS if needs_office(_head(source)) else SECONDS


def _head(source: Source) -> bytes:
    """The first bytes; none of what is no ordinary file, where reading might wait."""
    if source.data is not None:
        return source.data[:HEAD]
    try:
        file = os.open(source.path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return b""
    try:
        return os.pread(file, HEAD, 0)
    except OSError:
        return b""
    finally:
        os.close(file)


def _taken(
    waiting: deque[tuple[tuple[Source, ...], Future[list[Reply]]]],
) -> Iterator[tuple[Source, Reply]]:
    batch, future = waiting.popleft()
    yield from zip(batch, future.result(), strict=True)
