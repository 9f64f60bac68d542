"""The keys of subjects (a case, a person): values are sealed under them, and with a key all that it sealed is gone."""

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from gongkai.audit.models import SubjectKey
from gongkai.kernel import crypto

_KEY_BYTES = 32
_NONCE_BYTES = 12
_FIND = "SELECT sealed FROM audit_subjectkey WHERE subject = %s"
MAKE_KEY = "INSERT INTO audit_subjectkey (subject, sealed) VALUES (%s, %s) ON CONFLICT (subject) DO NOTHING"


class NotOpened(Exception):
    """Sealed values that were changed, or moved to another subject."""


@dataclass(frozen=True, slots=True)
class Key:
    """A subject's key, and how it stands sealed in the database: another one has another seal.

    `is_new`: it does not stand there yet.
    """

    plain: bytes
    sealed: bytes
    is_new: bool = False


def find_key(subject: str) -> Key | None:
    """The key of a subject; None where there never was one, or it is erased."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [subject])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    return Key(crypto.unseal(bytes(row[0]), context=_context(subject)), bytes(row[0]))


def new_key(subject: str) -> Key:
    """A key for a subject that has none, to be put in with its first entry."""
    plain = secrets.token_bytes(_KEY_BYTES)
    return Key(plain, crypto.seal(plain, context=_context(subject)), is_new=True)


def make_key(subject: str) -> Key:
    """The key of a subject, made when it is first written about, and anew after it was erased. Needs a transaction."""
    made = new_key(subject)
    with connection.cursor() as cursor:
        cursor.execute(MAKE_KEY, [subject, made.sealed])
        if cursor.rowcount == 1:
            return Key(made.plain, made.sealed)
    row = SubjectKey.objects.select_for_update().get(subject=subject)
    if row.sealed is None:
        row.sealed, row.erased_at = made.sealed, None
        row.save(update_fields=["sealed", "erased_at"])
    return Key(crypto.unseal(bytes(row.sealed), context=_context(subject)), bytes(row.sealed))


def made_key(subject: str) -> bytes:
    """The key of a subject, for what another app makes under it; made where there is none. Needs a transaction."""
    return (find_key(subject) or make_key(subject)).plain


def key_of(subject: str) -> bytes | None:
    """The key of a subject; None where there never was one, or it is erased."""
    return keys_of([subject]).get(subject)


def keys_of(subjects: Collection[str]) -> dict[str, bytes]:
    """The keys of several subjects, in one query; those that never had one, or whose key is erased, are left out."""
    rows = SubjectKey.objects.filter(subject__in=subjects).values_list("subject", "sealed")
    found = {subject: bytes(sealed) for subject, sealed in rows if sealed is not None}
    return {subject: crypto.unseal(sealed, context=_context(subject)) for subject, sealed in found.items()}


def made_keys(subjects: Collection[str]) -> dict[str, bytes]:
    """The keys of many subjects, made where there are none. Needs a transaction."""
    found = keys_of(subjects)
    rows = []
    for subject in sorted(set(subjects) - found.keys()):
        sealed = crypto.seal(secrets.token_bytes(_KEY_BYTES), context=_context(subject))
        rows.append(SubjectKey(subject=subject, sealed=sealed))
    SubjectKey.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    found |= keys_of([row.subject for row in rows])
    # Left are those whose key was erased: they are written about anew.
    return found | {subject: made_key(subject) for subject in set(subjects) - found.keys()}


def sealed_values(key: bytes, values: Mapping[str, str], subject: str) -> bytes:
    """The values (field → JSON) sealed under the subject's key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, json.dumps(values, ensure_ascii=False).encode(), subject.encode())


def opened_values(key: bytes, sealed: bytes, subject: str) -> dict[str, str]:
    """The values that were sealed. Raises NotOpened."""
    try:
        plain = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], subject.encode())
    except InvalidTag:
        raise NotOpened(subject) from None
    values: dict[str, str] = json.loads(plain)
    return values


def _context(subject: str) -> str:
    return f"audit.subjectkey.{subject}"
