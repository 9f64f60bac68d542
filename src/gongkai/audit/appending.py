"""Putting an entry at the end of a chain, with its head locked for as short a time as can be.

Whoever writes to a chain waits for the one before him, so what happens meanwhile is written out as statements: as few
as the engine allows.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Field

from gongkai.audit.models import Chain, Entry
from gongkai.audit.subjects import Key

_LOCK = "SELECT last_number, last_hash, closed_at FROM audit_chain WHERE key = %s"
_UPDATE = "UPDATE audit_chain SET last_number = %s, last_hash = %s, seal = %s WHERE key = %s"
_FIELDS = ("chain", "number", "at", "actor", "role", "act", "subject", "macs", "algorithm", "previous", "hash")
_INSERT = "INSERT INTO audit_entry (chain_id, number, at, actor, role, act, subject, macs, algorithm, previous, hash)"
_ROW = "%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s"
_VALUES = "INSERT INTO audit_entryvalues (entry_id, sealed)"
# All in one, for engines that can (PostgreSQL): one way to the server and back with the head locked. The subject's key
# is held against erasure until we are done; where it is another one by now, nothing is written.
_TOGETHER = " ".join(
    [
        "WITH held AS MATERIALIZED (SELECT 1 FROM audit_subjectkey WHERE subject = %s AND sealed = %s FOR SHARE),",
        *("head AS (", _UPDATE, "AND EXISTS (SELECT 1 FROM held)),"),
        *("entry AS (", _INSERT, "SELECT", _ROW, "FROM held RETURNING id),"),
        *("said AS (", _VALUES, "SELECT id, %s FROM entry)"),
        "SELECT id FROM entry",
    ]
)
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

    False where the key has been erased meanwhile: nothing is written then.
    """
    row = [_prepared(name, entry) for name in _FIELDS]
    head: list[Any] = [entry.number, entry.hash, seal, entry.chain_id]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and key is not None:
            cursor.execute(_TOGETHER, [entry.subject, key.sealed, *head, *row, sealed])
        elif connection.vendor == "postgresql":
            cursor.execute(_TOGETHER_BARE, [*head, *row])
        else:
            # One writer at a time: what he has read still holds.
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
    waiting = transaction.get_connection().run_on_commit
    if connection.vendor != "postgresql" or any(_flush in registered for registered in waiting):
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    transaction.on_commit(_flush)


def _flush() -> None:
    """Waits until everything that is committed is on disk: an empty message is logged, and its commit waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'gongkai', '')")


def _locked_row(chain: str) -> Any:
    # SQLite has one writer at a time, who has locked everything.
    statement = _LOCK if connection.vendor == "sqlite" else f"{_LOCK} FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(statement, [chain])
        return cursor.fetchone()


def _prepared(name: str, entry: Entry) -> Any:
    field = Entry._meta.get_field(name)
    assert isinstance(field, Field)
    return field.get_db_prep_save(getattr(entry, field.attname), connection)
