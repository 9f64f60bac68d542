"""What an operator may set: environment variables with safe defaults, each named in docs/guide/settings.md."""

import os
from pathlib import Path

HOME = Path(os.environ.get("GONGKAI_HOME") or Path.home() / ".gongkai").expanduser().resolve()
"""Where the installation keeps its data (`data/`) and its keys (`keys/`), apart from the program."""
DATA, KEYS = HOME / "data", HOME / "keys"
_ON, _OFF = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


class NotUsable(Exception):
    """An environment that the site can't start in; tells in Chinese what is wrong and what to do."""


def folder(path: Path) -> Path:
    """The folder, made at first start for the installation's user alone. Raises NotUsable where it can't be made."""
    try:
        for one in (*(parent for parent in (HOME, DATA) if parent in path.parents), path):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotUsable(f"不能建立文件夹 {path}（{error.strerror}），请检查权限，或用 GONGKAI_HOME 另指一处") from error
    return path


def text(name: str, default: str = "") -> str:
    """The variable `GONGKAI_NAME`."""
    return os.environ.get(f"GONGKAI_{name}", default).strip()


def listed(name: str, default: str = "") -> list[str]:
    """A variable of several values, parted by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def number(name: str, default: int) -> int:
    """A variable that is a whole number. Raises NotUsable with the variable's name when it is none."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise NotUsable(f"环境变量 GONGKAI_{name} 应为整数，现为“{value}”")
    return int(value)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """A variable with a closed list of values, the first of which is the default. Raises NotUsable for another."""
    value = text(name) or choices[0]
    if value not in choices:
        raise NotUsable(f"环境变量 GONGKAI_{name} 应为 {'、'.join(choices)} 之一，现为“{value}”")
    return value


def is_on(name: str, *, default: bool) -> bool:
    """A switch: 1, true, yes, on, or their contraries. Raises NotUsable for anything else."""
    value = text(name).lower() or ("on" if default else "off")
    if value not in _ON | _OFF:
        raise NotUsable(f"环境变量 GONGKAI_{name} 应为 on 或 off，现为“{value}”")
    return value in _ON


PROFILE = one_of("PROFILE", ("production", "demo"))
"""`demo`: the demo county, whose accounts are printed; serves loopback addresses only. `production`: all else."""
