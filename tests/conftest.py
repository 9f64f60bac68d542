"""The installation that tests run in: a home of its own, made before the settings are read, and its databases."""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

_HOME = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ["GONGKAI_HOME"] = str(_HOME)
for _name in [name for name in os.environ if name.startswith("GONGKAI_") and "TEST" not in name]:
    # What the developer has set for his own installation is none of the tests' business.
    if _name not in ("GONGKAI_HOME", "GONGKAI_REQUIRE_ALL"):
        del os.environ[_name]
for _name in ("data/uploads", "data/files", "data/static"):
    (_HOME / _name).mkdir(parents=True, mode=0o700)


def pytest_configure(config: pytest.Config) -> None:
    """Settings that make tests fast, and the server that all workers of a run share."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Pages of tests name static files as they are; the names with hashes are tested with a served site.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    is_distributed = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if is_distributed:
        from tests import databases, postgresql

        if postgresql.program("initdb") and "postgresql" in databases.wanted():
            databases.start_postgresql()


def pytest_unconfigure() -> None:
    """Nothing is left behind."""
    from tests import databases

    databases.stop_postgresql()
    databases.remove(_HOME)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that uses the database runs on each engine, or on those that `@pytest.mark.engines(…)` names."""
    from tests.databases import ENGINES, wanted

    fixtures = {"db", "transactional_db", "live_server", "engine"}
    definition = metafunc.definition
    if not (definition.get_closest_marker("django_db") or fixtures & set(metafunc.fixturenames) - {"engine"}):
        return
    mark = definition.get_closest_marker("engines")
    engines = [name for name in (mark.args if mark else ENGINES) if name in wanted()]
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def engine(request: pytest.FixtureRequest) -> str | None:
    """The database engine that the running test is on: `sqlite`, `postgresql`; None for a test without a database."""
    name: str | None = getattr(request, "param", None)
    if name == "postgresql":
        from tests import postgresql
        from tests.programs import leave_out

        if postgresql.program("initdb") is None:
            leave_out("PostgreSQL（initdb）未安装")
    return name


@pytest.fixture(scope="session")
def django_db_setup(engine: str | None, django_db_blocker: object, worker_id: str) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the migrated template, made anew after each test that commits."""
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's class is private
        database = _database(engine or "sqlite", worker_id)
        with database.opened(), pytest.MonkeyPatch.context() as patch:
            # A flush would empty the tables that migrations fill, and the journal refuses to be emptied.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: database.renew())
            yield


@cache
def _database(engine: str, worker: str) -> "object":
    from tests.databases import Database

    return Database(engine, _HOME, worker)
