"""From the questions to the reply: every outcome can be told, a lapse only when the limit has passed, several together."""

from datetime import date

import pytest
from tests.agencies.people import SYSTEM
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, path_to, sealed, served
from tests.inforequests.situations import ASKED, asked_for_reasons

from gongkai.agencies.actions.tree import merge_agency
from gongkai.files.queries import text_of
from gongkai.inforequests.actions.deciding import PointFacts, decide_together
from gongkai.inforequests.actions.drafting import FeeFacts, discard_notice, draft_notice, submit_notice
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.handling import record_search
from gongkai.inforequests.actions.intake import split_request
from gongkai.inforequests.actions.progress import record_clarified, reopen
from gongkai.inforequests.actions.serving import serve_notice
from gongkai.inforequests.choices import CaseState, Stage, Way
from gongkai.inforequests.decision_forms import DecisionForms
from gongkai.inforequests.evidence import evidence_of
from gongkai.inforequests.letters_facts import findings_of, prefilled
from gongkai.inforequests.models import Decision, Item, Step
from gongkai.inforequests.steps import record
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act, Ground
from gongkai.law.questions import OUTCOMES

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
_BY_THEMSELVES = ("withdrawn_end", "clarification_lapsed", "fee_unpaid")


def searched(office: Office, item: Item) -> None:
    record_search(
        office.actor("clerk"),
        item,
        place="公文办理系统",
        terms="农村饮水",
        searched_on=DAY,
        is_found=False,
        outcome="没有检索到",
    )


def before_deciding(item: Item, outcome: str) -> None:
    """What an outcome judges is on record: the request as it was put right, the reasons that were told."""
    if outcome == "still_unclear_end":
        record(item, Act.CLARIFICATION_ASKED, on=ASKED)
        record(item, Act.CLARIFIED, on=ASKED)
    elif outcome == "excessive_end":
        asked_for_reasons(item)
        record_explanation(None, item, on=DAY, text="没有特别的用途")


def test_a_request_is_granted_signed_sealed_and_served() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = decided(office, item)
        served(office, notice, Way.WINDOW)
    item.refresh_from_db()
    notice.refresh_from_db()
    assert (notice.stage, notice.number, notice.signed_on) == (Stage.SERVED, "青水公开〔2026〕1号", DAY)
    assert (item.state, item.result, item.closed_on) == (CaseState.ENDED, "granted", DAY)
    assert list(Step.objects.values_list("act", flat=True)) == ["received", "decided", "delivered"]
    assert item.turn_role == ""


@pytest.mark.parametrize("outcome", [key for key in OUTCOMES if key not in _BY_THEMSELVES])
def test_every_outcome_leads_to_a_letter_that_can_be_submitted(outcome: str) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        searched(office, item)
        before_deciding(item, outcome)
        notice = decided(office, item, outcome)
        assert notice.kind == OUTCOMES[outcome].notice.key
        assert [finding for finding in findings_of(notice) if finding.blocks] == []
        assert submit_notice(office.actor("clerk"), notice).stage == Stage.REVIEW
    assert Decision.objects.get().result == OUTCOMES[outcome].result.key


def test_nothing_is_unclear_after_it_was_put_right_if_it_never_was() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY), pytest.raises(ActionRefused) as caught:
        decided(office, item, "still_unclear_end")
    assert [reason.id for reason in caught.value.reasons] == ["unclarified"]


def test_no_reasons_are_found_wanting_before_they_could_be_told() -> None:
    office = an_office()
    item, last, after = a_case(office), date(2026, 3, 18), date(2026, 3, 19)
    for on, is_asked in ((ASKED, False), (last, True)):
        if is_asked:
            asked_for_reasons(item)
        with at(on), pytest.raises(ActionRefused) as caught:
            decided(office, item, "excessive_end")
        assert [reason.id for reason in caught.value.reasons] == ["reasons"]
    with at(after):
        assert decided(office, item, "excessive_end").kind == "excessive"


def test_a_fee_is_not_unpaid_where_a_clarification_was_asked_for() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        served(office, draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS))
    with at(date(2026, 3, 25)), pytest.raises(ActionRefused) as caught:
        decided(office, item, "fee_unpaid")
    assert [reason.id for reason in caught.value.reasons] == ["no_letter"]


@pytest.mark.parametrize(("outcome", "is_free"), [("partly_other", True), ("partly_internal", False)])
def test_only_what_articles_14_to_16_withhold_goes_to_reconsideration_first(outcome: str, is_free: bool) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        assert ("或者六个月内" in decided(office, item, outcome).body) is is_free


@pytest.mark.parametrize(
    ("kind", "more", "outcome", "last", "result"),
    [
        ("clarification", {}, "clarification_lapsed", date(2026, 3, 24), "other_clarification_lapsed"),
        ("fee", {"fee": FeeFacts("pages", 40)}, "fee_unpaid", date(2026, 4, 8), "other_fee_unpaid"),
    ],
)
def test_a_request_lapses_only_once_the_last_day_has_passed(
    kind: str, more: dict[str, object], outcome: str, last: date, result: str
) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        served(office, draft_notice(office.actor("clerk"), item, kind, fields=FIELDS, **more))  # type: ignore[arg-type]
    with at(last), pytest.raises(ActionRefused, match="正在等待"):
        decided(office, Item.objects.get(pk=item.pk), outcome)
    after = date.fromordinal(last.toordinal() + 1)
    with at(after):
        with pytest.raises(ActionRefused, match="视为放弃申请"):
            decided(office, Item.objects.get(pk=item.pk), "granted")
        served(office, decided(office, Item.objects.get(pk=item.pk), outcome))
    item.refresh_from_db()
    assert (item.state, item.result, item.closed_on) == (CaseState.ENDED, result, after)
    assert list(item.steps.values_list("act", flat=True))[-2:] == ["lapsed", "delivered"]


def test_several_things_of_one_letter_are_answered_together() -> None:
    office = an_office()
    first = a_case(office)
    with at(DAY):
        items = split_request(office.actor("clerk"), first.request, texts=["甲文件", "乙文件"])
        notice = decide_together(
            office.actor("clerk"),
            items,
            answers=path_to("already_public_end"),
            points={item.pk: [PointFacts(item.text, "已在网站公开")] for item in items},
            fields=FIELDS,
        )
        assert "登记编号：2026-1）" in notice.body
        assert "1.“甲文件”：已在网站公开。" in notice.body
        served(office, notice)
        for item in items:
            item.refresh_from_db()
    assert [(item.state, item.result) for item in items] == [(CaseState.ENDED, "granted")] * 2
    others = [a_case(office), a_case(office)]
    with at(DAY), pytest.raises(ActionRefused, match="同一封申请"):
        decide_together(office.actor("clerk"), others, answers=path_to("granted"), points={}, fields=FIELDS)


def test_a_discarded_decision_does_not_count_and_gives_way_to_another() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        wrong = decided(office, item, "petition_end")
        with pytest.raises(ActionRefused, match="还没有办完"):
            decided(office, item, "already_public_end")
        discard_notice(office.actor("clerk"), wrong, reason="重新考虑")
        served(office, decided(office, item, "already_public_end"))
    item.refresh_from_db()
    assert (item.result, Decision.objects.count()) == ("granted", 2)


def test_what_is_opened_again_is_decided_again_and_the_first_result_stays() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        served(office, decided(office, item, "petition_end"))
    with at(date(2026, 5, 11)):
        reopen(office.actor("clerk"), item, on=date(2026, 5, 11), ground=Ground.OWN, evidence="自行纠正决定")
        served(office, decided(office, item, "already_public_end"))
    item.refresh_from_db()
    assert (item.round, item.first_result, item.result) == (2, "unprocessed_petition", "granted")


def test_a_late_reply_is_signed_and_sent_all_the_same() -> None:
    office = an_office()
    item = a_case(office)
    with at(date(2026, 4, 20)):
        notice = sealed(office, decided(office, item, "already_public_end"))
        serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=date(2026, 4, 20))
    item.refresh_from_db()
    assert item.state == CaseState.ENDED


def test_who_may_decide() -> None:
    office, other = an_office(), an_office("青禾县林业局")
    item = a_case(office)
    with at(DAY):
        for stranger in (other, Office(office.agency, office.unit, {"clerk": office.users["head"]})):
            with pytest.raises(ActionRefused):
                decided(stranger, item)
        assert agreed(office, decided(office, item, "already_public_end")).stage == Stage.SIGNED


def test_a_successor_finishes_what_a_merged_agency_began() -> None:
    gone, heir = an_office(), an_office("青禾县林业局")
    item = a_case(gone)
    with at(DAY):
        served(gone, draft_notice(gone.actor("clerk"), item, "clarification", fields=FIELDS))
    with at(date(2026, 3, 11)):
        merge_agency(SYSTEM, gone.agency, into=[heir.agency], on=date(2026, 3, 11))
    with at(date(2026, 3, 12)):
        record_clarified(None, item, on=date(2026, 3, 12), text="2025年度的文件")
        notice = agreed(heir, decided(heir, item, "already_public_end"))
        found = evidence_of(notice.items.get(), date(2026, 3, 12))
        told = [row[3] for sheet in found.sheets if sheet.caption == "日志" for row in sheet.rows]
    assert notice.number == "青林公开〔2026〕1号"
    assert (told[0], told[-1]) == ("收到网上申请", "签发")
    assert "青禾县林业局" in text_of(notice.final_file, owner=notice.public_id)


def test_what_is_on_record_is_filled_in() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        searched(office, item)
        assert prefilled(item, "not_existing") == {
            "search_record": "2026年3月10日以“农村饮水”检索了公文办理系统，没有检索到"
        }
        form = DecisionForms(None, item, OUTCOMES["not_existing"]).letter
        assert form["search_record"].value() == prefilled(item, "not_existing")["search_record"]
        served(office, draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS))
    with at(date(2026, 3, 25)):
        told = "青水公开〔2026〕1号补正告知书于2026年3月10日送达，期限于2026年3月24日届满"
        assert prefilled(item, "clarification_lapsed") == {"earlier_notice": told}
        assert prefilled(item, "granted") == {}
