"""The child process: reads one file after another for its supervisor, under limits, and may be killed at any time.

Started as `python -m gongkai.batch.worker MODULE:FUNCTION`. The function takes the bytes of the first order (the
set-up) and returns the job, which turns the payload of each further order into the body of its reply. The job raises
`Unreadable` for a document that can't be read; any other error ends the process, which the supervisor tells.
"""

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO

from gongkai.batch.frames import Order, Reply, framed, next_order
from gongkai.documents.limits import Stuck, Unreadable

Job = Callable[[bytes], bytes]

GRACE_SECONDS = 5
"""How long after the supervisor should have killed it the child ends by itself: for a supervisor that was killed."""

_OBJECTS = 50_000
"""How many objects more than were given back there are before cycles are looked for: some megabytes."""

STATM = Path("/proc/self/statm")


def main(factory: str) -> None:
    """Serves orders until the supervisor closes the pipe."""
    orders, replies = _take_pipes()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first = next_order(orders)
    if first is None:
        return
    module, _, function = factory.partition(":")
    job: Job = getattr(import_module(module), function)(first.payload)
    spare_the_collector()
    own = _size()
    _send(replies, Reply())
    while order := next_order(orders):
        reply = _done(job, order, own)
        _send(replies, reply)
        if reply.is_last:
            return


def spare_the_collector() -> None:
    """Lets the collector of cycles look less often, and not at what is loaded: files make many objects, few cycles."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def _done(job: Job, order: Order, own: int) -> Reply:
    _limit_memory(own + order.memory)
    signal.setitimer(signal.ITIMER_REAL, order.seconds + GRACE_SECONDS)
    try:
        body = job(order.payload)
    except Unreadable as error:
        return Reply(error=str(error), is_last=isinstance(error, Stuck) or _is_worn(own, order))
    except MemoryError:
        return Reply(
            error=f"内存超过上限（{order.memory >> 20} MB），已停止读取；请拆分文件或删去其中的图片后重试", is_last=True
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return Reply(body=body, is_last=_is_worn(own, order))


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes of the supervisor, moved away from where libraries and other programs read and print."""
    orders = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return orders, replies


def _send(pipe: IO[bytes], reply: Reply) -> None:
    pipe.write(framed(reply))
    pipe.flush()


def _size() -> int:
    """Bytes of address space in use; 0 where the system does not tell (then memory is not limited either)."""
    return int(STATM.read_text().split()[0]) * resource.getpagesize() if STATM.exists() else 0


def _limit_memory(size: int) -> None:
    """Limits the address space. Only the soft limit moves, since the next file may have another."""
    if STATM.exists():
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _is_worn(own: int, order: Order) -> bool:
    """Whether so much memory was not given back that the next file would not have its full share."""
    return _size() - own > order.memory // 4


if __name__ == "__main__":
    main(sys.argv[1])
