"""What nobody comes back to does not stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from gongkai.kernel.clock import now
from gongkai.kernel.registry import ticks


@pytest.mark.django_db
def test_the_tick_throws_away_sessions_that_are_over() -> None:
    kept, over = SessionStore(), SessionStore()
    kept.save()
    over.save()
    Session.objects.filter(session_key=over.session_key).update(expire_date=now() - timedelta(minutes=1))
    assert "agencies.workbooks" in ticks.names()
    ticks["agencies.sessions"](now())
    assert list(Session.objects.values_list("session_key", flat=True)) == [kept.session_key]
