"""Messages that are to leave the system, and what became of them."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from gongkai.kernel.models import Record


class State(models.TextChoices):
    """What became of a message (状态)."""

    WAITING = "waiting", "待发"
    SENT = "sent", "已发出"
    GIVEN_UP = "given_up", "多次发送不成"
    NO_ADDRESS = "no_address", "没有地址"
    STALE = "stale", "过时未发"


class Fault(models.TextChoices):
    """Why the last try failed (原因)."""

    NONE = "", ""
    REFUSED = "refused", "邮件服务器拒收"
    UNREACHABLE = "unreachable", "连接不上邮件服务器"
    TOO_SLOW = "too_slow", "邮件服务器没有及时答复"
    SIGN_IN = "sign_in", "邮件服务器不接受登录或加密方式"
    BROKEN_OFF = "broken_off", "发送中断"


class Messages(models.QuerySet["Message"]):
    """Messages by what is to be done with them."""

    def due(self, at: datetime) -> "Messages":
        """Those to be sent now that nobody is sending."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(free, state=State.WAITING, due_at__lte=at)


class Message(Record):
    """A message (消息): to whom by an opaque key, which text with which facts, when it is due, what became of it.

    `digest` names the person and day whose digest this message leads: unique, so that there is one a day. `claim` is
    the token of the worker that is sending it, whose claim lapses at `claimed_until`.
    """

    recipient_kind = models.CharField(max_length=40)
    recipient = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    target = models.CharField(max_length=40, blank=True)
    is_urgent = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=12, choices=Fault.choices, blank=True)
    digest = models.CharField(max_length=100, null=True, unique=True)
    claim = models.CharField(max_length=16, blank=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Messages.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["recipient", "state"], name="outbox_recipient"),
            models.Index(fields=["state", "ended_at"], name="outbox_ended"),
        ]

    def __str__(self) -> str:
        return self.public_id
