"""Keys, kept outside database and files: made at first start under `GONGKAI_HOME/keys`, readable by their owner alone.

Data keys are numbered: new values are encrypted under the newest, old ones name the key that opens them. The index key
is apart, for it can be changed only by indexing everything anew.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_BYTES = 32


@cache
def data_key(key_id: int) -> bytes:
    """The data key of that id. Raises ImproperlyConfigured when it is not there: what it encrypted can't be read."""
    path = _folder() / f"data-{key_id}.key"
    if not path.exists():
        raise ImproperlyConfigured(f"缺少密钥文件 {path}，用它加密的内容无法打开；请从备份恢复该文件")
    return path.read_bytes()


@cache
def newest_data_key_id() -> int:
    """The id of the key that new values are encrypted under; the first is made when there is none."""
    numbers = [int(path.stem.removeprefix("data-")) for path in _folder().glob("data-*.key")]
    if not numbers:
        _made(_folder() / "data-1.key")
        return 1
    return max(numbers)


@cache
def named_key(name: str) -> bytes:
    """A key for one purpose (`index`, `journal`), made when it is first asked for."""
    return _made(_folder() / f"{name}.key")


def secret_text(folder: Path, name: str) -> str:
    """A secret as text (Django's SECRET_KEY), made at first start. Used by the settings, before Django is set up."""
    return _made(folder / f"{name}.key").hex()


def _folder() -> Path:
    return Path(settings.GONGKAI_KEYS)


def _made(path: Path) -> bytes:
    """The key in a file, which is made if it is not there; two starts at once agree on one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
