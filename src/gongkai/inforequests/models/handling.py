"""What is done inside the office (内部办理): assignments, searches, consultations. It never moves the clock."""

from django.db import models

from gongkai.inforequests.choices import ConsultationKind, HandlingKind, Opinion
from gongkai.inforequests.models.items import Item
from gongkai.kernel.fields import EncryptedTextField
from gongkai.kernel.models import Record


class Handling(Record):
    """Something done inside the office with an item: by whom, in which role, when, with what opinion. Or told to it.

    `is_on_paper`: signed on paper and entered by `entered_by` (纸质签批代录), to be confirmed by a second person.
    What was told from outside, and is no legal step, has the day of it in `happened_on`, and in `file` what came along.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="handlings")
    kind = models.CharField("办理环节", max_length=20, choices=HandlingKind.choices)
    at = models.DateTimeField("时间")
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    role = models.CharField("角色", max_length=20, blank=True)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey("Notice", models.PROTECT, null=True, related_name="handlings")
    opinion = models.TextField("意见", max_length=2_000, blank=True)
    is_on_paper = models.BooleanField("纸质签批（代录）", default=False)
    entered_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField("发生日期", null=True)
    file = models.CharField("所附文件", max_length=16, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["item"], condition=models.Q(kind=HandlingKind.EXPLAINED), name="handling_explained")
        ]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class Assignment(Record):
    """An item given to a unit to work on (分办), until it comes back with documents, a search record, an opinion."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", verbose_name="承办股室")
    task = models.CharField("要求", max_length=500, blank=True)
    due_on = models.DateField("内部办理期限")
    assigned_at = models.DateTimeField("分办时间")
    assigned_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField("反馈时间", null=True)
    returned_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    is_declined = models.BooleanField("退回（不属于本股室）", default=False)
    opinion = models.TextField("承办意见", max_length=2_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "unit"], condition=models.Q(returned_at=None), name="assignment_open_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "item"], condition=models.Q(returned_at=None), name="assignment_open")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.unit_id}"


class SearchRecord(Record):
    """A search for what is asked (检索记录): where, by what terms, by whom, with what result; the office proves it.

    法释〔2025〕8号第五条第（六）项.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="searches")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", verbose_name="股室")
    place = models.CharField("检索的系统、库房或者档案", max_length=200)
    terms = models.CharField("关键词、文号和年份范围", max_length=300)
    searched_on = models.DateField("检索日期")
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    is_found = models.BooleanField("检索到所申请的信息")
    outcome = models.CharField("检索结果说明", max_length=500)
    archive_asked = models.BooleanField("已向档案馆查询", default=False)
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.searched_on}"


class Consultation(Record):
    """Somebody asked for his view before the answer (征求意见), by a letter, with `key` for its steps.

    Who a third party is lies encrypted; `is_organization` tells how its letters address it (您, 你单位).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="consultations")
    kind = models.CharField("征求对象", max_length=12, choices=ConsultationKind.choices)
    key = models.CharField("编号", max_length=40)
    name = EncryptedTextField("姓名或者名称")
    contact = EncryptedTextField("联系方式", null=True, blank=True)
    is_organization = models.BooleanField("单位", default=True)
    content = models.TextField("征求意见的信息内容", max_length=2_000)
    opinion = models.CharField("意见", max_length=10, choices=Opinion.choices, blank=True)
    reply = models.TextField("意见内容和理由", max_length=2_000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="consultation_key_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.key}"
