"""What a visitor's session holds beside a draft: the receipt just given, the case that he opened by its code.

Nothing readable: the code lies sealed, the rest is public ids and instants.
"""

import base64

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from gongkai.inforequests.actions.intake import Filed
from gongkai.inforequests.models import Request
from gongkai.kernel import crypto
from gongkai.kernel.clock import now

CASE_MINUTES = 30
"""How long a case stays open after it was last looked at."""
RECEIPT_MINUTES = 60
_RECEIPT, _CASE, _TYPED = "apply_receipt", "query_case", "query_typed"
_CONTEXT = "inforequests.session"


def give_receipt(session: SessionBase, filed: Filed) -> None:
    """The visitor may see his receipt, with the code, for a while. What was given before is kept for a second click."""
    if filed.code:
        session[_RECEIPT] = {
            "request": filed.request.public_id,
            "code": _sealed(filed.code),
            "until": _in_minutes(RECEIPT_MINUTES),
        }


def save_at_once(session: SessionBase) -> None:
    """Saves the visitor's session within the transaction that is under way, in one statement: both hold, or neither.

    One that was cleared away meanwhile goes on under a new key, so that he keeps what he was given.
    """
    data = session.encode(dict(session.items()))
    kept = Session.objects.filter(session_key=session.session_key)
    if kept.update(session_data=data, expire_date=session.get_expiry_date()):
        session.modified = False
    else:
        session.cycle_key()


def receipt_in(session: SessionBase) -> Filed | None:
    """The letter that the visitor filed, with its code; None where he filed none, or closed the receipt."""
    held = session.get(_RECEIPT)
    if held is None or held["until"] < now().timestamp():
        return None
    request = _request(held["request"])
    return Filed(request, _opened(held["code"])) if request is not None else None


def close_receipt(session: SessionBase) -> None:
    """The code is shown no more."""
    session.pop(_RECEIPT, None)


def open_case(session: SessionBase, request: Request) -> None:
    """The visitor may see a case for a while, under a new key: who planted the old one sees nothing."""
    session.cycle_key()
    session[_CASE] = {"request": request.public_id, "until": _in_minutes(CASE_MINUTES)}


def case_in(session: SessionBase) -> Request | None:
    """The letter that the visitor opened, for some minutes more; None where there is none, or the time is over."""
    held = session.get(_CASE)
    if held is None or held["until"] < now().timestamp():
        return None
    if held["until"] - now().timestamp() < CASE_MINUTES * 40:  # two thirds are left: not every page writes the session
        session[_CASE] = {**held, "until": _in_minutes(CASE_MINUTES)}
    return _request(held["request"])


def had_case(session: SessionBase) -> bool:
    """Whether a case was opened whose time is over."""
    return _CASE in session


def close_case(session: SessionBase) -> None:
    """The case is shown no more, and nothing that was typed about it is kept."""
    session.pop(_CASE, None)
    session.pop(_TYPED, None)


def keep_typed(session: SessionBase, item: str, text: str) -> None:
    """Keeps what was typed when the time was over, for the case that it was typed about."""
    held = session.get(_CASE)
    if held is not None and text:
        session[_TYPED] = {"request": held["request"], "item": item, "text": _sealed(text)}


def typed_in(session: SessionBase, request: Request) -> tuple[str, str] | None:
    """The item and the text that were kept for a case."""
    held = session.get(_TYPED)
    if held is None or held["request"] != request.public_id:
        return None
    return held["item"], _opened(held["text"])


def drop_typed(session: SessionBase) -> None:
    """It is done, or given back."""
    session.pop(_TYPED, None)


def _request(public_id: str) -> Request | None:
    return Request.objects.select_related("agency").filter(public_id=public_id).first()


def _in_minutes(minutes: int) -> float:
    return now().timestamp() + minutes * 60


def _sealed(text: str) -> str:
    return base64.b64encode(crypto.seal(text.encode(), context=_CONTEXT)).decode()


def _opened(sealed: str) -> str:
    return crypto.unseal(base64.b64decode(sealed), context=_CONTEXT).decode()
