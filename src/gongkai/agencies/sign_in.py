"""Sign-in: nobody signs himself up, and staff without a second factor get no further than setting one up."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

_OFFICE = "/office/"
_OPEN = ("/office/sign-in/", "/office/account/")
"""Where somebody with a password alone may go: signing in, out, and setting up the second factor."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the security administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactorMiddleware:
    """Leads staff without a second factor to the page where one is set up, whatever else they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, or the way to the second factor."""
        user = request.user
        is_office = request.path.startswith(_OFFICE) and not request.path.startswith(_OPEN)
        if is_office and user.is_authenticated and not is_mfa_enabled(user):
            return redirect(reverse("mfa_index"))
        return self._get_response(request)
