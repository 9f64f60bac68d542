"""The database of a test process: migrated once, copied from then on, made anew after each test that commits.

What migrations make is kept under `build/test-databases/`, named by a hash of everything that it follows from, so that
only a change of models or migrations costs the migration again.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, connections
from tests import postgresql
from tests.installation import PORT

ROOT = Path(__file__).parents[1]
_CACHE = ROOT / "build" / "test-databases"
_KEPT = 3
_TEMPLATE, _DRAFT = "gongkai_template", "gongkai_draft"


def renew() -> None:
    """Everything as the migrations left it."""
    name = str(connection.settings_dict["NAME"])
    template = _template()
    _forget_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(name)) as target:
            source.backup(target)
    else:
        _create(name, f"TEMPLATE {_TEMPLATE}")
    ContentType.objects.clear_cache()


def copy_to(path: Path) -> None:
    """A migrated SQLite database for an installation of its own. Needs a test on SQLite."""
    with closing(sqlite3.connect(_template())) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def _template() -> Path:
    """The file that databases are copied from; for PostgreSQL a dump, which stands in the server as a template."""
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = _CACHE / f"{_state()}.{connection.vendor}"
        if not path.exists():
            draft = path.with_name(f"{connection.vendor}.draft")
            draft.unlink(missing_ok=True)
            _migrate_file(draft) if connection.vendor == "sqlite" else _migrate_dump(draft)
            draft.rename(path)
            for old in sorted(_CACHE.glob(f"*.{connection.vendor}"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
                old.unlink()
        if connection.vendor == "postgresql":
            _restore(path)
    return path


def _migrate_file(path: Path) -> None:
    with _named(str(path)):
        _migrate()
        connection.cursor().execute("PRAGMA journal_mode=DELETE")


def _migrate_dump(path: Path) -> None:
    _create(_DRAFT)
    with _named(_DRAFT):
        _migrate()
    _run("pg_dump", "-f", str(path), _DRAFT)


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _restore(dump: Path) -> None:
    with postgresql.connected(int(os.environ[PORT])) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
    _create(_DRAFT)
    _run("psql", "-q", "-X", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(dump), _DRAFT)
    with postgresql.connected(int(os.environ[PORT])) as server:
        server.execute(f"ALTER DATABASE {_DRAFT} RENAME TO {_TEMPLATE}")


def _create(name: str, options: str = "") -> None:
    with postgresql.connected(int(os.environ[PORT])) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" {options}')


def _run(program: str, *arguments: str) -> None:
    where = ["-h", "127.0.0.1", "-p", os.environ[PORT], "-U", "gongkai"]
    subprocess.run([str(postgresql.program(program)), *where, *arguments], check=True)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Within, the default connection leads to the database of that name."""
    _forget_connection()
    settings = connections.settings["default"]
    before, settings["NAME"] = settings["NAME"], name
    try:
        yield
    finally:
        _forget_connection()
        settings["NAME"] = before


def _forget_connection() -> None:
    connection.close()
    del connections["default"]


@cache
def _state() -> str:
    """A hash of everything that a migrated database follows from: our models and migrations, the locked versions."""
    package = ROOT / "src" / "gongkai"
    sources = [*package.glob("*/models.py"), *package.glob("*/models/*.py"), *package.glob("*/migrations/*.py")]
    sources += [ROOT / "requirements.txt", package / "config" / "settings" / "apps.py", Path(__file__)]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]
