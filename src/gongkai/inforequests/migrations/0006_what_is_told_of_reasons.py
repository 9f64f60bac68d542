"""What an applicant tells of his reasons is a handling, which has the day on which it came and the file with it.

SQLite makes the table anew for it and loses its triggers: they are created again, whichever way one goes.
"""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.inforequests import triggers

_KINDS = [
    ("registered", "登记"),
    ("proposed", "拟办"),
    ("assigned", "分办"),
    ("returned", "承办股室反馈"),
    ("searched", "检索"),
    ("drafted", "拟稿"),
    ("submitted", "送审"),
    ("secrecy_reviewed", "保密审查"),
    ("legality_reviewed", "法制审核"),
    ("approved", "审批"),
    ("signed", "签发"),
    ("sent_back", "退回修改"),
    ("numbered", "编文号"),
    ("sealed", "用印"),
    ("confirmed", "与原件核对"),
    ("served", "送达"),
    ("provided", "提供文件"),
    ("discarded", "作废"),
    ("filed", "归档"),
    ("handed_over", "移交他人"),
    ("explained", "收到说明的理由"),
]


def create(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the triggers."""
    triggers.create(editor.connection)


class Migration(migrations.Migration):
    """Two columns, and an index of the few rows that have them."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("inforequests", "0005_indexes_once")]
    operations: ClassVar[list[Any]] = [
        migrations.RunPython(migrations.RunPython.noop, create),
        migrations.AlterField(
            "handling", "kind", models.CharField(choices=_KINDS, max_length=20, verbose_name="办理环节")
        ),
        migrations.AddField("handling", "happened_on", models.DateField(null=True, verbose_name="发生日期")),
        migrations.AddField("handling", "file", models.CharField(blank=True, max_length=16, verbose_name="所附文件")),
        migrations.AddIndex(
            "handling", models.Index(fields=["item"], condition=models.Q(kind="explained"), name="handling_explained")
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
