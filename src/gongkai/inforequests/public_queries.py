"""What the public face asks of requests: one letter, by its number and its query code together."""

import re
import unicodedata

from gongkai.inforequests.codes import code_index
from gongkai.inforequests.models import Item, Request

_NUMBER = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,7})(?:-\d{1,3})?")
_DASHES = re.compile("[-‐‑‒–—―−－_]+")


def request_by_code(number: str, code: str) -> Request | None:
    """The letter with that number and that code; None for any other pair. Groups, case and width do not matter."""
    wanted = number_of(number)
    plain = _DASHES.sub("", unicodedata.normalize("NFKC", code))
    found = Request.objects.filter(code_index=code_index(plain)).first()
    return found if found is not None and (found.year, found.number) == wanted else None


def items_of(request: Request) -> list[Item]:
    """The things asked in a letter, in their order."""
    return list(Item.objects.filter(request=request).select_related("request", "agency").order_by("order"))


def number_of(text: str) -> tuple[int, int] | None:
    """Year and number of a letter as it is written on the receipt (2026-12), or of a thing asked in it (2026-12-3)."""
    plain = "".join(_DASHES.sub("-", unicodedata.normalize("NFKC", text)).split())
    found = _NUMBER.fullmatch(plain)
    return (int(found["year"]), int(found["number"])) if found is not None else None
