"""How a step of a letter behaves, once for all: what was typed is kept, right or wrong, and each file by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.queries import StoredFile
from gongkai.inforequests import applying, drafts
from gongkai.inforequests.applying import STEPS
from gongkai.inforequests.drafts import Typed, Writing
from gongkai.inforequests.models import Draft
from gongkai.inforequests.public_forms import TypedForm
from gongkai.inforequests.throttling import DRAFTS, UPLOADS
from gongkai.inforequests.views.public import too_often
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.forms import Form

MORE = "more"
"""The button that keeps a file and stays."""
EXPIRED = "您填写的内容已经过了保存时间，系统已清除，请重新填写"
_RESCUED = "页面打开得太久，以前填写的内容已经清除；您刚才填写的这一步已经保留，请把其他几步补上"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a step: its form, where what was typed into it lies in the draft, and what stands around it.

    `stays`: after it the visitor goes on with that page, not with the next unfinished step. `asides` are the pages that
    buttons lead to before this one is finished, or MORE for one more file. `mark` goes before the names of its files.
    """

    step: str
    form: type[TypedForm]
    write: Callable[[Writing, Typed], None]
    typed: Typed
    title: str
    template: str = "inforequests/public/step.html"
    submit: str = "下一步"
    stays: str = ""
    asides: tuple[str, ...] = (MORE,)
    purpose: Purpose | None = None
    mark: str = ""
    is_part: bool = False
    told: dict[str, Any] = field(default_factory=dict)


def shown(request: HttpRequest, page: Page, draft: Draft, writing: Writing, form: Form | None = None) -> HttpResponse:
    """The page with its form."""
    form = form or page.form(initial=page.typed)
    context = {
        "title": page.title,
        "form": form,
        "submit": page.submit,
        "files": file_rows(draft, page.purpose) if page.purpose else [],
        "stages": stages(page.step, writing),
        "agency": applying.agency_of(writing),
        "hours": drafts.HOURS,
        "is_part": page.is_part,
        "before": address(before_of(page.step)),
        **page.told,
    }
    return render(request, page.template, context, status=422 if form.summary else 200)


def sent(request: HttpRequest, page: Page, draft: Draft | None, writing: Writing) -> HttpResponse:
    """Keeps what was sent and goes on; comes back with what is wrong."""
    page.write(writing, page.form.typed(request.POST))
    if draft is not None:
        drafts.keep(draft, writing)
    limits = [*([DRAFTS] if draft is None else []), *([UPLOADS] if request.FILES else [])]
    waiting = next((answer for limit in limits if (answer := too_often(request, limit)) is not None), None)
    if waiting is not None:
        return waiting
    kept = draft or drafts.begin(request.session, writing)
    if "remove" in request.POST:
        drafts.detach(kept, request.POST["remove"].replace("\0", ""))
        return redirect(request.path)
    form = page.form(request.POST, request.FILES or None)
    form.full_clean()
    _attach(form, kept, page.mark)
    if draft is None:
        messages.warning(request, _RESCUED)
        return redirect(address(applying.first_unfinished(writing)))
    return _onward(request, page, kept, writing, form)


def _onward(request: HttpRequest, page: Page, draft: Draft, writing: Writing, form: Form) -> HttpResponse:
    """To the page that the button names, to the next step, or back to what is wrong."""
    if MORE in request.POST and not request.FILES:
        form.add_error("file", "请先选择文件")
    aside = next((name for name in page.asides if name in request.POST), "")
    if aside and not form.errors.get("file"):
        if aside == MORE:
            messages.success(request, "文件已经上传，列在“已上传的文件”里")
        return redirect(request.path if aside == MORE else aside)
    if form.errors:
        return shown(request, page, draft, writing, form)
    return redirect(page.stays or address(applying.first_unfinished(writing)))


def writing_at(request: HttpRequest, step: str) -> tuple[Draft, Writing] | HttpResponse:
    """The visitor's draft for a step; where it isn't its turn, the way to the step that is."""
    draft = drafts.of(request.session)
    if draft is None:
        if drafts.is_lost(request.session):
            messages.warning(request, EXPIRED)
        drafts.forget(request.session)
        return redirect("apply")
    writing = drafts.opened(draft)
    if applying.comes_too_early(step, writing):
        return redirect(address(applying.first_unfinished(writing)))
    return draft, writing


def address(step: str) -> str:
    """Where a step is."""
    return reverse("apply" if step == "agency" else f"apply_{step}")


def before_of(step: str) -> str:
    """The step before one."""
    order = list(STEPS)
    return order[order.index(step) - 1]


def stages(current: str, writing: Writing) -> list[dict[str, str]]:
    """The steps for the component: finished ones are links."""
    done = applying.finished(writing)
    rows = []
    for step, label in STEPS.items():
        state = "current" if step == current else "done" if step in done else ""
        rows.append({"label": label, "state": state, "href": address(step) if state == "done" else ""})
    return rows


def file_rows(draft: Draft, purpose: Purpose) -> list[dict[str, str]]:
    """The files of a draft as a page lists them."""
    return [{"id": one.public_id, "name": one.name, "size": size_of(one)} for one in drafts.files_for(draft, purpose)]


def size_of(one: StoredFile) -> str:
    """A size in words."""
    return f"{one.size / 2**20:.1f} MB" if one.size >= 2**20 else f"{max(1, round(one.size / 2**10))} KB"


def _attach(form: Form, draft: Draft, mark: str) -> None:
    """Keeps the file that came with a form, whatever is wrong with the rest of it."""
    inspected = form.cleaned_data.get("file")
    if not isinstance(inspected, Inspected):
        return
    try:
        drafts.attach(draft, inspected, mark=mark)
    except ActionRefused as refused:
        form.add_error("file", [f"{reason.message}。{reason.instead}" for reason in refused.reasons])
