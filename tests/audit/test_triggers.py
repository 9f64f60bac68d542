"""What the database refuses by itself, and what it must let pass."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from gongkai.audit.actions import Author, close_chain, erase, record
from gongkai.audit.models import Entry

ZHAO = Author("zhao", "clerk")


@pytest.fixture
def _written(db: None) -> None:
    record("case.open", author=ZHAO, subject="case", chain="water", changes={"state": (None, "受理")})
    close_chain("water", author=ZHAO)
    record("case.open", author=ZHAO, subject="case", chain="forest")
    connection.check_constraints()


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor = 'li'",
        "UPDATE audit_entry SET hash = hash",
        "DELETE FROM audit_entry WHERE number = 1",
        "UPDATE audit_entryvalues SET sealed = NULL",
        "DELETE FROM audit_chain",
        "UPDATE audit_chain SET last_number = 0",
        "UPDATE audit_chain SET closed_at = NULL WHERE key = 'water'",
        "UPDATE audit_chain SET last_number = 9 WHERE key = 'water'",
        "UPDATE audit_chain SET key = 'lake' WHERE key = 'forest'",
        "DELETE FROM audit_subjectkey",
        pytest.param("TRUNCATE audit_entry CASCADE", marks=pytest.mark.postgresql),
        pytest.param("TRUNCATE audit_chain CASCADE", marks=pytest.mark.postgresql),
    ],
)
def test_the_database_refuses(sql: str) -> None:
    with pytest.raises(IntegrityError, match="journal rows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.usefixtures("_written")
def test_the_program_refuses_before_the_database_does() -> None:
    with pytest.raises(TypeError):
        Entry.objects.update(actor="li")
    with pytest.raises(TypeError):
        Entry.objects.all().delete()


@pytest.mark.usefixtures("_written")
def test_erasure_is_let_pass() -> None:
    erase("case", author=ZHAO, chain="forest")
