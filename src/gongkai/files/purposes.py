"""What files are for, and what is taken for each: the closed table of kinds and sizes."""

from dataclasses import dataclass
from enum import StrEnum

from gongkai.files.kinds import FACTS, Kind

MB = 2**20


class Purpose(StrEnum):
    """What a file is for (用途)."""

    APPLICATION = "application"
    IDENTITY = "identity"
    CASE = "case"
    ATTACHMENT = "attachment"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is taken for a purpose: its name, kinds, the largest size in bytes; a personal file is sealed."""

    name: str
    kinds: frozenset[Kind]
    largest: int
    is_personal: bool

    @property
    def told(self) -> str:
        """Kinds and size in words, as a form tells them."""
        extensions = [FACTS[kind].extensions[0] for kind in Kind if kind in self.kinds]
        return f"{'、'.join(extensions)}，每个不超过 {self.largest // MB} MB"

    @property
    def accept(self) -> str:
        """What a browser's file dialog offers first."""
        return ",".join(f".{extension}" for kind in Kind if kind in self.kinds for extension in FACTS[kind].extensions)


_ALL = frozenset(Kind)
ALLOWANCES = {
    Purpose.APPLICATION: Allowance("申请附件", _ALL, 20 * MB, is_personal=True),
    Purpose.IDENTITY: Allowance("身份证明", frozenset({Kind.PDF, Kind.PNG, Kind.JPEG}), 10 * MB, is_personal=True),
    Purpose.CASE: Allowance("办理材料", _ALL, 50 * MB, is_personal=True),
    Purpose.ATTACHMENT: Allowance("公开附件", _ALL, 50 * MB, is_personal=False),
    Purpose.SHEET: Allowance("导入表格", frozenset({Kind.XLSX}), 20 * MB, is_personal=True),
}

MOST_AT_ONCE = 64 * MB
"""What one request may send, all its files together: more is refused before it is read."""
