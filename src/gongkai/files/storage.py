"""Where files lie: plain ones under the SHA-256 of their content, sealed ones under a random id.

A file is written whole under a draft's name and then moved to its place, before the transaction that refers to it is
committed: whoever sees the row finds the file. What a transaction leaves behind that was not committed is an orphan;
`sweep` removes it once it is older than any transaction.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

ORPHAN_AFTER = timedelta(days=1)
_PLAIN, _SEALED, _DRAFTS = "plain", "sealed", "drafts"
_AT_ONCE = 500
_SWEEP_EVERY = timedelta(days=1)


def plain_place(digest: str) -> str:
    """The place of a plain file, by the SHA-256 of its content in hex."""
    return f"{_PLAIN}/{digest[:2]}/{digest[2:4]}/{digest}"


def sealed_place() -> str:
    """A new place for a sealed file, which tells nothing of its content."""
    name = secrets.token_hex(16)
    return f"{_SEALED}/{name[:2]}/{name}"


def put(place: str, write: Callable[[BinaryIO], int]) -> int:
    """Writes a file to its place so that it survives a power cut; gives what `write` gives."""
    target = _path(place)
    draft = _path(f"{_DRAFTS}/{secrets.token_hex(16)}")
    for folder in (target.parent, draft.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            told = write(file)
            file.flush()
            os.fsync(file.fileno())
        with _moving():
            draft.replace(target)
        _sync_folders(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return told


def open_at(place: str) -> BinaryIO:
    """The file at a place, to be read. Raises FileNotFoundError."""
    return _path(place).open("rb")


def remove(place: str) -> None:
    """Removes the file at a place, if it is there."""
    _path(place).unlink(missing_ok=True)


def sweep(kept: Callable[[list[str]], set[str]], at: datetime) -> int:
    """Removes drafts and orphans that are old enough; gives their number. `kept` tells which places are referred to."""
    before = (at - ORPHAN_AFTER).timestamp()
    old = [_place(path) for path in _files() if path.stat().st_mtime < before]
    removed = 0
    for start in range(0, len(old), _AT_ONCE):
        places = old[start : start + _AT_ONCE]
        for place in set(places) - kept(places):
            removed += _removed_if_old(_path(place), before)
    return removed


def is_sweep_due(at: datetime) -> bool:
    """Whether the last sweep was a day ago, and notes that one begins: it walks over all files."""
    mark = _path("swept")
    with _moving():
        is_due = not mark.exists() or mark.stat().st_mtime <= (at - _SWEEP_EVERY).timestamp()
        if is_due:
            mark.touch()
    return is_due


def _removed_if_old(path: Path, before: float) -> bool:
    """Removes a file unless the same content was put there again meanwhile, which makes it young."""
    with _moving():
        try:
            is_old = path.stat().st_mtime < before
        except FileNotFoundError:
            return False
        if is_old:
            path.unlink()
        return is_old


@contextmanager
def _moving() -> Iterator[None]:
    """Within, no other process moves a file to its place or sweeps one away."""
    with _path("lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _files() -> Iterable[Path]:
    return (
        Path(folder, name)
        for top in (_PLAIN, _SEALED, _DRAFTS)
        for folder, _, names in os.walk(_path(top))
        for name in names
    )


def _sync_folders(folder: Path) -> None:
    """Makes the name of a new file last, and those of new folders above it."""
    while folder != _root().parent:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        folder = folder.parent


def _place(path: Path) -> str:
    return path.relative_to(_root()).as_posix()


def _path(place: str) -> Path:
    return _root() / place


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)
