"""Putting an entry at the end of a chain, with its head locked for as short a time as can be.

Whoever writes to a chain waits for the one before him, so what happens meanwhile is written out as statements: as few
as the engine allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Field

from gongkai.audit.models import Chain, Entry
from gongkai.audit.subjects import MAKE_KEY, Key

_LOCK = "SELECT last_number, last_hash, closed_at FROM audit_chain WHERE key = %s"
_LOCK_AND_RELEASE = (
    "SELECT last_number, last_hash, closed_at, set_config('synchronous_commit', 'off', true) "
    "FROM audit_chain WHERE key = %s FOR UPDATE"
)
_UPDATE = "UPDATE audit_chain SET last_number = %s, last_hash = %s, seal = %s WHERE key = %s"
_FIELDS = ("chain", "number", "at", "actor", "role", "act", "subject", "macs", "algorithm", "previous", "hash")
_INSERT = "INSERT INTO audit_entry (chain_id, number, at, actor, role, act, subject, macs, algorithm, previous, hash)"
_ROW = "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
_VALUES = "INSERT INTO audit_entryvalues (entry_id, sealed)"
# All in one, for engines that can (PostgreSQL): one way to the server and back with the head locked. The subject's key
# is put in, or held against erasure until we are done; where there is another one by now, nothing is written.
_HOLD_KEY = "SELECT 1 FROM audit_subjectkey WHERE subject = %s AND sealed = %s FOR SHARE"
_ENTRY = " ".join(
    [
        *("head AS (", _UPDATE, "AND EXISTS (SELECT 1 FROM held)),"),
        *("entry AS (", _INSERT, "SELECT", _ROW, "FROM held RETURNING id),"),
        *("said AS (", _VALUES, "SELECT id, %s FROM entry)"),
        "SELECT id FROM entry",
    ]
)
_TOGETHER = f"WITH held AS MATERIALIZED ({_HOLD_KEY}), {_ENTRY}"
_TOGETHER_FIRST = f"WITH held AS ({MAKE_KEY} RETURNING 1), {_ENTRY}"
_TOGETHER_BARE = " ".join(
    ["WITH head AS (", _UPDATE, "),", "entry AS (", _INSERT, "VALUES (", _ROW, ") RETURNING id) SELECT id FROM entry"]
)


class ChainClosed(Exception):
    """The journal of a merged agency has its last entry."""


@dataclass(frozen=True, slots=True)
class Head:
    """The number and hash of a chain's last entry: 0 and "" before the first."""

    number: int
    hash: str


def locked(chain: str) -> Head:
    """The head of a chain, locked until the transaction ends; waits for whoever is writing. Raises ChainClosed."""
    row = _locked_row(chain)
    if row is None:
        Chain.objects.get_or_create(key=chain)
        row = _locked_row(chain)
    number, digest, closed_at = row
    if closed_at is not None:
        raise ChainClosed(chain)
    return Head(number, digest)


def append(entry: Entry, sealed: bytes, key: Key | None, *, seal: str) -> bool:
    """Writes the entry, its values sealed under `key` (None: it has none), and the new head, which has that seal.

    False where the key has been erased meanwhile, or another one made: nothing is written then.
    """
    engine = transaction.get_connection()
    row = [field.get_db_prep_save(getattr(entry, field.attname), engine) for field in _fields()]
    head: list[Any] = [entry.number, entry.hash, seal, entry.chain_id]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and key is not None:
            statement = _TOGETHER_FIRST if key.is_new else _TOGETHER
            cursor.execute(statement, [entry.subject, key.sealed, *head, *row, sealed])
        elif connection.vendor == "postgresql":
            cursor.execute(_TOGETHER_BARE, [*head, *row])
        else:
            # One writer at a time: what he has read still holds.
            if key is not None and key.is_new:
                cursor.execute(MAKE_KEY, [entry.subject, key.sealed])
                if cursor.rowcount == 0:
                    return False
            cursor.execute(_UPDATE, head)
            cursor.execute(f"{_INSERT} VALUES ({_ROW}) RETURNING id", row)
        written = cursor.fetchone()
        if written is None:
            return False
        entry.pk = written[0]
        if connection.vendor != "postgresql" and key is not None:
            cursor.execute(f"{_VALUES} VALUES (%s, %s)", [entry.pk, sealed])
    return True


def release_before_flush() -> None:
    """Lets PostgreSQL pass the head on when this transaction is committed, and wait for the disk after that.

    With the head locked until its holder is on disk, one writer at a time would get through. What others write then
    lies behind ours in the server's log, which is never on disk without us; we go on only when we are there ourselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        _flush_on_commit()


def _flush_on_commit() -> None:
    if not any(_flush in registered for registered in transaction.get_connection().run_on_commit):
        transaction.on_commit(_flush)


def _flush() -> None:
    """Waits until everything that is committed is on disk: an empty message is logged, and its commit waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'gongkai', '')")


def _locked_row(chain: str) -> Any:
    # SQLite has one writer at a time, who has locked everything.
    is_shared = connection.vendor == "postgresql"
    if is_shared:
        _flush_on_commit()
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_AND_RELEASE if is_shared else _LOCK, [chain])
        row = cursor.fetchone()
    return row[:3] if row is not None else None


@cache
def _fields() -> "Sequence[Field[Any, Any]]":
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    return [fields[name] for name in _FIELDS]
