"""The installation that a test process works in: a home that is gone afterwards, nothing of the developer's own."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests import postgresql

ENGINES = ("sqlite", "postgresql")
PORT = "GONGKAI_TEST_POSTGRESQL_PORT"
_KEPT = ("GONGKAI_REQUIRE_ALL", "GONGKAI_TEST_")
_open = ExitStack()


def prepare(engine: str) -> None:
    """Sets the environment that the settings are read from, and starts the server where one is wanted and to be had."""
    if engine not in ENGINES:
        raise ValueError(f"GONGKAI_TEST_DATABASE is one of {ENGINES}, not {engine!r}")
    for name in [name for name in os.environ if name.startswith("GONGKAI_") and not name.startswith(_KEPT)]:
        del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
    _open.callback(shutil.rmtree, home, ignore_errors=True)
    for name in ("data/uploads", "data/files", "data/static"):
        (home / name).mkdir(parents=True, mode=0o700)
    os.environ["GONGKAI_HOME"] = str(home)
    if engine == "postgresql" and postgresql.program("initdb"):
        if PORT not in os.environ:  # the workers of a run find it here
            os.environ[PORT] = str(_open.enter_context(postgresql.running()))
        name = f"gongkai_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        os.environ["GONGKAI_DATABASE_URL"] = f"postgresql://gongkai@127.0.0.1:{os.environ[PORT]}/{name}"


def make_fast(database: dict[str, Any]) -> None:
    """Nothing that a test writes needs to survive a power cut; connections end with what used them."""
    database["CONN_MAX_AGE"] = 0
    if "init_command" in database.get("OPTIONS", {}):
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


def leave() -> None:
    """Stops what was started and removes what was made."""
    _open.close()
