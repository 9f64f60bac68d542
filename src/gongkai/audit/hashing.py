"""How entries are chained: the hash over an entry and the hash before it, and the HMAC of a value."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from gongkai.kernel import keys


@cache
def algorithm() -> str:
    """SM3 where this system's OpenSSL has it (GB/T 32905-2016), else SHA-256; each entry names its own."""
    return "sm3" if "sm3" in hashlib.algorithms_available else "sha256"


def entry_hash(
    name: str,
    *,
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
    """The keyed hash of an entry, in hex: who can write the database, but has not the journal's key, can't forge it."""
    when = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [name, chain, number, when, actor, role, act, subject, sorted(macs.items()), previous]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(keys.named_key("journal"), text.encode(), name).hexdigest()


def value_mac(key: bytes, field: str, values: str) -> str:
    """The HMAC of a field's values (JSON), in hex: proves them to whoever has the key, tells nothing to others."""
    return hmac.new(key, f"{field}\0{values}".encode(), hashlib.sha256).hexdigest()
