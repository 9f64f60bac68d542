"""Many entries written at once are the same as many written one by one."""

import pytest
from django.db import transaction

from gongkai.audit.actions import Author, close_chain, erase, record
from gongkai.audit.appending import ChainClosed
from gongkai.audit.many import Note, heads, record_many, subjects_of
from gongkai.audit.models import Entry
from gongkai.audit.queries import proof, values_of

AUTHOR = Author("wang", "clerk")
NOTES = [
    Note("case.change", f"case-{number % 3}", f"chain-{number % 2}", {"state": (None, str(number))} if number else {})
    for number in range(7)
]


@pytest.mark.django_db
def test_they_follow_what_is_there_and_are_followed() -> None:
    record("case.open", author=AUTHOR, subject="case-0", chain="chain-0")
    record_many(NOTES, author=AUTHOR)
    record("case.close", author=AUTHOR, subject="case-0", chain="chain-0")
    for chain, length in (("chain-0", 6), ("chain-1", 3)):
        assert list(proof(chain, values=True)) == []
        assert heads([chain])[chain].number == length
    last = Entry.objects.get(chain="chain-0", number=5)
    assert values_of(last) == {"state": (None, "6")}


@pytest.mark.django_db
def test_a_subject_that_was_erased_is_written_about_anew() -> None:
    record_many(NOTES, author=AUTHOR)
    erase("case-1", author=AUTHOR, chain="chain-1")
    record_many(NOTES, author=AUTHOR)
    assert list(proof("chain-1", values=True)) == []
    assert values_of(Entry.objects.filter(subject="case-1").latest("pk")) == {"state": (None, "4")}


@pytest.mark.django_db
def test_a_closed_chain_takes_no_more() -> None:
    close_chain("chain-1", author=AUTHOR)
    assert heads()["chain-1"].is_closed
    with pytest.raises(ChainClosed), transaction.atomic():
        record_many(NOTES, author=AUTHOR)
    assert subjects_of("case.change", "case-") == []


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_written() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record_many(NOTES, author=AUTHOR)
