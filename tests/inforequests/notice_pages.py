"""What tests of a notice's pages share: who opens them, and where they are."""

from datetime import date

from django.test import Client
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import Office

from gongkai.inforequests.models import Notice

ON = date(2026, 3, 4)
"""Two days after the cases of these tests were received."""


def at_page(notice: Notice, name: str = "", *more: str) -> str:
    """The address of a page of a notice."""
    return reverse(f"notice_{name}" if name else "notice", args=[notice.public_id, *more])


def browser_of(office: Office, role: str) -> Client:
    """The browser of whoever holds a role."""
    return signed_in(office.users[role])
