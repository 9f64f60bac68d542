"""What pages of the public face share: nothing of them is kept by a browser or a proxy, and nobody tries too often."""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongkai.inforequests.throttling import Limit, wait_for_visitor

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Nothing of the page is kept; whoever goes back gets it anew."""

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, *values: Any, **named: Any) -> HttpResponseBase:
        return view(request, *values, **named)

    return shown


def too_often(request: HttpRequest, limit: Limit) -> HttpResponse | None:
    """Counts one; the page that asks to wait where it was too often."""
    seconds = wait_for_visitor(limit, request)
    if not seconds:
        return None
    response = render(request, "inforequests/public/too_many.html", {"minutes": ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
