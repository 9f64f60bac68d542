"""Writing the journal: one entry for each act, in the act's own transaction, and erasing a subject's values."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from gongkai.audit.hashing import algorithm, entry_hash, value_mac
from gongkai.audit.models import Chain, Entry, EntryValues, SubjectKey
from gongkai.kernel import crypto
from gongkai.kernel.clock import now

INSTALLATION = "installation"
"""The chain of sign-in, accounts and settings."""
_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_CONTEXT = "audit.subjectkey"


class ChainClosed(Exception):
    """The journal of a merged agency has its last entry."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: the public id of the user (or `system`), and in which role."""

    actor: str
    role: str = ""


SYSTEM = Author("system")
Changes = Mapping[str, tuple[str | None, str | None]]
"""Field → what it was, what it became."""


def record(
    act: str, *, author: Author, subject: str, chain: str = INSTALLATION, changes: Changes | None = None
) -> Entry:
    """Writes one entry. The head of the chain is locked until the transaction ends, so this comes last in it.

    Raises TransactionManagementError outside of a transaction, ChainClosed after a chain's last entry.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an act and its entry are one transaction")
    values = {field: json.dumps(pair, ensure_ascii=False) for field, pair in (changes or {}).items()}
    key = _subject_key(subject) if values else b""
    macs = {field: value_mac(key, field, pair) for field, pair in values.items()}
    sealed = _sealed(key, values, subject) if values else b""
    head = _locked(chain)
    if head.closed_at is not None:
        raise ChainClosed(chain)
    entry = _appended(head, act, author, subject, macs)
    if values:
        EntryValues.objects.create(entry=entry, sealed=sealed)
    return entry


def close_chain(chain: str, *, author: Author) -> None:
    """Writes the last entry of a chain: the agency is merged, its successor signs from now on."""
    record("audit.close_chain", author=author, subject=chain, chain=chain)
    Chain.objects.filter(key=chain).update(closed_at=now())


def erase(subject: str, *, author: Author, chain: str = INSTALLATION) -> None:
    """Erases a subject's key and values for good; its entries stay, and the chain stays provable."""
    record("audit.erase", author=author, subject=subject, chain=chain)
    EntryValues.objects.filter(entry__subject=subject).delete()
    SubjectKey.objects.filter(subject=subject).update(sealed=None, erased_at=now())


def _locked(chain: str) -> Chain:
    try:
        return Chain.objects.select_for_update().get(key=chain)
    except Chain.DoesNotExist:
        Chain.objects.get_or_create(key=chain)
        return Chain.objects.select_for_update().get(key=chain)


def _appended(head: Chain, act: str, author: Author, subject: str, macs: dict[str, str]) -> Entry:
    number, at, name = head.last_number + 1, now(), algorithm()
    digest = entry_hash(
        name,
        chain=head.key,
        number=number,
        at=at,
        actor=author.actor,
        role=author.role,
        act=act,
        subject=subject,
        macs=macs,
        previous=head.last_hash,
    )
    entry = Entry(
        chain=head,
        number=number,
        at=at,
        actor=author.actor,
        role=author.role,
        act=act,
        subject=subject,
        macs=macs,
        algorithm=name,
        previous=head.last_hash,
        hash=digest,
    )
    entry.save(force_insert=True)
    Chain.objects.filter(key=head.key).update(last_number=number, last_hash=digest)
    return entry


def _subject_key(subject: str) -> bytes:
    """The key of a subject, made when it is first written about. A new one is made for a subject that was erased."""
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None or row.sealed is None:
        key = secrets.token_bytes(_KEY_BYTES)
        sealed = crypto.seal(key, context=f"{_KEY_CONTEXT}.{subject}")
        row, is_new = SubjectKey.objects.get_or_create(subject=subject, defaults={"sealed": sealed})
        if is_new or row.sealed is None:
            SubjectKey.objects.filter(subject=subject).update(sealed=sealed, erased_at=None)
            return key
    return crypto.unseal(bytes(row.sealed or b""), context=f"{_KEY_CONTEXT}.{subject}")


def _sealed(key: bytes, values: dict[str, str], subject: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    body = json.dumps(values, ensure_ascii=False).encode()
    return nonce + AESGCM(key).encrypt(nonce, body, subject.encode())
