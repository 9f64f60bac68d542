"""One thing asked (一项申请事项) and the legal steps that happened to it."""

from django.db import models
from django.db.models import Q

from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models.letters import LONGEST_TEXT, Request
from gongkai.kernel.models import Record
from gongkai.law.clock import Waiting
from gongkai.law.clock.steps import ACT_NAMES
from gongkai.law.results import RESULTS

RESULT_CHOICES = [(result.key, result.label) for result in RESULTS]
_ACTS = [(act.value, name) for act, name in ACT_NAMES.items()]
_WAITING = {
    Waiting.APPLICANT: "申请人补正",
    Waiting.PAYMENT: "申请人缴费",
    Waiting.THIRD_PARTY: "第三方意见",
    Waiting.ORGAN: "其他机关意见",
}


OPEN = ~Q(state=CaseState.ENDED.value) | ~Q(turn_role="")
"""What lies on a desk (在办): an item that has ended is open still while its notice is under way."""


class Item(Record):
    """One thing asked, answered by itself: it has a clock, a result and a place in table 3.

    `order` is 0 where it is the only one of its letter, else 1 … k. The columns below `round` are cached for lists:
    only `steps.project` writes them. `first_result` is that of round 1, which statistics count; `result` the newest.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="items", db_index=False)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    order = models.PositiveSmallIntegerField("次序", default=0)
    text = models.TextField("申请事项", max_length=LONGEST_TEXT)
    round = models.PositiveSmallIntegerField("第几次办理", default=1)
    received_on = models.DateField("收到申请之日", null=True, editable=False)
    state = models.CharField("状态", max_length=12, choices=CaseState.choices, editable=False)
    due_on = models.DateField("答复期限", null=True, editable=False)
    due_claimed_on = models.DateField("主张的期限", null=True, editable=False)
    is_provisional = models.BooleanField("暂定", default=False, editable=False)
    waiting_for = models.CharField("等待", max_length=12, choices=list(_WAITING.items()), blank=True, editable=False)
    result = models.CharField("办理结果", max_length=30, choices=RESULT_CHOICES, blank=True, editable=False)
    first_result = models.CharField("首次结果", max_length=30, choices=RESULT_CHOICES, blank=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    turn_role = models.CharField("轮到", max_length=20, blank=True, editable=False)
    turn_unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+", editable=False)
    turn_person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+", editable=False)
    calendar_revision = models.CharField("日历版本", max_length=80, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "order"], name="item_order_once")]
        indexes = [
            models.Index(fields=["agency", "due_on", "id"], condition=OPEN, name="item_open_by_due"),
            models.Index(fields=["due_on", "id"], condition=OPEN, name="item_open_everywhere"),
            models.Index(fields=["agency", "closed_on", "id"], name="item_closed"),
            models.Index(fields=["closed_on", "id"], name="item_closed_everywhere"),
            models.Index(fields=["agency", "received_on"], name="item_received"),
        ]
        ordering = ["request_id", "order"]

    def __str__(self) -> str:
        return self.register_number

    @property
    def register_number(self) -> str:
        """The number of the item: the letter's, with -k where the letter asks for several things."""
        return f"{self.request.register_number}-{self.order}" if self.order else self.request.register_number


class Step(Record):
    """A legal step (办理步骤) of an item, as `law.clock.Step` has it: append-only, the truth of the case.

    `happened_on` is the legal day. A correction names in `corrects` the step that it replaces, in `voids` one that
    never happened, with its `reason`. `person` is None for what the applicant or the system did.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="steps")
    act = models.CharField("步骤", max_length=24, choices=_ACTS)
    happened_on = models.DateField("发生日期")
    key = models.CharField("编号", max_length=40, blank=True)
    argument = models.CharField("参数", max_length=20, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey("agencies.Person", models.PROTECT, null=True, related_name="+")
    role = models.CharField("角色", max_length=20, blank=True)
    evidence = models.CharField("证明材料", max_length=300, blank=True)
    notice = models.ForeignKey("Notice", models.PROTECT, null=True, related_name="steps")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections", db_index=False)
    voids = models.ForeignKey("self", models.PROTECT, null=True, related_name="voidings", db_index=False)
    reason = models.CharField("更正理由", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(corrects=None) | Q(voids=None), name="step_corrects_or_voids"),
            models.UniqueConstraint(fields=["corrects"], name="step_corrected_once"),
            models.UniqueConstraint(fields=["voids"], name="step_voided_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act}:{self.happened_on}"
