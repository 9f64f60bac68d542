"""Sessions that are over are thrown away each minute: half-filled forms lie in them (sign_in)."""

from datetime import datetime

from django.contrib.sessions.models import Session

from gongkai.kernel.registry import ticks


def clear(now: datetime) -> None:
    """Throws away the sessions that ended before this instant."""
    Session.objects.filter(expire_date__lt=now).delete()


def announce() -> None:
    """Puts the job into the kernel's registry."""
    ticks.add("agencies.sessions", clear)
