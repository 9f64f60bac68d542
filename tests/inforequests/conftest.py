"""The office that most tests of requests work in."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.inforequests.cases import Office, an_office

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
