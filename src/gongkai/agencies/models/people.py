"""People, their official jobs, and the dated appointments that alone say what they may do."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models.agency import Agency, Unit
from gongkai.agencies.names import plain
from gongkai.agencies.roles import INSTALLATION_ROLES, Role
from gongkai.kernel.models import Record


class Person(Record):
    """Somebody who works for an agency (人员); a leader who signs on paper needs no login.

    `agency` is where he was entered; where he works follows from posts and appointments.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="登记机关"
    )
    name = models.CharField("姓名", max_length=40, validators=[plain])
    phone = models.CharField("办公电话", max_length=30, blank=True)
    email = models.EmailField("办公邮箱", blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Post(Record):
    """A person's official job (职务), as it is shown; it gives no authority."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=60, validators=[plain])
    from_on = models.DateField("任职日期")
    to_on = models.DateField("免职日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="post_ends_after_start"),
        ]
        ordering = ["from_on"]

    def __str__(self) -> str:
        return self.title


class Appointment(Record):
    """What a person may do where and when (任用): the only truth about authority.

    From `from_on` until `to_on` (exclusive; None: still). `agency` is None for roles of the installation. A delegation
    (授权代行) names the appointment that it comes from, and ends with it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="appointments")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("终止日期", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name="授权来源"
    )
    basis = models.CharField("任免文件", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="appointment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(agency=None, role__in=sorted(INSTALLATION_ROLES))
                | (Q(agency__isnull=False) & ~Q(role__in=sorted(INSTALLATION_ROLES))),
                name="appointment_installation_roles",
            ),
        ]
        indexes = [models.Index(fields=["agency", "role", "from_on"], name="appointment_agency_role")]
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
