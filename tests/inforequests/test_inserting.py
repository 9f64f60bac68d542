"""Rows inserted together are as rows that were saved one by one: their keys, their sealed values, what they point at."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from tests.inforequests.cases import a_case, an_office

from gongkai.inforequests.models import Item, Party, Request, Step
from gongkai.kernel.clock import now
from gongkai.kernel.ids import public_id
from gongkai.kernel.inserting import insert_together

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def copies(request: Request) -> tuple[Request, Party, Item, Step]:
    """The rows of a letter once more, new and pointing at one another."""
    party, item = request.parties.get(), request.items.get()
    step = item.steps.get()
    for row in (request, party, item, step):
        row.pk, row.public_id, row._state.adding = None, public_id(), True
    request.number, request.code_index = request.number + 1, None
    party.request = item.request = request
    step.item = item
    return request, party, item, step


def a_request() -> Request:
    """A letter with all its rows."""
    return a_case(an_office("青禾县水利局"), on=date(2026, 3, 2)).request


def test_rows_are_there_as_they_were_with_the_keys_of_one_another() -> None:
    first = a_request()
    before = [
        model_to_dict(row) for row in (first, first.parties.get(), first.items.get(), first.items.get().steps.get())
    ]
    request, party, item, step = rows = copies(Request.objects.get(pk=first.pk))
    insert_together(*rows)
    assert (party.request_id, item.request_id, step.item_id) == (request.pk, request.pk, item.pk)
    kept = [type(row).objects.get(public_id=row.public_id) for row in rows]
    assert kept == list(rows)
    changed = {"id", "request", "item", "number"}
    for row, was in zip(kept, before, strict=True):
        told = model_to_dict(row)
        assert {name for name in told if told[name] != was[name]} <= changed
    assert (kept[1].name, kept[1].name_index) == (party.name, Party._meta.get_field("name_index").of(party.name))


def test_a_row_that_was_inserted_is_saved_and_read_like_any_other() -> None:
    request, *_ = rows = copies(a_request())
    insert_together(*rows)
    request.seen_at = now()
    request.save()
    request.refresh_from_db()
    assert Request.objects.filter(number=request.number).count() == 1


def test_all_are_there_or_none() -> None:
    request, party, item, step = copies(a_request())
    item.public_id = Item.objects.get().public_id
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(request, party, item, step)
    assert [Request.objects.count(), Party.objects.count(), Step.objects.count()] == [1, 1, 1]


def test_it_is_one_way_to_the_database_where_the_engine_can() -> None:
    rows = copies(a_request())
    with CaptureQueriesContext(connection) as queries:
        insert_together(*rows)
    assert len(queries) == (1 if connection.vendor == "postgresql" else 4)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_it_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        insert_together(Request())
