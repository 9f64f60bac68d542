"""Whoever sits down at an officer's computer after sign-out finds no case by going back."""

from datetime import date

import pytest
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office
from tests.inforequests.issuing import decided

from gongkai.agencies.roles import Role
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_no_page_that_shows_a_case_is_kept(office: Office, item: Item) -> None:
    head = signed_in(office.users[Role.OFFICE_HEAD])
    with at(date(2026, 3, 4)):
        notice = decided(office, item)
        pages = [reverse(name, args=[item.public_id]) for name in ("case", "case_clock", "case_evidence")]
        pages += [reverse("notice", args=[notice.public_id]), reverse("notice_review", args=[notice.public_id])]
        pages += [reverse("desk"), reverse("ledger", args=[office.agency.public_id])]
        for page in pages:
            answer = head.get(page)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), page


def test_a_form_comes_back_with_what_was_typed(office: Office, item: Item) -> None:
    answer = signed_in(office.users[Role.CLERK]).get(reverse("case_withdraw", args=[item.public_id]))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
