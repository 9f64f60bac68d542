"""Letters that are still being written (草稿): sealed, kept for some hours, filed once or thrown away with their files.

A draft's public id lies in the visitor's session alone, never in an address; its files are owned by it, and become the
letter's when it is filed.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction

from gongkai.files import actions as files
from gongkai.files.inspection import Inspected, wipe
from gongkai.files.purposes import MB, Purpose
from gongkai.files.queries import NoSuchFile, StoredFile, files_of
from gongkai.inforequests.codes import new_code
from gongkai.inforequests.models import Draft, Request
from gongkai.inforequests.public_sessions import give_code
from gongkai.kernel.clock import now
from gongkai.kernel.fields import EncryptedTextField
from gongkai.kernel.reasons import ActionRefused, Reason

HOURS = 4
"""How long a draft is kept after it was last written on."""
MOST_FILES, MOST_BYTES = 10, 60 * MB
MOST_JOINT = 20
_LONGEST = 200_000
"""Characters of a draft: far more than all fields may have."""
_SESSION_KEY = "apply_draft"
_SWEPT_AT_ONCE = 100
_TAKE = "DELETE FROM inforequests_draft WHERE public_id = %s AND expires_at > %s RETURNING sealed"

_SEALED = Draft._meta.get_field("sealed")
assert isinstance(_SEALED, EncryptedTextField)

Typed = dict[str, str]
"""What was typed into a form, by field, right or wrong."""


@dataclass(slots=True)
class Writing:
    """What is written so far: the agency's public id, whether a person or an organisation asks, and what was typed."""

    agency: str = ""
    sort: str = ""
    content: Typed = field(default_factory=dict)
    applicant: Typed = field(default_factory=dict)
    joint: list[Typed] = field(default_factory=list)
    agent: Typed = field(default_factory=dict)
    delivery: Typed = field(default_factory=dict)


def begin(session: SessionBase, writing: Writing) -> Draft:
    """A new draft of the visitor, under a new session key: who planted the old one reads nothing of it."""
    session.cycle_key()
    draft = Draft()
    keep(draft, writing)
    session[_SESSION_KEY] = draft.public_id
    give_code(session, draft.public_id, new_code())
    return draft


def of(session: SessionBase) -> Draft | None:
    """The visitor's draft; None where there is none, or it has expired."""
    found = of_session(session)
    return Draft.objects.filter(public_id=found, expires_at__gt=now()).first() if found else None


def of_session(session: SessionBase) -> str:
    """The public id of the draft that the visitor began; empty where he began none."""
    return str(session.get(_SESSION_KEY, ""))


def is_lost(session: SessionBase) -> bool:
    """Whether the visitor began one that is no more, and was not filed."""
    begun = of_session(session)
    return bool(begun) and of(session) is None and not Request.objects.filter(public_id=begun).exists()


def forget(session: SessionBase) -> None:
    """The visitor has no draft any more."""
    session.pop(_SESSION_KEY, None)


def opened(draft: Draft) -> Writing:
    """What is written in it."""
    return _writing(draft.sealed)


def keep(draft: Draft, writing: Writing) -> None:
    """Keeps what is written, for some hours more. What is longer than any form takes is not kept."""
    text = json.dumps(asdict(writing), ensure_ascii=False)
    if len(text) > _LONGEST:
        return
    draft.sealed, draft.expires_at = text, now() + timedelta(hours=HOURS)
    draft.save()


@transaction.atomic
def attach(draft: Draft, inspected: Inspected, *, mark: str = "") -> StoredFile:
    """Keeps a file with the draft; `mark` goes before its name, to tell whose it is. Raises ActionRefused."""
    before = files_of(draft.public_id)
    if len(before) >= MOST_FILES or sum(one.size for one in before) + inspected.size > MOST_BYTES:
        wipe(inspected.path)
        told = f"附件最多{MOST_FILES}个，合计不超过 {MOST_BYTES // MB} MB"
        raise ActionRefused([Reason("files", told, "请先移除用不着的，或者邮寄、当面提交")])
    named = replace(inspected, name=f"{mark}_{inspected.name}") if mark else inspected
    return files.store(named, owner=draft.public_id, subject=draft.public_id)


@transaction.atomic
def detach(draft: Draft, public_id: str) -> None:
    """Takes a file away again; nothing where it is not the draft's."""
    try:
        files.discard(public_id, owner=draft.public_id)
    except NoSuchFile:
        return


def files_for(draft: Draft, purpose: Purpose) -> list[StoredFile]:
    """The files of a draft that are for a purpose."""
    return [one for one in files_of(draft.public_id) if one.purpose == purpose]


@transaction.atomic
def throw_away(draft: Draft) -> None:
    """Throws a draft away with its files, unless it was filed meanwhile."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        return
    for one in files_of(held.public_id):
        files.discard(one.public_id, owner=held.public_id)
    held.delete()


def taken(public_id: str) -> Writing | None:
    """Takes a draft that has not expired away, to be filed: what is written in it. Needs a transaction.

    None where there is none; whoever sends it at the same time waits here, and finds none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [public_id, connection.ops.adapt_datetimefield_value(now())])
        row = cursor.fetchone()
    return _writing(_SEALED.opened(row[0])) if row is not None else None


def sweep(at: datetime) -> None:
    """Throws away the drafts that have expired."""
    for draft in Draft.objects.filter(expires_at__lte=at).order_by("id")[:_SWEPT_AT_ONCE]:
        throw_away(draft)


def _writing(text: str) -> Writing:
    return Writing(**json.loads(text))
