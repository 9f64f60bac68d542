"""The chain of a notice: who reviews it, who may not, sending back, delegates, signatures on paper."""

from datetime import date

import pytest
from tests.agencies.people import SYSTEM, a_person, a_user
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, path_to

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import appoint, delegate, end_appointment
from gongkai.agencies.models import Appointment, Person
from gongkai.agencies.roles import Role
from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.queries import text_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.approving import confirm_paper, reasons_against_review, review_notice
from gongkai.inforequests.actions.deciding import decide
from gongkai.inforequests.actions.drafting import change_notice, draft_notice, submit_notice
from gongkai.inforequests.actions.handling import add_release, record_search, review_release
from gongkai.inforequests.actions.settings import set_notice
from gongkai.inforequests.chains import chain_of
from gongkai.inforequests.choices import CaseState, HandlingKind, Stage
from gongkai.inforequests.models import Approval, Item, Notice
from gongkai.inforequests.notice_rules import waiting_place
from gongkai.inforequests.turns import SECOND_PERSON
from gongkai.kernel.clock import at, today
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


def submitted(office: Office, outcome: str = "granted") -> Notice:
    return submit_notice(office.actor("clerk"), decided(office, a_case(office), outcome))


def clarifying(office: Office, *, by: str = "clerk") -> Notice:
    notice = draft_notice(office.actor(by), a_case(office), "clarification", fields=FIELDS)
    return submit_notice(office.actor("clerk"), notice)


def person(office: Office, role: str) -> Person:
    found = office.users[role].person
    assert found is not None
    return found


def appointment(office: Office, role: str) -> Appointment:
    return Appointment.objects.get(person=person(office, role), role=role)


@pytest.mark.parametrize(
    ("outcome", "roles"),
    [
        ("granted", ["secrecy_reviewer", "office_head", "deputy_head"]),
        ("already_public_end", ["office_head", "deputy_head"]),
        ("partly_internal", ["secrecy_reviewer", "legality_reviewer", "office_head", "head"]),
        ("refused_state_secret", ["secrecy_reviewer", "legality_reviewer", "office_head", "head"]),
        ("not_responsible", ["legality_reviewer", "office_head", "deputy_head"]),
        ("petition_end", ["legality_reviewer", "office_head", "head"]),
    ],
)
def test_who_reviews_what_in_which_order(outcome: str, roles: list[str]) -> None:
    office = an_office()
    with at(DAY):
        notice = submitted(office, outcome)
    assert list(notice.approvals.values_list("role", flat=True)) == roles


def test_the_whole_chain_ends_in_date_number_step_and_document() -> None:
    office = an_office()
    with at(DAY):
        notice = submitted(office, "partly_internal")
        item = notice.items.get()
        turns = []
        while (place := waiting_place(notice)) is not None:
            item.refresh_from_db()
            turns.append(item.turn_role)
            review_notice(office.actor(place.role), notice, is_agreed=True, opinion="可以")
            notice.refresh_from_db()
    item.refresh_from_db()
    assert turns == ["secrecy_reviewer", "legality_reviewer", "office_head", "head"]
    assert (notice.stage, notice.signed_on, notice.number) == (Stage.SIGNED, DAY, "青水公开〔2026〕1号")
    assert (item.state, item.closed_on, item.result, item.turn_role) == (
        CaseState.DECIDED,
        DAY,
        "partly_granted",
        "seal_keeper",
    )
    text = "".join(text_of(notice.final_file, owner=notice.public_id).split())
    assert "青水公开〔2026〕1号" in text
    assert "2026年3月4日" in text
    assert "应当自收到之日起六十日内先向" in text
    kinds = list(notice.handlings.order_by("id").values_list("kind", flat=True))
    assert kinds == [
        HandlingKind.DRAFTED,
        HandlingKind.SUBMITTED,
        HandlingKind.SECRECY_REVIEWED,
        HandlingKind.LEGALITY_REVIEWED,
        HandlingKind.APPROVED,
        HandlingKind.SIGNED,
        HandlingKind.NUMBERED,
    ]


def test_numbers_run_by_agency_and_year_and_a_refused_signature_takes_none() -> None:
    office, other = an_office(), an_office("青禾县林业局")
    with at(DAY):
        late = submitted(office, "already_public_end")
        first = agreed(office, decided(office, a_case(office), "already_public_end"))
        elsewhere = agreed(other, decided(other, a_case(other), "already_public_end"))
        review_notice(office.actor("office_head"), late, is_agreed=True)
        Notice.objects.filter(pk=late.pk).update(kind="not_existing")
        with pytest.raises(ActionRefused, match="检索记录"):
            review_notice(office.actor("deputy_head"), late, is_agreed=True)
        Notice.objects.filter(pk=late.pk).update(kind="already_public")
        second = review_notice(office.actor("deputy_head"), late, is_agreed=True).notice
    with at(date(2027, 1, 4)):
        later = agreed(office, decided(office, a_case(office, on=date(2027, 1, 4)), "already_public_end"))
    second.refresh_from_db()
    assert [notice.number for notice in (first, elsewhere, second, later)] == [
        "青水公开〔2026〕1号",
        "青林公开〔2026〕1号",
        "青水公开〔2026〕2号",
        "青水公开〔2027〕1号",
    ]


def test_only_whose_turn_it_is_reviews() -> None:
    office, other = an_office(), an_office("青禾县林业局")
    with at(DAY):
        notice = submitted(office)
        for actor in (office.actor("office_head"), office.actor("clerk"), other.actor("secrecy_reviewer")):
            with pytest.raises(ActionRefused, match="现在轮到保密审查员"):
                review_notice(actor, notice, is_agreed=True)
            assert reasons_against_review(notice, actor, today())
        assert not reasons_against_review(notice, office.actor("secrecy_reviewer"), today())


def test_what_is_sent_back_goes_to_the_drafter_with_the_reason_and_round_again() -> None:
    office = an_office()
    with at(DAY):
        notice = submitted(office)
        item = notice.items.get()
        review_notice(office.actor("secrecy_reviewer"), notice, is_agreed=True)
        with pytest.raises(ActionRefused, match="写明理由"):
            review_notice(office.actor("office_head"), notice, is_agreed=False)
        review_notice(office.actor("office_head"), notice, is_agreed=False, opinion="写明份数")
        notice.refresh_from_db()
        item.refresh_from_db()
        assert (notice.stage, item.turn_role) == (Stage.DRAFT, "clerk")
        assert notice.approvals.filter(at=None).count() == 0
        assert item.handlings.get(kind=HandlingKind.SENT_BACK).opinion == "写明份数"
        change_notice(office.actor("clerk"), notice, body=notice.body.replace("1份", "2份"))
        agreed(office, notice)
    told = list(notice.approvals.values_list("attempt", "role", "is_agreed"))
    assert told == [
        (1, "secrecy_reviewer", True),
        (1, "office_head", False),
        (2, "secrecy_reviewer", True),
        (2, "office_head", True),
        (2, "deputy_head", True),
    ]


def test_who_drafted_or_changed_it_never_approves_it() -> None:
    office = an_office()
    with at(DAY):
        notice = draft_notice(office.actor("office_head"), a_case(office), "clarification", fields=FIELDS)
        with pytest.raises(ActionRefused, match="除拟稿人外，没有人担任政府信息公开工作机构负责人"):
            submit_notice(office.actor("clerk"), notice)
        second = a_user(Role.OFFICE_HEAD, office.agency, "孙立")
        submit_notice(office.actor("clerk"), notice)
        with pytest.raises(ActionRefused, match="不能审签"):
            review_notice(office.actor("office_head"), notice, is_agreed=True)
        assert review_notice(Actor(second), notice, is_agreed=True).is_agreed


def test_in_a_small_office_one_person_reviews_twice_and_it_is_shown() -> None:
    office = an_office()
    end_appointment(SYSTEM, appointment(office, "secrecy_reviewer"), to_on=date(2026, 3, 1))
    appoint(
        SYSTEM, person(office, "office_head"), Role.SECRECY_REVIEWER, agency=office.agency, from_on=date(2026, 3, 1)
    )
    with at(DAY):
        notice = submitted(office)
        for role in ("office_head", "office_head", "deputy_head"):
            review_notice(office.actor(role), notice, is_agreed=True)
    assert list(notice.approvals.values_list("is_combined", flat=True)) == [False, True, False]


def test_where_another_holds_the_role_nobody_reviews_twice() -> None:
    office = an_office()
    appoint(
        SYSTEM, person(office, "office_head"), Role.SECRECY_REVIEWER, agency=office.agency, from_on=date(2026, 3, 1)
    )
    a_user(Role.OFFICE_HEAD, office.agency, "孙立")
    with at(DAY):
        notice = submitted(office)
        review_notice(office.actor("office_head"), notice, is_agreed=True)
        with pytest.raises(ActionRefused, match="您在前面的环节已经签过"):
            review_notice(office.actor("office_head"), notice, is_agreed=True)


def test_a_delegate_signs_and_is_shown_as_one() -> None:
    office = an_office()
    user = a_user(None, office.agency, "孙立")
    assert user.person is not None
    delegate(SYSTEM, appointment(office, "office_head"), to=user.person, from_on=DAY, to_on=date(2026, 3, 6))
    with at(DAY):
        place = review_notice(Actor(user), clarifying(office), is_agreed=True)
        late = clarifying(office)
    assert place.opinion == "（代行）同意"
    with at(date(2026, 3, 6)), pytest.raises(ActionRefused, match="现在轮到"):
        review_notice(Actor(user), late, is_agreed=True)


def test_a_signature_on_paper_counts_once_a_second_person_has_compared_it() -> None:
    office = an_office()
    head = a_person(office.agency, "孙立")
    appoint(SYSTEM, head, Role.OFFICE_HEAD, agency=office.agency, from_on=date(2026, 3, 1))
    clerk = office.actor("clerk")
    with at(DAY):
        notice = clarifying(office)
    with at(date(2026, 3, 6)):
        day = date(2026, 3, 5)
        place = review_notice(clerk, notice, is_agreed=True, on_paper=True, for_person=head, on=day)
        notice.refresh_from_db()
        assert (notice.stage, notice.number) == (Stage.REVIEW, "")
        item = notice.items.get()
        assert item.turn_role == SECOND_PERSON
        with pytest.raises(ActionRefused, match="代录的人不能自己核对"):
            confirm_paper(clerk, place)
        confirm_paper(office.actor("window_clerk"), place)
        item.refresh_from_db()
        assert item.turn_role == Role.SEAL_KEEPER
    notice.refresh_from_db()
    place.refresh_from_db()
    assert (notice.stage, notice.signed_on, place.is_on_paper) == (Stage.SIGNED, day, True)
    assert (place.person, place.entered_by, place.confirmed_by) == (
        head,
        person(office, "clerk"),
        person(office, "window_clerk"),
    )


@pytest.mark.parametrize(
    ("day", "who", "message"),
    [
        (date(2026, 3, 5), "office_head", "签批日期应在"),
        (date(2026, 3, 3), "office_head", "签批日期应在"),
        (DAY, "head", "不是政府信息公开工作机构负责人"),
    ],
)
def test_what_can_t_have_been_signed_on_paper(day: date, who: str, message: str) -> None:
    office = an_office()
    with at(DAY):
        notice = clarifying(office)
        with pytest.raises(ActionRefused, match=message):
            review_notice(
                office.actor("clerk"), notice, is_agreed=True, on_paper=True, for_person=person(office, who), on=day
            )


def test_nothing_goes_on_before_the_paper_is_compared() -> None:
    office = an_office()
    with at(DAY):
        notice = submitted(office)
        reviewer = person(office, "secrecy_reviewer")
        review_notice(office.actor("clerk"), notice, is_agreed=True, on_paper=True, for_person=reviewer)
        assert notice.items.get().turn_role == SECOND_PERSON
        with pytest.raises(ActionRefused, match="还没有第二人核对"):
            review_notice(office.actor("office_head"), notice, is_agreed=True)


def test_a_thing_that_does_not_exist_is_not_told_without_a_search() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with pytest.raises(ActionRefused, match="检索记录"):
            decided(office, item, "not_existing")
        record_search(
            office.actor("clerk"),
            item,
            place="公文办理系统",
            terms="农村饮水",
            searched_on=DAY,
            is_found=False,
            outcome="没有检索到",
        )
        assert decided(office, item, "not_existing").kind == "not_existing"


def test_the_secrecy_reviewer_looks_at_the_files_before_he_agrees() -> None:
    office = an_office()
    with at(DAY):
        item = a_case(office)
        release = add_release(office.actor("clerk"), item, file=a_file())
        notice = submit_notice(office.actor("clerk"), decided(office, item))
        with pytest.raises(ActionRefused, match="还没有审查"):
            review_notice(office.actor("secrecy_reviewer"), notice, is_agreed=True)
        review_release(office.actor("secrecy_reviewer"), release, is_cleared=True, review="不涉密")
        assert review_notice(office.actor("secrecy_reviewer"), notice, is_agreed=True).is_agreed


def a_file() -> Inspected:
    return inspect_made("资金安排文件".encode(), name="安排.txt", purpose=Purpose.CASE)


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("extension", {"signer": "head"}, "应由政府信息公开工作机构负责人签发"),
        ("granted", {"secrecy": False}, "应当审查"),
        ("granted", {"signer": "clerk"}, "签发"),
        ("granted", {"reason": " "}, "写明理由"),
    ],
)
def test_what_an_agency_can_t_set(kind: str, values: dict[str, object], message: str) -> None:
    office = an_office()
    given = {"secrecy": True, "legality": False, "signer": "office_head", "reason": "机关小", **values}
    with pytest.raises(ActionRefused, match=message):
        set_notice(office.actor("office_head"), office.agency, kind, **given)  # type: ignore[arg-type]


def test_an_agency_s_own_chain_is_followed() -> None:
    office = an_office()
    set_notice(
        office.actor("office_head"),
        office.agency,
        "granted",
        secrecy=True,
        legality=True,
        signer="office_head",
        reason="本机关只有一名领导",
    )
    with at(DAY):
        notice = submitted(office)
    assert [place.role for place in chain_of(notice)] == ["secrecy_reviewer", "legality_reviewer", "office_head"]
    with pytest.raises(ActionRefused, match="不能设置审签"):
        set_notice(
            office.actor("clerk"), office.agency, "granted", secrecy=True, legality=True, signer="head", reason="试"
        )


@pytest.mark.parametrize(
    ("answers", "message"),
    [([], "还有问题没有回答"), ([True], "登记撤回"), ([*path_to("granted"), True], "问题已经答完")],
)
def test_answers_that_lead_nowhere(answers: list[bool], message: str) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY), pytest.raises(ActionRefused, match=message):
        decide(office.actor("clerk"), item, answers=answers, points=[], fields=FIELDS)
    assert (Item.objects.count(), Notice.objects.count(), Approval.objects.count()) == (1, 0, 0)
