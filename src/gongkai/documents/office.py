"""Old Word (.doc), WPS (.wps) and OpenDocument (.odt) files: converted by LibreOffice, then read as Word files."""

import atexit
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from gongkai.documents.blocks import Document
from gongkai.documents.docx import read_docx
from gongkai.documents.limits import Damaged, Limits, ProgramNeeded, Stuck

SECONDS = 55
"""A little less than the whole file is given, so that the reason can still be told."""


def read_office(data: bytes, limits: Limits) -> Document:
    """The document in an old Office or OpenDocument file. Raises ProgramNeeded where LibreOffice is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ProgramNeeded(
            "读取 .doc、.wps、.odt 需要 LibreOffice，请安装软件包 libreoffice-writer，或把文件另存为 .docx 后再试"
        )
    with TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, "source")
        source.write_bytes(data)
        _convert(program, source)
        converted = source.with_suffix(".docx")
        if not converted.exists():
            raise Damaged("LibreOffice 无法打开这个文件，可能已损坏或有密码，请另存为 .docx 后再试")
        return read_docx(converted.read_bytes(), limits)


def _convert(program: str, source: Path) -> None:
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={_profile(os.getpid()).as_uri()}"]
    command += ["--convert-to", "docx", "--outdir", str(source.parent), str(source)]
    # In the process group of this process, so that whoever ends that ends LibreOffice too.
    process = subprocess.Popen(  # noqa: S603  the distribution's program, arguments are ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Stuck(f"LibreOffice 在 {SECONDS} 秒内没有转换完成，请另存为 .docx 后再试") from error
    finally:
        process.kill()
        process.wait()


@cache
def _profile(process: int) -> Path:
    """A profile of this process's own: two LibreOffices cannot share one."""
    folder = Path(mkdtemp(prefix=f"gongkai-office-{process}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
