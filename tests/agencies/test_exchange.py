"""The whole organisation as a workbook: out, in again elsewhere, and into itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from tests.agencies.organisations import DAY, SYSTEM, county

from gongkai.agencies.exchange.applying import apply, planned
from gongkai.agencies.exchange.export import workbook
from gongkai.agencies.exchange.lines import Plan
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.exchange.sheets import SHEETS
from gongkai.agencies.exchange.standing import Standing, plain
from gongkai.audit.models import Entry
from gongkai.audit.queries import chains, proof
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with at(DAY):
        yield


def told(plan: Plan) -> list[str]:
    return [finding.message for finding in plan.findings]


def seen() -> dict[str, list[tuple[Any, ...]]]:
    """The organisation as it is told apart from any other: everything but the keys of rows."""
    standing = Standing()
    return {
        sheet.name: sorted(
            tuple(_seen(getattr(row, column.field)) for column in sheet.read if hasattr(row, column.field))
            for row in standing.rows[sheet]
        )
        for sheet in SHEETS
    }


def _seen(value: Any) -> str:
    for name in ("public_id", "code"):
        if hasattr(value, name):
            return str(getattr(value, name)) if name == "public_id" and not hasattr(value, "code") else str(value.code)
    return str(plain(value))


def forget_organisation() -> None:
    """An empty installation: the journal can't be emptied, everything else is."""
    with connection.cursor() as cursor:
        tables = " ".join(sheet.model._meta.db_table for sheet in reversed(SHEETS)).split()
        cursor.execute("UPDATE agencies_appointment SET delegated_from_id = NULL")
        cursor.execute("UPDATE agencies_agency SET parent_id = NULL, government_id = NULL, review_organ_id = NULL")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")


def test_an_export_imports_into_itself_without_a_change() -> None:
    county()
    plan = planned(read_book(workbook()))
    assert told(plan) == []
    assert not plan.is_needed


def test_an_export_makes_the_same_organisation_in_an_empty_installation() -> None:
    county()
    before, book = seen(), read_book(workbook())
    forget_organisation()
    progress = apply(SYSTEM, book)
    assert told(progress.plan) == []
    assert progress.is_done
    assert seen() == before
    assert not planned(read_book(workbook())).is_needed
    assert [finding for chain in chains() for finding in proof(chain, values=True)] == []
    assert Entry.objects.filter(act="agencies.appoint").exists()
