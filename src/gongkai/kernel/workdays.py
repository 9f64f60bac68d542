"""The working days as the installation knows them: those shipped, and the schedules that its operator added.

The file that GONGKAI_WORKDAYS names (docs/guide/workdays.md) is read again when it changes. The site does not start on
one that can't be used; of one that is spoilt later the log tells, and the last that could be used counts.
"""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.law.errors import RuleError
from gongkai.law.workdays import Calendar, schedules
from gongkai.law.workdays import calendar as shipped

_logger = logging.getLogger(__name__)
_usable: dict[str, Calendar] = {}


def calendar() -> Calendar:
    """The calendar of the installation as of now."""
    name = settings.WORKDAYS
    if not name:
        return shipped()
    try:
        stamp = Path(name).stat()
    except OSError:
        return _usable.get(name, shipped())
    return _read_once(name, stamp.st_mtime_ns, stamp.st_size)


def problem() -> str:
    """Why the file can't be used, as the operator is told; empty where it can."""
    name = settings.WORKDAYS
    try:
        if name:
            _read(name)
    except (OSError, UnicodeDecodeError, RuleError) as error:
        return f"GONGKAI_WORKDAYS 所指的放假安排文件不能使用（{error}），请照 docs/guide/workdays.md 核对"
    return ""


@lru_cache(maxsize=1)
def _read_once(name: str, _modified: int, _size: int) -> Calendar:
    try:
        _usable[name] = _read(name)
    except (OSError, UnicodeDecodeError, RuleError):
        _logger.exception("the schedules of GONGKAI_WORKDAYS can't be used")
    return _usable.get(name, shipped())


def _read(name: str) -> Calendar:
    return shipped().with_schedules(schedules(Path(name).read_text("utf-8")))
