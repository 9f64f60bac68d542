"""Whatever way a reply takes through the office, the same things hold of it in the end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import decided, stamped

from gongkai.audit.models import Entry
from gongkai.files.queries import is_intact
from gongkai.inforequests.actions.approving import confirm_paper, review_notice
from gongkai.inforequests.actions.drafting import submit_notice
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.actions.serving import record_failed, record_received, serve_notice
from gongkai.inforequests.chains import chain_of
from gongkai.inforequests.choices import CaseState, Stage, Way
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notice_rules import waiting_place
from gongkai.kernel.clock import at, today
from gongkai.kernel.registry import act_names

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
OUTCOMES = ("already_public_end", "refused_internal", "not_responsible", "petition_end")
PLACES = st.integers(min_value=0, max_value=3)


def reviewed(office: Office, notice: Notice, *, back_at: int | None, on_paper: int) -> None:
    """One attempt: sent back at a place or agreed to by all; at one place on paper."""
    submit_notice(office.actor("clerk"), notice)
    notice.refresh_from_db()
    places = len(chain_of(notice))
    for index in range(places):
        place = waiting_place(notice)
        assert place is not None
        is_agreed = back_at is None or index < min(back_at, places - 1)
        if index == on_paper:
            person = office.users[place.role].person
            place = review_notice(
                office.actor("clerk"), notice, is_agreed=is_agreed, opinion="见纸质件", for_person=person
            )
            if is_agreed:
                confirm_paper(office.actor("window_clerk"), place)
        else:
            review_notice(office.actor(place.role), notice, is_agreed=is_agreed, opinion="意见")
        notice.refresh_from_db()
        if not is_agreed:
            return


def delivered(office: Office, notice: Notice, way: Way, failures: int) -> None:
    """Posted as often as it comes back, then by the way that works."""
    clerk, day = office.actor("clerk"), today()
    for count in range(failures):
        with at(day + timedelta(days=2 * count)):
            service = serve_notice(clerk, notice, way=Way.POST, sent_on=today(), tracking="1234567890123")
            record_failed(clerk, service, on=today(), failure="无人收件")
    with at(day + timedelta(days=2 * failures)):
        proof = "" if way in (Way.DOWNLOAD, Way.POST) else "本人签收"
        service = serve_notice(clerk, notice, way=way, sent_on=today(), tracking="1234567890123", proof=proof)
        if way == Way.POST:
            record_received(clerk, service, on=today(), proof="回执")


@given(
    outcome=st.sampled_from(OUTCOMES),
    backs=st.lists(PLACES, max_size=2),
    on_paper=st.integers(min_value=-1, max_value=3),
    way=st.sampled_from(Way),
    failures=st.integers(min_value=0, max_value=2),
    day=st.dates(date(2026, 3, 3), date(2026, 3, 27)),
)
@settings(max_examples=15, deadline=None)
def test_every_way_through_the_office(
    outcome: str, backs: list[int], on_paper: int, way: Way, failures: int, day: date
) -> None:
    office = an_office()
    item = a_case(office)
    with at(day):
        notice = decided(office, item, outcome)
        for back_at in (*backs, None):
            reviewed(office, notice, back_at=back_at, on_paper=on_paper)
        seal_notice(office.actor("seal_keeper"), notice, file=stamped(notice))
        delivered(office, notice, way, failures)
    check_approvals(office, notice, attempts=len(backs) + 1)
    check_end(item, notice, day, failures)
    assert set(Entry.objects.values_list("act", flat=True)) <= set(act_names.names())


def check_approvals(office: Office, notice: Notice, *, attempts: int) -> None:
    """Each attempt in order, only its last place may refuse; nobody twice, and never the drafter."""
    rows = list(notice.approvals.all())
    assert {row.attempt for row in rows} == set(range(1, attempts + 1))
    for attempt in range(1, attempts + 1):
        places = [row for row in rows if row.attempt == attempt]
        people = [row.person_id for row in places]
        assert [row.order for row in places] == list(range(1, len(places) + 1))
        assert [row.is_agreed for row in places[:-1]] == [True] * (len(places) - 1)
        assert places[-1].is_agreed == (attempt == attempts)
        assert len(set(people)) == len(people)
        assert office.users["clerk"].person_id not in people
        assert all(row.confirmed_by_id != row.entered_by_id for row in places if row.is_on_paper and row.is_agreed)


def check_end(item: Item, notice: Notice, day: date, failures: int) -> None:
    """One decision, posted at most once in law, received once; what is delivered is what was stored."""
    item.refresh_from_db()
    notice.refresh_from_db()
    steps = list(item.steps.order_by("id"))
    acts = [step.act for step in steps]
    assert (item.state, item.closed_on, item.turn_role) == (CaseState.ENDED, day, "")
    assert (notice.stage, notice.signed_on, notice.number) == (Stage.SERVED, day, "青水公开〔2026〕1号")
    assert (acts.count("decided"), acts.count("delivered")) == (1, 1)
    assert acts.count("dispatched") <= 1
    assert all(one.happened_on <= other.happened_on for one, other in pairwise(steps))
    assert notice.services.filter(failed_on=None).count() == 1
    assert notice.services.count() == failures + 1
    assert is_intact(notice.sealed_file, owner=notice.public_id)
