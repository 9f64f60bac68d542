"""Several who write at once: nobody's entry is lost, no two have one number, and nobody waits for ever."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from gongkai.audit.actions import Author, close_chain, erase, record
from gongkai.audit.appending import ChainClosed
from gongkai.audit.models import Chain, Entry, SubjectKey
from gongkai.audit.queries import proof
from gongkai.kernel.models import next_number

pytestmark = pytest.mark.django_db(transaction=True)
CHAIN = "water"
WRITERS, EACH = 8, 12
SECONDS = 60


def write(writer: int, *, subject: str, chain: str = CHAIN) -> None:
    record(
        "case.change",
        author=Author(f"writer-{writer}"),
        subject=subject,
        chain=chain,
        changes={"state": (None, "在办")},
    )


@contextmanager
def hands(count: int) -> Iterator[Callable[[Callable[[int], None]], list[BaseException | None]]]:
    """People at work, each with a connection of his own; calls give what each of them met."""
    with ThreadPoolExecutor(count) as pool:

        def all_at_once(work: Callable[[int], None]) -> list[BaseException | None]:
            gate = Barrier(count)

            def begin(number: int) -> None:
                gate.wait(SECONDS)
                try:
                    work(number)
                finally:
                    connection.close()

            return [one.exception(SECONDS) for one in [pool.submit(begin, number) for number in range(count)]]

        yield all_at_once


def test_eight_who_write_to_one_new_chain_lose_nothing() -> None:
    def work(writer: int) -> None:
        for number in range(EACH):
            with transaction.atomic():
                write(writer, subject=f"case-{number}")  # the same subjects for all: their keys are made at once too

    with hands(WRITERS) as all_at_once:
        assert all_at_once(work) == [None] * WRITERS
    entries = Entry.objects.filter(chain=CHAIN).order_by("number")
    assert [entry.number for entry in entries] == list(range(1, WRITERS * EACH + 1))
    assert {entry.actor for entry in entries} == {f"writer-{number}" for number in range(WRITERS)}
    assert list(proof(CHAIN, values=True)) == []


def test_those_who_give_up_leave_no_gap() -> None:
    def work(writer: int) -> None:
        for number in range(EACH):
            with transaction.atomic():
                write(writer, subject=f"case-{writer}")
                transaction.set_rollback((number + writer) % 2 == 0)

    with hands(WRITERS) as all_at_once:
        assert all_at_once(work) == [None] * WRITERS
    assert Chain.objects.get(key=CHAIN).last_number == WRITERS * EACH // 2
    assert list(proof(CHAIN, values=True)) == []


def test_the_order_of_locks_keeps_those_who_need_several_apart() -> None:
    """Counter, case, journal head: who takes them in this order never waits for one who waits for him."""

    def work(writer: int) -> None:
        for number in range(EACH):
            with transaction.atomic():
                next_number(f"register-{(number + writer) % 2}")
                write(writer, subject=f"case-{writer}", chain=f"chain-{number % 3}")

    with hands(4) as all_at_once:
        assert all_at_once(work) == [None] * 4
    for chain in ("chain-0", "chain-1", "chain-2"):
        assert list(proof(chain, values=True)) == []


def test_an_entry_that_waits_for_the_last_one_is_refused() -> None:
    with transaction.atomic():
        write(0, subject="case")

    def work(writer: int) -> None:
        with transaction.atomic():
            close_chain(CHAIN, author=Author(f"writer-{writer}"))

    with hands(4) as all_at_once:
        met = all_at_once(work)
    assert [type(one) for one in met if one is not None] == [ChainClosed] * 3
    assert Chain.objects.get(key=CHAIN).last_number == 2
    assert list(proof(CHAIN)) == []


@pytest.mark.postgresql
def test_writers_of_other_chains_don_t_wait() -> None:
    """One act that takes long holds up its own agency's journal, and nobody else's."""
    is_held, may_end = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            write(0, subject="slow")
            is_held.set()
            assert may_end.wait(SECONDS)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(hold)
        assert is_held.wait(SECONDS)
        with transaction.atomic():
            write(1, subject="quick", chain="forest")
        assert Chain.objects.filter(key=CHAIN).count() == 0
        may_end.set()
        slow.result(SECONDS)
    assert Chain.objects.get(key=CHAIN).last_number == 1


def test_an_erasure_and_an_entry_of_one_subject_at_once_leave_a_proven_chain() -> None:
    with transaction.atomic():
        write(0, subject="case")

    def work(writer: int) -> None:
        for _ in range(EACH):
            with transaction.atomic():
                if writer:
                    write(writer, subject="case")
                else:
                    erase("case", author=Author("writer-0"), chain=CHAIN)

    with hands(4) as all_at_once:
        assert all_at_once(work) == [None] * 4
    assert list(proof(CHAIN, values=True)) == []
    assert SubjectKey.objects.count() == 1
