"""The import of a whole organisation: told beside bulk_create of the same rows into an empty database."""

import json
import subprocess
import sys
from collections.abc import Iterator


def rows() -> Iterator[tuple[str, float, str]]:
    """3,000 agencies with names, units, people, appointments on both engines; with all sheets on SQLite."""
    for engine in ("sqlite", "postgresql"):
        done = subprocess.run(
            [sys.executable, "-m", "bench._organisation", engine], capture_output=True, text=True, check=True
        )
        for line in done.stdout.splitlines():
            what, measured, demand = json.loads(line)
            yield what, measured, demand
