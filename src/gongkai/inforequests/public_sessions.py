"""What a visitor's session holds beside a draft: its query code, the receipt of what he filed, the case that he opened.

Nothing readable: the code lies sealed, the rest is public ids, instants and the index that tells nothing of a code.
"""

import base64
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from gongkai.inforequests.actions.intake import Filed
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Request
from gongkai.kernel import crypto
from gongkai.kernel.clock import now

CASE_MINUTES = 30
"""How long a case stays open after it was last looked at."""
RECEIPT_MINUTES = 60
_RECEIPTS, _CASE, _TYPED = "apply_receipts", "query_case", "query_page_typed"
_CONTEXT = "inforequests.session"


def give_code(session: SessionBase, public_id: str, code: str) -> None:
    """The query code of a letter that is begun or was entered: when it is filed, the receipt shows it for a while.

    So filing need not write the session, and whoever clicked twice, or was cut off, finds the receipt. That of the
    letter before stays.
    """
    session[_RECEIPTS] = [{"request": public_id, "code": _sealed(code)}, *session.get(_RECEIPTS, [])[:1]]


def code_in(session: SessionBase, public_id: str) -> str:
    """The query code that the session holds for a letter; a new one, held from now on, where it holds none."""
    held = next((one for one in session.get(_RECEIPTS, []) if one["request"] == public_id), None)
    if held is not None:
        return _opened(held["code"])
    code = new_code()
    give_code(session, public_id, code)
    return code


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
    """The letter that the visitor filed last, with its code; None where he filed none, or closed the receipt.

    It is open for a while, and until a new code is asked for.
    """
    for held in session.get(_RECEIPTS, []):
        request, code = _request(held["request"]), _opened(held["code"])
        if request is not None:
            is_open = now() < request.taken_at + timedelta(minutes=RECEIPT_MINUTES)
            return Filed(request, code) if is_open and _fits(code, request) else None
    return None


def close_receipt(session: SessionBase) -> None:
    """The code is shown no more; that of a letter which is being written stays."""
    session[_RECEIPTS] = [held for held in session.get(_RECEIPTS, []) if _request(held["request"]) is None]


def open_case(session: SessionBase, request: Request) -> None:
    """The visitor may see a case for a while, under a new key: who planted the old one sees nothing."""
    session.cycle_key()
    session[_CASE] = {"request": request.public_id, "code": _index(request), "until": _in_minutes(CASE_MINUTES)}


def case_in(session: SessionBase) -> Request | None:
    """The letter that the visitor opened, for some minutes more; None where there is none, or the time is over.

    A new code ends it: who asks for one may do so because another has the old.
    """
    held = session.get(_CASE)
    found = _request(held["request"]) if held is not None and held["until"] >= now().timestamp() else None
    if held is None or found is None or held.get("code") != _index(found):
        return None
    if held["until"] - now().timestamp() < CASE_MINUTES * 40:  # two thirds are left: not every page writes the session
        session[_CASE] = {**held, "until": _in_minutes(CASE_MINUTES)}
    return found


def had_case(session: SessionBase) -> bool:
    """Whether a case was opened whose time is over."""
    return _CASE in session


def close_case(session: SessionBase) -> None:
    """The case is shown no more, and nothing that was typed about it is kept."""
    session.pop(_CASE, None)
    session.pop(_TYPED, None)


def keep_typed(session: SessionBase, path: str, text: str) -> None:
    """Keeps what was typed on a page when the time was over, for the case that it was typed about."""
    held = session.get(_CASE)
    if held is not None and text:
        session[_TYPED] = {"request": held["request"], "path": path, "text": _sealed(text)}


def typed_in(session: SessionBase, request: Request) -> tuple[str, str] | None:
    """The page and the text that were kept for a case."""
    held = session.get(_TYPED)
    if held is None or held["request"] != request.public_id:
        return None
    return held["path"], _opened(held["text"])


def drop_typed(session: SessionBase) -> None:
    """It is done, or given back."""
    session.pop(_TYPED, None)


def _fits(code: str, request: Request) -> bool:
    return _index(request) == code_index(code).hex()


def _index(request: Request) -> str:
    """What is kept of the code that a letter has now, which tells nothing of it."""
    return bytes(request.code_index or b"").hex()


def _request(public_id: str) -> Request | None:
    return Request.objects.select_related("agency").filter(public_id=public_id).first()


def _in_minutes(minutes: int) -> float:
    return now().timestamp() + minutes * 60


def _sealed(text: str) -> str:
    return base64.b64encode(crypto.seal(text.encode(), context=_CONTEXT)).decode()


def _opened(sealed: str) -> str:
    return crypto.unseal(base64.b64decode(sealed), context=_CONTEXT).decode()
