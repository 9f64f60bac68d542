"""How often a visitor may do what costs something or could be guessed at, counted by address in windows of time.

Cases and codes are long enough not to be guessed; this keeps a machine from filling the office's desk, and its disks.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.kernel.clock import now
from gongkai.kernel.visitors import client_address

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`, counted under `name`."""

    name: str
    most: int
    seconds: int


FILING = Limit("filing", 20, _HOUR)
"""Letters from one address in an hour: a service hall or a village may share one address."""
DRAFTS = Limit("drafts", 60, _HOUR)
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
    key = f"throttle.{limit.name}.{window}.{salted_hmac('inforequests.throttling', who).hexdigest()[:24]}"
    cache.add(key, 0, limit.seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it ended between the two
        return 0
    return 0 if count <= limit.most else limit.seconds - gone


def wait_for_visitor(limit: Limit, request: HttpRequest) -> int:
    """The same for whoever sends a request, by the address that it comes from."""
    return wait_for(limit, client_address(request))
