"""Decisions, the notices that tell them, their approval, and how they reached their readers."""

from django.db import models
from django.db.models import Q

from gongkai.inforequests.choices import Stage, Way
from gongkai.inforequests.models.handling import Consultation
from gongkai.inforequests.models.items import RESULT_CHOICES, Item
from gongkai.kernel.fields import EncryptedTextField
from gongkai.kernel.models import Record


class Notice(Record):
    """A letter of the agency (告知书): from draft over review, signature, number and seal to its service.

    `kind` is a key of `law.notices`. `fields` are what the drafter typed by the keys of the kind's needs; `body` the
    text as it will be sent; `argument` that of the step it makes (working days, or a date). `signed_on` is its date
    (签发). `final_file` is what goes to be sealed, of so many `pages`, `sealed_file` what is delivered, byte for byte;
    both are public ids. `drafted_by` never approves it.
    """

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    items = models.ManyToManyField(Item, related_name="notices")
    kind = models.CharField("种类", max_length=30)
    addressee = EncryptedTextField("收件人")
    fields = models.JSONField("填写的内容", default=dict)
    argument = models.CharField("天数或者日期", max_length=20, blank=True)
    body = EncryptedTextField("正文")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    number = models.CharField("文号", max_length=60, blank=True)
    signed_on = models.DateField("签发日期", null=True)
    drafted_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("拟稿时间")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, related_name="notices")
    final_file = models.CharField("待用印的文件", max_length=16, blank=True)
    pages = models.PositiveSmallIntegerField("页数", default=0)
    sealed_file = models.CharField("用印后的文件", max_length=16, blank=True)
    sealed_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    is_scan = models.BooleanField("用印后的扫描件", default=False)
    seal_confirmed_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], condition=~Q(number=""), name="notice_number_once")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Decision(Record):
    """What was decided about an item (办理决定): the questions answered, the outcome that they led to, its result.

    `answers` are the yes and no of `law.questions` in order; `outcome` the id where they end. One for each round, and a
    new one where a decision was changed before it was signed: the newest counts.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField("第几次办理", default=1)
    answers = models.JSONField("问题的回答")
    outcome = models.CharField("结论", max_length=40)
    result = models.CharField("办理结果", max_length=30, choices=RESULT_CHOICES)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="decisions")
    decided_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("拟定时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.outcome}"


class Answer(Record):
    """One point of what was asked, answered by itself (逐项答复), with its ground, and why where it is withheld."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField("次序")
    point = models.CharField("申请的事项", max_length=500)
    answer = models.TextField("答复", max_length=2_000)
    ground = models.CharField("依据和理由", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "order"], name="answer_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.order}"


class Release(Record):
    """A file that goes out with an answer (所提供的信息), with its review (条例第十七条): probed, looked at, by whom.

    `file` is a public id. `is_pointer`: a secret carrier is never uploaded; `note` tells where it lies. `file` is then
    empty, and nothing goes out.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="releases")
    file = models.CharField("文件", max_length=16, blank=True)
    is_pointer = models.BooleanField("只记存放处（涉密）", default=False)
    note = models.CharField("说明", max_length=300, blank=True)
    added_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("提交时间")
    reviewed_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("审查时间", null=True)
    review = models.CharField("审查意见", max_length=500, blank=True)
    is_cleared = models.BooleanField("可以公开", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_pointer=True, file="") | (Q(is_pointer=False) & ~Q(file="")), name="release_pointer"
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.file}"


class Approval(Record):
    """One place in the chain of a notice (审签): the role whose turn it is, and what was decided there.

    The rows of the chain are made when it is submitted; one that is sent back ends the chain, and the next submission
    makes a new one (`attempt`). `is_combined`: the only one who holds the role approved before in another.
    `is_on_paper` as in Handling; `file` the public id of its scan, where one was kept; `confirmed_by` is the second
    person. `text` are the words that were decided on.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="approvals")
    attempt = models.PositiveSmallIntegerField("第几次送审", default=1)
    order = models.PositiveSmallIntegerField("次序")
    act = models.CharField("环节", max_length=20)
    role = models.CharField("角色", max_length=20)
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", null=True)
    is_agreed = models.BooleanField("同意", null=True)
    opinion = models.TextField("意见", max_length=2_000, blank=True)
    text = EncryptedTextField("审签时的正文", null=True)
    is_combined = models.BooleanField("一人兼任", default=False)
    is_on_paper = models.BooleanField("纸质签批（代录）", default=False)
    entered_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    file = models.CharField("纸质签批的扫描件", max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "attempt", "order"], name="approval_order_once"),
            models.UniqueConstraint(
                fields=["notice", "attempt", "person"], condition=Q(is_combined=False), name="approval_person_once"
            ),
            models.CheckConstraint(
                condition=Q(at=None, is_agreed=None) | Q(at__isnull=False, is_agreed__isnull=False),
                name="approval_decided_at_once",
            ),
        ]
        ordering = ["attempt", "order"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.role}"


class Service(Record):
    """One attempt to bring a notice to its reader (送达): how, when sent, when received, with what proof, or failed.

    A download is good until `expires_on` and needs the query code; `tracking` is the postal number. `is_letter_only`:
    without the documents, held back for a third party (条例第三十二条); `files_on` is the day on which they followed.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="services")
    way = models.CharField("送达方式", max_length=10, choices=Way.choices)
    sent_on = models.DateField("发出日期")
    tracking = EncryptedTextField("邮件号码", null=True, blank=True)
    received_on = models.DateField("收到日期", null=True)
    proof = models.CharField("送达证明", max_length=300, blank=True)
    proof_file = models.CharField("证明文件", max_length=16, blank=True)
    failed_on = models.DateField("退回日期", null=True)
    failure = models.CharField("未送达的原因", max_length=300, blank=True)
    expires_on = models.DateField("下载截止日期", null=True)
    is_letter_only = models.BooleanField("只送达告知书", default=False)
    files_on = models.DateField("文件提供日期", null=True)
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=models.F("sent_on")),
                name="service_received_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(failed_on=None), name="service_received_or_failed"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.way}"


class Fetch(Record):
    """One download of a served file (下载记录)."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="fetches")
    file = models.CharField("文件", max_length=16)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.service_id} {self.at}"


class Payment(Record):
    """A fee that was asked for and what came of it (信息处理费), in yuan."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="payments")
    method = models.CharField("计收方式", max_length=10)
    count = models.PositiveIntegerField("件数或者页数")
    yuan = models.PositiveIntegerField("金额（元）")
    paid_on = models.DateField("缴清日期", null=True)
    proof = models.CharField("缴费凭证", max_length=120, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.yuan}"


class NoticeSetting(Record):
    """An agency's own way of approving a kind of notice (审签设置), in place of the default of `notices.kinds`."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    kind = models.CharField("文书种类", max_length=30)
    secrecy = models.BooleanField("保密审查")
    legality = models.BooleanField("法制审核")
    signer = models.CharField("签发人", max_length=20)
    reason = models.CharField("理由", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="notice_setting_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind}"
