"""What is taken from the office: a case's proofs on one printable page, the ledger of a month as a workbook."""

from datetime import date
from urllib.parse import quote

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.navigation import authority_of
from gongkai.agencies.queries import name_of, named_by_key
from gongkai.agencies.views.office import known_or_404, require, require_anywhere, trail
from gongkai.files.kinds import FACTS, Kind
from gongkai.inforequests.evidence import Evidence, evidence_of
from gongkai.inforequests.ledger import ledger
from gongkai.inforequests.permissions import EXPORT
from gongkai.inforequests.queries import case_of
from gongkai.kernel.clock import today
from gongkai.ui.forms import Form
from gongkai.ui.templatetags.ui import day

_EARLIEST = date(2019, 5, 15)


@login_required
def evidence(request: HttpRequest, case_id: str) -> HttpResponse:
    """The proofs of a case, to be printed."""
    item = case_of(case_id, authority_of(request))
    if item is None:
        raise Http404
    on = today()
    found = evidence_of(item, on)
    number = item.register_number
    context = {
        "item": item,
        "note": f"{name_of(item.agency, on)}　{day(on)}打印",
        "meta": f"{day(item.request.arrived_on)} {item.request.get_channel_display()}",
        "found": found,
        "stamps": [{"label": label, "text": text} for label, text in found.stamps],
        "spans": _spans(found),
        "summary": _summary(found),
        "sheets": [
            {
                "caption": sheet.caption,
                "heads": [{"label": head} for head in sheet.heads],
                "rows": [[{"text": text} for text in row] for row in sheet.rows],
            }
            for sheet in found.sheets
        ],
        "breadcrumb": trail(("办件", reverse("desk")), (f"办件 {number}", reverse("case", args=[case_id])), "案卷证据"),
    }
    return render(request, "inforequests/evidence.html", context)


def _spans(found: Evidence) -> list[dict[str, object]]:
    spans = found.clock.spans if found.clock is not None else ()
    return [
        {
            "from": span.first,
            "to": span.last,
            "days": span.working_days,
            "counts": span.counts,
            "reason": span.reason,
            "basis": span.basis,
        }
        for span in spans
    ]


def _summary(found: Evidence) -> str:
    if found.due_on is None:
        return "现在没有答复期限。"
    note = f"{found.calendar_note}。" if found.calendar_note else ""
    return f"应当在{day(found.due_on)}以前答复。{note}"


class LedgerForm(Form):
    """Which month's ledger."""

    month = forms.CharField(label="月份", help_text="如 2026-11", max_length=7)

    def clean_month(self) -> date:
        """The first day of the month."""
        try:
            month = date.fromisoformat(f"{self.cleaned_data['month'].strip()}-01")
        except ValueError:
            raise forms.ValidationError("请写成 2026-11 这样的年月") from None
        if not _EARLIEST.replace(day=1) <= month <= today():
            raise forms.ValidationError("请写 2019 年 5 月到本月之间的月份")
        return month


@login_required
def ledgers(request: HttpRequest) -> HttpResponse:
    """The agencies whose ledgers the user may take out, and of which month."""
    require_anywhere(request, EXPORT)
    ids = authority_of(request).agency_ids(EXPORT) or frozenset()
    form = LedgerForm(request.GET if "month" in request.GET else None, initial={"month": f"{today():%Y-%m}"})
    month = form.cleaned_data["month"] if form.is_bound and form.is_valid() else today().replace(day=1)
    context = {
        "form": form,
        "month": month,
        "rows": [{"what": row.name, "links": [_download(row.url_id, month)]} for row in named_by_key(ids, today())],
        "breadcrumb": trail(("办件", reverse("desk")), "台账"),
    }
    return render(request, "inforequests/ledgers.html", context, status=422 if form.is_bound and form.errors else 200)


def _download(public_id: str, month: date) -> dict[str, str]:
    return {"label": "下载台账", "href": f"{reverse('ledger', args=[public_id])}?month={month:%Y-%m}"}


@login_required
def ledger_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ledger of a month as a workbook."""
    here = known_or_404(public_id, today())
    require(request, EXPORT, here.agency)
    form = LedgerForm({"month": request.GET.get("month", f"{today():%Y-%m}")})
    if not form.is_valid():
        raise Http404
    month = form.cleaned_data["month"]
    response = HttpResponse(ledger(here.agency, month, today()), content_type=FACTS[Kind.XLSX].media_type)
    name = quote(f"{here.name}依申请公开台账{month:%Y-%m}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"ledger.xlsx\"; filename*=UTF-8''{name}"
    return response
