"""Uploads: too large a request is refused before it is read; a form's file field inspects what it is given."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.files.inspection import Inspected, inspect
from gongkai.files.purposes import ALLOWANCES, MB, MOST_AT_ONCE, Purpose
from gongkai.kernel.reasons import ActionRefused


class UploadLimitMiddleware:
    """Answers 413 to a request that says it is larger than all that may be sent at once, without reading it.

    It stands before everything that looks into a form. What a request does not announce is not read either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= MOST_AT_ONCE:
            return self._get_response(request)
        told = {"size": int(length) // MB, "limit": MOST_AT_ONCE // MB, "title": "上传的文件太大"}
        return render(request, "files/too_large.html", told, status=413)


class UploadField(forms.FileField):
    """A file for a purpose; cleaned, it is an `Inspected` that can be stored."""

    def __init__(self, purpose: Purpose, **options: Any) -> None:
        self.purpose = purpose
        allowance = ALLOWANCES[purpose]
        widget = forms.FileInput(
            attrs={"accept": allowance.accept, "limits": allowance.told, "max_bytes": allowance.largest}
        )
        super().__init__(widget=widget, **{"label": allowance.name, **options})
        self.error_messages["required"] = "请选择文件"

    def to_python(self, data: File[Any] | None) -> Any:
        """Nothing for nothing; an empty file is told by the inspection, with its name."""
        return None if data in self.empty_values else data

    def clean(self, data: Any, initial: Any = None) -> Inspected | None:
        """The inspected file. Raises ValidationError with what is wrong with it and what to do."""
        upload: UploadedFile[Any] | None = super().clean(data, initial)
        if upload is None:
            return None
        try:
            return inspect(on_disk(upload), name=upload.name or "", purpose=self.purpose)
        except ActionRefused as refused:
            told = [f"{reason.message}。{reason.instead}".rstrip("。") for reason in refused.reasons]
            raise ValidationError(told, code="refused") from refused


def inspect_made(data: bytes, *, name: str, purpose: Purpose) -> Inspected:
    """Inspects a file that the house itself made (a notice, a redacted copy). Raises ActionRefused."""
    return inspect(_written(data), name=name, purpose=purpose)


def on_disk(upload: UploadedFile[Any]) -> Path:
    """Where an upload lies in our folder of uploads; it goes with the request, or with the sweep."""
    if isinstance(upload, TemporaryUploadedFile):
        upload.flush()
        return Path(upload.temporary_file_path())
    upload.seek(0)
    return _written(upload.read())


def _written(data: bytes) -> Path:
    path = Path(settings.FILE_UPLOAD_TEMP_DIR, secrets.token_hex(16))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    return path
