"""Opening a case again: the next round has a period and a result of its own, the first result stays."""

from datetime import date

import pytest
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, decided, served
from tests.inforequests.situations import SITUATIONS, happened

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.handling import archive, record_search
from gongkai.inforequests.actions.progress import reopen, withdraw
from gongkai.inforequests.choices import CaseState
from gongkai.inforequests.models import Decision, Item
from gongkai.inforequests.obstacles import search_missing
from gongkai.inforequests.steps import clock_of, closing_days
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Ground

pytestmark = pytest.mark.django_db
DECIDED, AGAIN, CLOSED = date(2026, 3, 5), date(2026, 4, 20), date(2026, 4, 28)


def answered(item: Item, result: str, on: date) -> None:
    """Decided and delivered on a day."""
    Decision.objects.create(item=item, round=item.round, answers=[], outcome=result, result=result, decided_at=now())
    happened(item, LawAct.DECIDED, on)
    happened(item, LawAct.DELIVERED, on)


@pytest.mark.parametrize("ground", [Ground.ORDER, Ground.OWN])
def test_the_first_result_stays_beside_the_newest(office: Office, ground: Ground) -> None:
    item = a_case(office)
    answered(item, "refused_internal", DECIDED)
    assert (item.result, item.first_result, item.closed_on) == ("refused_internal", "refused_internal", DECIDED)
    with at(AGAIN):
        reopen(office.actor(Role.CLERK), item, on=AGAIN, ground=ground, evidence="复议决定书")
    item.refresh_from_db()
    assert (item.round, item.state, item.due_on) == (2, CaseState.RUNNING, date(2026, 5, 20))
    assert (item.result, item.first_result, item.closed_on) == ("", "refused_internal", None)
    answered(item, "granted", CLOSED)
    assert (item.result, item.first_result, item.closed_on) == ("granted", "refused_internal", CLOSED)
    told = clock_of(item, on=CLOSED)
    assert told is not None
    assert closing_days(told.steps) == {1: DECIDED, 2: CLOSED}


def test_a_good_reason_is_only_for_what_lapsed(office: Office) -> None:
    lapsed, ended = SITUATIONS["lapsed"](office), SITUATIONS["ended"](office)
    clerk, on = office.actor(Role.CLERK), date(2026, 3, 10)
    with at(on):
        with pytest.raises(ActionRefused) as caught:
            reopen(clerk, ended, on=on, ground=Ground.GOOD_REASON, evidence="住院证明")
        assert [reason.id for reason in caught.value.reasons] == ["ground"]
        with pytest.raises(ActionRefused) as caught:
            reopen(clerk, lapsed, on=on, ground=Ground.GOOD_REASON, evidence=" ")
        assert [reason.id for reason in caught.value.reasons] == ["evidence"]
        reopen(clerk, lapsed, on=on, ground=Ground.GOOD_REASON, evidence="住院证明")
    lapsed.refresh_from_db()
    assert (lapsed.round, lapsed.state, lapsed.due_on) == (2, CaseState.RUNNING, date(2026, 4, 8))


def test_a_good_reason_counts_also_when_the_letter_that_ends_the_case_has_arrived(office: Office) -> None:
    item, clerk = a_case(office), office.actor(Role.CLERK)
    with at(date(2026, 3, 4)):
        served(office, draft_notice(clerk, item, "clarification", fields=FIELDS))
    with at(date(2026, 4, 1)):
        served(office, decided(office, item, "clarification_lapsed"))
    with at(date(2026, 4, 3)):
        reopen(clerk, item, on=date(2026, 4, 3), ground=Ground.GOOD_REASON, evidence="住院证明")
    item.refresh_from_db()
    assert (item.round, item.state, item.due_on) == (2, CaseState.RUNNING, date(2026, 5, 7))


def test_each_round_is_filed(office: Office) -> None:
    item, clerk = a_case(office), office.actor(Role.CLERK)
    for on in (DECIDED, CLOSED):
        with at(on):
            withdraw(clerk, item, on=on, evidence="撤回申请书")
            archive(clerk, item)
            with pytest.raises(ActionRefused, match="已经归档"):
                archive(clerk, item)
        if on == DECIDED:
            with at(AGAIN):
                reopen(clerk, item, on=AGAIN, ground=Ground.OWN, evidence="内部核查")
    assert item.handlings.filter(kind="filed").count() == 2


def test_a_search_of_the_first_round_proves_nothing_in_the_second(office: Office) -> None:
    item, clerk = a_case(office), office.actor(Role.CLERK)
    with at(DECIDED):
        told = {"place": "档案室", "terms": "饮水工程", "is_found": False, "outcome": "没有"}
        record_search(clerk, item, searched_on=DECIDED, **told)
        assert search_missing(item) == []
        answered(item, "unavailable_not_held", DECIDED)
    with at(AGAIN):
        reopen(clerk, item, on=AGAIN, ground=Ground.ORDER, evidence="复议决定书")
        assert [reason.id for reason in search_missing(Item.objects.get(pk=item.pk))] == ["search"]
