"""Whether who was consulted is a person or an organization is kept: it was guessed from the name until then."""

from typing import Any

from django.db import migrations, models

_THIRD_PARTY = "third_party"
_LONGEST_PERSONAL_NAME = 4


def keep_guess(apps: Any, _editor: Any) -> None:
    """Third parties whose letters addressed them as persons are addressed so further."""
    for row in apps.get_model("inforequests", "Consultation").objects.filter(kind=_THIRD_PARTY):
        if "·" in row.name or len(row.name) <= _LONGEST_PERSONAL_NAME:
            row.is_organization = False
            row.save(update_fields=["is_organization"])


class Migration(migrations.Migration):
    """One column, filled from the names."""

    dependencies = [("inforequests", "0003_letters_without_files")]
    operations = [
        migrations.AddField("consultation", "is_organization", models.BooleanField(default=True, verbose_name="单位")),
        migrations.RunPython(keep_guess, migrations.RunPython.noop),
    ]
