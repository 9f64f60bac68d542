"""The disclosure office, the leading group, and what the guide says beside the data (条例第四条、第十二条)."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models.agency import Agency, Unit
from gongkai.agencies.models.people import Person
from gongkai.agencies.names import plain
from gongkai.kernel.models import Record


class DisclosureOffice(models.Model):
    """The office that does an agency's disclosure work (政府信息公开工作机构), as it is from a day on.

    It may be a unit of another agency: a county's general office answers for the county's government.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offices")
    from_on = models.DateField("启用日期")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="承担股室"
    )
    name = models.CharField("名称", max_length=80, validators=[plain])
    address = models.CharField("办公地址", max_length=120, blank=True)
    hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    website = models.URLField("互联网联系方式", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "from_on"], name="office_once_a_day")]
        ordering = ["from_on"]

    def __str__(self) -> str:
        return self.name


class OfficeMember(Record):
    """Somebody who works in a disclosure office (工作人员): full-time or not, on the establishment or not."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="office_members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    is_full_time = models.BooleanField("专职", default=False)
    is_established = models.BooleanField("在编", default=True)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="member_ends_after_start"),
        ]
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.person_id}"


class LeadingGroupMember(Record):
    """A member of an agency's leading group for disclosure (政务公开工作领导小组), with his part in it."""

    class Part(models.TextChoices):
        """What a member is to the group."""

        LEADER = "leader", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="leading_group")
    person = models.ForeignKey(Person, models.PROTECT, related_name="leading_groups")
    part = models.CharField("组内职务", max_length=8, choices=Part.choices)
    duties = models.CharField("职责", max_length=200, blank=True)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="group_ends_after_start"),
        ]
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.part}"


class GuideText(models.Model):
    """A part of the guide that is no data (指南正文), as it stood from a day on; empty: what follows from the law."""

    class Part(models.TextChoices):
        """What the guide must tell (条例第十二条), and by practice tells."""

        INFORMATION = "information", "政府信息的分类、编排体系"
        OBTAINING = "obtaining", "政府信息的获取方式"
        REQUESTING = "requesting", "依申请公开的办理程序"
        FEES = "fees", "收费"
        REMEDIES = "remedies", "监督和救济"

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="guide_texts")
    part = models.CharField("部分", max_length=12, choices=Part.choices)
    text = models.TextField("正文", blank=True)
    from_on = models.DateField("启用日期")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "part", "from_on"], name="guide_text_once_a_day")]
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.part}"
