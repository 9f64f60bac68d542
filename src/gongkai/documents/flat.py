"""Word files as one XML file (flat packages), as templates of office systems make them: parts of a zip file again."""

import io
import zipfile

from lxml import etree

from gongkai.documents.xml import parse

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def package_of(data: bytes) -> bytes:
    """The zip file that a flat package stands for, its pictures left out. Raises Unreadable as `xml.parse` does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part in parse(data).iterfind(f"{_PKG}part"):
            root = part.find(f"{_PKG}xmlData/*")
            if root is not None:
                package.writestr(str(part.get(f"{_PKG}name")).lstrip("/"), etree.tostring(root, encoding="UTF-8"))
    return out.getvalue()
