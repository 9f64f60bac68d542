"""What the database itself refuses, whoever asks: changing or deleting entries, taking a chain back, opening it again.

Values beside an entry may be deleted (erasure), never changed. A migration that rebuilds one of these tables on SQLite
drops its triggers: it ends with `create`, and tests/audit/test_triggers.py fails where they are missing.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSAL = "journal rows are never changed or deleted"
_BACKWARD = "NEW.key <> OLD.key OR NEW.last_number < OLD.last_number OR OLD.closed_at IS NOT NULL"
_RULES = {
    "audit_entry_no_update": ("audit_entry", "UPDATE", ""),
    "audit_entry_no_delete": ("audit_entry", "DELETE", ""),
    "audit_values_no_update": ("audit_entryvalues", "UPDATE", ""),
    "audit_chain_no_delete": ("audit_chain", "DELETE", ""),
    "audit_chain_only_forward": ("audit_chain", "UPDATE", _BACKWARD),
    "audit_key_no_delete": ("audit_subjectkey", "DELETE", ""),
}
"""Trigger → its table, what it refuses, and when (always, where nothing is said)."""
_TRUNCATED = ("audit_entry", "audit_chain")
NAMES = tuple(_RULES)


def create(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers, those that are there anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for statement in _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql():
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers."""
    tables = [(name, table) for name, (table, *_) in _RULES.items()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, _ in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, table in [*tables, *((f"{table}_no_truncate", table) for table in _TRUNCATED)]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        cursor.execute("DROP FUNCTION IF EXISTS audit_refuse()")


def _on_sqlite() -> Iterator[str]:
    for name, (table, event, condition) in _RULES.items():
        when = f" WHEN {condition}" if condition else ""
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"


def _on_postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for name, (table, event, condition) in _RULES.items():
        when = f" WHEN ({condition})" if condition else ""
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION audit_refuse()"
    for table in _TRUNCATED:
        yield f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_refuse()"
