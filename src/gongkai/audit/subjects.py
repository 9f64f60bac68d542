"""The keys of subjects (a case, a person): values are sealed under them, and with a key all that it sealed is gone."""

import json
import secrets
from collections.abc import Collection, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from gongkai.audit.models import SubjectKey
from gongkai.kernel import crypto

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY = "SELECT sealed FROM audit_subjectkey WHERE subject = %s AND sealed IS NOT NULL"


class NotOpened(Exception):
    """Sealed values that were changed, or moved to another subject."""


def made_key(subject: str) -> bytes:
    """The key of a subject, made when it is first written about, and anew after it was erased. Needs a transaction.

    Until that ends the key can't be erased: what is sealed under it would be lost.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEY if connection.vendor == "sqlite" else f"{_KEY} FOR SHARE", [subject])
        found = cursor.fetchone()
    if found is not None:
        return crypto.unseal(bytes(found[0]), context=_context(subject))
    SubjectKey.objects.get_or_create(subject=subject)
    row = SubjectKey.objects.select_for_update().get(subject=subject)
    if row.sealed is not None:
        return crypto.unseal(bytes(row.sealed), context=_context(subject))
    key = secrets.token_bytes(_KEY_BYTES)
    row.sealed, row.erased_at = crypto.seal(key, context=_context(subject)), None
    row.save(update_fields=["sealed", "erased_at"])
    return key


def key_of(subject: str) -> bytes | None:
    """The key of a subject; None where there never was one, or it is erased."""
    sealed = SubjectKey.objects.filter(subject=subject).values_list("sealed", flat=True).first()
    return None if sealed is None else crypto.unseal(bytes(sealed), context=_context(subject))


def keys_of(subjects: Collection[str]) -> dict[str, bytes]:
    """The keys of several subjects, in one query; those that never had one, or whose key is erased, are left out."""
    rows = SubjectKey.objects.filter(subject__in=subjects).values_list("subject", "sealed")
    found = {subject: bytes(sealed) for subject, sealed in rows if sealed is not None}
    return {subject: crypto.unseal(sealed, context=_context(subject)) for subject, sealed in found.items()}


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
