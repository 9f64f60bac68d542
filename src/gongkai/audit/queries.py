"""Reading and proving the journal."""

import json
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gongkai.audit.actions import _KEY_CONTEXT, _NONCE_BYTES
from gongkai.audit.hashing import entry_hash, value_mac
from gongkai.audit.models import Chain, Entry, EntryValues, SubjectKey
from gongkai.findings import Finding, Severity
from gongkai.kernel import crypto

_FIELDS = ("number", "at", "actor", "role", "act", "subject", "macs", "algorithm", "previous", "hash")
_AT_ONCE = 5_000


def values_of(entry: Entry) -> dict[str, tuple[str | None, str | None]] | None:
    """What the fields of an entry were and became; None where that was erased."""
    row = EntryValues.objects.filter(entry=entry).first()
    key = _key(entry.subject)
    if row is None or key is None:
        return None
    return {field: tuple(json.loads(pair)) for field, pair in _opened(key, bytes(row.sealed), entry.subject).items()}


def proof(chain: str, *, values: bool = False) -> Iterator[Finding]:
    """Everything that is not as it was written: a gap, a changed entry, a cut end; with `values` the side rows too.

    Where there is nothing to say the chain is proven from its first entry to its last.
    """
    head = Chain.objects.get(key=chain)
    previous, expected = "", 0
    for row in Entry.objects.filter(chain=head).order_by("number").values_list(*_FIELDS).iterator(chunk_size=_AT_ONCE):
        number, at, actor, role, act, subject, macs, name, before, digest = row
        expected += 1
        if number != expected:
            yield _finding(chain, number, "序号不连续，中间的条目不见了", expected, number)
            expected = number
        if before != previous:
            yield _finding(chain, number, "与前一条接不上，前一条被改动或换掉")
        made = entry_hash(
            name,
            chain=chain,
            number=number,
            at=at,
            actor=actor,
            role=role,
            act=act,
            subject=subject,
            macs=macs,
            previous=before,
        )
        if made != digest:
            yield _finding(chain, number, "内容与记录时的校验值不符，条目被改动")
        previous = digest
    if (expected, previous) != (head.last_number, head.last_hash):
        yield _finding(chain, expected, "链尾与登记的最后一条不符，末尾的条目被删去", head.last_number, expected)
    if values:
        yield from _value_proof(chain)


def _value_proof(chain: str) -> Iterator[Finding]:
    rows = EntryValues.objects.filter(entry__chain=chain).select_related("entry").order_by("entry__number")
    keys: dict[str, bytes | None] = {}
    for row in rows.iterator(chunk_size=_AT_ONCE):
        entry = row.entry
        if entry.subject not in keys:
            keys[entry.subject] = _key(entry.subject)
        key = keys[entry.subject]
        if key is None:
            continue
        try:
            told = _opened(key, bytes(row.sealed), entry.subject)
        except InvalidTag:
            yield _finding(chain, entry.number, "附带的内容打不开，已被改动")
            continue
        if {field: value_mac(key, field, pair) for field, pair in told.items()} != entry.macs:
            yield _finding(chain, entry.number, "附带的内容与条目中的校验值不符")


def _key(subject: str) -> bytes | None:
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None or row.sealed is None:
        return None
    return crypto.unseal(bytes(row.sealed), context=f"{_KEY_CONTEXT}.{subject}")


def _opened(key: bytes, sealed: bytes, subject: str) -> dict[str, str]:
    opened: dict[str, str] = json.loads(
        AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], subject.encode())
    )
    return opened


def _finding(chain: str, number: int, message: str, expected: int | None = None, found: int | None = None) -> Finding:
    return Finding(
        rule="J-CHAIN",
        severity=Severity.ERROR,
        where=f"{chain}/{number}",
        message=f"日志第{number}条：{message}",
        expected=expected,
        found=found,
        blocks=True,
    )
