"""What the organisation throws away each minute: ended sessions, and workbooks that nobody came back to."""

from datetime import datetime

from django.contrib.sessions.models import Session

from gongkai.agencies.exchange import uploads
from gongkai.kernel.registry import ticks


def clear_sessions(now: datetime) -> None:
    """Throws away the sessions that ended before this instant: half-filled forms lie in them (sign_in)."""
    Session.objects.filter(expire_date__lt=now).delete()


def clear_workbooks(_now: datetime) -> None:
    """Throws away uploaded workbooks that have been waiting for more than a day."""
    uploads.sweep()


def announce() -> None:
    """Puts the jobs into the kernel's registry."""
    ticks.add("agencies.sessions", clear_sessions)
    ticks.add("agencies.workbooks", clear_workbooks)
