"""New rows that point at one another, put in with one way to the database where the engine can (PostgreSQL)."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey


def insert_together(*rows: models.Model) -> None:
    """Inserts new rows in their order; a row may point at one before it, which has no key yet.

    Each is then as if it had been saved; there are no signals. Raises TransactionManagementError outside of a
    transaction: all are there, or none.
    """
    # The engine itself: what is asked of `connection` goes through a proxy, for each value of each row.
    engine = transaction.get_connection()
    if not engine.in_atomic_block:
        raise transaction.TransactionManagementError("rows that belong together are inserted within a transaction")
    if engine.vendor == "postgresql":
        _in_one(engine, rows)
    else:
        for row in rows:
            _point(row)
            (key,) = _execute(engine, *_statement(engine, row, {}))
            _keep(row, key, engine.alias)


def _in_one(engine: BaseDatabaseWrapper, rows: Sequence[models.Model]) -> None:
    """Each row as a part of one statement, which gives their keys."""
    names = {id(row): f"r{number}" for number, row in enumerate(rows)}
    parts, values = [], []
    for row in rows:
        text, told = _statement(engine, row, names)
        parts.append(f"{names[id(row)]} AS ({text})")
        values += told
    keys = ", ".join(f"{name}.id" for name in names.values())
    statement = " ".join(["WITH", ", ".join(parts), "SELECT", keys, "FROM", ", ".join(names.values())])
    found = _execute(engine, statement, values)
    for row, key in zip(rows, found, strict=True):
        _keep(row, key, engine.alias)
        _point(row)


def _statement(engine: BaseDatabaseWrapper, row: models.Model, names: Mapping[int, str]) -> tuple[str, list[Any]]:
    """The statement of a row: what is not nothing.

    Who it points at is told by the name of that row's part where it has no key yet.
    """
    columns, places, values = [], [], []
    for field, column in _columns(type(row)):
        other = _other(row, field)
        if other is not None and other.pk is None:
            columns.append(column)
            places.append(f"(SELECT id FROM {names[id(other)]})")  # noqa: S608  names of our own
        elif (value := field.pre_save(row, add=True)) is not None:
            columns.append(column)
            places.append("%s")
            values.append(field.get_db_prep_save(value, engine))
    into = engine.ops.quote_name(row._meta.db_table)
    return f"INSERT INTO {into} ({', '.join(columns)}) VALUES ({', '.join(places)}) RETURNING id", values  # noqa: S608


def _execute(engine: BaseDatabaseWrapper, statement: str, values: Sequence[Any]) -> Any:
    with engine.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


@cache
def _columns(model: type[models.Model]) -> Sequence[tuple["Field[Any, Any]", str]]:
    """The fields of a model with their columns, but for the key, which the database gives."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    return [(field, connection.ops.quote_name(str(field.column))) for field in fields]


def _other(row: models.Model, field: "Field[Any, Any]") -> models.Model | None:
    """The row that a foreign key points at, where it is in memory."""
    return field.get_cached_value(row, default=None) if isinstance(field, ForeignKey) else None


def _point(row: models.Model) -> None:
    """Sets the keys of the rows that a row points at, which have theirs by now."""
    for field, _ in _columns(type(row)):
        other = _other(row, field)
        if other is not None:
            setattr(row, field.attname, other.pk)


def _keep(row: models.Model, key: int, alias: str) -> None:
    row.pk = key
    row._state.adding, row._state.db = False, alias
