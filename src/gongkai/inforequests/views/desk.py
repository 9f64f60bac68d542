"""The officer's desk: one list, most urgent first; a row tells what, for whom, until when, and whose turn it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.views.office import actor_of, links, require_anywhere, trail
from gongkai.inforequests import queries, words
from gongkai.inforequests.actions.opening import find_applicant
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.forms import FindForm
from gongkai.inforequests.models import Item
from gongkai.inforequests.permissions import ENTER, EXPORT, OPEN_IDENTITY, SEE, SET_NOTICES
from gongkai.kernel.clock import today
from gongkai.kernel.workdays import calendar
from gongkai.law.workdays import Calendar
from gongkai.ui.lists import PAGE, pages
from gongkai.ui.templatetags.ui import day

_TABS = {"turn": "轮到我", "waiting": "等别人", "all": "全部在办", "closed": "已办结"}
_EMPTY = {
    "turn": ("现在没有轮到您的办件", "新收到的申请、要您审批的文书会列在这里，最急的在最前面。"),
    "waiting": ("没有等别人的办件", "交给股室、正在审签或者等申请人补正的，会列在这里。"),
    "all": ("没有在办的申请", "网上提交的申请会自动出现；来信、传真、当面提交的，请登记。"),
    "closed": ("还没有办结的申请", "作出答复并送达后，申请会移到这里，最近办结的在最前面。"),
}
_LONGEST_WORDS = 60


class _Bounded(Paginator[Item]):
    """Pages of a list whose length is known, up to `queries.MOST`."""

    def __init__(self, rows: QuerySet[Item], count: int) -> None:
        super().__init__(rows[: queries.MOST], queries.PAGE)
        self.count = count


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The desk, by tab, or what was searched for."""
    require_anywhere(request, SEE)
    authority, on, person_id = authority_of(request), today(), person_id_of(request)
    counts = queries.counted(authority, person_id, on)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_WORDS]
    tab = _tab(request, counts) if not typed else ""
    if typed:
        rows = queries.found(typed, authority)
        count = queries.bounded_count(rows)
    else:
        rows, count = queries.tabs(authority, person_id)[tab], getattr(counts, tab)
    page = _Bounded(rows, count).get_page(request.GET.get(PAGE))
    shown = rows[page.start_index() - 1 : page.end_index()] if count else rows.none()
    context = {
        "title": _TABS.get(tab, "查找办件"),
        "tab": tab,
        "words": typed,
        "summary": "" if typed else summary(counts),
        "tabs": [_shown_tab(name, counts, current=name == tab) for name in _TABS],
        "rows": shown_rows(queries.whole(shown), on, calendar(), is_turn=tab == "turn"),
        "count": told(count),
        "is_cut": count >= queries.MOST,
        "page": pages(request, page),
        "empty": _empty(tab, may_enter=authority.holds(ENTER)),
        "may_enter": authority.holds(ENTER),
        "links": links(
            ("按申请人查找", reverse("find"), authority.holds(OPEN_IDENTITY)),
            ("台账", reverse("ledgers"), authority.holds(EXPORT)),
            ("审签设置", reverse("notice_settings_index"), authority.holds(SET_NOTICES)),
        ),
        "breadcrumb": trail("办件"),
    }
    return render(request, "inforequests/desk.html", context)


@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Cases of an applicant by his whole name or number; sent by POST, so that it stands in no address and no log.

    Who looked, and how many he found, stands in the journal.
    """
    require_anywhere(request, OPEN_IDENTITY)
    typed = request.POST if request.method == "POST" else getattr(request, "kept", None)
    form = FindForm(typed)
    rows: list[dict[str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        items = find_applicant(actor_of(request), form.cleaned_data["name"])
        rows = shown_rows(items, today(), calendar(), is_turn=False)
    context = {"form": form, "rows": rows, "breadcrumb": trail(("办件", reverse("desk")), "按申请人查找")}
    response = render(request, "inforequests/find.html", context, status=422 if form.summary else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def person_id_of(request: HttpRequest) -> int | None:
    """The key of who is signed in, as a person of the office."""
    return getattr(request.user, "person_id", None)


def summary(counts: queries.Desk) -> str:
    """What is pressing, in one line: 3 件今天到期 · 1 件已逾期 · 5 件待您审批."""
    parts = ((counts.overdue, "件已逾期"), (counts.today, "件今天到期"), (counts.reviews, "件待您审批"))
    return " · ".join(f"{told(count)} {what}" for count, what in parts if count)


def told(count: int) -> str:
    """A number that stops at the most that are counted."""
    return f"{queries.MOST - 1}+" if count >= queries.MOST else str(count)


def shown_rows(items: list[Item], on: date, days: Calendar, *, is_turn: bool) -> list[dict[str, str]]:
    """The rows of the list; each names its agency where there are several."""
    several = {item.agency_id for item in items}
    names = agencies.names_on(several, on) if len(several) > 1 else {}
    return [_row(item, on, days, names, is_mine=is_turn) for item in items]


def _row(item: Item, on: date, days: Calendar, names: Mapping[int, str], *, is_mine: bool) -> dict[str, str]:
    agency = names.get(item.agency_id, "")
    return {
        "number": f"{agency} {item.register_number}".strip(),
        "href": reverse("case", args=[item.public_id]),
        "text": words.shortened(item.text),
        "applicant": item.request.get_applicant_kind_display(),
        "state": words.state_of(item),
        "turn": "您" if is_mine else words.turn_of(item),
        "tag": _tag(item),
        **_due(item, on, days),
    }


def _tag(item: Item) -> str:
    """What is to be minded: that it is a later round, or that reasons were told that are to be judged."""
    if item.round > 1:
        return "重新办理"
    is_open = item.state not in (CaseState.DECIDED, CaseState.ENDED)
    return "已说明理由" if is_open and getattr(item, "is_explained", False) else ""


def _due(item: Item, on: date, days: Calendar) -> dict[str, str]:
    if item.state == CaseState.ENDED:
        return {"due": day(item.closed_on), "remaining": words.result_of(item), "remaining_kind": "done"}
    if item.due_on is None:
        return {"due": words.without_due(item)}
    text, kind = words.remaining(item.due_on, on, days)
    return {
        "due": day(item.due_on) + ("（暂定）" if item.is_provisional else ""),
        "remaining": text,
        "remaining_kind": kind,
        "state_kind": kind,
    }


def _empty(tab: str, *, may_enter: bool) -> dict[str, str]:
    title, text = _EMPTY.get(tab, ("", ""))
    begin = {"href": reverse("enter"), "label": "登记申请"} if may_enter and tab in ("turn", "all") else {}
    return {"title": title, "text": text, **begin}


def _tab(request: HttpRequest, counts: queries.Desk) -> str:
    """The tab that is asked for; who has nothing to do sees all that is open."""
    asked = request.GET.get("tab", "")
    return asked if asked in _TABS else ("turn" if counts.turn or not counts.all else "all")


def _shown_tab(name: str, counts: queries.Desk, *, current: bool) -> dict[str, Any]:
    return {"label": _TABS[name], "href": f"?tab={name}", "count": told(getattr(counts, name)), "current": current}
