"""The database: SQLite in a file by default, PostgreSQL by `GONGKAI_DATABASE_URL`."""

from typing import Any
from urllib.parse import unquote, urlsplit

from gongkai.config.environment import DATA, NotUsable, text


def database(url: str) -> dict[str, Any]:
    """The settings of the database at a URL (`postgresql://user:password@host:port/name`); none means SQLite."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "gongkai.sqlite3",
            "OPTIONS": {
                # A filed request must survive power loss, and writers wait for each other instead of failing.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise NotUsable(f"GONGKAI_DATABASE_URL 应以 postgresql:// 开头，现为“{parts.scheme}://”")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(text("DATABASE_URL"))}
