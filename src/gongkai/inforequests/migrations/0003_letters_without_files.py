from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inforequests", "0002_steps_are_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="files_on",
            field=models.DateField(null=True, verbose_name="文件提供日期"),
        ),
        migrations.AddField(
            model_name="service",
            name="is_letter_only",
            field=models.BooleanField(default=False, verbose_name="只送达告知书"),
        ),
        migrations.AlterField(
            model_name="handling",
            name="kind",
            field=models.CharField(
                choices=[
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
                ],
                max_length=20,
                verbose_name="办理环节",
            ),
        ),
    ]
