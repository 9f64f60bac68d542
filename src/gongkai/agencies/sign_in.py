"""Sign-in: nobody signs himself up, and staff without a second factor get no further than setting one up.

allauth does the work; here stands what differs: accounts are opened by the security administrator alone, secrets are
encrypted at rest, too many failures are answered with 429, and a one-time password is good for choosing one's own.
"""

import base64
import time
from collections.abc import Callable
from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies.accounts import with_second_factor
from gongkai.agencies.models import User
from gongkai.agencies.sign_in_journal import note_failure, note_refusal
from gongkai.kernel import crypto
from gongkai.kernel.clock import now

_OFFICE = "/office/"
_DOOR = ("/office/sign-in/", "/office/account/")
"""Where somebody may go who has not got in yet: signing in, out, and setting up the second factor."""
_FIRST = ("account_change_password", "account_logout", "account_reauthenticate")
"""All that a one-time password is good for."""
_SECRETS = "agencies.second_factor"
_WAIT_SECONDS = 15 * 60
_log = structlog.get_logger("gongkai.access")


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Brings the user of a request with his person, and whether he has a second factor, in one query."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; none where the account is switched off."""
        user = with_second_factor(User.objects.filter(pk=user_id)).select_related("person").first()
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the security administrator alone; what goes wrong is told in Chinese and in the journal."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不正确",
        "incorrect_password": "密码不正确",
        "enter_current_password": "现在的密码不正确",
        "incorrect_code": "验证码不正确，请核对手机时间是否准确，或等下一个验证码",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """What is wrong with a form. Too many failures are no matter of the form: they end the request with 429."""
        if code in ("too_many_login_attempts", "rate_limited"):
            _log.warning("sign_in_throttled")
            response = respond_429(self.request)
            response["Retry-After"] = str(_WAIT_SECONDS)
            raise ImmediateHttpResponse(response)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Notes that a password was wrong."""
        note_failure(str(credentials.get("username", "")))

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        """Refuses a one-time password that was not used in time; the password was right, so it may be told."""
        if user.is_active and user.one_time_until is not None and user.one_time_until <= now():
            note_refusal(user)
            return render(request, "account/one_time_expired.html", status=403)
        response: HttpResponse | None = super().pre_login(request, user, **options)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Told only to who knows the password."""
        note_refusal(user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Somebody's own password, which is for more than one time."""
        user.one_time_until = None
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not within minutes of a sign-in: nobody is asked for the password he has just typed."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **options))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Onward: to the office, or to the second factor where there is none yet."""
        return _OFFICE


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of second factors are encrypted at rest."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return base64.b64encode(crypto.seal(text.encode(), context=_SECRETS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it is used."""
        return crypto.unseal(base64.b64decode(encrypted_text), context=_SECRETS).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  allauth's name for it
        """What a new key is called until its owner names it."""
        return "通行密钥"


class SecondFactorMiddleware:
    """Leads staff with a one-time password, or without a second factor, to where they set up their own, whatever else
    they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, or the way to what is missing."""
        if request.path.startswith(_OFFICE) and isinstance(request.user, User):
            way = _way(request.path, request.user)
            if way:
                return redirect(way)
        return self._get_response(request)


def _way(path: str, user: User) -> str:
    if user.one_time_until is not None:
        allowed = tuple(reverse(name) for name in _FIRST)
        return "" if path in allowed else reverse("account_change_password")
    if not path.startswith(_DOOR) and not user.has_second_factor:
        return reverse("mfa_index")
    return ""
