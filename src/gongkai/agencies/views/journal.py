"""The journal, for the audit administrator, an office's head (its own agency) and the supervisor (those below)."""

from datetime import date
from typing import Any

import structlog
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.journal import journal_page
from gongkai.agencies.models import Agency, User
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.permissions import READ_JOURNAL
from gongkai.agencies.views.office import known_or_404, require, require_anywhere, trail
from gongkai.audit.actions import INSTALLATION
from gongkai.kernel.clock import today

_log = structlog.get_logger("gongkai.access")
_TITLE = "日志"


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The journals that the user may read."""
    require_anywhere(request, READ_JOURNAL)
    ids = authority_of(request).agency_ids(READ_JOURNAL)
    rows = Agency.objects.order_by("code") if ids is None else Agency.objects.filter(pk__in=ids).order_by("code")
    context = {
        "agencies": queries.named(rows, today()),
        "may_read_installation": ids is None,
        "breadcrumb": trail(_TITLE),
    }
    return render(request, "agencies/journal/index.html", context)


@login_required
def installation(request: HttpRequest) -> HttpResponse:
    """The installation's journal: sign-in, accounts, settings."""
    require(request, READ_JOURNAL, None)
    return _shown(request, INSTALLATION, "登录和账号日志")


@login_required
def agency(request: HttpRequest, public_id: str) -> HttpResponse:
    """The journal of an agency."""
    here = known_or_404(public_id, today())
    require(request, READ_JOURNAL, here.agency)
    return _shown(request, public_id, f"{here.name}日志")


def _shown(request: HttpRequest, chain: str, title: str) -> HttpResponse:
    on, before = _day(request), _number(request)
    page = journal_page(chain, before=before, on=on)
    assert isinstance(request.user, User)
    _log.info("journal_read", actor=request.user.public_id, chain=chain, day=str(on or ""), before=before)
    context: dict[str, Any] = {
        "page": page,
        "title": title,
        "on": on,
        "today": today(),
        "breadcrumb": trail((_TITLE, reverse("journal")), title),
    }
    return render(request, "agencies/journal/detail.html", context)


def _day(request: HttpRequest) -> date | None:
    text = request.GET.get("day", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text) if text else None
