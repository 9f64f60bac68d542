"""The door that every file comes in by: nothing is stored that was not inspected.

Size and name are looked at here, the content in a watched child process.
"""

import os
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from gongkai.batch.frames import Order
from gongkai.batch.supervisor import Job, NotStarted, run_batch
from gongkai.files.judging import findings_of
from gongkai.files.kinds import FACTS, extension_of, families_of, named_for
from gongkai.files.probing import Probed
from gongkai.files.purposes import ALLOWANCES, MB, Purpose
from gongkai.findings import Finding
from gongkai.kernel.reasons import ActionRefused, Reason

_JOB = Job("gongkai.files.probing:probing")
_SECONDS = 60.0
_MEMORY = 768 * MB
_LONGEST_NAME = 120
_WIPED_AT_ONCE = 2**20
_SECRET = "条例第十四条；保守国家秘密法"  # noqa: S105  the law's name


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be stored: where it lies for now, its name put right, and what is known of it."""

    path: Path
    name: str
    purpose: Purpose
    size: int
    probed: Probed

    @property
    def findings(self) -> list[Finding]:
        """What is to be looked at before the file is released."""
        return findings_of(self.probed)


def inspect(path: Path, *, name: str, purpose: Purpose) -> Inspected:
    """A file that may be stored. Raises ActionRefused for one that is not taken; a secret one is wiped on the spot.

    `path` is a file of ours that nobody else writes to, `name` what its sender calls it.
    """
    allowance, name = ALLOWANCES[purpose], plain_name(name)
    size = path.stat().st_size
    if not size:
        raise _refused("empty", f"“{name}”是空文件", "请核对是否选错了文件")
    if size > allowance.largest:
        raise _refused(
            "too_large",
            f"“{name}”有 {_told(size)} MB，{allowance.name}每个不超过 {allowance.largest // MB} MB",
            "请拆分或压缩图片后再上传",
        )
    probed = _probed(path, name)
    if probed.mark:
        wipe(path)
        raise _refused(
            "secret",
            f"“{name}”的首页有密级标志“{probed.mark}”，不能上传，系统没有保存",
            "涉密信息不上网、上网信息不涉密。请通过窗口或机要渠道办理",
            basis=_SECRET,
        )
    facts, extension = FACTS[probed.kind], extension_of(name)
    if extension and facts.family not in families_of(extension):
        raise _refused("extension", f"“{name}”的扩展名与内容不符：内容是{facts.name}", "请用原来的程序重新保存后再上传")
    if probed.kind not in allowance.kinds:
        raise _refused("kind", f"“{name}”是{facts.name}，{allowance.name}不收这种文件", f"可以上传：{allowance.told}")
    return Inspected(path, named_for(name, probed.kind), purpose, size, probed)


def plain_name(name: str) -> str:
    """A name without folders, control characters and signs that turn the writing, of at most 120 characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
    name = " ".join(name.split()).strip(". ") or "未命名"
    if len(name) <= _LONGEST_NAME:
        return name
    ending = f".{extension}" if (extension := extension_of(name)) and len(extension) < 8 else ""
    return name[: _LONGEST_NAME - len(ending)] + ending


def wipe(path: Path) -> None:
    """Overwrites a file and removes it."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        left = file.seek(0, os.SEEK_END)
        file.seek(0)
        while left > 0:
            left -= file.write(bytes(min(left, _WIPED_AT_ONCE)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)


def _probed(path: Path, name: str) -> Probed:
    order = Order(os.fsencode(path), seconds=_SECONDS, memory=_MEMORY)
    try:
        reply = run_batch(_JOB, [order])[0]
    except NotStarted as error:
        raise _refused("busy", f"“{name}”暂时不能检查（{error}）", "请稍后再试；仍然不行请告知系统管理员") from error
    if reply.error is not None:
        raise _refused("unreadable", f"“{name}”没有收下：{reply.error}")
    return msgspec.msgpack.decode(reply.body, type=Probed)


def _told(size: int) -> str:
    return f"{size / MB:.1f}".removesuffix(".0")


def _refused(what: str, message: str, instead: str = "", *, basis: str = "") -> ActionRefused:
    return ActionRefused([Reason(f"files.{what}", message, instead, basis)])
