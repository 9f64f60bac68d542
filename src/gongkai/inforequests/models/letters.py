"""The letter (申请书) with its parties; drafts of those who are still writing; who opened an identity and why."""

from django.db import models
from django.db.models import Q

from gongkai.inforequests.choices import Channel, IdentityKind, LetterKind, Medium, Part, Way
from gongkai.kernel.fields import BlindIndexField, EncryptedTextField
from gongkai.kernel.models import Record
from gongkai.law.applicants import APPLICANT_KINDS

APPLICANT_CHOICES = [(kind.key, kind.label) for kind in APPLICANT_KINDS]
LONGEST_TEXT = 5_000


class Request(Record):
    """A letter that asks for information (政府信息公开申请), or for a correction, which table 3 does not count.

    It has the next `number` of (agency, `year` of receipt); its items are N or N-1 … N-k. Five stamps tell its way:
    `sent_at` by the applicant (None where not known), `taken_at` by the system, `seen_at` first by an officer,
    `confirmed_at` with the applicant, `registered_at`. `arrived_on`, `confirmed_on` and `is_unreachable` are what
    `law.receipt` reckons `received_on` from; None: not yet received in law. The query code is kept as its keyed index
    alone. Files and journal know it by its public id, which is also the key of its personal data.
    """

    # An index that a constraint's or another index begins with would be written for nothing, here and below.
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", db_index=False, verbose_name="受理机关"
    )
    kind = models.CharField("申请类别", max_length=12, choices=LetterKind.choices, default=LetterKind.INFORMATION)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("登记序号")
    channel = models.CharField("申请渠道", max_length=14, choices=Channel.choices)
    text = models.TextField("申请内容", max_length=LONGEST_TEXT)
    description = models.CharField("名称、文号或者其他特征", max_length=300, blank=True)
    medium = models.CharField("提供信息的形式", max_length=10, choices=Medium.choices)
    way = models.CharField("获取信息的方式", max_length=10, choices=Way.choices)
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=APPLICANT_CHOICES)
    sent_at = models.DateTimeField("申请人发出", null=True, blank=True)
    taken_at = models.DateTimeField("系统收到")
    seen_at = models.DateTimeField("首次查看", null=True, blank=True)
    confirmed_at = models.DateTimeField("与申请人确认", null=True, blank=True)
    registered_at = models.DateTimeField("登记", null=True, blank=True)
    arrived_on = models.DateField("到达日期")
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    is_unreachable = models.BooleanField("联系不上申请人", default=False)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    entered_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, blank=True, related_name="+")
    code_index = models.BinaryField(max_length=32, null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=models.F("arrived_on")),
                name="request_received_after_arrival",
            ),
        ]

    def __str__(self) -> str:
        return self.register_number

    @property
    def register_number(self) -> str:
        """The number on the receipt (登记编号), such as 2026-12."""
        return f"{self.year}-{self.number}"


class Party(Record):
    """Somebody who asks, or his agent (申请人、代理人). The first applicant decides the kind that is counted.

    All that tells who it is lies encrypted, apart from the case's text, and is found by its exact value alone. A letter
    on paper may lack the number of an identity: it is taken in, and what it lacks asked for (条例第三十条).
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="parties", db_index=False)
    part = models.CharField("身份", max_length=10, choices=Part.choices, default=Part.APPLICANT)
    order = models.PositiveSmallIntegerField("次序", default=1)
    kind = models.CharField("类别", max_length=20, choices=APPLICANT_CHOICES)
    name = EncryptedTextField("姓名或者名称")
    name_index = BlindIndexField(source="name")
    identity_kind = models.CharField("证件种类", max_length=12, choices=IdentityKind.choices)
    identity = EncryptedTextField("证件号码")
    identity_index = BlindIndexField(source="identity", null=True)
    representative = EncryptedTextField("法定代表人或者负责人", null=True, blank=True)
    contact = EncryptedTextField("联系人", null=True, blank=True)
    phone = EncryptedTextField("联系电话", null=True, blank=True)
    email = EncryptedTextField("电子邮箱", null=True, blank=True)
    address = EncryptedTextField("通信地址", null=True, blank=True)
    postcode = EncryptedTextField("邮政编码", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "part", "order"], name="party_order_once")]
        ordering = ["request_id", "part", "order"]

    def __str__(self) -> str:
        return f"{self.part} {self.order}"


class Draft(Record):
    """What somebody has written of a letter so far (草稿), sealed; its public id becomes the letter's when it is filed.

    `sealed` holds the fields as JSON. It is thrown away when it expires, with the files that belong to it.
    """

    sealed = EncryptedTextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.public_id


class Recovery(Record):
    """A lost query code asked for anew (找回查询码): its public id is in the mail, good once and not for long."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="recoveries")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id


class Opening(Record):
    """An officer looked at a case (查阅记录); who opened the applicant's identity stands in the journal besides.

    `reason` is empty for ordinary reading.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="openings")
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.person_id}"
