"""Pages of the office beside an empty view with the same base template, and their queries."""

import json
import subprocess
import sys
from collections.abc import Iterator


def rows() -> Iterator[tuple[str, float, str]]:
    """In a process of its own, for Django is set up once in a process."""
    made = subprocess.run([sys.executable, "-m", "bench._staff_page"], stdout=subprocess.PIPE, text=True, check=True)
    for line in made.stdout.splitlines():
        what, measured, demand = json.loads(line)
        yield what, measured, demand
