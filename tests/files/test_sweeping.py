"""Orphans and forgotten uploads go; what a row refers to, or was put there again just now, stays."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.files.samples import word

from gongkai.files import storage
from gongkai.files.actions import store
from gongkai.files.models import File
from gongkai.files.purposes import Purpose
from gongkai.files.sweeping import sweep, sweep_uploads
from gongkai.files.uploads import inspect_made
from gongkai.kernel.clock import now
from gongkai.kernel.registry import ticks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def root(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files", tmp_path / "uploads"  # type: ignore[attr-defined]
    for folder in ("files", "uploads"):
        (tmp_path / folder).mkdir()
    return tmp_path / "files"


def put(place: str, data: bytes = b"orphan") -> str:
    storage.put(place, lambda file: file.write(data))
    return place


def age(place: str, by: timedelta) -> None:
    when = (datetime.now(UTC) - by).timestamp()
    os.utime(Path(settings.MEDIA_ROOT, place), (when, when))


def test_orphans_go_after_a_day_and_files_stay_for_ever() -> None:
    stored = store(inspect_made(word(), name="说明.docx", purpose=Purpose.ATTACHMENT), owner="item2222")
    kept = File.objects.get(public_id=stored.public_id).place
    old, young = put(storage.sealed_place()), put(storage.plain_place("ab" * 32))
    draft = put("drafts/left")
    for place in (kept, old, draft):
        age(place, 2 * DAY)
    sweep(now())
    assert not Path(settings.MEDIA_ROOT, old).exists()
    assert not Path(settings.MEDIA_ROOT, draft).exists()
    assert Path(settings.MEDIA_ROOT, young).exists()
    assert Path(settings.MEDIA_ROOT, kept).exists()
    sweep(now() + DAY / 2)
    assert Path(settings.MEDIA_ROOT, young).exists(), "all files are walked over once a day"
    sweep(now() + 2 * DAY)
    assert not Path(settings.MEDIA_ROOT, young).exists()
    assert Path(settings.MEDIA_ROOT, kept).exists()


def test_content_that_is_stored_again_while_it_is_swept_stays() -> None:
    place = put(storage.plain_place("cd" * 32))
    age(place, 2 * DAY)

    def meanwhile(_places: list[str]) -> set[str]:
        put(place)  # another act stores the same content; its row is not committed yet
        return set()

    assert storage.sweep(meanwhile, now()) == 0
    assert Path(settings.MEDIA_ROOT, place).exists()


def test_forgotten_uploads_are_wiped_after_an_hour() -> None:
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for name, hours in (("old", 2), ("young", 0)):
        (folder / name).write_bytes(b"plain")
        when = (datetime.now(UTC) - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (when, when))
    assert sweep_uploads(now()) == 1
    assert [path.name for path in folder.iterdir()] == ["young"]


def test_the_worker_is_told_to_sweep() -> None:
    assert ticks["files.sweep"] is sweep


def test_files_are_for_the_installation_alone(root: Path) -> None:
    place = put(storage.sealed_place())
    assert (root / place).stat().st_mode & 0o077 == 0
    assert (root / place).parent.stat().st_mode & 0o077 == 0


def test_the_same_content_put_by_several_at_once_is_whole() -> None:
    place, data = storage.plain_place("ef" * 32), b"x" * 300_000
    with ThreadPoolExecutor(6) as pool:
        assert (
            list(pool.map(lambda _: storage.put(place, lambda file: file.write(data)), range(12))) == [len(data)] * 12
        )
    with storage.open_at(place) as file:
        assert file.read() == data
    assert not any(Path(settings.MEDIA_ROOT, "drafts").iterdir())
