"""Two officers at the same case at once on PostgreSQL: one wins, the other is told what happened."""

from datetime import date

import pytest
from tests import racing
from tests.inforequests.cases import a_case, an_office
from tests.inforequests.situations import a_fee

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.progress import record_payment, withdraw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 3, 9)


def test_a_case_is_given_to_a_unit_once() -> None:
    office = an_office()
    item, clerk, head = a_case(office), office.actor(Role.CLERK), office.actor(Role.OFFICE_HEAD)
    found = racing.refusal(
        lambda: assign(clerk, item, units=[office.unit], due_on=DAY),
        lambda: assign(head, item, units=[office.unit], due_on=DAY),
        on=DAY,
    )
    assert [reason.id for reason in found] == ["assigned"]
    assert item.assignments.count() == 1


def test_a_fee_is_paid_once() -> None:
    office = an_office()
    item, clerk, head = a_case(office), office.actor(Role.CLERK), office.actor(Role.OFFICE_HEAD)
    a_fee(item)
    found = racing.refusal(
        lambda: record_payment(clerk, item, on=DAY, proof="票据一号"),
        lambda: record_payment(head, item, on=DAY, proof="票据一号"),
        on=DAY,
    )
    assert [reason.id for reason in found] == ["paid"]
    assert item.steps.filter(act="fee-paid").count() == 1


def test_what_the_applicant_took_back_meanwhile_is_not_given_out() -> None:
    office = an_office()
    item = a_case(office)
    found = racing.refusal(
        lambda: withdraw(None, item, on=DAY),
        lambda: assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=DAY),
        on=DAY,
    )
    assert [reason.id for reason in found] == ["ended"]
