"""Finds the stylesheet, which is made of its parts, as if it were a file of the package."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from gongkai.ui.styles import stylesheet

NAME = "ui/gongkai.css"


class StylesheetFinder(BaseFinder):
    """Makes the stylesheet in the data folder and finds it there."""

    def check(self, **_options: Any) -> list[Any]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """The file's place, or nothing."""
        return ([str(self._made())] if find_all else str(self._made())) if path == NAME else []

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """The one file."""
        self._made()
        yield NAME, FileSystemStorage(location=str(self._folder()))

    def _folder(self) -> Path:
        return Path(settings.BUNDLE_ROOT)

    def _made(self) -> Path:
        path = self._folder() / NAME
        path.parent.mkdir(parents=True, exist_ok=True)
        text = stylesheet()
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
        return path
