"""Information requests on both engines: the desk with 100,000 cases, filing, a step with its journal."""

import json
import subprocess
import sys
from collections.abc import Iterator


def rows() -> Iterator[tuple[str, float, str]]:
    """In processes of their own, for Django is set up once in a process."""
    for engine in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "bench._requests", engine]
        made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        for line in made.stdout.splitlines():
            what, measured, demand = json.loads(line)
            yield f"{what}, {engine}", measured, demand
