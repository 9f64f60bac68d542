"""How often a visitor may do what costs something or could be guessed at, counted by address in windows of time.

Cases and codes are long enough not to be guessed; this keeps a machine from filling the office's desk, and its disks.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.kernel.clock import now
from gongkai.kernel.models import Tally, count_one
from gongkai.kernel.visitors import client_address

_HOUR = 3600
_SWEPT_AT_ONCE = 1000
_OF_ONE_CONNECTION = 64
"""Bits that an IPv6 address shares with all others of its network (RFC 4291)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`, counted under `name`."""

    name: str
    most: int
    seconds: int


DRAFTS = Limit("drafts", 30, _HOUR)
"""Letters begun from one address in an hour, each filed once at most: whoever is asked to wait has written nothing yet.

A service hall or a village may share one address.
"""
UPLOADS = Limit("uploads", 60, _HOUR)
QUERIES = Limit("queries", 30, _HOUR // 4)
RECOVERIES = Limit("recoveries", 10, _HOUR)
RECOVERY_MAILS = Limit("recovery_mails", 3, 24 * _HOUR)
"""Mails to one applicant in a day, whoever asks for them."""


def wait_for(limit: Limit, who: str) -> int:
    """Counts one; the seconds until it may be tried again, 0 where it may be done now.

    `who` is not kept: what is counted under is a keyed hash.
    """
    window, gone = divmod(int(now().timestamp()), limit.seconds)
    hidden = salted_hmac("inforequests.throttling", who).hexdigest()[:32]
    ends_at = datetime.fromtimestamp((window + 1) * limit.seconds, UTC)
    count = count_one(f"{limit.name}.{window}.{hidden}", ends_at)
    return 0 if count <= limit.most else limit.seconds - gone


def wait_for_visitor(limit: Limit, request: HttpRequest) -> int:
    """The same for whoever sends a request, by the address that it comes from."""
    return wait_for(limit, _connection(client_address(request)))


def _connection(address: str) -> str:
    """What one visitor's addresses have in common: whoever has IPv6 may choose among 2 to the 64th of a network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found.packed, _OF_ONE_CONNECTION), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


def sweep(at: datetime) -> None:
    """Throws away what was counted in windows that are over."""
    over = Tally.objects.filter(ends_at__lte=at).order_by("ends_at").values_list("key", flat=True)[:_SWEPT_AT_ONCE]
    Tally.objects.filter(key__in=list(over)).delete()
