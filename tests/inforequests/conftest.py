"""The office that most tests of requests work in, and a letter that was filed there."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.inforequests.cases import Office, a_letter, an_office
from tests.inforequests.situations import MONDAY

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.intake import Filed, file_request, register_request
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import at

_BEFORE = date(2026, 3, 1)
"""Earlier than whatever the tests let happen."""


@pytest.fixture(scope="module")
def office_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """Built once for all tests of a module, which takes forty acts; what a test does to it is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(_BEFORE):
            built = an_office()
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def office(office_of_the_module: Office, db: None) -> Office:
    return deepcopy(office_of_the_module)


@pytest.fixture
def filed(office: Office) -> Filed:
    """A letter that came on the web and is registered, with its query code."""
    with at(MONDAY):
        made = file_request(a_letter(office.agency))
        register_request(office.actor(Role.CLERK), made.request)
    return made


@pytest.fixture
def item(filed: Filed) -> Item:
    return Item.objects.get(request=filed.request)
