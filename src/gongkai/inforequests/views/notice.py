"""The notice: the document as it will look, what stands against it, its chain, and what may be done next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.agencies.navigation import authority_of
from gongkai.agencies.views.office import actor_of, may, require
from gongkai.documents.blocks import Paragraph, Style
from gongkai.documents.writing import write
from gongkai.files.downloads import download
from gongkai.files.kinds import FACTS, Kind
from gongkai.inforequests import notice_shown as shown
from gongkai.inforequests.choices import Stage
from gongkai.inforequests.letters_facts import facts_of, findings_of, items_of
from gongkai.inforequests.models import Notice
from gongkai.inforequests.notice_queries import changes_since_review, entries_of_releases
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.notices.layout import blocks, letter_of
from gongkai.inforequests.permissions import CLEAR, READ_NOTICES
from gongkai.inforequests.views.acting import notice_or_404, notice_trail
from gongkai.kernel.clock import today

_DRAFT_MARK = "送审稿（未签发，不对外）"
_FORMATS = {"docx": Kind.DOCX, "pdf": Kind.PDF}
_PAPER = "paper-"
_STORED = {"final": "final_file", "sealed": "sealed_file"}


@login_required
def detail(request: HttpRequest, notice_id: str) -> HttpResponse:
    """The notice with everything about it."""
    notice = notice_or_404(request, notice_id)
    require(request, READ_NOTICES, notice.agency)
    letter, items = letter_of(facts_of(notice), notice.body), items_of(notice)
    findings = findings_of(notice) if notice.stage in (Stage.DRAFT, Stage.REVIEW) else []
    offered = shown.acts(notice, actor_of(request), authority_of(request), today(), findings)
    context = {
        "notice": notice,
        "title": KINDS[notice.kind].name,
        "stage": notice.get_stage_display(),
        "stage_kind": shown.STAGE_KINDS.get(Stage(notice.stage), "soon"),
        "items": items,
        "about": shown.about(items) if len(items) > 1 else [],
        "explanations": shown.explanations(notice, items),
        "document": shown.document(letter),
        "has_slip": letter.slip is not None,
        "findings": findings,
        **offered,
        "chain": shown.chain(notice),
        "earlier": shown.earlier(notice),
        "changes": changes_since_review(notice),
        "returned": shown.returned(notice),
        "services": [shown.service(row) for row in notice.services.order_by("id")],
        "releases": entries_of_releases(notice, items, may_clear=may(request, CLEAR, notice.agency)),
        "files": _files(notice),
        "breadcrumb": notice_trail(notice),
    }
    return render(request, "inforequests/notice.html", context)


@login_required
def file(request: HttpRequest, notice_id: str, form: str) -> HttpResponseBase:
    """The draft as a document that says that it is one; the final and the sealed file and scans as they are stored."""
    notice = notice_or_404(request, notice_id)
    require(request, READ_NOTICES, notice.agency)
    if form in _STORED:
        stored = getattr(notice, _STORED[form])
        if not stored:
            raise Http404
        return download(stored, owner=notice.public_id)
    if form.startswith(_PAPER):
        return download(_scan(notice, form), owner=notice.public_id)
    if form not in _FORMATS or notice.stage not in (Stage.DRAFT, Stage.REVIEW):
        raise Http404
    return _draft(notice, form)


def _scan(notice: Notice, form: str) -> str:
    """The scan of the signature on paper at a place of the chain, as `notice_shown.scan_of` names it."""
    attempt, _, order = form.removeprefix(_PAPER).partition("-")
    if attempt.isdecimal() and order.isdecimal():
        for row in notice.approvals.exclude(file=""):
            if (row.attempt, row.order) == (int(attempt), int(order)):
                return row.file
    raise Http404


def _draft(notice: Notice, form: str) -> HttpResponse:
    letter = letter_of(facts_of(notice), notice.body)
    content = write([Paragraph(_DRAFT_MARK, style=Style.NOTE), *blocks(letter)], to=form, title=letter.title)
    response = HttpResponse(content, content_type=FACTS[_FORMATS[form]].media_type)
    number = items_of(notice)[0].register_number
    name = f"{letter.title}（送审稿）{number}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _files(notice: Notice) -> list[dict[str, Any]]:
    """What can be downloaded now."""
    if notice.stage in (Stage.DRAFT, Stage.REVIEW):
        offered = [("送审稿 docx", "docx"), ("送审稿 PDF", "pdf")]
    else:
        state = "未用印" if notice.sealed_file else "待用印"
        offered = [(f"签发稿 PDF（{state}）", "final")] * bool(notice.final_file)
        offered += [("用印后的文件", "sealed")] * bool(notice.sealed_file)
    return [{"label": label, "href": reverse("notice_file", args=[notice.public_id, form])} for label, form in offered]
