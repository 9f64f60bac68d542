"""What an applicant does with his case: supply what is missing, take it back, fetch what came, ask another organ."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies import queries as agencies
from gongkai.agencies.queries import Named
from gongkai.files.downloads import download
from gongkai.files.inspection import Inspected
from gongkai.inforequests import drafts, public_case
from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.progress import record_clarified, withdraw
from gongkai.inforequests.actions.serving import fetch
from gongkai.inforequests.drafts import Writing
from gongkai.inforequests.models import Item, Request
from gongkai.inforequests.public_case import other_organ, sent_of, told_of
from gongkai.inforequests.public_forms import ClarifyForm, ExplainForm
from gongkai.inforequests.throttling import DRAFTS, UPLOADS
from gongkai.inforequests.views.public import too_often
from gongkai.inforequests.views.query import item_or_404, with_case
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.forms import Form


@with_case
def clarify(request: HttpRequest, found: Request, order: int) -> HttpResponse:
    """What is said more of what is wanted, with a file."""
    item = item_or_404(found, order)
    form = ClarifyForm(request.POST or None, request.FILES or None, initial={"text": _typed(request, found)})
    if request.method == "POST":
        waiting = too_often(request, UPLOADS)
        if waiting is not None:
            return waiting
        if form.is_valid() and _is_done(form, item):
            sessions.drop_typed(request.session)
            messages.success(request, "已收到您的补充，答复期限重新计算")
            return redirect("query_case")
    context = {"form": form, "item": item, "told": told_of(item, "clarification")}
    return render(request, "inforequests/public/clarify.html", context, status=422 if form.summary else 200)


@with_case
def explain(request: HttpRequest, found: Request, order: int) -> HttpResponse:
    """Why so much is asked for, with a file; as often as one likes, until there is a decision."""
    item = item_or_404(found, order)
    form = ExplainForm(request.POST or None, request.FILES or None, initial={"text": _typed(request, found)})
    if request.method == "POST":
        waiting = too_often(request, UPLOADS)
        if waiting is not None:
            return waiting
        if form.is_valid() and _is_explained(form, item):
            sessions.drop_typed(request.session)
            messages.success(request, "这些理由已经收到" if form.is_used else "已收到您说明的理由，答复期限照常计算")
            return redirect("query_case")
    context = {"form": form, "item": item, **public_case.explaining(item, today())}
    return render(request, "inforequests/public/explain.html", context, status=422 if form.summary else 200)


@with_case
def take_back(request: HttpRequest, found: Request, order: int) -> HttpResponse:
    """Withdraws a thing asked; the page tells what follows."""
    item = item_or_404(found, order)
    form = Form(request.POST or None)
    if request.method == "POST":
        try:
            withdraw(None, item, on=today())
        except ActionRefused as refused:
            form.refused = refused.reasons
        else:
            messages.success(request, "申请已经撤回")
            return redirect("query_case")
    status = 422 if form.refused else 200
    return render(request, "inforequests/public/withdraw.html", {"form": form, "item": item}, status=status)


@with_case
@require_GET
def file(request: HttpRequest, found: Request, order: int, place: int, number: int) -> HttpResponseBase:
    """A file that was sent: counted, and, byte for byte, what is stored. Who asks for its head alone got nothing."""
    sent = sent_of(item_or_404(found, order))
    if place >= len(sent) or number >= len(sent[place].files):
        raise Http404
    service = sent[place].service
    if service is None:
        raise Http404
    try:
        served = fetch(service, sent[place].files[number].public_id)
    except ActionRefused as refused:
        return render(request, "inforequests/public/no_file.html", {"reasons": refused.reasons}, status=410)
    return download(served.public_id, owner=served.owner)


@require_POST
@with_case
def ask_other(request: HttpRequest, found: Request, order: int) -> HttpResponse:
    """Begins a new letter with the same text, for the organ that is responsible: the applicant's own act."""
    item = item_or_404(found, order)
    organ = other_organ(item)
    if not organ:
        raise Http404
    waiting = too_often(request, DRAFTS)
    if waiting is not None:
        return waiting
    before = drafts.of(request.session)
    writing = drafts.opened(before) if before is not None else Writing()
    writing.agency, writing.content = "", {"text": item.text, "description": found.description}
    if before is not None:
        drafts.keep(before, writing)
    else:
        drafts.begin(request.session, writing)
    messages.info(request, "原来的申请内容已经带过来，请核对机关后继续")
    named = _named_in(organ)
    return redirect(f"{reverse('apply')}?agency={named.url_id}" if named is not None else "apply")


def _named_in(organ: str) -> Named | None:
    """The agency of ours that the words name; None where they name none."""
    on = today()
    found = [row for row in agencies.named(agencies.existing(on), on) if row.name in organ]
    return max(found, key=lambda row: len(row.name), default=None)


def _typed(request: HttpRequest, found: Request) -> str:
    """What was typed on this page when the time was over."""
    kept = sessions.typed_in(request.session, found)
    return kept[1] if kept is not None and kept[0] == request.path else ""


def _is_explained(form: ExplainForm, item: Item) -> bool:
    """Takes in the reasons; what is against them comes to the form."""
    try:
        record_explanation(None, item, on=today(), **form.values)
    except ActionRefused as refused:
        form.refused = refused.reasons
        if form.is_used:
            form.renew()
        return False
    return True


def _is_done(form: ClarifyForm, item: Item) -> bool:
    """Takes in the clarification; what is against it comes to the form."""
    inspected = form.cleaned_data.get("file")
    files = [replace(inspected, name=f"补正_{inspected.name}")] if isinstance(inspected, Inspected) else []
    try:
        record_clarified(None, item, on=today(), text=form.cleaned_data["text"], files=files)
    except ActionRefused as refused:
        form.refused = refused.reasons
        return False
    return True
