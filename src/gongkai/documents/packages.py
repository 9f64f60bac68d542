"""How the parts of an Office file (.docx, .xlsx) find each other: relationships of the Open Packaging Conventions."""

import posixpath
from dataclasses import dataclass

from gongkai.documents.archive import Archive
from gongkai.documents.xml import parse


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another: its id, its kind (the last word of the type: `styles`, `header` …), and the part."""

    key: str
    kind: str
    part: str


def relations_of(archive: Archive, part: str) -> list[Relation]:
    """The relations of a part to other parts of the file, in their order; `""` is the package itself."""
    folder, name = posixpath.split(part)
    data = archive.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    return [
        Relation(
            str(node.get("Id")), str(node.get("Type")).rpartition("/")[2], _resolved(folder, node.get("Target", ""))
        )
        for node in (parse(data) if data else ())
        if node.get("TargetMode") != "External"
    ]


def main_part(archive: Archive, usual: str) -> str:
    """The part that the package names as its document; the usual one where it names none that is there."""
    named = (relation.part for relation in relations_of(archive, "") if relation.kind == "officeDocument")
    return next((part for part in named if part in archive.names), usual)


def _resolved(folder: str, target: str) -> str:
    """The name of a part from a target that is absolute or relative to a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
