"""The year of the demo county: every result of table 3, every stage on the desks, all lawful, proven by the journal."""

from datetime import date

import pytest
from pytest_django import Settings

from gongkai.audit.queries import chains, proof
from gongkai.demo import county
from gongkai.inforequests.choices import CaseState, Channel, HandlingKind, Stage
from gongkai.inforequests.models import Approval, Handling, Item, Notice, Release, Request, Service
from gongkai.inforequests.steps import apply_projection, cached, clock_of
from gongkai.kernel.clock import at, legal_day
from gongkai.law.results import RESULT_KEYS
from gongkai.law.workdays import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LAST = date(2026, 11, 24)


def test_a_year_of_requests_through_every_step_and_result(settings: Settings) -> None:
    """One test, for the year takes most of a minute to play."""
    settings.GONGKAI_PROFILE = "demo"
    with at(LAST):
        county.build_with_its_year()
        assert 115 <= Request.objects.count() <= 130
        _everything_is_there()
        _nothing_is_unlawful()
        _what_is_cached_follows_from_the_steps()
    assert [str(one.message) for chain in chains() for one in proof(chain)] == []


def _everything_is_there() -> None:
    found = set(Item.objects.values_list("first_result", flat=True)) | set(
        Item.objects.values_list("result", flat=True)
    )
    assert found >= set(RESULT_KEYS)
    assert set(Request.objects.values_list("channel", flat=True)) == set(Channel.values)
    states = {CaseState.UNCONFIRMED, CaseState.RUNNING, CaseState.WAITING, CaseState.DECIDED, CaseState.ENDED}
    assert set(Item.objects.values_list("state", flat=True)) >= states
    stages = {Stage.DRAFT, Stage.REVIEW, Stage.SIGNED, Stage.SEALED, Stage.SERVED}
    assert set(Notice.objects.values_list("stage", flat=True)) >= stages
    assert Item.objects.filter(round=2, first_result="unavailable_not_held", result="granted").exists()
    assert max(Item.objects.values_list("order", flat=True)) == 40
    assert Release.objects.filter(is_pointer=True, file="").exists()
    assert Service.objects.exclude(failed_on=None).exists()
    assert Approval.objects.filter(is_on_paper=True, confirmed_by__isnull=False).exists()
    assert Approval.objects.filter(is_combined=True).exists()
    assert Item.objects.filter(received_on__year=LAST.year - 1, closed_on__year=LAST.year).exists()
    assert Request.objects.filter(seen_at=None).exists()
    told = Handling.objects.filter(kind=HandlingKind.EXPLAINED, person=None)
    assert told.values("item__request").distinct().count() == 4
    assert max(told.values_list("item__order", flat=True)) == 40


def _nothing_is_unlawful() -> None:
    """The one that is overdue lies on a desk; all that was answered was answered in time."""
    for item in Item.objects.select_related("request", "agency"):
        told = clock_of(item, on=LAST)
        assert told is None or told.findings == (), f"{item} {told and told.findings}"
    overdue = Item.objects.exclude(state=CaseState.ENDED).filter(due_on__lt=LAST)
    assert overdue.count() == 1


def _what_is_cached_follows_from_the_steps() -> None:
    for item in Item.objects.select_related("request", "agency"):
        before = cached(item)
        apply_projection(item, on=LAST, days=calendar())
        assert cached(item) == before, item
        assert legal_day(item.request.taken_at) <= LAST
