"""`make bench`: every module of this folder, one table. Usage: python -m bench [MODULE ...]"""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_") and path.stem != "timing"
)
_ROWS = "--rows-of"


def main(wanted: list[str]) -> None:
    """Prints a row as soon as it is measured: what, the figure, and what is demanded of it.

    Each module has a process of its own: what was measured before it leaves nothing behind, no memory in pieces.
    """
    if wanted[:1] == [_ROWS]:
        for what, measured, demand in import_module(f"bench.{wanted[1]}").rows():
            print(f"{what:72} {measured:>12.2f}   {demand}", flush=True)
        return
    print(f"{'what':72} {'measured':>12}   demand", flush=True)
    for name in NAMES:
        if not wanted or name in wanted:
            subprocess.run([sys.executable, "-m", "bench", _ROWS, name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
