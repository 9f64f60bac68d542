"""Public ids: opaque, without order or count, for addresses, API and journal. Inside, rows join by bigint keys."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""No letters that are mistaken for one another when read out or typed."""
LENGTH = 16
"""78 bits: more than can be guessed or met by chance."""
_RANDOM = 20
"""Bytes that an id is made of: so many more than it tells that each is as likely as any other."""


def public_id() -> str:
    """A new public id."""
    return public_id_from(secrets.token_bytes(_RANDOM))


class PublicIdConverter:
    """A public id in an address: anything else leads nowhere, so that no view is asked for it."""

    regex = f"[{_ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


def public_id_from(digest: bytes) -> str:
    """A public id that follows from a keyed digest of at least ten bytes: the same again for the same."""
    number, letters = int.from_bytes(digest), []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(letters)
