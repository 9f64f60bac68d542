"""The database itself keeps steps and handlings as they were recorded."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from tests.inforequests.cases import a_case, an_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["inforequests_step", "inforequests_handling"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET role = 'head'", "UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses(table: str, sql: str) -> None:
    a_case(an_office())
    # What was deferred is checked first: PostgreSQL changes no table with checks that are still to be made.
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))
