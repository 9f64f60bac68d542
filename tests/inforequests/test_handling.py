"""What the office does with a case inside: units, searches, files to release and their review, hand-over, filing."""

from datetime import date

import pytest
from tests.agencies.people import SYSTEM, a_user
from tests.files.samples import p, word
from tests.inforequests.cases import Office, a_case, an_office

from gongkai.agencies.actions.tree import open_unit
from gongkai.agencies.roles import Role
from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.queries import file_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.handling import (
    add_release,
    answer_assignment,
    archive,
    assign,
    hand_over,
    record_search,
    review_release,
)
from gongkai.inforequests.actions.progress import withdraw
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Item, Release, SearchRecord
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.kernel.registry import hand_overs

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 13)
COMMENTS = "<w:comment>" + p("这里不对") + "</w:comment>"


@pytest.fixture
def item(office: Office) -> Item:
    return a_case(office, on=MONDAY)


def refused(caught: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [reason.id for reason in caught.value.reasons]


def given_out(office: Office, item: Item) -> Item:
    """The case with its unit since Tuesday."""
    with at(TUESDAY):
        assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=FRIDAY, task="查找资金文件")
    item.refresh_from_db()
    return item


def a_file() -> Inspected:
    return inspect_made("资金安排\n一、总则\n".encode(), name="安排.txt", purpose=Purpose.CASE)


def kinds(item: Item) -> list[str]:
    return list(item.handlings.values_list("kind", flat=True))


def test_a_case_given_to_a_unit_is_its_turn_until_it_answers(office: Office, item: Item) -> None:
    given_out(office, item)
    assert (item.turn_role, item.turn_unit) == (Role.UNIT_HANDLER, office.unit)
    with at(FRIDAY):
        done = answer_assignment(office.actor(Role.UNIT_HANDLER), item, opinion="已找到，建议公开")
    item.refresh_from_db()
    assert (item.turn_role, item.turn_unit, item.due_on) == (Role.CLERK, None, date(2026, 3, 30))
    assert (done.opinion, done.is_declined, done.returned_by) == (
        "已找到，建议公开",
        False,
        office.users[Role.UNIT_HANDLER].person,
    )
    assert kinds(item) == [HandlingKind.REGISTERED, HandlingKind.ASSIGNED, HandlingKind.RETURNED]


def test_with_several_units_the_turn_goes_on_until_the_last_answers(office: Office, item: Item) -> None:
    other = open_unit(SYSTEM, office.agency, name="财务股", from_on=office.agency.from_on)
    with at(TUESDAY):
        assign(office.actor(Role.CLERK), item, units=[office.unit, other], due_on=FRIDAY)
        answer_assignment(office.actor(Role.SECTION_HEAD), item, opinion="不是本股室的职责", is_declined=True)
    item.refresh_from_db()
    assert (item.turn_role, item.turn_unit) == (Role.UNIT_HANDLER, other)


@pytest.mark.parametrize(
    ("due_on", "why"), [(MONDAY, ["due_on"]), (date(2026, 3, 31), ["due_on"]), (date(2026, 3, 30), [])]
)
def test_the_internal_day_lies_between_today_and_the_due_day(
    office: Office, item: Item, due_on: date, why: list[str]
) -> None:
    with at(TUESDAY):
        if not why:
            assert assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=due_on)
            return
        with pytest.raises(ActionRefused) as caught:
            assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=due_on)
    assert refused(caught) == why


def test_an_overdue_case_can_still_be_given_out(office: Office, item: Item) -> None:
    with at(date(2026, 4, 1)):
        assert assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=date(2026, 4, 2))


def test_a_case_goes_to_own_units_once_each_and_to_one_at_least(office: Office, item: Item) -> None:
    foreign = open_unit(SYSTEM, an_office("青禾县林业局").agency, name="办公室", from_on=office.agency.from_on)
    given_out(office, item)
    for units, why in (([], "units"), ([office.unit], "assigned"), ([foreign], "unit_foreign")):
        with at(TUESDAY), pytest.raises(ActionRefused) as caught:
            assign(office.actor(Role.CLERK), item, units=units, due_on=FRIDAY)
        assert refused(caught) == [why]


def test_a_unit_works_on_its_own_cases_alone(office: Office, item: Item) -> None:
    handler = office.actor(Role.UNIT_HANDLER)
    searched = {"place": "档案室", "terms": "饮水", "searched_on": TUESDAY, "is_found": True, "outcome": "一份"}
    with at(TUESDAY), pytest.raises(ActionRefused) as caught:
        record_search(handler, item, **searched)
    assert refused(caught) == ["unit"]
    given_out(office, item)
    with at(TUESDAY):
        record_search(handler, item, **searched)
        record_search(office.actor(Role.CLERK), item, **searched)
    assert list(SearchRecord.objects.values_list("unit", flat=True)) == [office.unit.pk, None]


def test_an_answer_of_a_unit_has_an_opinion(office: Office, item: Item) -> None:
    given_out(office, item)
    with at(TUESDAY), pytest.raises(ActionRefused) as caught:
        answer_assignment(office.actor(Role.UNIT_HANDLER), item, opinion=" ")
    assert refused(caught) == ["opinion"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"place": ""}, ["place"]),
        ({"terms": " ", "outcome": ""}, ["terms", "outcome"]),
        ({"searched_on": FRIDAY}, ["searched_on"]),
        ({"searched_on": date(2026, 2, 27)}, ["searched_on"]),
    ],
)
def test_a_search_record_says_where_by_what_when_and_with_what_result(
    office: Office, item: Item, wrong: dict[str, object], why: list[str]
) -> None:
    values: dict[str, object] = {"place": "档案室", "terms": "饮水", "searched_on": TUESDAY, "outcome": "没有"}
    with at(TUESDAY), pytest.raises(ActionRefused) as caught:
        record_search(office.actor(Role.CLERK), item, is_found=False, **{**values, **wrong})  # type: ignore[arg-type]  # a row of the table
    assert refused(caught) == why


def test_a_file_to_release_belongs_to_the_case_and_is_cleared_by_another(office: Office, item: Item) -> None:
    with at(TUESDAY):
        release = add_release(office.actor(Role.CLERK), item, file=a_file(), note="正文")
        assert file_of(release.file, owner=item.public_id).name == "安排.txt"
        cleared = review_release(office.actor(Role.SECRECY_REVIEWER), release, is_cleared=True, review="不涉密")
    assert (cleared.is_cleared, cleared.review, cleared.reviewed_by) == (
        True,
        "不涉密",
        office.users[Role.SECRECY_REVIEWER].person,
    )
    assert kinds(item)[-1] == HandlingKind.SECRECY_REVIEWED


def test_nobody_clears_what_he_handed_in_himself(office: Office, item: Item) -> None:
    head = office.actor(Role.OFFICE_HEAD)
    with at(TUESDAY):
        release = add_release(head, item, file=a_file())
        with pytest.raises(ActionRefused) as caught:
            review_release(head, release, is_cleared=True, review="不涉密")
    assert refused(caught) == ["own"]


def test_a_secret_carrier_is_told_by_its_place_and_never_goes_out(office: Office, item: Item) -> None:
    clerk, reviewer = office.actor(Role.CLERK), office.actor(Role.SECRECY_REVIEWER)
    with at(TUESDAY):
        for values, why in (
            ({"file": a_file(), "is_pointer": True}, "pointer"),
            ({"file": None, "is_pointer": True}, "note"),
            ({"file": None}, "file"),
        ):
            with pytest.raises(ActionRefused) as caught:
                add_release(clerk, item, **values)  # type: ignore[arg-type]  # a row of the table
            assert refused(caught) == [why]
        pointer = add_release(clerk, item, file=None, note="机要室三号柜", is_pointer=True)
        with pytest.raises(ActionRefused) as caught:
            review_release(reviewer, pointer, is_cleared=True, review="涉密")
        assert refused(caught) == ["pointer"]
        assert not review_release(reviewer, pointer, is_cleared=False, review="属于国家秘密").is_cleared


def test_a_file_with_something_hidden_is_not_cleared(office: Office, item: Item) -> None:
    hidden = inspect_made(word("正文", comments=COMMENTS), name="安排.docx", purpose=Purpose.CASE)
    with at(TUESDAY):
        release = add_release(office.actor(Role.CLERK), item, file=hidden)
        with pytest.raises(ActionRefused) as caught:
            review_release(office.actor(Role.SECRECY_REVIEWER), release, is_cleared=True, review="不涉密")
    assert refused(caught) == ["hidden"]
    assert Release.objects.get().reviewed_at is None


def test_a_case_is_handed_over_to_somebody_of_the_role_whose_turn_it_is(office: Office, item: Item) -> None:
    clerk, taker = office.users[Role.CLERK].person, a_user(Role.CLERK, office.agency, "赵清").person
    stranger = a_user(Role.ARCHIVIST, office.agency, "钱平").person
    assert clerk is not None
    assert taker is not None
    assert stranger is not None
    with at(TUESDAY):
        with pytest.raises(ActionRefused) as caught:
            hand_overs["inforequests.case"](item.public_id, clerk.public_id, stranger.public_id)
        assert refused(caught) == ["taker"]
        hand_overs["inforequests.case"](item.public_id, clerk.public_id, taker.public_id)
    item.refresh_from_db()
    assert (item.turn_role, item.turn_person) == (Role.CLERK, taker)
    given_out(office, item)
    assert item.turn_person is None


def test_a_case_with_a_unit_is_handed_over_within_the_unit(office: Office, item: Item) -> None:
    given_out(office, item)
    handler, chief, clerk = (office.users[role].person for role in (Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.CLERK))
    assert handler is not None
    assert chief is not None
    assert clerk is not None
    with at(TUESDAY):
        with pytest.raises(ActionRefused):
            hand_over(item.public_id, handler.public_id, clerk.public_id)
        hand_over(item.public_id, handler.public_id, chief.public_id)
    item.refresh_from_db()
    assert (item.turn_unit, item.turn_person) == (office.unit, chief)


def test_an_ended_case_is_filed_once(office: Office, item: Item) -> None:
    clerk = office.actor(Role.CLERK)
    with at(TUESDAY):
        with pytest.raises(ActionRefused, match="办结以后"):
            archive(clerk, item)
        withdraw(clerk, item, on=TUESDAY, evidence="撤回申请书")
        archive(clerk, item)
        with pytest.raises(ActionRefused, match="已经归档"):
            archive(clerk, item)
    assert kinds(item)[-1] == HandlingKind.FILED
