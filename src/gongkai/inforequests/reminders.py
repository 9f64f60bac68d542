"""Who is reminded of what and when (提醒): each minute looks for what is due and untold, so nothing is missed.

How many working days before a limit is practice, not law: `BEFORE_DUE` for the reply, `BEFORE_LIMIT` for the letters
within the procedure. What an officer is told goes into his daily digest; what can't wait goes out at once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from gongkai.agencies.roles import Role
from gongkai.inforequests import texts
from gongkai.inforequests.choices import CaseState, HandlingKind, Stage
from gongkai.inforequests.holding import held_until
from gongkai.inforequests.models import Approval, Assignment, Handling, Item, Notice, Release, Reminder, Service
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.steps import clock_of
from gongkai.inforequests.telling import TO_APPLICANT, News, tell_once
from gongkai.kernel.clock import legal_day
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act

BEFORE_DUE = (5, 2, 0)
BEFORE_LIMIT = 2
UNREAD_AFTER = 1
_UNIT = (Role.UNIT_HANDLER, Role.SECTION_HEAD)
_LATE = (Role.CLERK, Role.OFFICE_HEAD, Role.HEAD)
_OFFICE = (Role.CLERK, Role.OFFICE_HEAD)
_OPEN = (CaseState.UNCONFIRMED, CaseState.RUNNING, CaseState.WAITING, CaseState.DECIDED, CaseState.LAPSED)
_LIMITS = {Act.CLARIFICATION_ASKED: ("clarify", texts.CLARIFY_SOON), Act.EXTENDED: ("extend", texts.EXTEND_SOON)}


def remind(at: datetime) -> int:
    """Writes the reminders that are due at that instant; gives their number. Several may call it at once."""
    on = legal_day(at)
    told = 0
    for job in (_arrivals, _unread, _due, _limits, _units, _explanations, _files, _reviews, _seals, _held, _applicants):
        told += sum(tell_once(news) for news in job(on))
    return told


def _open(*, not_told: str = "", **where: object) -> "Iterable[Item]":
    rows = Item.objects.filter(state__in=_OPEN, **where).select_related("agency", "request")
    if not_told:
        rows = rows.exclude(Exists(Reminder.objects.filter(item=OuterRef("pk"), kind=not_told)))
    return rows.order_by("id")


def _arrivals(_on: date) -> Iterator[News]:
    for item in _open(not_told="arrived", request__registered_at=None):
        if item.due_on is not None:
            yield News(
                item=item,
                kind="arrived",
                template=texts.ARRIVED,
                roles=_OFFICE,
                for_on=item.request.arrived_on,
                is_urgent=True,
            )
        elif item.received_on is None:
            yield News(
                item=item,
                kind="arrived",
                template=texts.UNCONFIRMED,
                roles=_OFFICE,
                for_on=item.request.arrived_on,
                is_urgent=True,
            )


def _unread(on: date) -> Iterator[News]:
    """What nobody has looked at a working day after it came (最高法指导案例26号: inner delay is no excuse)."""
    for item in _open(not_told="unread", request__seen_at=None, due_on__isnull=False):
        if calendar().between(legal_day(item.request.taken_at), on) > UNREAD_AFTER:
            yield News(
                item=item,
                kind="unread",
                template=texts.UNREAD,
                roles=_LATE,
                for_on=item.request.arrived_on,
                is_urgent=True,
            )


def _due(on: date) -> Iterator[News]:
    """Five, two and no working days before the due day, and once it has passed: only the nearest is told."""
    days = calendar()
    for item in _open(due_on__isnull=False, due_on__lte=days.add(on, max(BEFORE_DUE))):
        due = item.due_on
        assert due is not None
        if due < on:
            yield News(item=item, kind="overdue", template=texts.OVERDUE, roles=_LATE, for_on=due, is_urgent=True)
            continue
        left = days.between(on, due)
        nearest = min((before for before in BEFORE_DUE if left <= before), default=None)
        if nearest is not None:
            template = texts.DUE_SOON if nearest else texts.DUE_TODAY
            yield News(
                item=item, kind=f"due-{nearest}", template=template, roles=_OFFICE, for_on=due, is_urgent=not nearest
            )


def _limits(on: date) -> Iterator[News]:
    """The last days for the one clarification and for the extension, before they pass."""
    days = calendar()
    for item in _open(state=CaseState.RUNNING):
        if item.received_on is None or not _is_near(item, on):
            continue
        told = clock_of(item, on=on)
        for act, (kind, template) in _LIMITS.items():
            until = told.limits.get(str(act)) if told is not None else None
            if until is not None and days.between(on, until) <= BEFORE_LIMIT:
                yield News(item=item, kind=kind, template=template, roles=_OFFICE, for_on=until)


def _is_near(item: Item, on: date) -> bool:
    """Whether a limit may be near: before clarification's last day, or near the due day. Spares folding the others."""
    days = calendar()
    young = item.received_on is not None and days.between(item.received_on, on) <= max(BEFORE_DUE) + BEFORE_LIMIT
    return young or (item.due_on is not None and days.between(on, item.due_on) <= BEFORE_LIMIT)


def _units(on: date) -> Iterator[News]:
    rows = Assignment.objects.filter(returned_at=None, due_on__lte=calendar().add(on, 1))
    for row in rows.select_related("item__agency", "item__request").order_by("id"):
        yield News(
            item=row.item,
            kind="unit",
            template=texts.UNIT_DUE,
            roles=_UNIT,
            unit=row.unit_id,
            for_on=row.due_on,
            about=row.public_id,
            is_urgent=row.due_on <= on,
        )


def _explanations(_on: date) -> Iterator[News]:
    """What an applicant told of his reasons on the web, which moves neither the clock nor the turn.

    A letter may ask about forty things at once; the first of them stands for all, once a day.
    """
    same = {"about": OuterRef("notice__public_id"), "for_on": OuterRef("happened_on")}
    told = Reminder.objects.filter(kind="explained", **same)
    rows = Handling.objects.filter(kind=HandlingKind.EXPLAINED, person=None, item__state__in=_OPEN)
    rows = rows.exclude(Exists(told)).select_related("item__agency", "item__request", "notice").order_by("id")
    first: dict[tuple[int | None, date | None], Handling] = {}
    for row in rows:
        first.setdefault((row.notice_id, row.happened_on), row)
    for row in first.values():
        if row.notice is not None and row.happened_on is not None:
            about, template = row.notice.public_id, texts.EXPLAINED
            yield News(
                item=row.item, kind="explained", template=template, roles=_OFFICE, for_on=row.happened_on, about=about
            )


def _files(_on: date) -> Iterator[News]:
    """Files that wait for the secrecy reviewer, without whom no answer goes out."""
    rows = Release.objects.filter(reviewed_at=None, is_pointer=False, item__state__in=_OPEN)
    for row in rows.select_related("item__agency", "item__request").order_by("id"):
        yield News(
            item=row.item,
            kind="clear",
            template=texts.TO_CLEAR,
            roles=(Role.SECRECY_REVIEWER,),
            for_on=legal_day(row.added_at),
            about=row.public_id,
            is_urgent=True,
        )


def _reviews(_on: date) -> Iterator[News]:
    """The approval whose turn it is: its role is told at once, with the way to the reviewer's page.

    Nothing goes on while a signature on paper is not compared, so nobody is called then.
    """
    waiting = Approval.objects.filter(notice__stage=Stage.REVIEW, at=None).select_related("notice")
    papers = Approval.objects.filter(notice=OuterRef("notice"), is_on_paper=True, is_agreed=True, confirmed_by=None)
    waiting = waiting.exclude(Exists(papers))
    seen: set[int] = set()
    for row in waiting.order_by("notice", "attempt", "order"):
        if row.notice_id not in seen:
            seen.add(row.notice_id)
            for item in _first_item(row.notice):
                about, since = row.notice.public_id, legal_day(row.notice.drafted_at)
                yield News(
                    item=item,
                    kind=f"review-{row.attempt}-{row.order}",
                    template=texts.REVIEW,
                    roles=(row.role,),
                    for_on=since,
                    about=about,
                    is_urgent=True,
                )


def _seals(_on: date) -> Iterator[News]:
    for notice in Notice.objects.filter(stage=Stage.SIGNED, sealed_file=""):
        for item in _first_item(notice):
            yield News(
                item=item,
                kind="seal",
                template=texts.TO_SEAL,
                roles=(Role.SEAL_KEEPER,),
                for_on=legal_day(notice.drafted_at),
                about=notice.public_id,
                is_urgent=True,
            )


def _held(on: date) -> Iterator[News]:
    """Documents that were held back for a third party, once they may follow the answer that went out by itself."""
    for service in Service.objects.filter(is_letter_only=True, files_on=None, failed_on=None).select_related("notice"):
        notice = service.notice
        until = held_until(notice, list(notice.items.all())) or service.sent_on
        if on > until:
            for item in _first_item(notice):
                yield News(
                    item=item,
                    kind="files",
                    template=texts.FILES_DUE,
                    roles=_OFFICE,
                    for_on=until,
                    about=notice.public_id,
                )


def _applicants(on: date) -> Iterator[News]:
    """What the applicant is told where he gave an address: his letter came, a notice or the answer is there."""
    for item in _open(not_told="taken", order__lte=1, received_on__isnull=False):
        yield News(
            item=item,
            kind="taken",
            template=texts.TAKEN,
            roles=TO_APPLICANT,
            for_on=item.request.arrived_on,
            is_urgent=True,
        )
    sent = Notice.objects.filter(stage__in=(Stage.SENT, Stage.SERVED))
    told = Reminder.objects.filter(kind="notice", about=OuterRef("public_id"))
    for notice in sent.exclude(Exists(told)).order_by("id"):
        kind = KINDS[notice.kind]
        if kind.to is Addressee.APPLICANT:
            template = texts.ANSWERED if kind.is_reply else texts.NEWS
            for item in _first_item(notice):
                yield News(
                    item=item,
                    kind="notice",
                    template=template,
                    roles=TO_APPLICANT,
                    for_on=notice.signed_on or on,
                    about=notice.public_id,
                    is_urgent=True,
                )


def _first_item(notice: Notice) -> list[Item]:
    return list(notice.items.select_related("agency", "request").order_by("order")[:1])
