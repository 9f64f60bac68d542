"""Letters within the procedure: each kind's words, its chain, the legal steps it makes, and what refuses it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from tests.inforequests.cases import APPLICANT, Office, a_case, a_letter, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, sealed, served

from gongkai.inforequests.actions.drafting import (
    Consulted,
    FeeFacts,
    change_notice,
    discard_notice,
    draft_notice,
    draft_together,
    submit_notice,
)
from gongkai.inforequests.actions.intake import file_request, register_request, split_request
from gongkai.inforequests.actions.progress import record_opinion, record_payment, withdraw
from gongkai.inforequests.actions.serving import record_received, serve_notice
from gongkai.inforequests.chains import chain_of
from gongkai.inforequests.choices import CaseState, LetterKind, Opinion, Stage, Way
from gongkai.inforequests.letters_facts import counted_before, findings_of
from gongkai.inforequests.models import Item, Notice, Payment
from gongkai.inforequests.steps import clock_of
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import State

pytestmark = pytest.mark.django_db
RECEIVED, DAY = date(2026, 3, 2), date(2026, 3, 4)
THIRD_PARTY = Consulted("third_party", "青禾县丰收水务有限公司", "青禾县柳溪镇二号", "合同的单价")
CO_MAKER = Consulted("organ", "青禾县财政局", "青禾县人民路3号", "资金安排文件")


def acts(item: Item) -> list[str]:
    """The steps after the receipt, as they are written."""
    return [f"{step.act}{'#' + step.key if step.key else ''}:{step.argument}" for step in item.steps.order_by("id")][1:]


def draft(office: Office, item: Item, kind: str, **more: object) -> Notice:
    return draft_notice(office.actor("clerk"), item, kind, fields=FIELDS, **more)  # type: ignore[arg-type]


def asked_for_reasons(office: Office, item: Item) -> None:
    served(office, draft(office, item, "reasons"))


@pytest.mark.parametrize(
    ("kind", "more", "roles", "steps"),
    [
        ("clarification", {}, ["office_head"], ["clarification-asked:10", "clarification-served:"]),
        ("clarification", {"argument": "7"}, ["office_head"], ["clarification-asked:7", "clarification-served:"]),
        ("extension", {"argument": "15"}, ["office_head"], ["extended:15", "extended-served:"]),
        ("reasons", {}, ["office_head"], ["reasons-asked:"]),
        (
            "third_party_consultation",
            {"consultation": THIRD_PARTY},
            ["office_head"],
            ["third-party-asked#1:", "third-party-served#1:"],
        ),
        ("organ_consultation", {"consultation": CO_MAKER}, ["office_head"], ["organ-asked#1:", "organ-served#1:"]),
        (
            "confirmation_consultation",
            {"consultation": CO_MAKER._replace(kind="confirmation")},
            ["office_head"],
            ["confirmation-asked#1:"],
        ),
        ("registration", {}, ["office_head"], []),
    ],
)
def test_a_letter_goes_through_its_chain_and_makes_its_steps(
    kind: str, more: dict[str, object], roles: list[str], steps: list[str]
) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = draft(office, item, kind, **more)
        assert [place.role for place in chain_of(notice)] == roles
        served(office, notice)
    assert acts(item) == steps
    notice.refresh_from_db()
    assert bool(notice.number) == (kind != "registration")
    assert (notice.stage, notice.signed_on) == (Stage.SERVED, DAY)


def test_an_extension_tells_the_new_day_and_gives_it() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = draft(office, item, "extension", argument="20")
        assert "延长至2026年4月28日" in notice.body
        served(office, notice)
    item.refresh_from_db()
    assert item.due_on == date(2026, 4, 28)


def test_an_extension_that_is_signed_and_not_told_lengthens_nothing() -> None:
    office, due, late = an_office(), date(2026, 3, 30), date(2026, 4, 1)
    item, clerk = a_case(office), office.actor("clerk")
    with at(DAY):
        notice = sealed(office, draft(office, item, "extension", argument="20"))
    with at(late):
        item.refresh_from_db()
        told = clock_of(item, on=late)
        assert told is not None
        assert (item.due_on, told.due, told.state) == (due, due, State.OVERDUE)
        serve_notice(clerk, notice, way=Way.WINDOW, sent_on=late, proof="本人签收")
        told = clock_of(item, on=late)
    item.refresh_from_db()
    assert told is not None
    assert [finding.rule for finding in told.findings] == ["C-EXTEND-LATE"]
    assert (item.due_on, item.due_claimed_on) == (due, date(2026, 4, 28))


def test_things_due_on_different_days_are_not_extended_by_one_letter() -> None:
    office = an_office()
    item = a_case(office)
    with at(RECEIVED):
        first, second = split_request(office.actor("clerk"), item.request, texts=["甲材料", "乙材料"])
    with at(DAY):
        draft_together(office.actor("clerk"), [first, second], "extension", fields=FIELDS)
        Notice.objects.update(stage=Stage.WITHDRAWN)
        served(office, draft(office, second, "third_party_consultation", consultation=THIRD_PARTY))
        with pytest.raises(ActionRefused) as refused:
            draft_together(office.actor("clerk"), [first, second], "extension", fields=FIELDS)
        assert [reason.id for reason in refused.value.reasons] == ["due"]


@pytest.mark.parametrize(("days", "rule"), [("21", "C-EXTEND-LONG"), ("0", "argument"), ("很久", "argument")])
def test_an_extension_is_not_longer_than_the_law_has_it(days: str, rule: str) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY), pytest.raises(ActionRefused) as refused:
        draft(office, item, "extension", argument=days)
    assert [reason.id for reason in refused.value.reasons] == [rule]
    assert Notice.objects.count() == 0


def test_a_second_extension_and_a_late_clarification_are_refused() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        served(office, draft(office, item, "extension"))
        with pytest.raises(ActionRefused, match="只能延长一次"):
            draft(office, item, "extension")
    with at(date(2026, 3, 12)), pytest.raises(ActionRefused, match="告知补正的最后一日是2026-03-11"):
        draft(office, item, "clarification")


def test_a_clarification_that_is_signed_too_late_is_not_signed() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = draft(office, item, "clarification")
    with at(date(2026, 3, 12)), pytest.raises(ActionRefused, match="告知补正的最后一日"):
        agreed(office, notice)


def test_a_deferral_follows_reasons_and_sets_the_day() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with pytest.raises(ActionRefused, match="没有要求申请人说明理由"):
            draft(office, item, "deferral", argument="2026-06-30")
        asked_for_reasons(office, item)
        notice = draft(office, item, "deferral", argument="2026-06-30")
        assert "延迟至2026年6月30日" in notice.body
        served(office, notice)
    item.refresh_from_db()
    assert item.due_on == date(2026, 6, 30)


def test_a_fee_counts_the_things_asked_in_the_month() -> None:
    office = an_office()
    for _ in range(12):
        item = a_case(office)
    other = a_case(office, parties=(APPLICANT.__class__(**{**_values(), "identity": "另一人"}),))
    assert (counted_before(item), counted_before(other)) == (11, 0)
    with at(DAY):
        notice = draft(office, item, "fee", fee=FeeFacts("items", 1))
        assert "应缴纳100元" in notice.body
        with pytest.raises(ActionRefused, match="不需要收费"):
            draft(office, other, "fee", fee=FeeFacts("items", 1))
        served(office, notice)
    item.refresh_from_db()
    assert (item.state, item.waiting_for) == (CaseState.WAITING, "payment")
    assert Payment.objects.get().yuan == 100


def _values() -> dict[str, object]:
    return {name: getattr(APPLICANT, name) for name in APPLICANT.__dataclass_fields__}


def test_a_discarded_fee_notice_leaves_no_fee() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = draft(office, item, "fee", fee=FeeFacts("pages", 40))
        discard_notice(office.actor("clerk"), notice, reason="不收费")
    assert Payment.objects.count() == 0
    notice.refresh_from_db()
    assert notice.stage == Stage.WITHDRAWN


def test_one_letter_tells_the_fee_of_many_things() -> None:
    office = an_office()
    first = a_case(office)
    with at(DAY):
        items = split_request(office.actor("clerk"), first.request, texts=[f"第{n}项材料" for n in range(1, 13)])
        notice = draft_together(office.actor("clerk"), items, "fee", fields=FIELDS, fee=FeeFacts("items", 12))
        assert "应缴纳200元" in notice.body
        served(office, notice)
    assert list(Payment.objects.order_by("item").values_list("yuan", flat=True)) == [0] * 10 + [100] * 2
    assert [acts(item) for item in items] == [["fee-noticed:", "fee-served:"]] * 12
    with at(date(2026, 3, 6)):
        record_payment(office.actor("clerk"), items[3], on=date(2026, 3, 6), proof="票据0001")
    assert [acts(item)[-1] for item in items] == ["fee-paid:"] * 12
    assert Payment.objects.filter(paid_on=None).count() == 0


def test_several_are_consulted_at_once_and_each_answers_for_himself() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        one = draft(office, item, "third_party_consultation", consultation=THIRD_PARTY)
        two = draft(office, item, "third_party_consultation", consultation=THIRD_PARTY._replace(name="李四"))
        assert "周明远" not in one.body
        assert (one.addressee, two.addressee) == (THIRD_PARTY.name, "李四")
        for notice in (one, two):
            served(office, notice)
        served(office, draft(office, item, "consultation_told"))
    assert one.consultation is not None
    assert two.consultation is not None
    with at(date(2026, 3, 6)):
        record_opinion(office.actor("clerk"), two.consultation, on=date(2026, 3, 6), opinion=Opinion.CONSENTS)
        with pytest.raises(ActionRefused, match="征求意见还没有答复"):
            decided(office, item)
        record_opinion(office.actor("clerk"), one.consultation, on=date(2026, 3, 6), opinion=Opinion.REFUSES)
        assert decided(office, item).stage == Stage.DRAFT


def test_nobody_is_told_of_a_consultation_that_was_not_sent() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        draft(office, item, "third_party_consultation", consultation=THIRD_PARTY)
        with pytest.raises(ActionRefused, match="还没有发出征求意见书"):
            draft(office, item, "consultation_told")


def test_a_letter_by_post_asks_when_posted_and_is_served_when_received() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        service = served(office, draft(office, item, "clarification"), Way.POST)
    assert acts(item) == ["clarification-asked:10"]
    with at(date(2026, 3, 6)):
        record_received(office.actor("clerk"), service, on=date(2026, 3, 6), proof="投递回执")
    assert acts(item)[1:] == ["clarification-served:"]


def test_a_correction_ends_with_its_letter() -> None:
    office = an_office()
    item = a_case(office, kind=LetterKind.CORRECTION)
    with at(DAY):
        with pytest.raises(ActionRefused, match="不适用"):
            draft(office, item, "extension")
        with pytest.raises(ActionRefused, match="更正申请"):
            decided(office, item)
        served(office, draft(office, item, "correction"))
    item.refresh_from_db()
    assert (item.state, item.result, item.closed_on) == (CaseState.ENDED, "", DAY)


def test_a_withdrawn_request_may_be_told_so() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with pytest.raises(ActionRefused, match="没有登记申请人撤回"):
            draft(office, item, "withdrawn")
        withdraw(None, item, on=DAY)
        served(office, draft(office, item, "withdrawn"))
    item.refresh_from_db()
    assert (item.state, item.result) == (CaseState.ENDED, "other_other")
    assert acts(item) == ["withdrawn:", "delivered:"]


def test_a_draft_is_written_anew_from_what_was_typed_and_kept_as_changed_by_hand() -> None:
    office = an_office()
    item = a_case(office)
    clerk = office.actor("clerk")
    with at(DAY):
        notice = draft(office, item, "clarification")
        notice = change_notice(clerk, notice, fields={**FIELDS, "all_defects": "哪一年"}, body=notice.body)
        assert "哪一年" in notice.body
        notice = change_notice(clerk, notice, body=notice.body + "\n\n另行说明。\n")
        assert notice.body.endswith("\n另行说明。")


def test_what_another_changed_meanwhile_is_not_written_over() -> None:
    office = an_office()
    with at(DAY):
        notice = draft(office, a_case(office), "clarification")
        old = Notice.objects.get(pk=notice.pk)
        change_notice(office.actor("clerk"), notice, body=notice.body + "\n甲")
        with pytest.raises(ActionRefused, match="另一人刚刚修改"):
            change_notice(office.actor("clerk"), old, body=old.body + "\n乙")


def test_a_draft_with_something_missing_is_not_submitted() -> None:
    office = an_office()
    with at(DAY):
        notice = draft_notice(office.actor("clerk"), a_case(office), "clarification", fields={})
        assert any(finding.blocks for finding in findings_of(notice))
        with pytest.raises(ActionRefused) as refused:
            submit_notice(office.actor("clerk"), notice)
    assert all(reason.id.startswith("check.") for reason in refused.value.reasons)


def test_a_notice_that_made_a_step_is_not_discarded() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = sealed(office, decided(office, item, "already_public_end"))
        with pytest.raises(ActionRefused, match="据此记录了法定步骤"):
            discard_notice(office.actor("clerk"), notice, reason="写错了")
        clarification = sealed(office, draft(office, a_case(office), "clarification"))
        assert discard_notice(office.actor("clerk"), clarification, reason="不再需要").stage == Stage.WITHDRAWN


def test_a_letter_needs_a_registered_case_and_the_office_a_code_for_its_numbers() -> None:
    office = an_office()
    with at(RECEIVED):
        request = file_request(a_letter(office.agency)).request
        item = Item.objects.get(request=request)
        with pytest.raises(ActionRefused, match="还没有登记"):
            draft(office, item, "clarification")
        register_request(office.actor("clerk"), request)
        notice = draft(office, item, "clarification")
        type(office.agency).objects.filter(pk=office.agency.pk).update(document_code="")
        with pytest.raises(ActionRefused, match="发文机关代字"):
            submit_notice(office.actor("clerk"), notice)


def test_a_party_is_not_asked_twice_about_the_same() -> None:
    office = an_office()
    item = a_case(office, on=RECEIVED)
    with at(DAY):
        first = draft(office, item, "third_party_consultation", consultation=THIRD_PARTY)
        with pytest.raises(ActionRefused, match="向这一家征求意见的文书已经在办"):
            draft(office, item, "third_party_consultation", consultation=THIRD_PARTY)
        draft(office, item, "third_party_consultation", consultation=THIRD_PARTY._replace(content="合同的附件"))
        discard_notice(office.actor("clerk"), first, reason="地址写错")
        draft(office, item, "third_party_consultation", consultation=THIRD_PARTY)
    assert item.consultations.count() == 3


def test_a_fee_of_an_earlier_notice_is_not_asked_for_again() -> None:
    office = an_office()
    item = a_case(office, on=RECEIVED)
    with at(DAY):
        Payment.objects.create(item=item, method="pages", count=500, yuan=15_000)
        notice = draft(office, item, "fee", fee=FeeFacts("pages", 40))
    assert "40页" in notice.body.replace(" ", "")
    assert "540" not in notice.body


@pytest.mark.parametrize(
    ("name", "told", "word"),
    [
        ("李四", None, "您"),
        ("阿依古丽·买买提", None, "您"),
        ("青禾县丰收水务有限公司", None, "你单位"),
        ("欧阳秀兰娜", False, "您"),
        ("丰收超市", True, "你单位"),
    ],
)
def test_a_third_party_is_addressed_as_what_it_is(name: str, told: bool | None, word: str) -> None:
    office = an_office()
    with at(DAY):
        whom = THIRD_PARTY._replace(name=name, is_organization=told)
        notice = draft(office, a_case(office), "third_party_consultation", consultation=whom)
        assert notice.consultation is not None
        assert notice.consultation.is_organization is (word == "你单位")
        assert f"可能影响{word}的合法权益" in notice.body
        served(office, notice)
        later = draft(office, notice.items.get(), "third_party_disclosure", consultation=notice.consultation)
    assert f"书面征求{word}的意见" in later.body


def test_an_organ_is_one_whatever_it_is_called() -> None:
    office = an_office()
    with at(DAY):
        whom = CO_MAKER._replace(name="县政府")
        notice = draft(office, a_case(office), "organ_consultation", consultation=whom)
    assert notice.consultation is not None
    assert notice.consultation.is_organization


def test_what_was_guessed_of_older_parties_is_kept() -> None:
    module = import_module("gongkai.inforequests.migrations.0004_what_a_consulted_party_is")
    office = an_office()
    names = {"李四": False, "阿依古丽·买买提": False, "青禾县丰收水务有限公司": True}
    item = a_case(office)
    for key, name in enumerate(names):
        item.consultations.create(kind="third_party", key=str(key), name=name, content="单价")
    item.consultations.create(kind="organ", key="organ", name="财政局", content="单价")
    module.keep_guess(apps, None)
    assert {row.name: row.is_organization for row in item.consultations.all()} == {**names, "财政局": True}
