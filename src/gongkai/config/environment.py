"""What an operator may set: environment variables with safe defaults, each named in docs/guide/settings.md."""

import os
from pathlib import Path

HOME = Path(os.environ.get("GONGKAI_HOME") or Path.home() / ".gongkai").expanduser().resolve()
"""Where the installation keeps its data (`data/`) and its keys (`keys/`), apart from the program."""
DATA, KEYS = HOME / "data", HOME / "keys"
PROFILE = os.environ.get("GONGKAI_PROFILE", "production")
"""`demo`: the demo county, whose accounts are printed; serves loopback addresses only. `production`: everything else."""


def text(name: str, default: str = "") -> str:
    """The variable `GONGKAI_NAME`."""
    return os.environ.get(f"GONGKAI_{name}", default).strip()


def listed(name: str, default: str = "") -> list[str]:
    """A variable of several values, parted by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def number(name: str, default: int) -> int:
    """A variable that is a whole number. Raises ValueError with the variable's name when it is none."""
    value = text(name, str(default))
    if not value.isdigit():
        raise ValueError(f"环境变量 GONGKAI_{name} 应为整数，现为“{value}”")
    return int(value)


def is_on(name: str, *, default: bool) -> bool:
    """A switch: 1, true, yes, on."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}
