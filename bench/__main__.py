"""`make bench`: every module of this folder, one table. Usage: python -m bench [MODULE ...]"""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> None:
    """Prints a row as soon as it is measured: what, the figure, and what is demanded of it."""
    print(f"{'what':72} {'measured':>12}   demand")
    for name in NAMES:
        if (wanted and name not in wanted) or name == "timing":
            continue
        for what, measured, demand in import_module(f"bench.{name}").rows():
            print(f"{what:72} {measured:>12.2f}   {demand}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
