"""Which files a command takes: those named, and those found in the folders named."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

KNOWN = frozenset((".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".pdf", ".doc", ".wps", ".odt"))
"""Extensions that are looked for in folders; a file named directly is taken whatever it is called."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The files to read, in path order, and what stood in the folders but is passed over (contract: `skipped`)."""

    files: list[Path]
    skipped: list[str]


def walk(paths: Iterable[Path], outputs: Sequence[Path] = ()) -> Walk:
    """Files as named, folders with all that is below them.

    No link is followed, so a folder can't contain itself. A path that does not exist stays among the files: reading
    it tells so, in its place in the list. A file reached twice is taken once. What is
    about to be written (`outputs`) is passed over.
    """
    written = {path.resolve() for path in outputs}
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises for a name that is too long
            for found, is_taken in _below(path):
                if is_taken and not (written and found.resolve() in written):
                    files.append(found)
                else:
                    skipped.append(shown_name(found))
        else:
            files.append(path)
    return Walk(files=sorted(dict.fromkeys(files)), skipped=sorted(dict.fromkeys(skipped)))


def shown_name(path: Path | str | bytes) -> str:
    r"""A path as it can be printed: bytes that are no character of the system's encoding are written `\xb1`."""
    return os.fsencode(path).decode(sys.getfilesystemencoding(), "backslashreplace")


def _below(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Each entry at any depth that is not an ordinary folder, and whether it is to be read."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                listed = list(entries)
        except OSError:
            # A folder that can't be opened is told like any other thing that was passed over.
            yield current, False
            continue
        for entry in listed:
            path = current / entry.name
            if entry.is_dir(follow_symlinks=False) and not _is_private(entry.name):
                waiting.append(path)
            else:
                yield path, _is_wanted(entry)


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    is_known = os.path.splitext(entry.name)[1].lower() in KNOWN  # noqa: PTH122  a Path per entry doubles the time
    return is_known and not _is_private(entry.name) and entry.is_file(follow_symlinks=False)


def _is_private(name: str) -> bool:
    """Hidden files, and the lock files that office programs leave beside an open document."""
    return name.startswith((".", "~$"))
