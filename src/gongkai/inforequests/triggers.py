"""What the database itself refuses, whoever asks: changing or deleting steps and handlings; corrections are new rows.

A migration that rebuilds one of these tables on SQLite drops its triggers: it ends with `create`, and
tests/inforequests/test_triggers.py fails where they are missing.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSAL = "steps and handlings are never changed or deleted"
_TABLES = ("inforequests_step", "inforequests_handling")
_EVENTS = ("UPDATE", "DELETE")


def create(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers, those that are there anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for statement in _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql():
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers."""
    with connection.cursor() as cursor:
        for table, name, _ in _rules():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor != "sqlite":
            cursor.execute("DROP FUNCTION IF EXISTS inforequests_refuse()")


def _rules() -> Iterator[tuple[str, str, str]]:
    """Table, name of the trigger, what it refuses."""
    for table in _TABLES:
        for event in _EVENTS:
            yield table, f"{table}_no_{event.lower()}", event


def _on_sqlite() -> Iterator[str]:
    for table, name, event in _rules():
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"


def _on_postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION inforequests_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, name, event in _rules():
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION inforequests_refuse()"
