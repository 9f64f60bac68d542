"""The end of filing on the web: everything on one page, sent once; the receipt with its code; the draft thrown away."""

import base64
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

import qrcode
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathImage

from gongkai.agencies.queries import name_of
from gongkai.documents.limits import ProgramNeeded
from gongkai.files.purposes import Purpose
from gongkai.inforequests import applying, drafts
from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests.choices import IdentityKind, Medium, Way
from gongkai.inforequests.drafts import Typed, Writing
from gongkai.inforequests.models import Draft, Request
from gongkai.inforequests.public_clock import clock_told, spans_told
from gongkai.inforequests.public_forms import ORGANISATION, kind_name
from gongkai.inforequests.receipt_paper import receipt_pdf
from gongkai.inforequests.views.public import private
from gongkai.inforequests.views.writing import file_rows, stages, writing_at
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason

_NO_AGENCY = Reason("agency", "没有这个机关")
_NUMBER_OF = dict(IdentityKind.choices)


@private
def check(request: HttpRequest) -> HttpResponse:
    """Everything on one page, each part with the way back; sent, it is filed once."""
    if request.method == "POST":
        return _sent(request)
    found = writing_at(request, "check")
    if isinstance(found, HttpResponse):
        return found
    agency = applying.agency_of(found[1])
    return _shown(request, *found, applying.reasons_against(agency) if agency is not None else [_NO_AGENCY])


@private
def receipt(request: HttpRequest) -> HttpResponse:
    """Number, code, the day by which an answer is due and why; closed by a button, it does not come back."""
    filed = sessions.receipt_in(request.session)
    if filed is None:
        return render(request, "inforequests/public/no_receipt.html", {})
    if request.method == "POST":
        sessions.close_receipt(request.session)
        sessions.open_case(request.session, filed.request)
        return redirect("query_case")
    item = filed.request.items.order_by("order").first()
    assert item is not None
    context = {
        "filed": filed,
        "agency": name_of(filed.request.agency, today()),
        "qr": qr_of(query_address(filed.request)),
        "clock": clock_told(item, today()),
        "spans": spans_told(item, today()),
        "has_email": any(party.email for party in filed.request.parties.all()),
        "minutes": sessions.RECEIPT_MINUTES,
    }
    return render(request, "inforequests/public/receipt.html", context)


@private
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a file, with its code, while the page is open."""
    filed = sessions.receipt_in(request.session)
    item = filed.request.items.order_by("order").first() if filed is not None else None
    if filed is None or item is None:
        return redirect("apply_receipt")
    try:
        made = receipt_pdf(filed, item, on=today(), query_address=query_address(filed.request))
    except ProgramNeeded:
        return render(request, "inforequests/public/no_paper.html", {}, status=503)
    name = quote(f"登记回执{filed.request.register_number}.pdf")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f"attachment; filename=\"receipt.pdf\"; filename*=UTF-8''{name}"
    return response


@private
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throws away what is written so far."""
    draft = drafts.of(request.session)
    if draft is not None:
        drafts.throw_away(draft)
    drafts.forget(request.session)
    messages.success(request, "您填写的内容和上传的文件已经清除")
    return redirect("apply")


def query_address(request: Request) -> str:
    """Where a letter is queried, with its number and without its code."""
    return f"{settings.PUBLIC_URL}{reverse('query')}?number={request.register_number}"


def qr_of(text: str) -> str:
    """A QR code as the address of a picture."""
    made = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage).save(made)
    return "data:image/svg+xml;base64," + base64.b64encode(made.getvalue()).decode()


def _sent(request: HttpRequest) -> HttpResponse:
    """Files the letter, whose receipt the session holds already: whoever clicked twice finds both."""
    draft = drafts.of_session(request.session)
    code = sessions.code_in(request.session, draft) if draft else ""
    try:
        applying.file(draft, code)
    except ActionRefused as refused:
        found = writing_at(request, "check")
        if isinstance(found, HttpResponse):
            return found if sessions.receipt_in(request.session) is None else redirect("apply_receipt")
        return _shown(request, *found, refused.reasons)
    return redirect("apply_receipt")


def _shown(request: HttpRequest, draft: Draft, writing: Writing, against: Sequence[Reason]) -> HttpResponse:
    context = {
        "agency": applying.agency_of(writing),
        "against": against,
        "parts": _parts(draft, writing),
        "text": writing.content["text"],
        "stages": stages("check", writing),
        "hours": drafts.HOURS,
    }
    return render(request, "inforequests/public/check.html", context, status=422 if against else 200)


def _parts(draft: Draft, writing: Writing) -> list[dict[str, Any]]:
    """The parts of the letter for the page: what was given, and where it is changed."""
    content, delivery = writing.content, writing.delivery
    return [
        {
            "title": "要什么信息",
            "href": reverse("apply_content"),
            "text": content["text"],
            "rows": _rows(("名称、文号或者其他特征", content["description"])),
            "files": file_rows(draft, Purpose.APPLICATION),
        },
        {
            "title": "您是谁",
            "href": reverse("apply_applicant"),
            "rows": _applicant(writing),
            "files": file_rows(draft, Purpose.IDENTITY),
        },
        {
            "title": "怎样收答复",
            "href": reverse("apply_delivery"),
            "rows": _rows(
                ("形式", dict(Medium.choices).get(delivery["medium"], "")),
                ("方式", dict(Way.choices).get(delivery["way"], "")),
                ("通信地址", delivery["address"]),
                ("邮政编码", delivery["postcode"]),
            ),
        },
    ]


def _applicant(writing: Writing) -> list[dict[str, str]]:
    first, is_organisation = writing.applicant, writing.sort == ORGANISATION
    rows = _rows(
        ("申请人类别", kind_name(first.get("kind", "natural_person"))),
        ("单位名称" if is_organisation else "姓名", first["name"]),
        *_papers(first),
        ("法定代表人或者负责人", first.get("representative", "")),
        ("联系人", first.get("contact", "")),
        ("联系电话", first["phone"]),
        ("电子邮箱", first["email"]),
    )
    for place, one in enumerate(writing.joint, 1):
        rows += _rows((f"共同申请人{place}", f"{one['name']}，{'，'.join(text for _, text in _papers(one))}"))
    if writing.agent:
        told = "，".join([writing.agent["name"], *(text for _, text in _papers(writing.agent)), writing.agent["phone"]])
        rows += _rows(("代理人", told))
    return rows


def _papers(typed: Typed) -> list[tuple[str, str]]:
    return [("证件", f"{_NUMBER_OF.get(typed['identity_kind'], '')} {typed['identity']}")]


def _rows(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in rows if text]
