"""Putting recorded steps right: what was wrong stays on record, the case is reckoned anew, even after its end."""

from datetime import date

import pytest
from tests.inforequests.cases import Office, a_case, a_letter, an_office
from tests.inforequests.situations import ASKED, MONDAY, a_fee, consulted, happened

from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.inforequests.actions.intake import enter_request, split_request
from gongkai.inforequests.actions.progress import correct_step, record_opinion, record_payment, withdraw
from gongkai.inforequests.choices import CaseState, Channel, Opinion
from gongkai.inforequests.models import Item, Step
from gongkai.inforequests.receiving import receipt_of
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act as LawAct

pytestmark = pytest.mark.django_db
NOW = date(2026, 3, 20)


def corrected(office: Office, step: Step, **values: object) -> Step:
    with at(NOW):
        return correct_step(office.actor(Role.OFFICE_HEAD), step, **{"reason": "登记有误", **values})  # type: ignore[arg-type]  # rows of tables


def refused(office: Office, step: Step, **values: object) -> list[str]:
    with pytest.raises(ActionRefused) as caught:
        corrected(office, step, **values)
    return [reason.id for reason in caught.value.reasons]


def test_a_corrected_day_moves_the_due_day_and_the_old_one_stays(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    wrong = happened(item, LawAct.CLARIFIED, date(2026, 3, 10))
    right = corrected(office, wrong, on=date(2026, 3, 9))
    item.refresh_from_db()
    assert (item.due_on, right.corrects, right.reason) == (date(2026, 4, 7), wrong, "登记有误")
    assert item.steps.count() == 4
    assert Entry.objects.filter(act="inforequests.correct", subject=item.request.public_id).exists()


def test_an_ended_case_is_corrected_and_opened_by_a_voided_end(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    with at(ASKED):
        end = withdraw(office.actor(Role.CLERK), item, on=ASKED, evidence="撤回申请书")
    moved = corrected(office, end, on=date(2026, 3, 3))
    item.refresh_from_db()
    assert (item.state, item.closed_on) == (CaseState.ENDED, date(2026, 3, 3))
    voiding = corrected(office, moved, void=True)
    item.refresh_from_db()
    assert (item.state, item.result, item.closed_on) == (CaseState.RUNNING, "", None)
    assert refused(office, voiding, void=True) == ["voiding"]
    assert refused(office, end, on=ASKED, reason="再改") == ["corrected"]


def test_the_receipt_is_corrected_for_the_whole_letter_and_never_voided(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    with at(MONDAY):
        items = split_request(office.actor(Role.CLERK), item.request, texts=["甲", "乙"])
    receipt = items[1].steps.get()
    assert refused(office, receipt, void=True) == ["receipt"]
    assert refused(office, receipt, on=date(2026, 3, 1)) == ["arrival"]
    made = corrected(office, receipt, on=date(2026, 3, 3))
    assert made.item == items[1]
    rows = Item.objects.filter(request=item.request).select_related("request")
    assert {(one.received_on, one.request.received_on, one.due_on) for one in rows} == {
        (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 31))
    }


def test_the_day_on_which_a_letter_was_signed_for_replaces_the_day_on_which_it_was_entered(office: Office) -> None:
    entered, signed_for = date(2026, 3, 5), date(2026, 3, 3)
    letter = a_letter(office.agency, channel=Channel.SIGNED_MAIL, arrived_on=entered)
    with at(entered):
        request = enter_request(office.actor(Role.CLERK), letter).request
    item = Item.objects.get(request=request)
    corrected(office, item.steps.get(), on=signed_for)
    item = Item.objects.select_related("request").get(pk=item.pk)
    assert (item.received_on, item.request.arrived_on, item.due_on) == (signed_for, signed_for, date(2026, 3, 31))
    assert receipt_of(item.request).received_on == signed_for


def test_the_explanation_of_a_corrected_receipt_names_the_day_that_counts(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    corrected(office, item.steps.get(), on=date(2026, 3, 3))
    told = receipt_of(Item.objects.get(pk=item.pk).request)
    assert told.received_on == date(2026, 3, 3)
    assert told.explanation.endswith("登记有误，已更正为2026-03-03")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"reason": " ", "on": date(2026, 3, 5)}, ["reason"]),
        ({}, ["same"]),
        ({"on": date(2026, 3, 21)}, ["future"]),
        ({"on": date(2026, 2, 27)}, ["impossible"]),
        ({"argument": "许多"}, ["argument"]),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_the_case(
    office: Office, values: dict[str, object], why: list[str]
) -> None:
    item = a_case(office, on=MONDAY)
    step = happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    assert refused(office, step, **values) == why
    assert item.steps.count() == 2


def test_a_letter_that_was_answered_is_not_voided_before_its_answer(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    asked = happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    happened(item, LawAct.CLARIFIED, date(2026, 3, 10))
    assert refused(office, asked, void=True) == ["impossible"]


def test_payments_and_opinions_follow_their_steps(office: Office) -> None:
    item, clerk = a_case(office, on=MONDAY), office.actor(Role.CLERK)
    consultation, payment = consulted(item), a_fee(item)
    with at(date(2026, 3, 10)):
        record_payment(clerk, item, on=date(2026, 3, 10), proof="票据一号")
        record_opinion(clerk, consultation, on=date(2026, 3, 10), opinion=Opinion.CONSENTS)
    corrected(office, item.steps.get(act=LawAct.FEE_PAID), on=date(2026, 3, 9))
    corrected(office, item.steps.get(act=LawAct.THIRD_PARTY_REPLIED), void=True)
    payment.refresh_from_db()
    consultation.refresh_from_db()
    assert (payment.paid_on, consultation.opinion) == (date(2026, 3, 9), "")


def test_only_the_offices_head_corrects(office: Office) -> None:
    item = a_case(office, on=MONDAY)
    with at(NOW), pytest.raises(ActionRefused) as caught:
        correct_step(office.actor(Role.CLERK), item.steps.get(), on=ASKED, reason="登记有误")
    assert [reason.id for reason in caught.value.reasons] == ["role"]


def test_a_letter_whose_receipt_was_corrected_is_split_by_the_day_that_counts() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY)
    with at(ASKED):
        correct_step(office.actor(Role.OFFICE_HEAD), item.steps.get(), on=date(2026, 3, 3), reason="次日才确认")
        split_request(office.actor(Role.CLERK), item.request, texts=["资金安排文件", "项目清单"])
    items = Item.objects.order_by("order")
    assert [(one.order, one.received_on, one.steps.count()) for one in items] == [
        (1, date(2026, 3, 3), 2),
        (2, date(2026, 3, 3), 1),
    ]
