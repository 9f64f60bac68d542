"""Query codes (查询码): with its number and code an applicant follows a letter, and nobody else does."""

from gongkai.kernel import crypto
from gongkai.kernel.ids import public_id

_CONTEXT = "inforequests.request.code"


def new_code() -> str:
    """A query code: long, random, of letters that are not mistaken for one another, as public ids are."""
    return public_id()


def code_index(code: str) -> bytes:
    """What is kept of a query code: its keyed index, which finds it and tells nothing. Groups and case don't matter."""
    return crypto.blind_index(code.replace("-", ""), context=_CONTEXT)
