"""Reading files. Whoever asks names the owner: another owner's file is not there."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hmac import HMAC
from typing import TYPE_CHECKING

from gongkai import findings
from gongkai.audit.subjects import key_of
from gongkai.files import sealing, storage
from gongkai.files.kinds import FACTS, Kind
from gongkai.files.models import Derivation, File
from gongkai.findings import Finding
from gongkai.kernel.crypto import Unsealable

if TYPE_CHECKING:
    from gongkai.files.inspection import Inspected


class NoSuchFile(Exception):
    """There is no file of that id with that owner, or it is erased."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of a file: public id, name, kind, size in bytes, when it was stored, what was found in it, its
    purpose.

    `derivation` says what a copy was made for, empty for the file that came in.
    """

    public_id: str
    name: str
    kind: Kind
    size: int
    stored_at: datetime
    findings: tuple[Finding, ...]
    derivation: str = ""
    is_personal: bool = False
    purpose: str = ""

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return FACTS[self.kind].name


def files_of(owner: str) -> list[StoredFile]:
    """The files of an owner that came in, in the order in which they did; copies are left out."""
    rows = File.objects.filter(owner=owner, source=None, erased_at=None)
    return [told(row) for row in rows]


def copies_of(public_id: str, *, owner: str) -> list[StoredFile]:
    """The copies made of a file. Raises NoSuchFile."""
    return [told(row) for row in row_of(public_id, owner=owner).copies.filter(erased_at=None)]


def file_of(public_id: str, *, owner: str) -> StoredFile:
    """One file. Raises NoSuchFile."""
    return told(row_of(public_id, owner=owner))


def pieces_of(public_id: str, *, owner: str) -> Iterator[bytes]:
    """The content, piece by piece. Raises NoSuchFile, and Unsealable where sealed content was changed."""
    return _pieces(row_of(public_id, owner=owner))


def text_of(public_id: str, *, owner: str) -> str:
    """The text that was read from a file; empty where it has none. Raises NoSuchFile."""
    row = row_of(public_id, owner=owner).copies.filter(derivation=Derivation.TEXT).order_by("-id").first()
    return b"".join(_pieces(row)).decode() if row is not None else ""


def is_intact(public_id: str, *, owner: str) -> bool:
    """Whether the content is, byte for byte, what was stored. Raises NoSuchFile."""
    row = row_of(public_id, owner=owner)
    key = key_of(row.subject) if row.subject else None
    if row.subject and key is None:
        return False
    measure = digesting(key)
    try:
        for piece in _pieces(row):
            measure.update(piece)
    except (FileNotFoundError, Unsealable):
        return False
    return measure.hexdigest() == row.digest


def same_as(inspected: "Inspected", *, owner: str) -> list[str]:
    """The public ids of an owner's files that have the name of one that came in and, byte for byte, its content."""
    rows = File.objects.filter(owner=owner, source=None, erased_at=None, size=inspected.size)
    return [row.public_id for row in rows if row.name == inspected.name and _is_of(row, inspected)]


def digesting(key: bytes | None) -> "hashlib._Hash | HMAC":
    """What a file is told apart by: SHA-256, or its HMAC under a subject's key."""
    return hashlib.sha256() if key is None else HMAC(key, digestmod="sha256")


def row_of(public_id: str, *, owner: str) -> File:
    """The row, for this app's own use. Raises NoSuchFile."""
    row = File.objects.filter(public_id=public_id, owner=owner, erased_at=None).first()
    if row is None:
        raise NoSuchFile(public_id)
    return row


def told(row: File) -> StoredFile:
    """The row as others see it."""
    found = tuple(findings.from_json(one) for one in json.loads(row.findings))
    return StoredFile(
        row.public_id,
        row.name,
        Kind(row.kind),
        row.size,
        row.stored_at,
        found,
        row.derivation,
        is_personal=bool(row.subject),
        purpose=row.purpose,
    )


def _is_of(row: File, inspected: "Inspected") -> bool:
    key = key_of(row.subject) if row.subject else None
    if row.subject and key is None:
        return False
    measure = digesting(key)
    with inspected.path.open("rb") as content:
        while piece := content.read(sealing.PIECE):
            measure.update(piece)
    return measure.hexdigest() == row.digest


def _pieces(row: File) -> Iterator[bytes]:
    with storage.open_at(row.place) as file:
        if row.subject:
            yield from sealing.unsealed(file, context=row.place)
        else:
            while piece := file.read(sealing.PIECE):
                yield piece
