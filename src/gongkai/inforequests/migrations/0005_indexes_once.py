"""Indexes go that another one begins with: each letter was written into six for nothing.

They are dropped by their names: SQLite would make the tables anew for it, and lose the triggers of the steps.
"""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

_DROPPED = {
    "request_agency_id_cce11d93": ("request", "agency_id"),
    "party_request_id_ef91871a": ("party", "request_id"),
    "item_request_id_6b8c7494": ("item", "request_id"),
    "item_agency_id_4a9fbdc5": ("item", "agency_id"),
    "step_corrects_id_85800536": ("step", "corrects_id"),
    "step_voids_id_2c509526": ("step", "voids_id"),
}


def _unindexed(model: str, name: str, to: str, **options: Any) -> migrations.AlterField:
    key = models.ForeignKey(to, django.db.models.deletion.PROTECT, db_index=False, **options)
    return migrations.AlterField(model, name, key)


class Migration(migrations.Migration):
    """Six indexes less."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("inforequests", "0004_what_a_consulted_party_is")]
    operations: ClassVar[list[Any]] = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX inforequests_{name}",
                    f"CREATE INDEX inforequests_{name} ON inforequests_{table} ({column})",
                )
                for name, (table, column) in _DROPPED.items()
            ],
            state_operations=[
                _unindexed("request", "agency", "agencies.agency", related_name="+", verbose_name="受理机关"),
                _unindexed("party", "request", "inforequests.request", related_name="parties"),
                _unindexed("item", "request", "inforequests.request", related_name="items"),
                _unindexed("item", "agency", "agencies.agency", related_name="+"),
                _unindexed("step", "corrects", "inforequests.step", null=True, related_name="corrections"),
                _unindexed("step", "voids", "inforequests.step", null=True, related_name="voidings"),
            ],
        )
    ]
