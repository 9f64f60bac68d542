"""The journal on one engine, in a process of its own: `python -m bench._journal ENGINE` prints its rows as JSON lines.

The database is durable, as an installation's is: a commit waits for the disk.
"""

import json
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import count
from time import perf_counter

from tests import installation, postgresql

from bench.timing import ratio, seconds

WRITERS, EACH, PROVEN, POSTS = 8, 100, 40_000, 61


def main(engine: str) -> None:
    """Prepares an installation on that engine, measures, and leaves nothing behind."""
    with postgresql.running(is_durable=True) if engine == "postgresql" else nullcontext("") as port:
        os.environ[installation.PORT] = str(port)
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
        installation.prepare(engine)
        import django

        django.setup()
        logging.disable()  # the access log would stand between the rows
        from tests import databases

        databases.renew()
        for row in rows(engine):
            print(json.dumps(row), flush=True)
    installation.leave()


def rows(engine: str) -> Iterator[tuple[str, float, str]]:
    """Writers on one chain against the same rows inserted bare (PostgreSQL), a whole POST, the proof of a long chain."""
    from django.db import connection

    if engine == "postgresql":
        yield f"journal, {WRITERS} writers on one chain: entries a second", _rate(_entries), "≥ 500"
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body jsonb, macs jsonb, sealed bytea)")
        yield f"journal, the same rows inserted bare, {WRITERS} writers: rows a second", _rate(_bare), "told"
    yield f"journal, a whole POST with commit, {engine}: journal on / off", _post(), "≤ 1.15"
    _fill()
    yield f"journal, proof on {engine}: entries a second", PROVEN / seconds(_prove, runs=3), "≥ 50,000"


def _rate(work: Callable[[int], None]) -> float:
    """Transactions a second, all writers together, each a process of its own with a connection of its own."""
    from django.db import connection

    connection.close()
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(WRITERS + 1)

    def begin(writer: int) -> None:
        work(writer)  # the connection is made, and everything is imported
        gate.wait()
        for _ in range(EACH):
            work(writer)
        gate.wait()

    writers = [context.Process(target=begin, args=(number,)) for number in range(WRITERS)]
    for one in writers:
        one.start()
    gate.wait()
    begun = perf_counter()
    gate.wait()
    taken = perf_counter() - begun
    for one in writers:
        one.join()
    return WRITERS * EACH / taken


def _entries(writer: int) -> None:
    from django.db import transaction

    from gongkai.audit.actions import Author, record

    with transaction.atomic():
        changes = {"state": ("received", "registered")}
        record(
            "case.change",
            author=Author(f"writer-{writer}", "clerk"),
            subject=f"case-{writer}",
            chain="one",
            changes=changes,
        )


def _bare(writer: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare (body, macs, sealed) VALUES (%s, %s, %s)",
            [
                json.dumps({"actor": f"writer-{writer}", "hash": "0" * 64, "previous": "0" * 64}),
                '{"state": "00"}',
                b"0" * 80,
            ],
        )


def _fill() -> None:
    """A long chain, written as the program writes it."""
    from django.db import transaction

    from gongkai.audit.actions import Author, record

    with transaction.atomic():
        for number in range(PROVEN):
            record("case.change", author=Author("writer", "clerk"), subject=f"case-{number % 500}", chain="long")


def _prove() -> None:
    from gongkai.audit.queries import proof

    assert list(proof("long")) == []


def _post() -> float:
    """A clerk changes a telephone number: sign-in, authority, form, change and commit, with the entry and without."""
    from django.conf import settings
    from django.urls import reverse
    from tests.agencies.people import a_user, an_agency, signed_in

    from gongkai.agencies.actions import acting
    from gongkai.agencies.roles import Role

    settings.ALLOWED_HOSTS = ["testserver"]
    agency = an_agency()
    user = a_user(Role.OFFICE_HEAD, agency)
    browser, numbers, record = signed_in(user), count(1), acting.record
    address = reverse("person_change", args=[agency.public_id, user.person.public_id])

    def post() -> None:
        answer = browser.post(address, {"name": "王敏", "phone": f"0000-{next(numbers):07}"})
        assert answer.status_code == 302, answer.content.decode()

    def post_without() -> None:
        acting.record = lambda *_parts, **_more: None
        try:
            post()
        finally:
            acting.record = record

    return ratio(post, post_without, runs=POSTS)


if __name__ == "__main__":
    main(sys.argv[1])
