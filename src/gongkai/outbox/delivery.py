"""Delivering what is due: claimed, sent, settled, one letter after the other, by as many workers as there are.

A claim is committed before anything is sent and lapses by itself, so that the database is never locked while a server
is slow, and nothing is lost with a worker that is killed. While the claim holds nobody else sends the letter. A worker
that dies between the server's yes and the settling is the one case in which a letter goes out again; it then has the
same id, by which mail servers and readers drop the second.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from gongkai.kernel.clock import legal_day
from gongkai.kernel.ids import public_id
from gongkai.kernel.registry import addresses
from gongkai.outbox.actions import next_digest
from gongkai.outbox.channels import Channel, Letter, NotSent, channel
from gongkai.outbox.models import Fault, Message, Messages, State
from gongkai.outbox.wording import templates

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""Between one try and the next; a letter that the last try (the tenth, after three days) fails for is given up."""
MOST_TRIES = len(PAUSES) + 1
STALE_AFTER = timedelta(days=14)
"""A message that could not even be tried for so long (there was no server) would confuse more than tell."""
_CLAIM = timedelta(minutes=15)
"""More than the slowest server may take over one letter (each answer at most `EMAIL_TIMEOUT`)."""
_MOST_LETTERS = 500
_MOST_IN_DIGEST = 100
_FOOT = "本邮件由政府信息公开系统自动发出，请勿回复。邮件中不含办理内容，请登录后查看。"
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Tally:
    """What one run did: letters sent, tries that failed, messages given up."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class _Claim:
    token: str
    messages: Sequence[Message]

    @property
    def first(self) -> Message:
        """The one that speaks for all: a claim is of one person's messages."""
        return self.messages[0]


def deliver_due(at: datetime) -> Tally:
    """Sends what is due at that instant; what fails is tried again later. Ends where the server is out of reach."""
    tally = Tally()
    stale = Q(due_at__lt=at - STALE_AFTER) | ~Q(template__in=[template.id for template in templates])
    Message.objects.due(at).filter(stale).update(state=State.STALE, ended_at=at)
    way = channel()
    if way is None:
        return tally
    for _ in range(_MOST_LETTERS):
        claim = _claimed(at)
        if claim is None or not _delivered(claim, way, at, tally):
            break
    if tally.sent or tally.failed:
        _log.info("outbox.delivered", sent=tally.sent, failed=tally.failed, given_up=tally.given_up)
    return tally


def _delivered(claim: _Claim, way: Channel, at: datetime, tally: Tally) -> bool:
    """Sends what was claimed and notes what became of it; false where others would fare no better now."""
    kind = claim.first.recipient_kind
    address = addresses[kind](way.name, claim.first.recipient) if kind in addresses else ""
    if not way.accepts(address):
        _settle(claim, state=State.NO_ADDRESS, ended_at=at, digest=None)
        return True
    try:
        way.send(letter_of(claim.messages), address)
    except NotSent as error:
        _put_off(claim, error.fault, at, tally)
        return not error.is_general
    _settle(claim, state=State.SENT, ended_at=at, fault=Fault.NONE)
    tally.sent += 1
    return True


def letter_of(messages: Sequence[Message]) -> Letter:
    """One message as a letter of its own, several as a digest."""
    name = hashlib.sha256("\n".join(sorted(one.public_id for one in messages)).encode()).hexdigest()[:32]
    lines = [(templates[one.template], one) for one in messages]
    if len(lines) == 1:
        template, one = lines[0]
        return Letter(
            name, template.subject, f"{template.words(one.facts)}\n\n{template.link(one.target)}\n\n{_FOOT}\n"
        )
    told = [f"{n}. {t.words(one.facts)}\n   {t.link(one.target)}" for n, (t, one) in enumerate(lines, 1)]
    return Letter(name, f"政府信息公开工作提醒（{len(lines)} 条）", "\n\n".join([*told, _FOOT]) + "\n")


def _claimed(at: datetime) -> _Claim | None:
    """The next letter, claimed for this worker; None where nothing is left to do."""
    while True:
        with transaction.atomic():
            lead = _leads(at).select_for_update(skip_locked=True).order_by("-is_urgent", "due_at", "id").first()
            if lead is None:
                return None
            if lead.is_urgent:
                return _take([lead], at)
            rest = _digest_of(lead, at).filter(pk__gt=lead.pk).select_for_update().order_by("id")
            messages = [lead, *rest[: _MOST_IN_DIGEST - 1]]
            if _is_first_today(messages, at):
                return _take(messages, at)
            Message.objects.filter(pk__in=[one.pk for one in messages]).update(due_at=next_digest(at))


def _leads(at: datetime) -> Messages:
    """What letters may begin with: each urgent message, and the first of each person's digest.

    Workers lock the first only, so that no two of them gather parts of one digest.
    """
    same = {name: OuterRef(name) for name in ("recipient_kind", "recipient")}
    earlier = Message.objects.due(at).filter(is_urgent=False, pk__lt=OuterRef("pk"), **same)
    return Message.objects.due(at).filter(Q(is_urgent=True) | ~Exists(earlier))


def _digest_of(lead: Message, at: datetime) -> Messages:
    due = Message.objects.due(at)
    return due.filter(is_urgent=False, recipient_kind=lead.recipient_kind, recipient=lead.recipient)


def _is_first_today(messages: Sequence[Message], at: datetime) -> bool:
    """Notes that these are the person's digest of the day; false where it has gone out, or another worker has it."""
    key = f"{messages[0].recipient_kind} {messages[0].recipient} {legal_day(at)}"
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(digest=None)
    try:
        with transaction.atomic():
            Message.objects.filter(pk=messages[0].pk).update(digest=key)
    except IntegrityError:
        return False
    return True


def _take(messages: Sequence[Message], at: datetime) -> _Claim:
    token = public_id()
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(claim=token, claimed_until=at + _CLAIM)
    return _Claim(token, messages)


def _put_off(claim: _Claim, fault: Fault, at: datetime, tally: Tally) -> None:
    """Each message counts its own tries: what joined a digest that fails is not given up with what waited for days."""
    mine, free = Message.objects.filter(claim=claim.token), {"claim": "", "claimed_until": None, "digest": None}
    last = mine.filter(tries__gte=MOST_TRIES - 1)
    given_up = last.update(tries=F("tries") + 1, fault=fault, state=State.GIVEN_UP, ended_at=at, **free)
    pause = PAUSES[min(min(one.tries for one in claim.messages), len(PAUSES) - 1)]
    mine.update(tries=F("tries") + 1, fault=fault, due_at=at + pause, **free)
    tally.failed += 1
    tally.given_up += given_up
    _log.warning("outbox.not_sent", message=claim.first.public_id, fault=fault.value, given_up=given_up)


def _settle(claim: _Claim, **became: object) -> None:
    """Notes what became of what was claimed, unless the claim lapsed and another worker has it now."""
    Message.objects.filter(claim=claim.token).update(claim="", claimed_until=None, **became)
