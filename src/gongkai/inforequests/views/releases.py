"""The review of the files before they go out, one by one: what was found, the words that are in it, the decision."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.views.office import actor_of
from gongkai.files.queries import NoSuchFile, file_of, text_of
from gongkai.inforequests.actions.handling import review_release
from gongkai.inforequests.forms import is_yes
from gongkai.inforequests.models import Item, Release
from gongkai.inforequests.notice_queries import name_of_release, released
from gongkai.inforequests.review_forms import ReleaseForm
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.views.acting import case_or_404, case_trail, refused, require_case_act, typed_of
from gongkai.kernel.reasons import Reason, refuse_for
from gongkai.ui.pages import form_page

LONGEST_SHOWN = 20_000
"""Characters of a file that the page shows; the rest is read in the file itself."""
_TITLE = "审查拟公开的文件"
_DONE = Reason("reviewed", "这份文件已经审查过", "请返回查看")
_INTRO = (
    "逐页看有没有国家秘密、工作秘密、商业秘密、个人隐私，公开会不会危及“三安全一稳定”；批注、修订、隐藏的行列也要看。"
)


@login_required
def clear(request: HttpRequest, case_id: str) -> HttpResponse:
    """The files that are handed in, each with the way to its review; straight there where one alone is left."""
    item = case_or_404(request, case_id)
    against, name = require_case_act(request, item, "clear"), CASE_ACTS["clear"].name
    if against:
        return refused(request, name, against, case_trail(item, name))
    left = _unreviewed(item)
    if len(left) == 1:
        return HttpResponseRedirect(_address(left[0]))
    context = {
        "item": item,
        "title": name,
        "rows": released(item, may_clear=True),
        "left": len(left),
        "breadcrumb": case_trail(item, name),
    }
    return render(request, "inforequests/clear.html", context)


def _unreviewed(item: Item) -> list[Release]:
    return list(item.releases.filter(reviewed_at=None).select_related("item").order_by("id"))


def _address(release: Release) -> str:
    return reverse("case_release_review", args=[release.item.public_id, release.public_id])


@login_required
def review(request: HttpRequest, case_id: str, release_id: str) -> HttpResponse:
    """Takes the decision on one file, with all that is known of it beside."""
    item = case_or_404(request, case_id)
    release = item.releases.filter(public_id=release_id).first()
    if release is None:
        raise Http404
    against = require_case_act(request, item, "clear") or ([_DONE] if release.reviewed_at is not None else [])
    trail = case_trail(item, _TITLE)
    if against and typed_of(request) is None:
        return refused(request, _TITLE, against, trail)

    def act(values: dict[str, Any]) -> str:
        refuse_for(against)
        is_cleared = is_yes(values["is_cleared"])
        review_release(actor_of(request), release, is_cleared=is_cleared, review=values["review"])
        return reverse("case_clear" if _unreviewed(item) else "case", args=[item.public_id])

    return form_page(
        request,
        ReleaseForm,
        act,
        title=_TITLE,
        submit="写下审查意见",
        done="已记录审查意见",
        breadcrumb=trail,
        intro=_INTRO,
        template="inforequests/release.html",
        beside=_seen(release),
    )


def _seen(release: Release) -> dict[str, Any]:
    """What is known of a file: its name, what the probe found, the words in it."""
    item, name = release.item, name_of_release(release)
    try:
        stored = file_of(release.file, owner=item.public_id)
    except NoSuchFile:
        return {"name": name, "note": release.note}
    text = text_of(release.file, owner=item.public_id)
    return {
        "name": name,
        "note": release.note,
        "findings": stored.findings,
        "text": text[:LONGEST_SHOWN],
        "is_cut": len(text) > LONGEST_SHOWN,
        "href": reverse("case_file", args=[item.public_id, release.file]),
    }
