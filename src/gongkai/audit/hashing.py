"""How entries are chained: the hash over an entry and the hash before it, and the HMAC of a value.

What is hashed is compact JSON in UTF-8, so that anybody who holds the journal's key can prove a chain with tools of his
own; docs/guide/journal.md tells how.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

import msgspec

from gongkai.kernel import keys

_encode = msgspec.json.Encoder().encode


@cache
def algorithm() -> str:
    """SM3 where this system's OpenSSL has it (GB/T 32905-2016), else SHA-256; each entry names its own."""
    return "sm3" if "sm3" in hashlib.algorithms_available else "sha256"


def entry_hash(
    name: str,
    chain: str,
    number: int,
    at: datetime,
    actor: str,
    role: str,
    act: str,
    subject: str,
    macs: Mapping[str, str],
    previous: str,
) -> str:
    """The keyed hash of an entry, in hex: who can write the database, but has not the journal's key, can't forge it.

    `at` is an instant in any zone; `name` is the hash algorithm, `previous` the hash of the entry before ("" for none).
    """
    when = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = _encode((name, chain, number, when, actor, role, act, subject, sorted(macs.items()), previous))
    return hmac.digest(keys.named_key("journal"), text, name).hex()


def head_seal(chain: str, number: int, digest: str) -> str:
    """The keyed hash of a chain's head, in hex."""
    return hmac.digest(keys.named_key("journal"), _encode(("head", chain, number, digest)), "sha256").hex()


def value_mac(key: bytes, field: str, values: str) -> str:
    """The HMAC of a field's values (JSON), in hex: proves them to whoever has the key, tells nothing to others."""
    return hmac.digest(key, f"{field}\0{values}".encode(), "sha256").hex()
