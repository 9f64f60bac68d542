"""Storing, reading back, copying, erasing: nothing half stored, nothing personal in plain, nothing for another owner."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.files.samples import png, word

from gongkai.audit import actions as audit
from gongkai.files import queries, storage
from gongkai.files.actions import derive, discard, erase, store
from gongkai.files.models import Derivation, File
from gongkai.files.purposes import Purpose
from gongkai.files.queries import NoSuchFile, copies_of, file_of, files_of, is_intact, pieces_of, same_as, text_of
from gongkai.files.uploads import inspect_made
from gongkai.kernel.crypto import Unsealable
from gongkai.kernel.ids import public_id

pytestmark = pytest.mark.django_db
OWNER, OTHER, SUBJECT = "case2222", "case3333", "person22"
NAME, WORDS = "王敏的申请.docx", "申请公开低保名单"


@pytest.fixture(autouse=True)
def _own_folder(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]  # pytest-django's settings
    (tmp_path / "files").mkdir()


def kept(data: bytes | None = None, *, name: str = NAME, purpose: Purpose = Purpose.CASE, owner: str = OWNER):
    inspected = inspect_made(word(WORDS) if data is None else data, name=name, purpose=purpose)
    return store(inspected, owner=owner, subject=SUBJECT)


def on_disk() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name not in ("lock", "swept")
    }


def content(public_id: str, owner: str = OWNER) -> bytes:
    return b"".join(pieces_of(public_id, owner=owner))


@pytest.mark.parametrize("purpose", [Purpose.CASE, Purpose.ATTACHMENT])
def test_what_is_stored_comes_back_with_its_text(purpose: Purpose) -> None:
    data = word(WORDS)
    stored = kept(data, purpose=purpose)
    assert content(stored.public_id) == data
    assert (stored.name, stored.size, stored.kind_name) == (NAME, len(data), "Word 文档")
    assert text_of(stored.public_id, owner=OWNER) == WORDS
    assert is_intact(stored.public_id, owner=OWNER)
    assert files_of(OWNER) == [stored] == [file_of(stored.public_id, owner=OWNER)]
    assert stored.is_personal is (purpose is Purpose.CASE)


@pytest.mark.parametrize("purpose", [Purpose.CASE, Purpose.ATTACHMENT])
def test_a_file_that_comes_again_is_known_by_name_and_content(purpose: Purpose) -> None:
    def same(words: str = WORDS, name: str = NAME, owner: str = OWNER) -> list[str]:
        return same_as(inspect_made(word(words), name=name, purpose=purpose), owner=owner)

    assert same() == []
    stored = kept(purpose=purpose)
    assert same() == [stored.public_id]
    assert same(words="申请公开低保标准") == same(name="另一份.docx") == same(owner=OTHER) == []
    if purpose is Purpose.CASE:
        erase(SUBJECT)
        assert same() == []


def test_a_public_file_lies_under_its_content_once() -> None:
    data = word(WORDS)
    first, second = (kept(data, purpose=Purpose.ATTACHMENT, owner=owner) for owner in (OWNER, OTHER))
    rows = File.objects.filter(public_id__in=[first.public_id, second.public_id])
    (place,) = set(rows.values_list("place", flat=True))
    assert place == storage.plain_place(rows[0].digest)
    assert on_disk()[place] == data


def test_nothing_of_a_personal_file_can_be_read_from_disk_or_database() -> None:
    data = word(WORDS)
    stored = kept(data)
    again = kept(data)
    rows = File.objects.all()
    assert all(row.place.startswith("sealed/") and row.key_id == 1 for row in rows)
    for sealed in on_disk().values():
        assert WORDS.encode() not in sealed
        assert sealed[18:20] != b"PK"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM files_file")
        told = repr(cursor.fetchall())
    assert "王敏" not in told
    assert WORDS not in told
    import hashlib

    assert hashlib.sha256(data).hexdigest() not in told, "a plaintext hash would tell who has the same file"
    row, other = (File.objects.get(public_id=one.public_id) for one in (stored, again))
    assert row.digest == other.digest, "the same file of one subject is known again"
    assert row.place != other.place


def test_a_personal_file_needs_a_subject_and_every_file_a_transaction() -> None:
    inspected = inspect_made(word(), name=NAME, purpose=Purpose.CASE)
    with pytest.raises(ValueError, match="subject"):
        store(inspected, owner=OWNER)
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.filter(pk=File.objects.get(public_id=kept().public_id).pk).update(key_id=None)


def test_another_owner_finds_nothing() -> None:
    stored = kept()
    assert files_of(OTHER) == []
    for look in (file_of, copies_of, pieces_of, text_of, is_intact):
        with pytest.raises(NoSuchFile):
            look(stored.public_id, owner=OTHER)
    with pytest.raises(NoSuchFile):
        discard(stored.public_id, owner=OTHER)


def test_findings_are_kept_with_the_file() -> None:
    stored = kept(png(), name="照片.png")
    assert [one.rule for one in file_of(stored.public_id, owner=OWNER).findings] == ["F-UNCHECKED"]


def test_a_changed_or_missing_file_is_noticed() -> None:
    personal, public = kept(), kept(word("甲"), purpose=Purpose.ATTACHMENT)
    for stored, error in ((personal, Unsealable), (public, None)):
        path = Path(settings.MEDIA_ROOT, File.objects.get(public_id=stored.public_id).place)
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
        assert not is_intact(stored.public_id, owner=OWNER)
        if error is not None:
            with pytest.raises(error):
                content(stored.public_id)
        path.unlink()
        assert not is_intact(stored.public_id, owner=OWNER)


def test_copies_follow_their_file() -> None:
    stored = kept()
    copy = inspect_made(word("遮盖后"), name="遮盖.docx", purpose=Purpose.CASE)
    redacted = derive(stored.public_id, copy, owner=OWNER, derivation=Derivation.REDACTED)
    assert redacted.is_personal
    assert content(redacted.public_id) == word("遮盖后")
    assert [one.derivation for one in copies_of(stored.public_id, owner=OWNER)] == ["text", "redacted"]
    assert files_of(OWNER) == [stored]
    with TestCase.captureOnCommitCallbacks(execute=True):
        discard(stored.public_id, owner=OWNER)
    assert File.objects.count() == 0
    assert on_disk() == {}


def test_erasing_a_subject_takes_content_names_and_findings_and_leaves_the_fact() -> None:
    stored, other = kept(), kept(purpose=Purpose.ATTACHMENT)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert erase(SUBJECT) == 2, "the file and its text"
        audit.erase(SUBJECT, author=audit.SYSTEM)
    assert all(place.startswith("plain/") for place in on_disk())
    row = File.objects.get(public_id=stored.public_id)
    assert (row.name, row.findings, row.erased_at is not None) == ("", "[]", True)
    with pytest.raises(NoSuchFile):
        content(stored.public_id)
    assert files_of(OWNER) == [other]
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert erase(SUBJECT) == 0
        assert erase("") == 0, "public files are nobody's"


@given(st.binary(min_size=1, max_size=200_000), st.booleans())
@hypothesis_settings(max_examples=15, deadline=None, derandomize=True)
def test_any_text_of_any_size_comes_back(data: bytes, is_personal: bool) -> None:
    data = b"text\n" + data.hex().encode()
    purpose = Purpose.CASE if is_personal else Purpose.ATTACHMENT
    stored = kept(data, name="说明.txt", purpose=purpose, owner=public_id())
    row = File.objects.get(public_id=stored.public_id)
    assert content(stored.public_id, row.owner) == data
    assert is_intact(stored.public_id, owner=row.owner)


class Gone(Exception):
    """What breaks the act off."""


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_broken_off_leaves_no_row_and_an_orphan_that_is_swept() -> None:
    inspected = inspect_made(word(WORDS), name=NAME, purpose=Purpose.CASE)

    def broken_off() -> None:
        with transaction.atomic():
            store(inspected, owner=OWNER, subject=SUBJECT)
            raise Gone

    with pytest.raises(Gone):
        broken_off()
    assert File.objects.count() == 0
    assert inspected.path.exists(), "the act may be tried again with it"
    with transaction.atomic():
        store(inspected, owner=OWNER, subject=SUBJECT)
    assert not inspected.path.exists(), "nothing plain is left once it is stored"
    with pytest.raises(transaction.TransactionManagementError):
        store(inspected, owner=OWNER, subject=SUBJECT)


def test_a_full_disk_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: io.BytesIO, target: io.BytesIO, *, context: str) -> int:
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gongkai.files.sealing.seal", full)
    with pytest.raises(OSError, match="No space"):
        kept()
    assert File.objects.count() == 0
    assert on_disk() == {}


@pytest.fixture(autouse=True)
def _no_uploads_left() -> Iterator[None]:
    yield
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        if path.is_file():
            path.unlink()


def test_queries_offers_no_way_round_the_owner() -> None:
    public = [name for name in vars(queries) if name.endswith("_of") and not name.startswith("_")]
    assert {"files_of", "copies_of", "file_of", "pieces_of", "text_of", "row_of"} <= set(public)
