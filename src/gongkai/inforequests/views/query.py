"""Following a letter (查询进度): number and code open it for a while; its pages are reached through the session."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.agencies.queries import acting_for, name_of
from gongkai.inforequests import drafts, public_case
from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests.models import Item, Request
from gongkai.inforequests.public_clock import spans_told
from gongkai.inforequests.public_forms import QueryForm
from gongkai.inforequests.public_queries import items_of, request_by_code
from gongkai.inforequests.throttling import QUERIES
from gongkai.inforequests.views.public import private, too_often
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason

_WRONG = Reason("code", "登记编号和查询码对不上", "请对照回执逐个核对；查询码丢失的，可以找回")
_UNSENT = "还有一份没有提交的申请保存在本机；用的是公用电脑的，请打开“申请公开”，点“清除已填的内容”"
_OVER = "为了安全，查询后三十分钟没有操作就要重新输入编号和查询码"


@private
def query(request: HttpRequest) -> HttpResponse:
    """Number and code; whatever is wrong with them, the answer is the same."""
    form = QueryForm(request.POST or None, initial={"number": request.GET.get("number", "").replace("\0", "")[:40]})
    if request.method == "POST":
        waiting = too_often(request, QUERIES)
        if waiting is not None:
            return waiting
        if form.is_valid():
            found = request_by_code(form.cleaned_data["number"], form.cleaned_data["code"])
            if found is not None:
                return _opened(request, found)
            form.refused = [_WRONG]
    return render(request, "inforequests/public/query.html", {"form": form}, status=422 if form.summary else 200)


def with_case(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is given the letter that the session holds; without one the way leads to the query."""

    @private
    @wraps(view)
    def shown(request: HttpRequest, *values: Any, **named: Any) -> HttpResponseBase:
        found = sessions.case_in(request.session)
        if found is not None:
            return view(request, found, *values, **named)
        if sessions.had_case(request.session):
            if request.method == "POST" and "text" in request.POST:
                sessions.keep_typed(request.session, request.path, request.POST["text"])
            messages.warning(request, _OVER)
        return redirect("query")

    return shown


def item_or_404(found: Request, order: int) -> Item:
    """A thing asked in the letter."""
    item = next((item for item in items_of(found) if item.order == order), None)
    if item is None:
        raise Http404
    return item


@with_case
def case(request: HttpRequest, found: Request) -> HttpResponse:
    """What happened, what is due, what can be done now, for each thing asked."""
    on = today()
    context = {
        "letter": found,
        "agency": _agency_told(found, on),
        "items": [public_case.shown(item, on) for item in items_of(found)],
    }
    return render(request, "inforequests/public/case.html", context)


@with_case
def how(request: HttpRequest, found: Request, order: int) -> HttpResponse:
    """How the due day was reckoned, span by span."""
    item = item_or_404(found, order)
    context = {"item": item, "spans": spans_told(item, today())}
    return render(request, "inforequests/public/how.html", context)


@private
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """The case is closed on this computer, and the receipt, which would show its code."""
    sessions.close_case(request.session)
    sessions.close_receipt(request.session)
    messages.success(request, "已经退出，本机不再显示您的申请")
    if drafts.of(request.session) is not None:
        messages.warning(request, _UNSENT)
    return redirect("query")


def _agency_told(found: Request, on: date) -> str:
    """Who took the letter in, and who handles it now, where that is another (撤销、合并)."""
    heir = acting_for(found.agency, on)
    name = name_of(found.agency, on)
    return name if heir == found.agency else f"{name}（现由{name_of(heir, on)}办理）"


def _opened(request: HttpRequest, found: Request) -> HttpResponse:
    sessions.open_case(request.session, found)
    kept = sessions.typed_in(request.session, found)
    return redirect(kept[0] if kept is not None else "query_case")
