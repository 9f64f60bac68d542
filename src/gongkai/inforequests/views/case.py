"""The page of a case: what was asked, what happened, until when, and what can be done now."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.navigation import authority_of
from gongkai.agencies.queries import name_of
from gongkai.agencies.views.office import actor_of, may, require, trail
from gongkai.files import queries as files
from gongkai.files.downloads import download
from gongkai.files.purposes import Purpose
from gongkai.findings import Finding
from gongkai.inforequests import case_acts, case_lists, case_page, words
from gongkai.inforequests.actions.opening import open_identity, see_request
from gongkai.inforequests.choices import CaseState, Part
from gongkai.inforequests.forms import ReasonForm
from gongkai.inforequests.models import Item, Opening, Party
from gongkai.inforequests.permissions import BELONG, HANDLE, OPEN_IDENTITY, READ_NOTICES
from gongkai.inforequests.public_clock import summary_of
from gongkai.inforequests.queries import likely_duplicates
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.steps import clock_of
from gongkai.inforequests.timeline import timeline
from gongkai.inforequests.views.acting import case_or_404, case_trail
from gongkai.kernel.clock import legal_day, today
from gongkai.kernel.reasons import ActionRefused


@login_required
def detail(request: HttpRequest, case_id: str) -> HttpResponse:
    """The case, whole. The first look is one of the letter's stamps."""
    item, on, authority = case_or_404(request, case_id), today(), authority_of(request)
    is_outside = not may(request, BELONG, item.agency)
    see_request(actor_of(request), item.request, is_outside=is_outside)
    case_page.fetch(item)
    clock = clock_of(item, on=on)
    handles, knows = may(request, HANDLE, item.agency), may(request, OPEN_IDENTITY, item.agency)
    reads = may(request, READ_NOTICES, item.agency)
    is_compared = handles and item.state != CaseState.ENDED
    attached = files.files_of(item.request.public_id)
    context = {
        "item": item,
        "agency": name_of(item.agency, on) if is_outside else "",
        "state": words.state_of(item),
        "turn": words.turn_of(item),
        "letter": case_page.letter(item, attached),
        "explanations": case_page.explanations(item, attached, on),
        "whole": item.request.text if item.order else "",
        "wishes": case_page.wishes(item) + _applicants(item, knows=knows),
        "identity": reverse("case_identity", args=[item.public_id]) if knows else "",
        "siblings": _siblings(item) if item.order else [],
        "duplicates": case_lists.duplicates(likely_duplicates(item, on)) if is_compared else [],
        "deadline": case_page.deadline(item, clock, on),
        "warnings": _warnings(receipt_of(item.request).findings),
        "acts": case_acts.acts(item, clock, actor_of(request), authority, on),
        "steps": case_lists.shown_events(timeline(item, clock), item, clock, may_read=reads),
        "documents": case_lists.documents(item, may_read=reads),
        "letters": reverse("case_letters", args=[item.public_id]) if handles else "",
        "lists": case_lists.inner_work(item),
        "evidence": reverse("case_evidence", args=[item.public_id]),
        "breadcrumb": trail(("办件", reverse("desk")), item.register_number),
    }
    return render(request, "inforequests/case.html", context)


@login_required
def clock(request: HttpRequest, case_id: str) -> HttpResponse:
    """How the due day was reckoned, line by line."""
    item, on = case_or_404(request, case_id), today()
    told, receipt = clock_of(item, on=on), receipt_of(item.request)
    context = {
        "item": item,
        "received": f"{words.dated(receipt.explanation)}。依据：{receipt.basis}。",
        "warnings": _warnings((*receipt.findings, *(told.findings if told is not None else ()))),
        "spans": case_page.spans(told) if told is not None else [],
        "summary": summary_of(item, told) if told is not None else "",
        "breadcrumb": case_trail(item, "期限怎么算的"),
    }
    return render(request, "inforequests/case_clock.html", context)


@login_required
def identity(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who the applicant is: shown in the answer to a reason, which the journal keeps, and on no page else."""
    item = case_or_404(request, case_id)
    require(request, OPEN_IDENTITY, item.agency)
    form = ReasonForm(request.POST if request.method == "POST" else getattr(request, "kept", None))
    parties: list[Party] = []
    if request.method == "POST" and form.is_valid():
        try:
            parties = open_identity(actor_of(request), item.request, reason=form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.refused = refused.reasons
    stored = files.files_of(item.request.public_id) if parties else []
    context = {
        "item": item,
        "form": form,
        "parties": [(f"{one.get_part_display()}{one.order}", _party_items(one)) for one in parties],
        "proofs": [
            {"what": file.name, "links": [{"label": "下载", "href": _file_address(item, file.public_id)}]}
            for file in stored
            if file.purpose == Purpose.IDENTITY
        ],
        "back": reverse("case", args=[item.public_id]),
        "breadcrumb": case_trail(item, "申请人身份信息"),
    }
    response = render(request, "inforequests/case_identity.html", context, status=422 if form.summary else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
def file(request: HttpRequest, case_id: str, file_id: str) -> HttpResponseBase:
    """An attachment of the letter or a file of the case; a proof of identity only for who opened it today."""
    item = case_or_404(request, case_id)
    for owner in (item.request.public_id, item.public_id):
        stored = next((one for one in files.files_of(owner) if one.public_id == file_id), None)
        if stored is not None:
            if stored.purpose == Purpose.IDENTITY and not _has_opened(request, item):
                break
            return download(file_id, owner=owner)
    raise Http404


def _has_opened(request: HttpRequest, item: Item) -> bool:
    """Whether who is signed in told a reason for opening the identity today."""
    if not may(request, OPEN_IDENTITY, item.agency):
        return False
    person = getattr(request.user, "person_id", None)
    told = Opening.objects.filter(request=item.request, person=person).exclude(reason="").first()
    return told is not None and legal_day(told.at) == today()


def _file_address(item: Item, file_id: str) -> str:
    return reverse("case_file", args=[item.public_id, file_id])


def _applicants(item: Item, *, knows: bool) -> list[dict[str, str]]:
    """The applicants, masked, for those who may open their identity."""
    if not knows:
        return []
    parties = item.request.parties.filter(part=Part.APPLICANT)
    return [{"label": "申请人", "text": "、".join(map(case_page.masked, parties))}]


def _warnings(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """What the law has against how it went."""
    return [{"title": words.dated(one.message), "text": f"依据：{one.basis}"} for one in findings]


def _siblings(item: Item) -> list[dict[str, Any]]:
    rows = Item.objects.filter(request=item.request).exclude(pk=item.pk).select_related("request")
    return [
        {
            "what": row.register_number,
            "text": f"{words.shortened(row.text)}（{words.result_of(row) or words.state_of(row)}）",
            "links": [{"label": "查看", "href": reverse("case", args=[row.public_id])}],
        }
        for row in rows.order_by("order")
    ]


def _party_items(party: Party) -> list[dict[str, str]]:
    told = (
        ("类别", party.get_kind_display()),
        ("姓名或者名称", party.name),
        (party.get_identity_kind_display(), party.identity),
        ("法定代表人或者负责人", party.representative),
        ("联系人", party.contact),
        ("联系电话", party.phone),
        ("电子邮箱", party.email),
        ("通信地址", party.address),
        ("邮政编码", party.postcode),
    )
    return [{"label": label, "text": value or ""} for label, value in told if value]
