"""The database itself refuses to change or delete steps and handlings."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.inforequests import triggers


def create(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the triggers."""
    triggers.create(editor.connection)


def drop(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Drops the triggers."""
    triggers.drop(editor.connection)


class Migration(migrations.Migration):
    """Triggers on SQLite and PostgreSQL."""

    dependencies = [("inforequests", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
