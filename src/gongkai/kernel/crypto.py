"""Encryption at rest (AES-256-GCM) and blind indexes (HMAC-SHA-256) for personal data.

A sealed value is: key id (2 bytes), nonce (12 bytes), ciphertext with tag. The context is bound in, so that a value
that is moved to another column or row does not open.
"""

import hashlib
import hmac
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongkai.kernel import keys

_KEY_ID = 2
_NONCE = 12


class Unsealable(Exception):
    """A sealed value that does not open: another context, a changed byte, or a wrong key."""


def seal(plain: bytes, *, context: str) -> bytes:
    """The bytes encrypted under the newest data key, for that context only."""
    key_id, nonce = keys.newest_data_key_id(), secrets.token_bytes(_NONCE)
    sealed = AESGCM(keys.data_key(key_id)).encrypt(nonce, plain, context.encode())
    return key_id.to_bytes(_KEY_ID) + nonce + sealed


def unseal(sealed: bytes, *, context: str) -> bytes:
    """The plain bytes. Raises Unsealable when they do not open under that context."""
    nonce, body = sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
    try:
        return AESGCM(keys.data_key(key_id_of(sealed))).decrypt(nonce, body, context.encode())
    except InvalidTag:
        raise Unsealable(context) from None


def key_id_of(sealed: bytes) -> int:
    """The id of the key that a value is sealed under."""
    return int.from_bytes(sealed[:_KEY_ID])


def blind_index(value: str, *, context: str) -> bytes:
    """What equal values share and nobody can turn back: they are found by it without being opened."""
    return hmac.new(keys.named_key("index"), f"{context}\0{normalised(value)}".encode(), hashlib.sha256).digest()


def normalised(value: str) -> str:
    """The value as it is compared: width and case folded, white space out."""
    return "".join(unicodedata.normalize("NFKC", value).casefold().split())
