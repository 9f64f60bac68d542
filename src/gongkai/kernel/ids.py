"""Public ids: opaque, without order or count, for addresses, API and journal. Inside, rows join by bigint keys."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""No letters that are mistaken for one another when read out or typed."""
LENGTH = 16
"""78 bits: more than can be guessed or met by chance."""


def public_id() -> str:
    """A new public id."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
