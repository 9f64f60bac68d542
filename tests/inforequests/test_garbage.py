"""Whatever is sent to an address of requests, no page breaks: bad days, huge numbers, marks of control, nothing at all.

Each page of the office is opened in every situation of a case and every stage of a notice, by somebody whose page it
is; where it shows a form, the form comes back filled with garbage. What a page does is rolled back before the next.

The form of an act is met in many situations: it gets all the garbage that there is in one that it belongs to, a third,
by turns, in the others. `make soak` sends all of it everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.applying import Citizen, an_open_agency
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, agreed, decided, path_to, sealed, served
from tests.inforequests.situations import NOW, SITUATIONS

from gongkai.agencies.roles import Role
from gongkai.inforequests import case_notice_urls, case_urls, notice_urls, public_urls
from gongkai.inforequests.actions.drafting import draft_notice, submit_notice
from gongkai.inforequests.choices import Way
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Item, Notice, Request
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
_ROLES = (Role.OFFICE_HEAD,)
_ROLE_OF = {
    "case_answer": (Role.UNIT_HANDLER,),
    "case_clear": (Role.SECRECY_REVIEWER,),
    "case_release_review": (Role.SECRECY_REVIEWER,),
    "notice_seal": (Role.SEAL_KEEPER,),
    "notice_review": (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.OFFICE_HEAD, Role.HEAD),
}
_NOTHING_THERE = "2" * 16
"""A public id that nothing has."""
_WORDS = {
    "nothing": "",
    "nul": "甲\0乙",
    "markup": "<script>alert(1)</script>\u202e{{ 1 }}' \" %s %00 \r\nSet-Cookie: a=b",
    "emoji": "😀" * 10_001,
    "wide digits": "２０２６－０３－０９",
    "huge number": "9" * 40,
}
_TODAY = NOW.isoformat()
_EVERYWHERE = ("nothing", "nul", "wide digits", "huge number")
"""Sent in every field at once besides, choices and marks among them."""
_DAYS = ("0001-01-01", "2019-05-14", "2026-03-03", "2026-02-30", "9999-12-31")
_NUMBERS = ("-1", "99", "２０２６", "٢٠٢٦", "2147483648", "9" * 20)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def filled(form: forms.Form, words: str, day: str = _TODAY, number: str = "5", *, choice: int = -1) -> dict[str, Any]:
    """A form filled with these, choices with one that there is, so that as much as can be gets through."""
    typed: dict[str, Any] = {}
    for bound in form:
        field = bound.field
        if isinstance(field, forms.FileField):
            continue
        if isinstance(field, forms.ChoiceField):
            known = [value for value, _ in getattr(field, "choices", ()) if value != ""]
            typed[bound.html_name] = [str(known[choice % len(known)])] if known else []
        elif isinstance(field, forms.DateField):
            typed[bound.html_name] = day
        elif isinstance(field, forms.IntegerField):
            typed[bound.html_name] = number
        elif isinstance(field, forms.EmailField):
            typed[bound.html_name] = "zhou@example.com"
        elif bound.is_hidden:
            typed[bound.html_name] = bound.value() or ""
        else:
            typed[bound.html_name] = words
    return typed


def garbage(form: forms.Form) -> Iterator[dict[str, Any]]:
    """The form filled in bad ways: every field wrong, then each kind of field wrong among right ones."""
    kinds = {type(bound.field) for bound in form}
    for place, (name, words) in enumerate(_WORDS.items()):
        yield filled(form, words, choice=place)
        if name in _EVERYWHERE:
            yield dict.fromkeys((bound.html_name for bound in form), words)
    for place, day in enumerate(_DAYS if forms.DateField in kinds else ()):
        yield filled(form, "某事", day, choice=place)
    for number in _NUMBERS if forms.IntegerField in kinds else ():
        yield filled(form, "某事", number=number)


def forms_of(answer: HttpResponse) -> list[forms.Form]:
    """The forms that a page shows."""
    context = getattr(answer, "context", None) or {}
    form, several = context.get("form"), context.get("forms")
    return [*([form] if form is not None else []), *([several.letter, *several.points] if several is not None else [])]


def fed(client: Client, address: str, *, turn: int | None = None, **always: str) -> list[str]:
    """What broke when a page was opened, and sent back with garbage, and with what always stands there.

    Of the garbage, the third whose turn it is; all of it where none is given.
    """
    with undone():
        shown = client.get(address)
    wrong = [f"GET {address}: {shown.status_code}"] * (shown.status_code >= 500)
    sent: list[dict[str, Any]] = [{}]
    for form in forms_of(shown):
        sent += garbage(form) if turn is None else islice(garbage(form), turn % 3, None, 3)
    for typed in sent:
        with undone():
            try:
                status = client.post(address, {**typed, **always}).status_code
            except Exception as error:  # noqa: BLE001  each is a page that broke, and all are told at once
                status, typed = 500, {"error": repr(error)[:300], **typed}
        if status >= 500:
            wrong.append(f"POST {address} {str(typed)[:700]}: {status}")
    return wrong


def kept_browsers(office: Office) -> dict[str, Client]:
    return {role: signed_in(user) for role, user in office.users.items()}


def names_of(*modules: Any) -> list[str]:
    return [pattern.name for module in modules for pattern in module.urlpatterns]


CASE_PAGES = [name for name in names_of(case_urls, case_notice_urls) if name.startswith("case")]


BELONGS = {
    "unconfirmed": {"case_confirm"},
    "unregistered": {"case_register"},
    "running": set(CASE_PAGES),
    "with_files": {"case_clear", "case_release_review"},
    "given_out": {"case_answer"},
    "clarifying": {"case_clarified"},
    "explaining": {"case_explained"},
    "consulting": {"case_consulted"},
    "charged": {"case_paid"},
    "ended": {"case_reopen", "case_archive"},
}
"""The pages whose forms are met in a situation with all the garbage."""


@pytest.mark.parametrize("situation", SITUATIONS)
def test_pages_of_a_case_bear_anything(office: Office, situation: str) -> None:
    fed_in(situation, office, whole=BELONGS.get(situation, set()))


@pytest.mark.soak
@pytest.mark.parametrize("situation", SITUATIONS)
def test_pages_of_a_case_bear_everything(office: Office, situation: str) -> None:
    fed_in(situation, office, whole=set(CASE_PAGES))


def test_the_form_of_every_act_gets_all_the_garbage_somewhere() -> None:
    assert set().union(*BELONGS.values()) == set(CASE_PAGES)
    assert set(BELONGS) <= set(SITUATIONS)


def fed_in(situation: str, office: Office, *, whole: set[str]) -> None:
    item, browsers = SITUATIONS[situation](office), kept_browsers(office)
    wrong: list[str] = []
    with at(NOW):
        for place, name in enumerate(CASE_PAGES):
            turn = None if name in whole else list(SITUATIONS).index(situation) + place
            more = {"file_id": _NOTHING_THERE} if name == "case_file" else {}
            if name == "case_release_review":
                release = item.releases.first()
                more = {"release_id": release.public_id if release is not None else _NOTHING_THERE}
            kinds = ("registration", "consultation_told", "third_party_disclosure", "withdrawn", "none-such")
            for kind in kinds if name == "case_letter" else ("",):
                letter = {"letter_kind": kind} if kind else {}
                address = reverse(name, kwargs={"case_id": item.public_id, **more, **letter})
                for role in _ROLE_OF.get(name, _ROLES):
                    wrong += fed(browsers[role], address, turn=turn)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("outcome", ["granted", "refused_state_secret", "already_public_end", "petition_end"])
def test_a_conclusion_bears_anything(office: Office, outcome: str) -> None:
    item, client = SITUATIONS["running"](office), signed_in(office.users[Role.CLERK])
    path = "".join("y" if answer else "n" for answer in path_to(outcome))
    address = reverse("case_decide", args=[item.public_id])
    with at(NOW):
        wrong = fed(client, f"{address}?a={path}", a=path) + fed(client, f"{address}?a={path}", a=path, points="999")
        for odd in ("x😀\0", "y" * 5_000, "n" * 99):
            wrong += fed(client, f"{address}?a={odd}", a=odd)
    assert not wrong, "\n".join(wrong)


def _draft(office: Office) -> Notice:
    return draft_notice(office.actor(Role.CLERK), a_case(office), "clarification", fields=FIELDS)


def _under_review(office: Office) -> Notice:
    return submit_notice(office.actor(Role.CLERK), decided(office, a_case(office), "already_public_end"))


def _sent(office: Office) -> Notice:
    return served(office, decided(office, a_case(office), "already_public_end"), Way.POST).notice


STAGES = {
    "draft": _draft,
    "review": _under_review,
    "signed": lambda office: agreed(office, decided(office, a_case(office), "already_public_end")),
    "sealed": lambda office: sealed(office, decided(office, a_case(office), "already_public_end")),
    "sent": _sent,
}
NOTICE_PAGES = [name for name in names_of(notice_urls) if not name.startswith("notice_setting")]


@pytest.mark.parametrize("stage", STAGES)
def test_pages_of_a_notice_bear_anything(office: Office, stage: str) -> None:
    with at(date(2026, 3, 4)):
        notice = STAGES[stage](office)
    browsers, wrong = kept_browsers(office), []
    with at(NOW):
        for name in NOTICE_PAGES:
            for form in ("pdf", "sealed", "none-such") if name == "notice_file" else ("",):
                address = reverse(name, kwargs={"notice_id": notice.public_id, **({"form": form} if form else {})})
                for role in _ROLE_OF.get(name, _ROLES):
                    wrong += fed(browsers[role], address)
    assert not wrong, "\n".join(wrong)


def test_pages_of_the_office_bear_anything(office: Office) -> None:
    a_case(office)
    client, wrong = signed_in(office.users[Role.OFFICE_HEAD]), []
    here = office.agency.public_id
    with at(NOW):
        for address in (
            reverse("desk"),
            f"{reverse('desk')}?tab=none-such&page=999999",
            f"{reverse('desk')}?tab=closed&page=-1",
            f"{reverse('desk')}?page=%00&tab=%00",
            f"{reverse('desk')}?q=%00%ED%A0%80&page=９",
            f"{reverse('desk')}?q=9999-9999999-999",
            f"{reverse('desk')}?q=９９９９-9999999",
            f"{reverse('desk')}?q={'甲 ' * 200}",
            reverse("find"),
            reverse("enter"),
            reverse("entered"),
            reverse("ledgers"),
            f"{reverse('ledgers')}?month=0000-00",
            f"{reverse('ledgers')}?month=２０２６-03",
            f"{reverse('ledger', args=[here])}?month=9999-12",
            f"{reverse('ledger', args=[here])}?month=%00",
            reverse("ledger", args=[_NOTHING_THERE]),
            reverse("notice_settings_index"),
            reverse("notice_settings", args=[here]),
            reverse("notice_setting", args=[here, "granted"]),
            reverse("notice_setting", args=[here, "none-such"]),
            reverse("case", args=[_NOTHING_THERE]),
            reverse("notice", args=[_NOTHING_THERE]),
        ):
            wrong += fed(client, address)
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def citizen() -> Citizen:
    return Citizen()


PUBLIC_PAGES = {pattern.name: pattern for pattern in public_urls.urlpatterns}
_PARTS: dict[str, tuple[Any, ...]] = {
    "query_how": (0,),
    "query_clarify": (0,),
    "query_explain": (0,),
    "query_withdraw": (0,),
    "query_other": (0,),
    "query_file": (0, 10**30, 10**30),
    "apply_joint_change": (1,),
    "query_recover_code": (_NOTHING_THERE,),
}


def _addresses() -> list[str]:
    return [reverse(name, args=_PARTS.get(name, ())) for name in PUBLIC_PAGES]


def test_pages_of_a_citizen_bear_anything_before_he_began(citizen: Citizen) -> None:
    an_open_agency()
    wrong = [one for address in _addresses() for one in fed(citizen, address)]
    assert not wrong, "\n".join(wrong)


def test_pages_of_a_citizen_bear_anything_while_he_writes(citizen: Citizen) -> None:
    citizen.fill(an_open_agency())
    pages = [*_addresses(), "/apply/?agency=%00", "/apply/?q=%ED%A0%80%00", "/query/?number=%00%FF"]
    wrong = [one for address in pages for one in fed(citizen, address)]
    assert not wrong, "\n".join(wrong)


def opened(citizen: Citizen, item: Item) -> None:
    """Opens a case in a browser by a code that is made for it."""
    code = new_code()
    Request.objects.filter(pk=item.request_id).update(code_index=code_index(code))
    answer = citizen.post("/query/", {"number": item.request.register_number, "code": code})
    assert answer.headers["Location"] == "/query/case/"


@pytest.mark.parametrize(
    "situation", ["running", "clarifying", "explaining", "lapsed", "charged", "ended", "reopened", "unconfirmed"]
)
def test_pages_of_a_citizen_bear_anything_when_he_follows_his_case(
    office: Office, citizen: Citizen, situation: str
) -> None:
    item = SITUATIONS[situation](office)
    with at(NOW):
        opened(citizen, item)
        wrong = [one for address in _addresses() for one in fed(citizen, address)]
    assert not wrong, "\n".join(wrong)
