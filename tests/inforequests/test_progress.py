"""What comes in while a case runs, and what ends it: clarifications, opinions, fees, withdrawals."""

from datetime import date

import pytest
from tests.inforequests.cases import Office, a_case, a_letter
from tests.inforequests.situations import ASKED, MONDAY, a_fee, a_notice, consulted, happened

from gongkai.agencies.roles import Role
from gongkai.files.purposes import Purpose
from gongkai.files.queries import files_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import file_request, register_request
from gongkai.inforequests.actions.progress import record_clarified, record_opinion, record_payment, withdraw
from gongkai.inforequests.choices import CaseState, ConsultationKind, Opinion, Stage
from gongkai.inforequests.models import Item, Step
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act as LawAct

pytestmark = pytest.mark.django_db
ANSWERED = date(2026, 3, 10)


@pytest.fixture
def item(office: Office) -> Item:
    return a_case(office, on=MONDAY)


def refused(caught: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in caught.value.reasons]


def test_the_applicant_puts_his_request_right_and_the_period_starts_anew(item: Item) -> None:
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    file = inspect_made("项目清单\n".encode(), name="清单.txt", purpose=Purpose.APPLICATION)
    with at(ANSWERED):
        step = record_clarified(None, item, on=ANSWERED, text="只要2025年的", files=[file])
    item.refresh_from_db()
    assert (item.state, item.due_on) == (CaseState.RUNNING, date(2026, 4, 8))
    assert item.text == "2025年全县农村饮水工程建设资金安排文件\n（2026年3月10日补正）只要2025年的"
    assert (step.person, step.evidence) == (None, "申请人在网上办理")
    assert [one.name for one in files_of(item.request.public_id)] == ["清单.txt"]


def test_the_office_takes_a_late_clarification_the_applicant_alone_does_not(office: Office, item: Item) -> None:
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    late = date(2026, 3, 19)
    with at(late):
        with pytest.raises(ActionRefused) as caught:
            record_clarified(None, item, on=late, text="只要2025年的")
        assert refused(caught) == ["late"]
        record_clarified(office.actor(Role.CLERK), item, on=late, text="只要2025年的", evidence="来信")
    item.refresh_from_db()
    assert item.state == CaseState.RUNNING


def test_a_clarification_has_content_and_an_end(item: Item) -> None:
    with at(ANSWERED), pytest.raises(ActionRefused) as caught:
        record_clarified(None, item, on=ANSWERED, text="只要2025年的")
    assert refused(caught) == ["no_letter"]
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    for text, why in ((" ", "empty"), ("长" * 5_000, "long")):
        with at(ANSWERED), pytest.raises(ActionRefused) as caught:
            record_clarified(None, item, on=ANSWERED, text=text)
        assert refused(caught) == [why]


@pytest.mark.parametrize("on", [date(2026, 3, 3), date(2026, 3, 11)])
def test_an_answer_comes_neither_before_the_letter_nor_tomorrow(office: Office, item: Item, on: date) -> None:
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED)
    with at(ANSWERED), pytest.raises(ActionRefused) as caught:
        record_clarified(office.actor(Role.CLERK), item, on=on, text="只要2025年的")
    assert refused(caught) == ["future" if on > ANSWERED else "impossible"]
    assert not Step.objects.filter(act=LawAct.CLARIFIED).exists()


def test_an_opinion_ends_the_time_that_is_not_counted(office: Office, item: Item) -> None:
    consultation = consulted(item)
    item.refresh_from_db()
    assert (item.state, item.waiting_for) == (CaseState.WAITING, "third_party")
    with at(ANSWERED):
        record_opinion(
            office.actor(Role.CLERK), consultation, on=ANSWERED, opinion=Opinion.REFUSES, reply="涉及商业秘密"
        )
        with pytest.raises(ActionRefused, match="没有等待答复"):
            record_opinion(office.actor(Role.CLERK), consultation, on=ANSWERED, opinion=Opinion.CONSENTS)
    item.refresh_from_db()
    consultation.refresh_from_db()
    assert (item.state, item.due_on) == (CaseState.RUNNING, date(2026, 4, 3))
    assert (consultation.opinion, consultation.reply) == (Opinion.REFUSES, "涉及商业秘密")


def test_silence_is_recorded_after_the_last_day_and_moves_nothing(office: Office, item: Item) -> None:
    consultation, clerk = consulted(item), office.actor(Role.CLERK)
    last, after = date(2026, 3, 25), date(2026, 3, 26)
    with at(after), pytest.raises(ActionRefused) as caught:
        record_opinion(clerk, consultation, on=after, opinion=Opinion.SILENT)
    assert refused(caught) == ["unserved"]
    happened(item, LawAct.THIRD_PARTY_SERVED, ASKED, key=consultation.key)
    with at(last), pytest.raises(ActionRefused) as caught:
        record_opinion(clerk, consultation, on=last, opinion=Opinion.SILENT)
    assert refused(caught) == ["early"]
    with at(after):
        record_opinion(clerk, consultation, on=after, opinion=Opinion.SILENT)
        record_opinion(clerk, consultation, on=after, opinion=Opinion.CONSENTS)
    assert Step.objects.get(act=LawAct.THIRD_PARTY_REPLIED).happened_on == after


def test_an_organ_that_confirms_has_no_last_day(office: Office, item: Item) -> None:
    consultation = consulted(item, ConsultationKind.CONFIRMATION, LawAct.CONFIRMATION_ASKED)
    with at(date(2026, 5, 6)), pytest.raises(ActionRefused) as caught:
        record_opinion(office.actor(Role.CLERK), consultation, on=date(2026, 5, 6), opinion=Opinion.SILENT)
    assert refused(caught) == ["no_limit"]


def test_a_fee_is_paid_once_and_the_period_starts_anew(office: Office, item: Item) -> None:
    a_fee(item)
    clerk = office.actor(Role.CLERK)
    with at(ANSWERED):
        with pytest.raises(ActionRefused) as caught:
            record_payment(clerk, item, on=ANSWERED, proof=" ")
        assert refused(caught) == ["proof"]
        payment = record_payment(clerk, item, on=ANSWERED, proof="电子票据0001")
        with pytest.raises(ActionRefused) as caught:
            record_payment(clerk, item, on=ANSWERED, proof="电子票据0001")
        assert refused(caught) == ["paid"]
    item.refresh_from_db()
    assert (payment.paid_on, item.due_on) == (ANSWERED, date(2026, 4, 8))


def test_a_withdrawal_ends_the_case_and_what_was_under_way(office: Office, item: Item) -> None:
    clerk = office.actor(Role.CLERK)
    with at(ASKED):
        assign(clerk, item, units=[office.unit], due_on=ANSWERED)
    notice = a_notice(item, "extension")
    with at(ANSWERED):
        with pytest.raises(ActionRefused) as caught:
            withdraw(clerk, item, on=ANSWERED, evidence="")
        assert refused(caught) == ["evidence"]
        withdraw(None, item, on=ANSWERED)
    item.refresh_from_db()
    notice.refresh_from_db()
    assert (item.state, item.result, item.closed_on) == (CaseState.ENDED, "other_other", ANSWERED)
    assert (item.turn_role, notice.stage) == ("", Stage.WITHDRAWN)
    assert not item.assignments.filter(returned_at=None).exists()


def test_a_case_answered_together_with_another_is_not_withdrawn_from_the_letter(office: Office, item: Item) -> None:
    with at(MONDAY):
        filed = file_request(a_letter(office.agency))
        register_request(office.actor(Role.CLERK), filed.request)
    a_notice(item, "granted").items.add(Item.objects.get(request=filed.request))
    with at(ANSWERED), pytest.raises(ActionRefused) as caught:
        withdraw(None, item, on=ANSWERED)
    assert refused(caught) == ["joined"]


def test_what_was_decided_is_not_withdrawn(item: Item) -> None:
    happened(item, LawAct.DECIDED, ASKED)
    with at(ANSWERED), pytest.raises(ActionRefused) as caught:
        withdraw(None, item, on=ANSWERED)
    assert refused(caught) == ["decided"]


def test_a_withdrawal_of_yesterday_ends_the_case_that_day(office: Office, item: Item) -> None:
    with at(ANSWERED):
        withdraw(office.actor(Role.CLERK), item, on=ASKED, evidence="撤回申请书，3月4日收到")
    item.refresh_from_db()
    assert item.closed_on == ASKED
