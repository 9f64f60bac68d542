"""When a letter counts as received (收到申请之日), from what is on record of it."""

from dataclasses import replace

from gongkai.inforequests.choices import Channel
from gongkai.inforequests.models import Request
from gongkai.kernel.clock import today
from gongkai.kernel.workdays import calendar
from gongkai.law.receipt import Arrival, Receipt, receipt
from gongkai.law.receipt import Channel as LawChannel


def receipt_of(request: Request) -> Receipt:
    """When a letter counts as received, why, and what proves it (条例第三十一条), as known today.

    A day that was put right since stands beside the one that follows from how the letter came.
    """
    arrival = Arrival(
        channel=LawChannel(request.channel),
        arrived_on=request.arrived_on,
        confirmed_on=request.confirmed_on,
        confirmed_automatically=request.channel == Channel.INTERNET and request.entered_by_id is None,
        unreachable=request.is_unreachable,
    )
    found, known = receipt(arrival, on=today(), calendar=calendar()), request.received_on
    if known is None or found.received_on in (None, known):
        return found
    return replace(found, received_on=known, explanation=f"{found.explanation}；登记有误，已更正为{known}")
