"""Agencies in a tree over time: names, mergers and splits are dated rows; an agency's other rows never move."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.names import plain
from gongkai.agencies.roles import ChannelKind, Kind, Level
from gongkai.kernel.models import Record


class Agency(Record):
    """An administrative organ (行政机关) with duties of disclosure.

    It exists from `from_on` until `to_on` (exclusive; None: still). `government` is whose department or office it is;
    `parent` who oversees its disclosure work. `functions` are words that citizens search by. `document_code` stands in
    its document numbers (发文机关代字).
    """

    code = models.CharField("机构编码", max_length=40, unique=True)
    kind = models.CharField("性质", max_length=12, choices=Kind.choices)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    government = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="departments", verbose_name="所属人民政府"
    )
    document_code = models.CharField("发文机关代字", max_length=20, blank=True)
    functions = models.TextField("主要职责", blank=True)
    review_organ = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reviewed", verbose_name="复议机关（另行指定）"
    )
    review_organ_name = models.CharField("复议机关名称（不在本系统的）", max_length=80, blank=True, validators=[plain])
    review_organ_reason = models.CharField("另行指定的理由", max_length=200, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=80, blank=True)
    from_on = models.DateField("设立日期")
    to_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="agency_ends_after_start"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.code


class AgencyName(models.Model):
    """What an agency is called, from a day on (机构名称). The short names are parted by white space."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="names")
    name = models.CharField("全称", max_length=80, validators=[plain])
    short_names = models.CharField("简称", max_length=200, blank=True, validators=[plain])
    from_on = models.DateField("启用日期")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "from_on"], name="agency_one_name_a_day")]
        indexes = [models.Index(fields=["name"], name="agency_name")]
        ordering = ["from_on"]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """Whose duties went to whom on a day (合并、分立、更名后的承继). A split gives several rows."""

    id = models.BigAutoField(primary_key=True)
    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="inheritances")
    on = models.DateField("承继日期")
    basis = models.CharField("依据文件", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="agency_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="agency_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Unit(Record):
    """A section of an agency (内设机构、股室): it has no name of its own towards the outside."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField("名称", max_length=60, validators=[plain])
    duties = models.TextField("职责", blank=True)
    from_on = models.DateField("设立日期")
    to_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], condition=Q(to_on=None), name="unit_name_once"),
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="unit_ends_after_start"),
        ]
        ordering = ["agency_id", "name"]

    def __str__(self) -> str:
        return self.name


class Channel(Record):
    """A channel that an agency has opened for requests (申请渠道), with what an applicant needs to use it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="channels")
    kind = models.CharField("渠道", max_length=10, choices=ChannelKind.choices)
    details = models.CharField("地址、号码或网址", max_length=200)
    note = models.CharField("说明", max_length=200, blank=True)
    from_on = models.DateField("开通日期")
    to_on = models.DateField("关闭日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], condition=Q(to_on=None), name="channel_once"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="channel_ends_after_start"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.details}"
