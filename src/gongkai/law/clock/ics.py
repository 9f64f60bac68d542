"""The clock's days as an iCalendar file (RFC 5545): the due date and the last days of acts, each a whole day."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from gongkai.law.clock.result import Clock
from gongkai.law.clock.words import conclusion, limits

_LINE = 75
"""Octets of a line before it is folded (RFC 5545 3.1)."""
_UID = 32
_DAY = timedelta(days=1)
_DUE = "答复期限届满"


def ics(clock: Clock, *, title: str = "政府信息公开申请") -> str:
    """The file's text, lines ended by CRLF. `title` says which request it is: no personal data, calendars are shared.

    The same clock gives the same text, so that a calendar updates its entries instead of doubling them.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//reply clock//ZH", "CALSCALE:GREGORIAN"]
    days = [] if clock.due is None else [(_DUE, clock.due)]
    days += [(name, day) for (name, _), day in zip(limits(clock), clock.limits.values(), strict=True)]
    for name, day in days:
        lines += _event(clock, title, name, day)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _event(clock: Clock, title: str, name: str, day: date) -> Iterator[str]:
    uid = sha256(f"{title}|{clock.received}|{name}".encode(), usedforsecurity=False).hexdigest()[:_UID]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@gongkai"
    yield f"DTSTAMP:{clock.on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + _DAY:%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{title}：{name}' if name == _DUE else f'{title}：{name}的最后一日')}"
    yield f"DESCRIPTION:{_escaped(conclusion(clock))}"
    yield f"STATUS:{'TENTATIVE' if clock.provisional else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first begun by a space; no character is cut."""
    piece = ""
    for char in line:
        if len((piece + char).encode()) > _LINE:
            yield piece
            piece = " "
        piece += char
    yield piece
