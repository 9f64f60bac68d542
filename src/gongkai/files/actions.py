"""Storing, copying and erasing files. The acts that they belong to check authority and write the journal."""

import io
import json
from collections.abc import Callable
from typing import BinaryIO

from django.db import transaction

from gongkai import findings
from gongkai.audit.subjects import made_key
from gongkai.files import sealing, storage
from gongkai.files.inspection import Inspected, wipe
from gongkai.files.kinds import Kind
from gongkai.files.models import Derivation, File
from gongkai.files.purposes import ALLOWANCES
from gongkai.files.queries import StoredFile, digesting, row_of, told
from gongkai.kernel.clock import now

_WITHOUT_TEXT = "[]"


def store(inspected: Inspected, *, owner: str, subject: str = "") -> StoredFile:
    """Stores an inspected file and the text that was read from it, as part of the act that it belongs to.

    The file that was inspected is wiped once the act is committed.

    `owner` is the public id of what the file belongs to, `subject` whose key personal files are told apart by. Raises
    TransactionManagementError outside of a transaction, ValueError where a personal file is given no subject.
    """
    _require_transaction()
    is_personal = ALLOWANCES[inspected.purpose].is_personal
    if is_personal and not subject:
        raise ValueError(f"{inspected.purpose}: a personal file needs a subject")
    found = json.dumps([findings.as_json(one) for one in inspected.findings], ensure_ascii=False)
    row = File(
        owner=owner,
        subject=subject if is_personal else "",
        purpose=inspected.purpose,
        kind=inspected.probed.kind,
        name=inspected.name,
        findings=found,
    )
    _keep_inspected(row, inspected)
    if inspected.probed.text.strip():
        text = io.BytesIO(inspected.probed.text.encode())
        _keep(_copy(row, Derivation.TEXT, Kind.TEXT, f"{inspected.name}.txt"), text)
    return told(row)


def derive(public_id: str, inspected: Inspected, *, owner: str, derivation: Derivation) -> StoredFile:
    """Stores a copy made of a file (redacted, converted); it is as personal as the file. Raises NoSuchFile."""
    _require_transaction()
    copy = _copy(row_of(public_id, owner=owner), derivation, inspected.probed.kind, inspected.name)
    copy.findings = json.dumps([findings.as_json(one) for one in inspected.findings], ensure_ascii=False)
    _keep_inspected(copy, inspected)
    return told(copy)


def discard(public_id: str, *, owner: str) -> None:
    """Takes away a file and its copies that were never part of a finished act (a draft's attachment)."""
    _require_transaction()
    row = row_of(public_id, owner=owner)
    sealed = [one.place for one in (row, *row.copies.all()) if one.subject]
    row.delete()
    _remove_after_commit(sealed)


def erase(subject: str) -> int:
    """Erases the content, names and findings of all personal files of a subject for good; gives their number.

    The rows stay, so that it can be told that there was a file. The subject's key is erased by `audit.actions.erase`.
    """
    _require_transaction()
    rows = list(File.objects.select_for_update().filter(subject=subject, erased_at=None)) if subject else []
    for row in rows:
        row.name, row.findings, row.erased_at = "", _WITHOUT_TEXT, now()
        row.save(update_fields=["name", "findings", "erased_at"])
    _remove_after_commit([row.place for row in rows])
    return len(rows)


def _copy(row: File, derivation: Derivation, kind: Kind, name: str) -> File:
    return File(
        owner=row.owner,
        subject=row.subject,
        purpose=row.purpose,
        kind=kind,
        name=name,
        findings=_WITHOUT_TEXT,
        source=row,
        derivation=derivation,
    )


def _keep_inspected(row: File, inspected: Inspected) -> None:
    with inspected.path.open("rb") as content:
        _keep(row, content)
    transaction.on_commit(lambda: wipe(inspected.path))


def _keep(row: File, content: BinaryIO) -> None:
    """Puts the content to its place and saves the row."""
    measure = digesting(made_key(row.subject) if row.subject else None)
    row.size = 0
    while piece := content.read(sealing.PIECE):
        measure.update(piece)
        row.size += len(piece)
    row.digest = measure.hexdigest()
    content.seek(0)
    if row.subject:
        row.place = storage.sealed_place()
        row.key_id = storage.put(row.place, lambda file: sealing.seal(content, file, context=row.place))
    else:
        row.place = storage.plain_place(row.digest)
        storage.put(row.place, _copying(content))
    row.stored_at = now()
    row.save()


def _copying(content: BinaryIO) -> Callable[[BinaryIO], int]:
    def write(file: BinaryIO) -> int:
        return sum(file.write(piece) for piece in iter(lambda: content.read(sealing.PIECE), b""))

    return write


def _remove_after_commit(places: list[str]) -> None:
    """Sealed files belong to one row each and go with it; plain ones may serve others and are left to the sweep."""

    def remove() -> None:
        for place in places:
            storage.remove(place)

    transaction.on_commit(remove)


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("files are stored within the act that they belong to")
