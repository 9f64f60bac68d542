"""Workbooks that wait between dry run and import: sealed, under a random id, for a day.

Whoever administers the system may go on with what a colleague has begun; nobody else gets here.
"""

import os
from datetime import timedelta
from pathlib import Path

import msgspec
from django.conf import settings

from gongkai.agencies.exchange.book import Book
from gongkai.agencies.exchange.values import is_public_id
from gongkai.kernel import crypto
from gongkai.kernel.clock import now
from gongkai.kernel.ids import public_id

_KEPT = timedelta(days=1)
_PREFIX, _SUFFIX = "organisation-", ".sealed"


class Upload(msgspec.Struct, frozen=True, array_like=True):
    """A workbook: what the file was called, and what is in it."""

    file_name: str
    book: Book


def keep(upload: Upload) -> str:
    """Seals a workbook; the id under which it is kept."""
    sweep()
    upload_id = public_id()
    sealed = crypto.seal(msgspec.msgpack.encode(upload), context=_context(upload_id))
    path = _path(upload_id)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
    # The clock of the house decides how old it is, not the disk's.
    os.utime(path, times=(now().timestamp(),) * 2)
    return upload_id


def kept(upload_id: str) -> Upload | None:
    """The workbook of that id; None where there is none any more."""
    path = _path(upload_id) if is_public_id(upload_id) else None
    if path is None or _is_old(path):
        return None
    try:
        sealed = path.read_bytes()
        return msgspec.msgpack.decode(crypto.unseal(sealed, context=_context(upload_id)), type=Upload)
    except (FileNotFoundError, crypto.Unsealable):
        return None


def drop(upload_id: str) -> None:
    """Forgets a workbook."""
    _path(upload_id).unlink(missing_ok=True)


def sweep() -> None:
    """Forgets what has been waiting for more than a day."""
    for path in _folder().glob(f"{_PREFIX}*{_SUFFIX}"):
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < (now() - _KEPT).timestamp()
    except FileNotFoundError:
        return True


def _path(upload_id: str) -> Path:
    return _folder() / f"{_PREFIX}{upload_id}{_SUFFIX}"


def _folder() -> Path:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR, "organisation")
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _context(upload_id: str) -> str:
    return f"agencies.exchange.{upload_id}"
