"""Finds the stylesheet and the script, which are made of their parts, as if they were files of the package."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from gongkai.ui.garnish import script
from gongkai.ui.styles import stylesheet

MADE = {"ui/gongkai.css": stylesheet, "ui/gongkai.js": script}


class BundleFinder(BaseFinder):
    """Makes them in the data folder and finds them there."""

    def check(self, **_options: Any) -> list[Any]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """The file's place, or nothing."""
        if path not in MADE:
            return []
        made = str(_made(path))
        return [made] if find_all else made

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """The files."""
        for name in MADE:
            _made(name)
            yield name, FileSystemStorage(location=settings.BUNDLE_ROOT)


def _made(name: str) -> Path:
    path = Path(settings.BUNDLE_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = MADE[name]()
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
    return path
