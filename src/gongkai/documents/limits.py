"""How much of a document is read, and the errors that say why one was not.

Unreadable
├── Damaged       not a whole file of its kind
├── Encrypted     needs a password
├── TooLarge      over a stated limit
├── Unknown       a kind that is not read
├── ProgramNeeded a program of the distribution is missing
└── Stuck         a program that reads for us does not end
"""

import errno
import os
from dataclasses import dataclass


class Unreadable(Exception):
    """A document that could not be read; the text is one Chinese line that says why and what to do."""


class Damaged(Unreadable):
    """The bytes are not a whole file of the kind they claim to be."""


class Encrypted(Unreadable):
    """The file is protected by a password or by rights management."""


class TooLarge(Unreadable):
    """The file, or what it would unpack to, is over a limit."""


class Unknown(Unreadable):
    """The kind of file is not one that is read."""


class ProgramNeeded(Unreadable):
    """The kind is read through a program that is not installed; the text names its package."""


class Stuck(Unreadable):
    """A program that reads for us did not end, and may still run: this process had better end, with its group."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one read. Sizes in bytes, texts in characters; counts are of the whole document."""

    file_size: int = 64 * 2**20
    unpacked_size: int = 128 * 2**20
    ratio: int = 200
    characters: int = 5_000_000
    blocks: int = 200_000
    cells: int = 200_000
    columns: int = 1_000
    depth: int = 200
    pages: int = 500


DEFAULT = Limits()

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接互相指向",
    errno.EMFILE: "打开的文件过多",
    errno.EIO: "磁盘读写出错",
}


def os_reason(error: OSError) -> str:
    """Why the system refused, in Chinese; in the system's own words where it is a rare reason."""
    return _REASONS.get(error.errno or 0) or (os.strerror(error.errno) if error.errno else str(error))
