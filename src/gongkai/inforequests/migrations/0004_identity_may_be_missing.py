"""A letter on paper may come without the number of an identity; then there is nothing to index."""

from django.db import migrations

import gongkai.kernel.fields


class Migration(migrations.Migration):
    dependencies = [("inforequests", "0003_steps_are_append_only")]
    operations = [
        migrations.AlterField(
            model_name="party",
            name="identity_index",
            field=gongkai.kernel.fields.BlindIndexField(
                db_index=True, editable=False, max_length=32, null=True, source="identity"
            ),
        ),
    ]
