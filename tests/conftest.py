"""What all tests share: the database of the process, and the marks that say which tests need it."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from tests import installation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FIXTURES = {"db", "transactional_db", "live_server"}

settings.register_profile("gongkai", deadline=None)  # how fast a machine is says nothing about an example
settings.load_profile("gongkai")


def pytest_unconfigure() -> None:
    """Nothing is left behind."""
    installation.leave()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks what uses the database; leaves to the other engine's run what is meant for that engine alone.

    First come the browser's, which one worker does alone, then what needs no database: while that worker makes the
    template of the databases, the other has something to do.
    """
    other = "postgresql" if _engine() == "sqlite" else "sqlite"
    items[:] = [item for item in items if not item.get_closest_marker(other)]
    for item in items:
        if item.get_closest_marker("django_db") or _FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("browser"))
    yield
    items.sort(key=_turn)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's: the database is copied from a template, and anew after each test that commits."""
    from django.test import TransactionTestCase
    from tests import databases
    from tests.programs import leave_out

    if connection.vendor != _engine():
        leave_out("PostgreSQL（initdb）未安装")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        databases.renew()
        # A flush would empty the tables that migrations fill, and the journal refuses to be emptied.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: databases.renew())
        yield
        connection.close()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The one browser of a run, in one worker: two of Playwright's loops in one process do not go together."""
    from tests.e2e.browser import running
    from tests.programs import require_program

    with running(require_program("chromium")) as opened:
        yield opened


def _turn(item: pytest.Item) -> int:
    if "browser" in getattr(item, "fixturenames", ()):
        return 0
    return 2 if item.get_closest_marker("database") else 1


def _engine() -> str:
    return os.environ.get("GONGKAI_TEST_DATABASE", "sqlite")
