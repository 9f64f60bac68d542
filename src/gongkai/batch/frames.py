"""The messages between a supervisor and its child process: MessagePack, each after its length in four bytes."""

from typing import IO

import msgspec

HEAD = 4
"""Bytes of the length, most significant first."""


MEMORY = 512 * 2**20
"""Bytes that reading one file may take."""


class Order(msgspec.Struct, frozen=True, array_like=True):
    """One piece of work. `seconds` of wall clock and `memory` in bytes above the child's own are its limits."""

    payload: bytes
    seconds: float = 10.0
    memory: int = MEMORY


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """What came of it: the job's own bytes, or why there are none. `is_last` says that the child ends now."""

    body: bytes = b""
    error: str | None = None
    is_last: bool = False


def framed(message: Order | Reply) -> bytes:
    """The message as it goes through the pipe."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(HEAD) + body


def unframed(received: bytearray) -> Reply | None:
    """The reply that these bytes hold, or None while it is not complete."""
    end = HEAD + int.from_bytes(received[:HEAD])
    if len(received) < max(end, HEAD):
        return None
    return _REPLY.decode(memoryview(received)[HEAD:end])


def next_order(pipe: IO[bytes]) -> Order | None:
    """The next order; None when the supervisor has closed the pipe, or is gone."""
    head = pipe.read(HEAD)
    if len(head) < HEAD:
        return None
    length = int.from_bytes(head)
    body = pipe.read(length)
    return _ORDER.decode(body) if len(body) == length else None


_ORDER = msgspec.msgpack.Decoder(Order)
_REPLY = msgspec.msgpack.Decoder(Reply)
