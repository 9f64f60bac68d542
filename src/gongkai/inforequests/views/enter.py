"""Entering what came on paper, by fax, by e-mail or over the counter; the receipt with its code, open for an hour."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.queries import Named
from gongkai.agencies.views.office import actor_of, links, require_anywhere, trail
from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests.actions.intake import Filed, enter_request
from gongkai.inforequests.choices import LetterKind, Medium, Way
from gongkai.inforequests.enter_forms import EnterForm
from gongkai.inforequests.models import Request
from gongkai.inforequests.permissions import ENTER
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.views.acting import typed_of
from gongkai.inforequests.words import dated
from gongkai.kernel.adding import USED
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.templatetags.ui import day


@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Takes in a letter and leads to its receipt. Sent twice, it is one letter, and both ways lead there."""
    require_anywhere(request, ENTER)
    offered = _agencies(request)
    initial = {
        "agency": offered[0].url_id if offered else "",
        "arrived_on": today(),
        "kind": LetterKind.INFORMATION,
        "medium": Medium.ELECTRONIC,
        "way": Way.WINDOW,
        "applicant_kind": "natural_person",
    }
    choices = [(one.url_id, one.name) for one in offered]
    form = EnterForm(typed_of(request), files=request.FILES or None, initial=initial, offers={"agency": choices})
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in offered if one.url_id == form.cleaned_data["agency"])
        try:
            filed = _entered(request, form, chosen)
        except ActionRefused as refused:
            form.refused = refused.reasons
        else:
            if filed.code or _is_of(filed.request, form, chosen):
                return redirect("entered") if _is_open(request, filed) else _receipt(request, filed)
            form.refused = [USED]
            form.renew()
    context = {"form": form, "title": "登记申请", "breadcrumb": trail(("办件", reverse("desk")), "登记申请")}
    return render(request, "inforequests/enter.html", context, status=422 if form.summary else 200)


@login_required
def entered(request: HttpRequest) -> HttpResponse:
    """The receipt of the letter entered last, while it is open."""
    require_anywhere(request, ENTER)
    filed = sessions.receipt_in(request.session)
    return _receipt(request, filed) if filed is not None else _no_receipt(request)


@transaction.atomic
def _entered(request: HttpRequest, form: EnterForm, chosen: Named) -> Filed:
    """Takes the letter in and gives its receipt in the same transaction: whoever clicked twice finds the code too."""
    filed = enter_request(actor_of(request), form.letter_for(chosen.agency), files=form.uploads)
    if filed.code:
        sessions.give_code(request.session, filed.request.public_id, filed.code)
        sessions.save_at_once(request.session)
    return filed


def _is_open(request: HttpRequest, filed: Filed) -> bool:
    """Whether the receipt of that letter is open, be it that another window of his has just been given it."""
    held = sessions.receipt_in(SessionStore(request.session.session_key))
    return held is not None and held.request == filed.request


def _is_of(before: Request, form: EnterForm, chosen: Named) -> bool:
    """Whether what is sent again is the letter that was taken in: who goes back may have typed another into it."""
    names = {party.name for party in before.parties.all()}
    typed = form.cleaned_data
    return before.agency_id == chosen.agency.pk and before.text == typed["text"] and typed["name"] in names


def _agencies(request: HttpRequest) -> list[Named]:
    """The agencies that one may enter letters for, those that exist."""
    keys, on = authority_of(request).agency_ids(ENTER) or frozenset(), today()
    return agencies.named(agencies.existing(on).filter(pk__in=keys).order_by("code"), on)


def _receipt(request: HttpRequest, filed: Filed) -> HttpResponse:
    """Number and code, to be printed for the applicant; the code is nowhere else, and in no address."""
    letter, name = filed.request, agencies.name_of(filed.request.agency, today())
    item = letter.items.order_by("order")[0]
    found = receipt_of(letter)
    context = {
        "title": "登记回执",
        "filed": filed,
        "items": [
            {"label": "受理机关", "text": name},
            {"label": "申请渠道", "text": letter.get_channel_display()},
            {"label": "到达日期", "text": day(letter.arrived_on)},
            {"label": "收到申请之日", "text": day(letter.received_on) or "与申请人确认后起算"},
            {"label": "答复期限", "text": day(item.due_on) or "与申请人确认后起算"},
            {"label": "查询进度的网址", "text": f"{settings.PUBLIC_URL}{reverse('query')}"},
        ],
        "text": letter.text,
        "receipt": dated(found.explanation),
        "basis": found.basis,
        "numbered": [{"label": "登记编号", "text": letter.register_number}],
        "signed": [name, day(today())],
        "links": links(
            ("打开这件申请", reverse("case", args=[item.public_id]), True), ("再登记一件", reverse("enter"), True)
        ),
        "breadcrumb": _trail(),
    }
    response = render(request, "inforequests/entered.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _no_receipt(request: HttpRequest) -> HttpResponse:
    shown = links(("去看办件", reverse("desk"), True), ("登记申请", reverse("enter"), True))
    return render(request, "inforequests/no_receipt.html", {"links": shown, "breadcrumb": _trail()})


def _trail() -> list[dict[str, str]]:
    return trail(("办件", reverse("desk")), "登记回执")
