"""What goes into the log about a fault: what kind it is and where it was raised, never what it says."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any


def without_values(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replaces `exc_info` by kinds and places. The message of an exception may quote a row with its personal data."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = [_told(one) for one in _chain(error)]
    return event


class WithoutPath(logging.Filter):
    """Takes the address out of what Django says about a request: a visitor may have typed anything into it.

    A form without its token is told by another logger; the address may be the link that gives a new query code.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets everything pass."""
        is_told = record.name == "django.request" or record.name.startswith("django.security.")
        if is_told and isinstance(record.args, tuple) and len(record.args) == 2:
            # "Not Found: %s" and "Forbidden (%s): %s": the address is the last.
            record.msg, record.args = "%s", record.args[:1]
        return True


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "kind": type(error).__name__,
        "at": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames],
    }
