"""What the administrator is told of the outbox."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count

from gongkai.findings import Finding, Severity
from gongkai.outbox.models import Fault, Message, State

_LATELY = timedelta(days=7)


def waiting_count() -> int:
    """How many messages wait to be sent."""
    return Message.objects.filter(state=State.WAITING).count()


def findings(at: datetime) -> list[Finding]:
    """What is wrong with sending at that instant: what was given up and why, no server, people without an address."""
    return list(_findings(at))


def _findings(at: datetime) -> Iterator[Finding]:
    given_up = Message.objects.filter(state=State.GIVEN_UP).values_list("fault").annotate(Count("id")).order_by("fault")
    for fault, count in given_up:
        message = (
            f"{count} 条消息多次发送不成，已停止发送：{Fault(fault).label}；请检查邮件服务器和收件人邮箱后重新发送"
        )
        yield _finding("O-GIVEN-UP", Severity.ERROR, message, count)
    waiting = waiting_count()
    if waiting and not settings.EMAIL_HOST:
        yield _finding("O-NO-SERVER", Severity.HINT, f"没有设置邮件服务器，{waiting} 条消息在等待发送", waiting)
    lately = Message.objects.filter(state=State.NO_ADDRESS, ended_at__gt=at - _LATELY)
    without = lately.values("recipient_kind", "recipient").distinct().count()
    if without:
        message = f"近七天有 {without} 人没有可用的邮箱，收不到提醒；请补充邮箱"
        yield _finding("O-NO-ADDRESS", Severity.WARNING, message, without)


def _finding(rule: str, severity: Severity, message: str, count: int) -> Finding:
    return Finding(rule=rule, severity=severity, where="outbox", message=message, found=count)
