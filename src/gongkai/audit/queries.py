"""Reading and proving the journal."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from django.db.models import Max

from gongkai.audit.hashing import entry_hash, head_seal, value_mac
from gongkai.audit.models import ERASE, Chain, Entry, EntryValues
from gongkai.audit.subjects import NotOpened, key_of, opened_values
from gongkai.findings import Finding, Severity

_FIELDS = ("algorithm", "chain_id", "number", "at", "actor", "role", "act", "subject", "macs", "previous", "hash")
"""What the hash is made of, in its order, and the hash."""
_NUMBER, _PREVIOUS = _FIELDS.index("number"), _FIELDS.index("previous")
_AT_ONCE = 5_000
_NEVER = datetime.min.replace(tzinfo=UTC)


def chains() -> list[str]:
    """The keys of all chains."""
    return list(Chain.objects.order_by("key").values_list("key", flat=True))


def length_of(chain: str) -> int:
    """How many entries a chain has, by its head."""
    return Chain.objects.get(key=chain).last_number


def values_of(entry: Entry) -> dict[str, tuple[str | None, str | None]] | None:
    """What the fields of an entry were and became; None where that was erased."""
    row = EntryValues.objects.filter(entry=entry).first()
    key = key_of(entry.subject)
    if row is None or key is None:
        return None
    told = opened_values(key, bytes(row.sealed), entry.subject)
    return {field: tuple(json.loads(pair)) for field, pair in told.items()}


def proof(chain: str, *, values: bool = False) -> Iterator[Finding]:
    """Everything that is not as it was written: a gap, a changed entry, a cut end; with `values` the side rows too.

    Where there is nothing to say the chain is proven from its first entry to its last.
    """
    newest = Entry.objects.filter(chain=chain).aggregate(Max("number"))["number__max"] or 0
    # The head is read after that and reaches as far at least; what is written meanwhile comes after it.
    head = Chain.objects.get(key=chain)
    rows = Entry.objects.filter(chain=head, number__lte=head.last_number).order_by("number").values_list(*_FIELDS)
    previous, expected = "", 0
    for row in rows.iterator(chunk_size=_AT_ONCE):
        *hashed, digest = row
        number, expected = row[_NUMBER], expected + 1
        if number != expected:
            yield _finding(chain, number, "序号不连续，中间的条目不见了", expected, number)
            expected = number
        if row[_PREVIOUS] != previous:
            yield _finding(chain, number, "与前一条接不上，前一条被改动或换掉")
        if entry_hash(*hashed) != digest:
            yield _finding(chain, number, "内容与记录时的校验值不符，条目被改动")
        previous = digest
    seal = head_seal(chain, head.last_number, head.last_hash) if head.last_number else ""
    if (expected, previous, seal) != (head.last_number, head.last_hash, head.seal) or head.last_number < newest:
        yield _finding(
            chain, expected, "链尾与登记的最后一条不符，末尾的条目被删去或登记被改动", head.last_number, expected
        )
    if values:
        yield from _value_proof(head)


def _value_proof(head: Chain) -> Iterator[Finding]:
    rows = Entry.objects.filter(chain=head, number__lte=head.last_number).exclude(macs={}).order_by("number")
    erased = dict(Entry.objects.filter(act=ERASE).values_list("subject").annotate(Max("at")))
    key = cache(key_of)
    fields = ("number", "at", "subject", "macs", "values_row__sealed")
    for number, at, subject, macs, sealed in rows.values_list(*fields).iterator(chunk_size=_AT_ONCE):
        if sealed is not None:
            message = _fault(key(subject), bytes(sealed), subject, macs)
        else:
            message = "" if at <= erased.get(subject, _NEVER) else "附带的内容不见了，而没有依规清除的记录"
        if message:
            yield _finding(head.key, number, message)


def _fault(key: bytes | None, sealed: bytes, subject: str, macs: dict[str, str]) -> str:
    """What is wrong with the values beside an entry; empty where they are what was written."""
    try:
        told = opened_values(key, sealed, subject) if key is not None else None
    except NotOpened:
        told = None
    if key is None or told is None:
        return "附带的内容打不开，已被改动"
    is_same = {field: value_mac(key, field, pair) for field, pair in told.items()} == macs
    return "" if is_same else "附带的内容与条目中的校验值不符"


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
