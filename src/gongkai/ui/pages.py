"""How a page with a form behaves, once for all: shown, refused with everything still in it, or done and left."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.kernel.reasons import ActionRefused, Reason
from gongkai.ui.adding import SENT_BEFORE, AddingForm
from gongkai.ui.forms import Form, state_of

_CHANGED = Reason("changed", "您打开这一页之后，另一人已作了修改，下面是您填写的内容", "请核对后再次保存")


def form_page(
    request: HttpRequest,
    form_class: Callable[..., Form],
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    submit: str,
    done: str,
    row: models.Model | None = None,
    initial: Mapping[str, Any] | None = None,
    breadcrumb: Sequence[Mapping[str, str]] = (),
    kind: str = "",
    intro: str = "",
    follows: Sequence[str] = (),
    links: Sequence[Mapping[str, str]] = (),
    template: str = "ui/form_page.html",
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Shows the form; on POST does `act` with what was typed, says `done` and goes to the address that it returns.

    A refusal, or a row that another person changed meanwhile, brings the form back with all that was typed (not where
    the row has it all, as when the form is sent twice); so does a sign-in, where the login ended before the form was
    sent (`request.kept`). `follows` tells line by line what a final act leads to, `links` to what is needed for it; the
    way back is the last level of the breadcrumb that is a link. A `template` that extends the usual one may show more,
    which it is given in `beside`.
    """
    seen = state_of(row) if row is not None else ""
    typed = request.POST if request.method == "POST" else getattr(request, "kept", None)
    form = form_class(typed, files=request.FILES or None, initial={**(initial or {}), "seen": seen})
    if request.method == "POST" and form.is_valid():
        if row is not None and form.cleaned_data["seen"] not in ("", seen) and not form.is_kept_in(row):
            form.refused = [_CHANGED]
            form.tell_changed(row, form.cleaned_data["seen"])
            form.data = request.POST.copy()
            form.data["seen"] = seen
        else:
            try:
                target = act(form.values)
            except ActionRefused as refused:
                form.refused = refused.reasons
                if isinstance(form, AddingForm) and form.is_used:
                    form.renew()
            else:
                _tell(request, form, done)
                return HttpResponseRedirect(target)
    context = {"title": title, "form": form, "submit": submit, "breadcrumb": breadcrumb, "kind": kind, "intro": intro}
    context |= {"follows": follows, "links": links, **(beside or {})}
    context |= {"back": next((link for link in reversed(breadcrumb) if link.get("href")), None)}
    response = render(request, template, context, status=422 if form.summary else 200)
    # Not `no-store`: by the way back a browser then shows the form anew, without what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _tell(request: HttpRequest, form: Form, done: str) -> None:
    """Says that it is done; of a row that was there already, that nothing was done twice."""
    if isinstance(form, AddingForm) and form.is_used:
        messages.info(request, SENT_BEFORE)
    else:
        messages.success(request, done)
