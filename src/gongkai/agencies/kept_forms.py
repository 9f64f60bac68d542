"""A form half filled when the login ends: what was typed comes back after sign-in.

Each form of the office carries who it was shown to, signed. What is sent without a session, or with a token from before
the last sign-in, is sealed into the session for half an hour, and given back once, on the same page and to the same
person; nothing is done with it until that person sends it again. Uploaded files are not kept.
"""

import base64
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from gongkai.agencies.models import User
from gongkai.kernel import crypto
from gongkai.kernel.clock import now

FIELD = "shown_to"
_SESSION_KEY = "kept_form"
_CONTEXT = "agencies.kept_form"
_SECONDS = 30 * 60
_OFFICE, _DOOR = "/office/", ("/office/sign-in/", "/office/account/")
_NOT_KEPT = ("csrfmiddlewaretoken", FIELD)
_RESTORED = "登录中断前您填写的内容已经恢复，还没有提交，请核对后再提交"


class KeptFormMiddleware:
    """Keeps a form that is sent without a session, and gives it back as `request.kept` after sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; on the page that a form was kept for, with what was typed."""
        if request.path.startswith(_OFFICE) and isinstance(request.user, User):
            request.form_mark = _signer().sign(request.user.public_id)  # type: ignore[attr-defined]  # for form_page
            if request.method == "GET" and _SESSION_KEY in request.session:
                _give_back(request, request.user)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Keeps what is sent without a session; comes after the check of the token."""
        is_office = request.path.startswith(_OFFICE) and not request.path.startswith(_DOOR)
        if request.method != "POST" or not is_office or request.user.is_authenticated:
            return None
        _keep(request)
        return redirect_to_login(request.path)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with a wrong token. Our own page, opened before the last sign-in, comes back with what was typed."""
    origin = f"{request.scheme}://{request.get_host()}"
    if request.path.startswith(_OFFICE) and request.headers.get("Origin") == origin and _keep(request):
        return HttpResponseRedirect(request.path)
    base = "ui/office.html" if request.path.startswith(_OFFICE) else "ui/public.html"
    return render(request, "ui/csrf_failed.html", {"base": base}, status=403)


def _keep(request: HttpRequest) -> bool:
    """Seals what was typed into the session; not where the page was never shown to anybody of the staff."""
    try:
        owner = _signer().unsign(request.POST.get(FIELD, ""))
    except BadSignature:
        return False
    typed = request.POST.copy()
    for name in _NOT_KEPT:
        typed.pop(name, None)
    sealed = crypto.seal(typed.urlencode().encode(), context=_CONTEXT)
    request.session[_SESSION_KEY] = {
        "path": request.path,
        "owner": owner,
        "until": now().timestamp() + _SECONDS,
        "typed": base64.b64encode(sealed).decode(),
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(_SECONDS)
    return True


def _give_back(request: HttpRequest, user: User) -> None:
    kept = request.session[_SESSION_KEY]
    is_for_user = kept["owner"] == user.public_id and now().timestamp() < kept["until"]
    if is_for_user and kept["path"] != request.path:
        return
    del request.session[_SESSION_KEY]
    if is_for_user:
        typed = crypto.unseal(base64.b64decode(kept["typed"]), context=_CONTEXT).decode()
        request.kept = QueryDict(typed, encoding=settings.DEFAULT_CHARSET)  # type: ignore[attr-defined]  # for form_page
        messages.warning(request, _RESTORED)


def _signer() -> Signer:
    return Signer(salt=_CONTEXT)
