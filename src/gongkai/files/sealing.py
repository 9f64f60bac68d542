"""Sealing whole files at rest: AES-256-GCM piece by piece, so that memory stays flat whatever the size.

A sealed file is: key id (2 bytes), salt (16 bytes), then pieces of 64 KiB, each with its tag. Every file has a key of
its own, derived from the data key, the salt and the context (where it is kept): a file that is moved does not open. The
nonce counts the pieces and tells the last one, so that none can be dropped, doubled or put elsewhere.
"""

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongkai.kernel import keys
from gongkai.kernel.crypto import Unsealable

PIECE = 2**16
_TAG = 16
_KEY_ID, _SALT = 2, 16


def seal(source: BinaryIO, target: BinaryIO, *, context: str) -> int:
    """Writes the sealed file; gives the id of the key that it is sealed under."""
    key_id, salt = keys.newest_data_key_id(), secrets.token_bytes(_SALT)
    target.write(key_id.to_bytes(_KEY_ID) + salt)
    cipher = _cipher(key_id, salt, context)
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE) if len(piece) == PIECE else b""
        target.write(cipher.encrypt(_nonce(number, is_last=not following), piece, None))
        if not following:
            return key_id
        number, piece = number + 1, following


def unsealed(source: BinaryIO, *, context: str) -> Iterator[bytes]:
    """The pieces of the plain file. Raises Unsealable at the first one that is not what was sealed there."""
    head = source.read(_KEY_ID + _SALT)
    if len(head) < _KEY_ID + _SALT:
        raise Unsealable(context)
    cipher = _cipher(int.from_bytes(head[:_KEY_ID]), head[_KEY_ID:], context)
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        following = source.read(PIECE + _TAG) if len(piece) == PIECE + _TAG else b""
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, None)
        except InvalidTag:
            raise Unsealable(context) from None
        if not following:
            return
        number, piece = number + 1, following


def _cipher(key_id: int, salt: bytes, context: str) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt, f"gongkai.files {context}".encode())
    return AESGCM(derived.derive(keys.data_key(key_id)))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])
