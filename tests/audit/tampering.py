"""What somebody does who can write the database but has not the keys: the triggers off, then any SQL he likes."""

from django.db import connection

from gongkai.audit import triggers


def tamper(sql: str, *values: object) -> None:
    """Changes the journal behind everybody's back."""
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
