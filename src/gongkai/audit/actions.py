"""Writing the journal: one entry for each act, in the act's own transaction, and erasing a subject's values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gongkai.audit.appending import Head, append, locked
from gongkai.audit.hashing import algorithm, entry_hash, head_seal, value_mac
from gongkai.audit.models import ERASE, Chain, Entry, EntryValues, SubjectKey
from gongkai.audit.subjects import Key, find_key, make_key, new_key, sealed_values
from gongkai.kernel.clock import now

INSTALLATION = "installation"
"""The chain of sign-in, accounts and settings."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: the public id of the user (or `system`), and in which role."""

    actor: str
    role: str = ""


SYSTEM = Author("system")
Changes = Mapping[str, tuple[str | None, str | None]]
"""Field → what it was, what it became."""


def record(
    act: str,
    *,
    author: Author,
    subject: str,
    chain: str = INSTALLATION,
    changes: Changes | None = None,
    is_first: bool = False,
) -> Entry:
    """Writes one entry. The head of the chain is locked until the transaction ends, so this comes last in it.

    `is_first`: the subject is new, as far as the caller knows, so that its key is not looked for. Raises
    TransactionManagementError outside of a transaction, ChainClosed after a chain's last entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act and its entry are one transaction")
    values = {field: json.dumps(pair, ensure_ascii=False) for field, pair in (changes or {}).items()}
    key = None
    if values:
        key = (None if is_first else find_key(subject)) or new_key(subject)
    # What can be done before the lock is done: others wait from here on.
    head = locked(chain)
    while True:
        entry = _entry(chain, head, act, author, subject, values, key)
        sealed = sealed_values(key.plain, values, subject) if key is not None else b""
        if append(entry, sealed, key, seal=head_seal(chain, entry.number, entry.hash)):
            return entry
        key = find_key(subject) or make_key(subject)  # it was made or erased before we had the lock


def close_chain(chain: str, *, author: Author) -> None:
    """Writes the last entry of a chain: the agency is merged, its successor signs from now on."""
    record("audit.close_chain", author=author, subject=chain, chain=chain)
    Chain.objects.filter(key=chain).update(closed_at=now())


def erase(subject: str, *, author: Author, chain: str = INSTALLATION) -> None:
    """Erases a subject's key and values for good; its entries stay, and the chain stays provable."""
    # In the order in which entries are written, so that two who do both don't wait for one another.
    record(ERASE, author=author, subject=subject, chain=chain)
    SubjectKey.objects.filter(subject=subject).update(sealed=None, erased_at=now())
    EntryValues.objects.filter(entry__subject=subject).delete()


def _entry(
    chain: str, head: Head, act: str, author: Author, subject: str, values: Mapping[str, str], key: Key | None
) -> Entry:
    number, at, name = head.number + 1, now(), algorithm()
    macs = {field: value_mac(key.plain, field, pair) for field, pair in values.items()} if key is not None else {}
    return Entry(
        chain_id=chain,
        number=number,
        at=at,
        actor=author.actor,
        role=author.role,
        act=act,
        subject=subject,
        macs=macs,
        algorithm=name,
        previous=head.hash,
        hash=entry_hash(name, chain, number, at, author.actor, author.role, act, subject, macs, head.hash),
    )
