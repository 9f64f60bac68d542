"""The worker: a tick each minute, for as long as the process that started it is there."""

import os
import signal
import sys
import time
from types import FrameType

import django
import structlog

SECONDS = 60.0


def main() -> None:
    """Ticks until it is told to end, or its parent is gone."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor tells us
    parent = os.getppid()
    django.setup()
    from django.db import close_old_connections

    from gongkai.config.ticking import tick

    log = structlog.get_logger("gongkai.worker")
    log.info("worker_started")
    while os.getppid() == parent:
        begun = time.monotonic()
        close_old_connections()
        tick()
        while os.getppid() == parent and time.monotonic() < begun + SECONDS:
            time.sleep(1)


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
