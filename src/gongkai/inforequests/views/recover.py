"""A lost query code: asked for by who filed the letter, given by a link in a mail to the address that was filed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests import recovering
from gongkai.inforequests.public_forms import RecoverForm
from gongkai.inforequests.throttling import RECOVERIES
from gongkai.inforequests.views.public import private, too_often


@private
def recover(request: HttpRequest) -> HttpResponse:
    """Number, name and identity number; the answer is the same page for everybody."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST":
        waiting = too_often(request, RECOVERIES)
        if waiting is not None:
            return waiting
        if form.is_valid():
            recovering.ask(**form.values)
            return redirect("query_recover_asked")
    return render(request, "inforequests/public/recover.html", {"form": form}, status=422 if form.summary else 200)


@private
def asked(request: HttpRequest) -> HttpResponse:
    """What follows, whether anything was found or not."""
    return render(request, "inforequests/public/recover_asked.html", {"minutes": recovering.MINUTES})


@private
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """The link of the mail: a button gives the new code, shown once. Programs that look at links press no button."""
    if request.method == "POST":
        filed = recovering.renew(public_id)
        if filed is not None:
            sessions.close_case(request.session)
            sessions.open_case(request.session, filed.request)
            return render(request, "inforequests/public/new_code.html", {"filed": filed})
    context = {"is_open": recovering.is_open(public_id), "minutes": recovering.MINUTES}
    return render(request, "inforequests/public/recover_code.html", context, status=200 if context["is_open"] else 404)
