"""What the pages of decisions and notices share: the case or notice that one may see, and acts that are refused."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.navigation import authority_of
from gongkai.agencies.views.office import NotPermitted, actor_of, trail
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notice_queries import notice_of
from gongkai.inforequests.notice_rules import NOTICE_ACTS
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.queries import case_of
from gongkai.inforequests.rules import CASE_ACTS, authority_reasons
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page

Crumbs = list[dict[str, Any]]


def case_or_404(request: HttpRequest, case_id: str) -> Item:
    """The case of that public id; another office's is not there."""
    item = case_of(case_id, authority_of(request))
    if item is None:
        raise Http404
    return item


def notice_or_404(request: HttpRequest, notice_id: str) -> Notice:
    """The notice of that public id; another office's is not there."""
    notice = notice_of(notice_id, authority_of(request))
    if notice is None:
        raise Http404
    return notice


def require_case_act(request: HttpRequest, item: Item, act_id: str) -> list[Reason]:
    """What stands against an act on a case now. Raises NotPermitted where it is not the user's to do."""
    act, on = CASE_ACTS[act_id], today()
    held = authority_reasons(act.needs, item, actor_of(request), on, authority_of(request))
    if held:
        raise NotPermitted(held)
    return act.against(item, on)


def require_notice_act(request: HttpRequest, notice: Notice, act_id: str) -> list[Reason]:
    """What stands against an act on a notice now. Raises NotPermitted where it is not the user's to do."""
    act = NOTICE_ACTS[act_id]
    held = authority_of(request).reasons_against(act.needs, notice.agency)
    if held:
        raise NotPermitted(held)
    return act.against(notice, today())


def refused(
    request: HttpRequest, title: str, reasons: Sequence[Reason], breadcrumb: Crumbs, *, typed: str = ""
) -> HttpResponse:
    """The page of an act that can't be done now: why, what can be done instead, and what was typed in vain."""
    back = next(link for link in reversed(breadcrumb) if link.get("href"))
    context = {"title": title, "reasons": reasons, "typed": typed, "breadcrumb": breadcrumb, "back": back}
    return render(request, "inforequests/refused.html", context)


def case_trail(item: Item, *more: tuple[str, str] | str) -> Crumbs:
    """The breadcrumb of a page of a case."""
    here = (f"办件 {item.register_number}", reverse("case", args=[item.public_id]))
    return trail(("办件", reverse("desk")), here, *more)


def notice_trail(notice: Notice, *more: tuple[str, str] | str) -> Crumbs:
    """The breadcrumb of a page of a notice, which stands below its first case."""
    item = notice.items.select_related("request").order_by("id")[0]
    name = KINDS[notice.kind].name
    return case_trail(item, (name, reverse("notice", args=[notice.public_id])) if more else name, *more)


def notice_act(
    request: HttpRequest,
    notice: Notice,
    act_id: str,
    form: Callable[..., Form],
    do: Callable[[dict[str, Any]], object],
    *,
    reasons: Sequence[Reason] = (),
    **page: Any,
) -> HttpResponse:
    """The page of an act on a notice, which is done with what was typed; why not, where something stands against it.

    `reasons` are what stands against it besides; `page` the words of the page, as `ui.pages.form_page` takes them.
    """
    act, here = NOTICE_ACTS[act_id], reverse("notice", args=[notice.public_id])
    against = require_notice_act(request, notice, act_id) or reasons
    trail = notice_trail(notice, act.name)
    if against and typed_of(request) is None:
        return refused(request, act.name, against, trail)

    def shown(data: Any, **options: Any) -> Form:
        made = form(data, **options)
        if data is not None:
            made.refused = against
        return made

    def done(values: dict[str, Any]) -> str:
        do(values)
        return here

    title = f"{act.name}：{KINDS[notice.kind].name}"
    return form_page(request, shown, done, **{"title": title, "breadcrumb": trail, "follows": [act.causes], **page})


def typed_of(request: HttpRequest) -> QueryDict | None:
    """What was typed: sent now, or before the login ended; None where the page is opened."""
    kept: QueryDict | None = getattr(request, "kept", None)
    return request.POST if request.method == "POST" else kept
