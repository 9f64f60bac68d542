"""What is done each minute: orphans of broken transactions and forgotten uploads go."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings

from gongkai.files import storage
from gongkai.files.inspection import wipe
from gongkai.files.models import File

UPLOAD_AFTER = timedelta(hours=1)
"""No request takes that long; what is older was left by a process that was killed."""
_log = structlog.get_logger(__name__)


def sweep(at: datetime) -> None:
    """Wipes forgotten uploads, and once a day removes what nobody refers to; several may call it at once."""
    uploads = sweep_uploads(at)
    orphans = storage.sweep(_kept, at) if storage.is_sweep_due(at) else 0
    if uploads or orphans:
        _log.info("files.swept", orphans=orphans, uploads=uploads)


def sweep_uploads(at: datetime) -> int:
    """Wipes forgotten uploads; gives their number."""
    before = (at - UPLOAD_AFTER).timestamp()
    with os.scandir(settings.FILE_UPLOAD_TEMP_DIR) as entries:
        old = [Path(one.path) for one in entries if one.is_file() and one.stat().st_mtime < before]
    for path in old:
        wipe(path)
    return len(old)


def _kept(places: list[str]) -> set[str]:
    return set(File.objects.filter(place__in=places, erased_at=None).values_list("place", flat=True))
