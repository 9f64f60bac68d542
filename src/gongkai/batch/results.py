"""What is known of one file after it was read and checked, and the count over all files."""

import json
from typing import Any

import msgspec

from gongkai import findings
from gongkai.findings import Finding


class FileResult(msgspec.Struct, frozen=True, kw_only=True):
    """One file: whether it could be read (`error` says why not, or which pages could not), and its findings.

    The findings stay the JSON that the child wrote, since most results are only passed on; `findings` decodes them.
    `fingerprint` and `passages` serve the search for look-alikes; `shown` is the document as it reads (`batch.shown`),
    empty unless it was asked for.
    """

    file: str
    readable: bool
    error: str | None = None
    agency: str | None = None
    year: int | None = None
    findings_json: bytes = b"[]"
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    fingerprint: tuple[int, ...] = ()
    passages: tuple[tuple[int, str, str], ...] = ()
    shown: bytes = b""

    def with_hint(self, finding: Finding) -> "FileResult":
        """The result with one more finding, a hint."""
        told = msgspec.json.encode(findings.as_json(finding))
        before = self.findings_json.removesuffix(b"]")
        joined = before + (b"" if before == b"[" else b",") + told + b"]"
        return msgspec.structs.replace(self, findings_json=joined, hints=self.hints + 1)

    @property
    def findings(self) -> list[Finding]:
        """The findings, decoded."""
        return [findings.from_json(item) for item in json.loads(self.findings_json)]

    def as_json(self) -> bytes:
        """The object of the contract's `files`."""
        head: dict[str, Any] = {
            "file": self.file,
            "readable": self.readable,
            "error": self.error,
            "agency": self.agency,
            "year": self.year,
        }
        return msgspec.json.encode(head)[:-1] + b',"findings":' + self.findings_json + b"}"


class Summary(msgspec.Struct):
    """The count over all files, and the exit status that the contract gives to it."""

    files: int = 0
    unreadable: int = 0
    errors: int = 0
    warnings: int = 0
    hints: int = 0

    def add(self, result: FileResult) -> None:
        """Counts one more file."""
        self.files += 1
        self.unreadable += not result.readable
        self.errors += result.errors
        self.warnings += result.warnings
        self.hints += result.hints

    @property
    def exit_status(self) -> int:
        """0 no error; 1 at least one error; 2 an input could not be read, which wins over 1."""
        return 2 if self.unreadable else min(self.errors, 1)
