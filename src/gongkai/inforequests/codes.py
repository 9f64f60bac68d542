"""Query codes (查询码): with its number and code an applicant follows a letter, and nobody else does."""

import secrets

from gongkai.kernel import crypto

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16
_CONTEXT = "inforequests.request.code"


def new_code() -> str:
    """A query code: long, random, of letters that are not mistaken for one another."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def code_index(code: str) -> bytes:
    """What is kept of a query code: its keyed index, which finds it and tells nothing. Groups and case don't matter."""
    return crypto.blind_index(code.replace("-", ""), context=_CONTEXT)
