"""Old Office (.doc, .xls), WPS, RTF and OpenDocument files: converted by LibreOffice, then read as .docx or .xlsx."""

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
from gongkai.documents.signature import office_filter
from gongkai.documents.xlsx import read_xlsx

SECONDS = 55
"""A little less than the whole file is given, so that the reason can still be told."""

_BOOKS = frozenset({"calc8", "MS Excel 97", "MS Excel 2003 XML"})
_SECURITY = "".join(
    f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{name}" oor:op="fuse">'
    "<value>true</value></prop></item>"
    for name in ("BlockUntrustedRefererLinks", "DisableMacrosExecution", "DisableActiveContent")
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{_SECURITY}</oor:items>'
)


def read_office(data: bytes, limits: Limits) -> Document:
    """The document in an old Office, RTF or OpenDocument file. Raises ProgramNeeded where LibreOffice is missing."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    source_filter = office_filter(data)
    kind, package = ("xlsx", "libreoffice-calc") if source_filter in _BOOKS else ("docx", "libreoffice-writer")
    if program is None:
        raise ProgramNeeded(
            f"读取旧版 Office、WPS、RTF 和 OpenDocument 文件需要 LibreOffice，请安装软件包 {package}，"
            f"或把文件另存为 .{kind} 后再试"
        )
    with TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, "source")
        source.write_bytes(data)
        _convert(program, source, source_filter, kind)
        converted = source.with_suffix(f".{kind}")
        if not converted.exists():
            raise Damaged(
                f"LibreOffice 无法打开这个文件，可能已损坏、有密码，或缺少软件包 {package}；请另存为 .{kind} 后再试"
            )
        told = converted.read_bytes()
    return read_xlsx(told, limits) if kind == "xlsx" else read_docx(told, limits)


def _convert(program: str, source: Path, source_filter: str, kind: str) -> None:
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={_profile(os.getpid()).as_uri()}"]
    command += [f"--infilter={source_filter}", "--convert-to", kind, "--outdir", str(source.parent), str(source)]
    # In the process group of this process, so that whoever ends that ends LibreOffice too.
    process = subprocess.Popen(  # noqa: S603  the distribution's program, arguments are ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Stuck(f"LibreOffice 在 {SECONDS} 秒内没有转换完成，请另存为 .{kind} 后再试") from error
    finally:
        process.kill()
        process.wait()


@cache
def _profile(process: int) -> Path:
    """A profile of this process's own: two LibreOffices cannot share one. Nothing in a document acts or calls out."""
    folder = Path(mkdtemp(prefix=f"gongkai-office-{process}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(_SETTINGS, encoding="utf-8")
    return folder
