"""The databases that tests run on, SQLite in a file and a private PostgreSQL, migrated once and copied from then on.

What migrations make is kept under `build/test-databases/`, named by a hash of everything that it follows from, so that
only a change of models or migrations costs the migration again. A test that commits gets its database anew afterwards.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

from gongkai.config.settings.database import database
from tests import postgresql

ROOT = Path(__file__).parents[1]
ENGINES = ("sqlite", "postgresql")
_CACHE = ROOT / "build" / "test-databases"
_KEPT = 3
_PORT = "GONGKAI_TEST_POSTGRESQL_PORT"
_TEMPLATE = "gongkai_template"
_server = ExitStack()


def wanted() -> tuple[str, ...]:
    """The engines that database tests run on: both, or the one that `GONGKAI_TEST_DATABASE` names."""
    one = os.environ.get("GONGKAI_TEST_DATABASE")
    if one and one not in ENGINES:
        raise ValueError(f"GONGKAI_TEST_DATABASE is one of {ENGINES}, not {one!r}")
    return (one,) if one else ENGINES


def start_postgresql() -> None:
    """Starts the server of this test run; the workers that it starts learn the port from the environment."""
    if _PORT not in os.environ:
        os.environ[_PORT] = str(_server.enter_context(postgresql.running()))


def stop_postgresql() -> None:
    """Stops it, where this process has started it."""
    _server.close()


class Database:
    """The database of one process on one engine, made from the template and made anew when a test has committed."""

    def __init__(self, engine: str, home: Path, worker: str) -> None:
        self.engine = engine
        if engine == "sqlite":
            self._path = home / "data" / "gongkai.sqlite3"
            self.settings = _configured({**database(""), "NAME": self._path})
            self.settings["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        else:
            start_postgresql()
            self._name = f"gongkai_{worker}"
            self.settings = _on_server(self._name)
        self._template = _template(engine)
        self.renew()

    def renew(self) -> None:
        """Everything as the migrations left it."""
        _close()
        if self.engine == "sqlite":
            with sqlite3.connect(self._template) as source, sqlite3.connect(self._path) as target:
                source.backup(target)
            source.close(), target.close()
            return
        with postgresql.connected(int(os.environ[_PORT])) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{self._name}" TEMPLATE {_TEMPLATE}')

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Within, this is the default database, for new threads as well."""
        with _as_default(self.settings):
            yield


@contextmanager
def _as_default(settings: dict[str, Any]) -> Iterator[None]:
    _close()
    before, connections.settings["default"] = connections.settings["default"], settings
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        _close()
        connections.settings["default"] = before
        ContentType.objects.clear_cache()


def _close() -> None:
    connections["default"].close()
    del connections["default"]


def _configured(settings: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = connections.configure_settings({"default": settings})["default"]  # type: ignore[no-untyped-call]
    return made


def _on_server(name: str) -> dict[str, Any]:
    return _configured({**database(f"postgresql://gongkai@127.0.0.1:{os.environ[_PORT]}/{name}"), "CONN_MAX_AGE": 0})


def _template(engine: str) -> Path:
    """The migrated database as a file (SQLite) or as a dump that stands as a template in the server (PostgreSQL)."""
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / f"{engine}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = _CACHE / f"{_state()}.{engine}"
        make: Callable[[Path], None] = _migrated_file if engine == "sqlite" else _migrated_dump
        if not path.exists():
            make(path)
            for old in sorted(_CACHE.glob(f"*.{engine}"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
                old.unlink()
        if engine == "postgresql":
            _restore(path)
    return path


def _migrated_file(path: Path) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    settings = _configured({**database(""), "NAME": draft})
    settings["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF;"}
    _migrate(settings)
    draft.rename(path)


def _migrated_dump(path: Path) -> None:
    port, draft = os.environ[_PORT], path.with_suffix(".draft.sql")
    with postgresql.connected(int(port)) as server:
        server.execute(f"DROP DATABASE IF EXISTS {_TEMPLATE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {_TEMPLATE}")
    _migrate(_on_server(_TEMPLATE))
    where = ["-h", "127.0.0.1", "-p", port, "-U", "gongkai"]
    subprocess.run([str(postgresql.program("pg_dump")), *where, "-f", draft, _TEMPLATE], check=True)
    draft.rename(path)


def _restore(dump: Path) -> None:
    port = os.environ[_PORT]
    with postgresql.connected(int(port)) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
        server.execute("DROP DATABASE IF EXISTS restoring WITH (FORCE)")
        server.execute("CREATE DATABASE restoring")
        command = [postgresql.program("psql"), "-q", "-X", "-h", "127.0.0.1", "-p", port, "-U", "gongkai", "-d", "restoring"]
        options = ["-v", "ON_ERROR_STOP=1", "-1", "-f", str(dump), "-o", os.devnull]
        subprocess.run([*map(str, command), *options], check=True)
        server.execute(f"ALTER DATABASE restoring RENAME TO {_TEMPLATE}")


def _migrate(settings: dict[str, Any]) -> None:
    with _as_default(settings):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def _state() -> str:
    """A hash of everything that a migrated database follows from: our models and migrations, the locked versions."""
    packages = ROOT / "src" / "gongkai"
    sources = [*packages.glob("*/models.py"), *packages.glob("*/models/*.py"), *packages.glob("*/migrations/*.py")]
    sources += [ROOT / "requirements.txt", packages / "config" / "settings" / "apps.py", Path(__file__)]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]


def remove(home: Path) -> None:
    """Removes the folder that a run has worked in."""
    shutil.rmtree(home, ignore_errors=True)
