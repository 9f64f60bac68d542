"""Entering letters on paper: what is typed, what is missing, sent twice, the receipt with its code."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office, an_office

from gongkai.inforequests.models import Item, Party, Request
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def office() -> Office:
    return an_office()


def test_the_page_opens(office: Office) -> None:
    assert signed_in(office.users["clerk"]).get(reverse("enter")).status_code == 200
