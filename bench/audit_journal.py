"""The journal: what it costs a POST, how many can write to one chain at once, how fast a chain is proven."""

import json
import subprocess
import sys
from collections.abc import Iterator

from tests import postgresql


def rows() -> Iterator[tuple[str, float, str]]:
    """On each engine that there is, each in a process of its own, as libraries choose by engine once for a process."""
    for engine in ("sqlite", "postgresql") if postgresql.program("initdb") else ("sqlite",):
        command = [sys.executable, "-m", "bench._journal", engine]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                what, measured, demand = json.loads(line)
                yield what, measured, demand
        if child.returncode:
            raise RuntimeError(f"bench._journal {engine} ended with {child.returncode}")
