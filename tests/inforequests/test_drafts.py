"""Drafts: sealed, swept with their files when they expire, and never thrown away once they are filed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.files.samples import word
from tests.inforequests.applying import CONTENT, Citizen, an_open_agency

from gongkai.config.ticking import tick
from gongkai.files.models import File
from gongkai.files.purposes import Purpose
from gongkai.files.queries import files_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests import applying, drafts
from gongkai.inforequests.codes import new_code
from gongkai.inforequests.drafts import HOURS, Writing
from gongkai.inforequests.models import Draft, Request
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def a_draft(**values: object) -> Draft:
    return drafts.begin(SessionStore(), Writing(**values))  # type: ignore[arg-type]  # a writing's fields


def with_file(draft: Draft, text: str = "公告") -> Path:
    """Gives a draft a file; where that lay before it was stored."""
    inspected = inspect_made(word(text), name="公告.docx", purpose=Purpose.APPLICATION)
    with transaction.atomic():
        drafts.attach(draft, inspected)
    return inspected.path


def test_what_is_written_lies_sealed() -> None:
    a_draft(content=CONTENT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM inforequests_draft")
        assert CONTENT["text"].encode() not in bytes(cursor.fetchone()[0])


def test_a_draft_expires_some_hours_after_it_was_last_written_on() -> None:
    session = SessionStore()
    with at(MONDAY):
        draft, begun = drafts.begin(session, Writing(content=CONTENT)), now()
    with at(begun + timedelta(hours=HOURS - 1)):
        assert drafts.of(session) == draft
        drafts.keep(draft, Writing(content={**CONTENT, "text": "改过"}))
    with at(begun + timedelta(hours=2 * HOURS - 2)):
        found = drafts.of(session)
        assert found is not None
        assert drafts.opened(found).content["text"] == "改过"
    with at(begun + timedelta(hours=2 * HOURS)):
        assert drafts.of(session) is None
        assert drafts.is_lost(session)


def test_the_sweep_throws_away_what_expired_with_its_files_and_nothing_else() -> None:
    with at(MONDAY):
        old, begun = a_draft(content=CONTENT), now()
        with_file(old)
    with at(begun + timedelta(hours=HOURS)):
        young = a_draft(content=CONTENT)
        with_file(young)
        tick()
        assert list(Draft.objects.all()) == [young]
        assert not File.objects.filter(owner=old.public_id).exists()
        assert len(files_of(young.public_id)) == 1


def test_a_filed_letter_keeps_its_files_whatever_the_sweep_does() -> None:
    with at(MONDAY):
        citizen, begun = Citizen().fill(an_open_agency()), now()
        with_file(Draft.objects.get())
        stale = Draft.objects.get()
        citizen.post("/apply/check/")
        drafts.throw_away(stale)
    with at(begun + timedelta(days=1)):
        drafts.sweep(now())
        assert len(files_of(Request.objects.get().public_id)) == 1


def test_a_draft_that_was_swept_while_its_writer_sent_it_is_refused() -> None:
    agency = an_open_agency()
    Citizen().fill(agency)
    draft = Draft.objects.get()
    drafts.throw_away(draft)
    with pytest.raises(ActionRefused, match="已经过了保存时间"), transaction.atomic():
        applying.file(draft.public_id, new_code())
    assert not Request.objects.exists()


def test_more_than_any_form_takes_is_not_kept() -> None:
    draft = a_draft(content=CONTENT)
    drafts.keep(draft, Writing(content={"text": "字" * 300_000}))
    draft.refresh_from_db()
    assert drafts.opened(draft).content == CONTENT


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=5))
def test_whatever_is_typed_comes_back_as_it_was(typed: dict[str, str]) -> None:
    writing = Writing(agency="x", content=typed, joint=[typed, typed])
    draft = Draft()
    drafts.keep(draft, writing)
    assert drafts.opened(Draft.objects.get(pk=draft.pk)) == writing
    draft.delete()


def test_a_draft_begins_under_a_new_session_key() -> None:
    session = SessionStore()
    session.create()
    planted = session.session_key
    drafts.begin(session, Writing(content=CONTENT))
    assert session.session_key != planted
    assert not SessionStore().exists(planted)
