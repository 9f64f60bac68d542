"""How often a visitor may try: counted by address and window; nobody's address is kept."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings

from gongkai.inforequests.throttling import Limit, sweep, wait_for, wait_for_visitor
from gongkai.kernel.clock import at, now
from gongkai.kernel.models import Tally

pytestmark = pytest.mark.django_db
LIMIT = Limit("test", 3, 600)


def at_the_hour() -> datetime:
    """When a window begins."""
    return now().replace(minute=0, second=0, microsecond=0)


def test_the_limit_is_counted_by_who_asks_and_told_in_seconds() -> None:
    waits = [wait_for(LIMIT, "10.0.0.1") for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert all(0 < wait <= 600 for wait in waits[3:])
    assert wait_for(LIMIT, "10.0.0.2") == 0


def test_after_the_time_told_it_may_be_done_again() -> None:
    for _ in range(3):
        wait_for(LIMIT, "10.0.0.1")
    wait = wait_for(LIMIT, "10.0.0.1")
    with at(now() + timedelta(seconds=wait + 1)):
        assert wait_for(LIMIT, "10.0.0.1") == 0


def test_who_pauses_between_is_counted_all_the_same() -> None:
    """The whole window counts, not only what was tried just now."""
    begun = at_the_hour()
    for minutes in (0, 3, 6):
        with at(begun + timedelta(minutes=minutes)):
            assert wait_for(LIMIT, "10.0.0.1") == 0
    with at(begun + timedelta(minutes=9)):
        assert wait_for(LIMIT, "10.0.0.1") == 60


def test_what_was_counted_is_thrown_away_when_its_window_is_over() -> None:
    begun = at_the_hour()
    with at(begun):
        wait_for(LIMIT, "10.0.0.1")
    sweep(begun + timedelta(seconds=599))
    assert Tally.objects.count() == 1
    sweep(begun + timedelta(seconds=600))
    assert not Tally.objects.exists()


def test_limits_do_not_count_for_each_other() -> None:
    for _ in range(4):
        wait_for(LIMIT, "10.0.0.1")
    assert wait_for(Limit("other", 3, 600), "10.0.0.1") == 0


def test_the_address_is_nowhere() -> None:
    wait_for(LIMIT, "203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, count FROM kernel_tally")
        assert "203.0.113.77" not in str(cursor.fetchall())


@pytest.mark.parametrize(("proxies", "is_one"), [(0, True), (1, False)])
def test_behind_a_proxy_of_ours_visitors_are_told_apart_by_what_it_saw(proxies: int, is_one: bool) -> None:
    """Without one, anybody could write any address into that header."""
    with override_settings(PROXIES=proxies):
        asks = [RequestFactory().get("/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}") for number in range(4)]
        waits = [wait_for_visitor(LIMIT, ask) for ask in asks]
    assert (waits[3] > 0) == is_one


@pytest.mark.parametrize(
    ("addresses", "is_one"),
    [
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:DB8:1:2::3", "2001:db8:1:2:a:b:c:d"], True),
        (["2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:4::1", "2001:db8:1:5::1"], False),
        (["::ffff:192.0.2.1", "192.0.2.1", "::ffff:c000:201", "192.0.2.1"], True),
        (["::ffff:192.0.2.1", "::ffff:192.0.2.2", "::ffff:192.0.2.3", "::ffff:192.0.2.4"], False),
        (["", "", "", ""], True),
    ],
)
def test_the_addresses_of_one_connection_count_together(addresses: list[str], is_one: bool) -> None:
    waits = [wait_for_visitor(LIMIT, RequestFactory().get("/", REMOTE_ADDR=one)) for one in addresses]
    assert (waits[3] > 0) == is_one
