"""Cases whose days move without an act: the calendar was completed, or the day itself went on (重算期限)."""

from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from gongkai.agencies.roles import Role
from gongkai.audit.actions import SYSTEM
from gongkai.inforequests import telling, texts
from gongkai.inforequests.actions.acting import hold, journal
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Item, Step
from gongkai.inforequests.steps import apply_projection, cached, project
from gongkai.kernel import workdays
from gongkai.kernel.clock import legal_day
from gongkai.law.clock.rules import CONSULTING
from gongkai.law.workdays import Calendar

_DONE = "inforequests.projected"
"""In the shared cache: the day whose moves were written last."""
_TOLD = (Role.CLERK, Role.OFFICE_HEAD)


def follow(instant: datetime) -> None:
    """The worker's job: new schedules as soon as they can be used, the day's moves once a day."""
    if workdays.problem():
        return  # each process logs it; nothing is reckoned by an older calendar meanwhile
    redate(workdays.calendar())
    day = legal_day(instant)
    if cache.get(_DONE) != day.isoformat():
        project_waiting(day)
        cache.set(_DONE, day.isoformat(), None)


def redate(calendar: Calendar) -> int:
    """Reckons all open cases anew that were reckoned by another calendar; how many days to reply moved.

    What has ended keeps its calendar. Each case that moves is journaled and its officers are told; done twice, nothing
    happens.
    """
    stale = Item.objects.exclude(state__in=(CaseState.ENDED, CaseState.UNCONFIRMED))
    keys = stale.exclude(calendar_revision=calendar.revision).order_by("id").values_list("pk", flat=True)
    return sum(_redate(key, calendar) for key in list(keys))


def project_waiting(on: date) -> int:
    """Writes anew what changes as days go by: whoever waits for an answer, until its last day; how many changed."""
    # Whoever was consulted too late does not stop the clock, but moves the day that is claimed.
    consulting = Exists(Step.objects.filter(item=OuterRef("pk"), act__in=[act.value for act in CONSULTING]))
    moving = Q(state=CaseState.WAITING) | (Q(state__in=(CaseState.RUNNING, CaseState.DECIDED)) & consulting)
    rows = Item.objects.filter(moving).select_related("request").order_by("id")
    return sum(_follow_the_day(item, on) for item in list(rows))


@transaction.atomic
def _redate(key: int, calendar: Calendar) -> bool:
    item = hold(Item(pk=key))
    if item.state == CaseState.ENDED or item.calendar_revision == calendar.revision:
        return False  # another worker was here, or it ended meanwhile
    before = (item.due_on, item.is_provisional)
    project(item, days=calendar)
    after = (item.due_on, item.is_provisional)
    if before == after:
        return False
    if item.due_on is not None:
        told = telling.News(item=item, kind="redated", template=texts.REDATED, roles=_TOLD, for_on=item.due_on)
        telling.tell_once(told)
    days = (str(before[0] or ""), str(after[0] or ""))
    journal("redate", SYSTEM, item, {"due_on": days, "calendar_revision": (None, calendar.revision)})
    return True


def _follow_the_day(item: Item, on: date) -> bool:
    before = cached(item)
    apply_projection(item, on=on, days=workdays.calendar())
    if cached(item) == before:
        return False
    with transaction.atomic():
        project(hold(item), on=on)
    return True
