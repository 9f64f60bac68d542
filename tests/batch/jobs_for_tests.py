"""Jobs that misbehave, for the supervisor's tests: children import them by name."""

import ctypes
import time
from collections.abc import Callable

from gongkai.documents.limits import Damaged


def odd(_setup: bytes) -> Callable[[bytes], bytes]:
    """Does what its payload says: hangs in C, crashes, eats memory, prints, refuses, or answers."""

    def run(payload: bytes) -> bytes:
        word = payload.decode()
        if word == "hang":
            ctypes.CDLL(None).sleep(600)
        elif word == "crash":
            ctypes.string_at(0)
        elif word == "eat":
            return bytes(4 * 2**30)
        elif word == "print":
            print("noise on standard output", flush=True)
        elif word == "refuse":
            raise Damaged("文件已损坏")
        elif word == "raise":
            raise RuntimeError("a fault of the program")
        elif word == "wait":
            time.sleep(0.05)
        return payload.upper()

    return run
