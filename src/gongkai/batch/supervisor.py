"""Child processes that read files, and what keeps one bad file from harming the others.

C code can be neither interrupted nor trusted with memory, so every file is read in a child that is watched: over its
time it is killed with all its descendants, the file is told as unreadable, and a new child goes on with the rest.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cache
from multiprocessing.util import Finalize
from tempfile import TemporaryDirectory

from gongkai.batch.frames import MEMORY, Order, Reply, framed, unframed
from gongkai.documents.limits import os_reason

START_SECONDS = 60.0
"""A child normally starts in less than half a second; on a machine that is swapping it may take long."""

END_SECONDS = 1.0
"""How long a child that has closed its pipe may take to end with its own exit status."""

_CRASHES = frozenset((signal.SIGSEGV, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGBUS))
"""How C code ends over its own faults, and where it gets no more memory."""

CHUNK = 2**16
TAIL = 2**12


@dataclass(frozen=True, slots=True)
class Job:
    """What children do: `MODULE:FUNCTION` that makes the job (see `worker`), and the set-up it is given."""

    factory: str
    setup: bytes = b""


class NotStarted(RuntimeError):
    """A child could not be started at all: a fault of the installation, not of a file."""


class Child:
    """One child process. It belongs to one thread at a time; only `kill` may be called from another.

    Its temporary files go into `folder`. Raises NotStarted where the system has no room for another process.
    """

    def __init__(self, job: Job, folder: str) -> None:
        self.job = job
        self.is_usable = False
        self._received = bytearray()
        self._tail = b""
        self._lock = threading.Lock()
        # -P: a file in the current folder must not be imported in place of a library.
        command = [sys.executable, "-P", "-m", "gongkai.batch.worker", job.factory]
        pipe = subprocess.PIPE
        # A session of its own makes one group of the child and its descendants, and keeps the terminal's Ctrl-C away.
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
                command,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                bufsize=0,
                start_new_session=True,
                env=os.environ | {"TMPDIR": folder},
            )
        except OSError as error:
            raise NotStarted(os_reason(error)) from error
        if self._process.stdin is None or self._process.stdout is None or self._process.stderr is None:
            raise AssertionError("all three are pipes")
        self._orders, self._replies, self._errors = self._process.stdin, self._process.stdout, self._process.stderr
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._replies, selectors.EVENT_READ)
        self._selector.register(self._errors, selectors.EVENT_READ)

    def start(self) -> None:
        """Waits until the child is ready. Raises NotStarted."""
        reply = self.ask(Order(self.job.setup, seconds=START_SECONDS))
        if reply.error is not None:
            raise NotStarted(reply.error)

    def ask(self, order: Order) -> Reply:
        """The reply; when the child died or had to be killed, a reply that says so, and the child is of no more use."""
        self.is_usable = False
        deadline = time.monotonic() + order.seconds
        # A child that died meanwhile is noticed by the end of its replies.
        with contextlib.suppress(BrokenPipeError):
            self._orders.write(framed(order))
        reply = None
        while reply is None:
            left = deadline - time.monotonic()
            if left <= 0:
                self.end()
                return Reply(error=f"读取超过 {order.seconds:g} 秒，已停止；请检查文件是否损坏，或另存为 docx 后重试")
            for key, _ in self._selector.select(left):
                if key.fileobj is self._errors:
                    self._keep_tail()
                elif not self._receive():
                    return Reply(error=self._told_end())
            reply = unframed(self._received)
        self._received.clear()
        self.is_usable = not reply.is_last
        return reply

    def kill(self) -> None:
        """Kills the child and its descendants at once; the thread that waits for a reply then gets its end told."""
        with self._lock:
            # Not yet waited for, so that the number can't have passed to another process.
            if self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kills what is left of it, and leaves neither a zombie nor an open pipe."""
        self.kill()
        with self._lock:
            self._process.wait()
        self._selector.close()
        for pipe in (self._orders, self._replies, self._errors):
            pipe.close()

    def _receive(self) -> bool:
        chunk = os.read(self._replies.fileno(), CHUNK)
        self._received += chunk
        return bool(chunk)

    def _keep_tail(self) -> None:
        chunk = os.read(self._errors.fileno(), CHUNK)
        self._tail = (self._tail + chunk)[-TAIL:]
        if not chunk:
            self._selector.unregister(self._errors)

    def _told_end(self) -> str:
        """Why the child ended, from its exit and the last line that it printed."""
        # Looked at without being waited for: while its number is its own, `end` can still kill its descendants.
        exited = os.WEXITED | os.WNOWAIT | os.WNOHANG
        until = time.monotonic() + END_SECONDS
        while os.waitid(os.P_PID, self._process.pid, exited) is None and time.monotonic() < until:
            time.sleep(0.005)
        self._selector.unregister(self._replies)
        while self._selector.get_map() and self._selector.select(0):
            self._keep_tail()
        self.end()
        status = self._process.returncode
        if -status in _CRASHES:
            return f"读取程序崩溃：文件已损坏，或展开后内存超过 {MEMORY >> 20} MB 的上限；请另存为 docx 后重试"
        lines = self._tail.decode("utf-8", "replace").strip().splitlines() or [f"状态 {status}"]
        reason = f"信号 {-status}" if status < 0 else lines[-1].strip()
        return f"读取程序异常退出（{reason}）；请检查文件是否损坏，或另存为 docx 后重试"


class Pool:
    """The children of one run, or of one process; threads borrow them, and at most one per thread is alive and busy."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._children: set[Child] = set()
        self._is_closed = False
        # Ours, since a child that is killed can't clear away what it leaves.
        self._folder = TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True)

    def run(self, job: Job, orders: Sequence[Order]) -> list[Reply]:
        """A reply for each order, whatever became of its child. Raises CancelledError once the pool is closed."""
        return [self._ask(job, order) for order in orders]

    def close(self) -> None:
        """Kills all children; those at work are cleared away by the threads that wait for them."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            busy = self._children.difference(idle)
            self._children = busy
        for child in idle:
            child.end()
        for child in busy:
            child.kill()
        self._folder.cleanup()

    def _ask(self, job: Job, order: Order) -> Reply:
        child = self._borrow(job)
        try:
            return child.ask(order)
        finally:
            self._give_back(child)

    def _borrow(self, job: Job) -> Child:
        with self._lock:
            if self._is_closed:
                raise CancelledError
            child = next((child for child in reversed(self._idle) if child.job == job), None)
            if child is not None:
                self._idle.remove(child)
                return child
            # A child of an earlier job makes room for one of this job.
            stale = self._idle[:1]
            del self._idle[:1]
            self._children.difference_update(stale)
            # Created under the lock, so that `close` can't miss it; waiting for its start goes on outside.
            child = Child(job, self._folder.name)
            self._children.add(child)
        try:
            for one in stale:
                one.end()
            child.start()
        except BaseException:
            self._give_back(child)
            raise
        return child

    def _give_back(self, child: Child) -> None:
        with self._lock:
            is_kept = child.is_usable and not self._is_closed
            if is_kept:
                self._idle.append(child)
            else:
                self._children.discard(child)
        if not is_kept:
            child.end()


def run_batch(job: Job, orders: Sequence[Order]) -> list[Reply]:
    """A reply for each order, from children of this process: what is submitted to a cluster's executor."""
    return _own_pool(os.getpid()).run(job, orders)


@cache
def _own_pool(process: int) -> Pool:
    """One pool in each process: a forked one must not share its parent's pipes."""
    pool = Pool()
    # Not atexit: processes that multiprocessing has forked end without it.
    Finalize(None, pool.close, exitpriority=0)
    return pool
