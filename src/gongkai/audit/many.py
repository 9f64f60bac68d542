"""Many entries at once, as an import writes them: the same entries in the same chains, in a few statements."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from gongkai.audit.actions import Author, Changes
from gongkai.audit.appending import ChainClosed, release_before_flush
from gongkai.audit.hashing import algorithm, entry_hash, head_seal, value_mac
from gongkai.audit.models import Chain, Entry, EntryValues
from gongkai.audit.subjects import made_keys, sealed_values
from gongkai.kernel.clock import now

_AT_ONCE = 500
_UPDATE = "UPDATE audit_chain SET last_number = %s, last_hash = %s, seal = %s WHERE key = %s"


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry is to say: as the arguments of `audit.actions.record`."""

    act: str
    subject: str
    chain: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain reaches, and whether it has its last entry."""

    number: int
    is_closed: bool


def heads(keys: Collection[str] | None = None) -> dict[str, Head]:
    """The heads of the chains of those keys, of all without: a chain that has moved was written to."""
    rows = Chain.objects.all() if keys is None else Chain.objects.filter(key__in=keys)
    told = rows.values_list("key", "last_number", "closed_at")
    return {key: Head(number, closed_at is not None) for key, number, closed_at in told}


def subjects_of(act: str, prefix: str) -> list[str]:
    """The subjects of an act that begin so: what was written down is what is known to be done."""
    found = Entry.objects.filter(act=act, subject__startswith=prefix)
    return list(found.values_list("subject", flat=True))


def record_many(notes: Sequence[Note], *, author: Author) -> None:
    """Writes the entries, each chain's in their order. All chains are locked until the transaction ends, by their keys.

    Raises TransactionManagementError outside of a transaction, ChainClosed after a chain's last entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("acts and their entries are one transaction")
    values = [{field: json.dumps(pair, ensure_ascii=False) for field, pair in note.changes.items()} for note in notes]
    keys = made_keys({note.subject for note, told in zip(notes, values, strict=True) if told})
    sealed = [
        sealed_values(keys[note.subject], told, note.subject) if told else b""
        for note, told in zip(notes, values, strict=True)
    ]
    macs = [
        {field: value_mac(keys[note.subject], field, pair) for field, pair in told.items()}
        for note, told in zip(notes, values, strict=True)
    ]
    release_before_flush()
    chains = _locked({note.chain for note in notes})
    at, name = now(), algorithm()
    entries = [_entry(chains[note.chain], note, author, mac, at, name) for note, mac in zip(notes, macs, strict=True)]
    Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
    rows = [EntryValues(entry=entry, sealed=said) for entry, said in zip(entries, sealed, strict=True) if said]
    EntryValues.objects.bulk_create(rows, batch_size=_AT_ONCE)
    seals = [
        (head.last_number, head.last_hash, head_seal(head.key, head.last_number, head.last_hash), head.key)
        for head in chains.values()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE, seals)


def _locked(keys: set[str]) -> Mapping[str, Chain]:
    """The heads of the chains, made where there are none, locked in one order for all who write several."""
    ordered = sorted(keys)
    known = heads(ordered)
    Chain.objects.bulk_create([Chain(key=key) for key in ordered if key not in known], ignore_conflicts=True)
    found = {head.key: head for head in Chain.objects.select_for_update().filter(key__in=ordered).order_by("key")}
    closed = [key for key, head in found.items() if head.closed_at is not None]
    if closed:
        raise ChainClosed(closed[0])
    return found


def _entry(head: Chain, note: Note, author: Author, macs: dict[str, str], at: datetime, name: str) -> Entry:
    number, previous = head.last_number + 1, head.last_hash
    args = (author.actor, author.role, note.act, note.subject)
    digest = entry_hash(name, head.key, number, at, *args, macs, previous)
    head.last_number, head.last_hash = number, digest
    return Entry(
        chain=head,
        number=number,
        at=at,
        actor=author.actor,
        role=author.role,
        act=note.act,
        subject=note.subject,
        macs=macs,
        algorithm=name,
        previous=previous,
        hash=digest,
    )
