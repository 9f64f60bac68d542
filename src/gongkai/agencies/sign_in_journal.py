"""What the journal tells of sign-in: each one, each failure, each change of what somebody signs in with."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out
from django.db import transaction

from gongkai.agencies.models import User
from gongkai.audit.actions import Author, Changes, record

NOBODY = "nobody"
"""The actor who is not known yet, and the subject of a failure under a name that nobody has.

The name that was typed is not kept: it may well be a password in the wrong field.
"""


def note_failure(username: str) -> None:
    """A wrong password."""
    user = User.objects.filter(username__iexact=username).first()
    _note("agencies.sign_in_failed", NOBODY, user.public_id if user else NOBODY)


def note_refusal(user: User) -> None:
    """A right password of an account that is switched off, or of which the one-time password is too old."""
    _note("agencies.sign_in_refused", NOBODY, user.public_id)


def connect() -> None:
    """Listens to what allauth announces; called once, when the app is ready."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    password_changed.connect(_password_changed)
    authentication_failed.connect(_factor_failed)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)
    authenticator_reset.connect(_factor_added)


def _signed_in(user: User, **_more: Any) -> None:
    _note("agencies.sign_in", user.public_id, user.public_id)


def _signed_out(user: User | None, **_more: Any) -> None:
    if user is not None:
        _note("agencies.sign_out", user.public_id, user.public_id)


def _password_changed(user: User, **_more: Any) -> None:
    _note("agencies.change_password", user.public_id, user.public_id)


def _factor_failed(user: User, **_more: Any) -> None:
    _note("agencies.second_factor_failed", NOBODY, user.public_id)


def _factor_added(user: User, authenticator: Authenticator, **_more: Any) -> None:
    kind = {"kind": (None, str(authenticator.type))}
    _note("agencies.add_second_factor", user.public_id, user.public_id, kind)


def _factor_removed(user: User, authenticator: Authenticator, **_more: Any) -> None:
    kind = {"kind": (str(authenticator.type), None)}
    _note("agencies.remove_second_factor", user.public_id, user.public_id, kind)


@transaction.atomic
def _note(act: str, actor: str, subject: str, changes: Changes | None = None) -> None:
    record(act, author=Author(actor), subject=subject, changes=changes)
