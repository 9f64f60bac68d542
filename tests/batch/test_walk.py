"""Which files a command takes, and which it lists as skipped."""

import pytest

from gongkai.batch.walk import walk


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.docx",
        "a.txt",
        "sub/c.PDF",
        "sub/deep/d.html",
        ".hidden.txt",
        "~$b.docx",
        "note.zip",
        ".git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    return tmp_path


def test_known_extensions_below_a_folder_sorted_by_path(folder):
    assert [str(path.relative_to(folder)) for path in walk([folder]).files] == [
        "a.txt",
        "b.docx",
        "sub/c.PDF",
        "sub/deep/d.html",
    ]


def test_what_was_passed_over_is_listed(folder):
    skipped = {path.removeprefix(f"{folder}/") for path in walk([folder]).skipped}
    assert skipped == {".hidden.txt", "~$b.docx", "note.zip", ".git", "loop", "link.txt"}


def test_a_file_named_directly_is_taken_whatever_it_is_called(folder):
    assert walk([folder / "note.zip"]).files == [folder / "note.zip"]


def test_a_path_that_is_not_there_keeps_its_place(folder):
    missing = folder / "missing.txt"
    assert walk([missing, folder / "a.txt"]).files == [folder / "a.txt", missing]


def test_a_file_reached_twice_is_taken_once(folder):
    assert len(walk([folder, folder / "a.txt", folder / "sub"]).files) == 4
