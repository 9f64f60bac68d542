"""Who sees which case, whose turn it is, what is found, what may be asked for twice, what waits on the first page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agencies.people import SYSTEM, a_user, an_agency
from tests.inforequests.cases import APPLICANT, Office, a_case, an_office
from tests.inforequests.issuing import FIELDS

from gongkai.agencies.actions.people import appoint
from gongkai.agencies.actions.tree import merge_agency, open_unit
from gongkai.agencies.models import User
from gongkai.agencies.permissions import Authority
from gongkai.agencies.roles import Role
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import inspect_made
from gongkai.inforequests import queries
from gongkai.inforequests.actions.approving import review_notice
from gongkai.inforequests.actions.drafting import draft_notice, submit_notice
from gongkai.inforequests.actions.handling import add_release, answer_assignment, assign, hand_over, review_release
from gongkai.inforequests.models import Item
from gongkai.inforequests.words import state_of, turn_of
from gongkai.kernel.clock import at, today
from gongkai.kernel.reasons import ActionRefused

MONDAY = date(2026, 3, 2)


def authority(user: User) -> Authority:
    return Authority(user, today())


def seen(user: User) -> set[Item]:
    return set(queries.visible(authority(user)))


def turn(user: User) -> list[Item]:
    return list(queries.tabs(authority(user), user.person_id)["turn"])


def given_out(office: Office, **values: object) -> Item:
    item = a_case(office, **values)
    with at(MONDAY):
        assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 10))
    item.refresh_from_db()
    return item


@pytest.mark.django_db
class TestVisible:
    """Visibility is part of the query."""

    def test_an_agency_s_own_people_see_its_cases_and_nobody_else_s(self, office: Office) -> None:
        own, foreign = a_case(office), a_case(an_office("青禾县林业局"))
        for role in ("clerk", "head", "secrecy_reviewer", "seal_keeper", "window_clerk"):
            assert seen(office.users[role]) == {own}, role
        assert queries.case_of(foreign.public_id, authority(office.users["clerk"])) is None
        assert queries.case_of(own.public_id, authority(office.users["clerk"])) == own

    def test_a_unit_s_people_see_what_was_given_to_it_even_when_it_was_given_back(self, office: Office) -> None:
        a_case(office)
        item = given_out(office)
        assert seen(office.users["unit_handler"]) == seen(office.users["section_head"]) == {item}
        with at(MONDAY):
            answer_assignment(office.actor("unit_handler"), item, opinion="可以公开")
        assert seen(office.users["unit_handler"]) == {item}
        assert turn(office.users["unit_handler"]) == []

    def test_another_unit_s_people_see_nothing(self, office: Office) -> None:
        given_out(office)
        other = open_unit(SYSTEM, office.agency, name="财务股", from_on=office.agency.from_on)
        user = a_user(None, office.agency, "财务甲")
        assert user.person is not None
        appoint(SYSTEM, user.person, Role.UNIT_HANDLER, agency=office.agency, unit=other, from_on=office.agency.from_on)
        assert seen(user) == set()

    def test_a_supervisor_sees_what_is_below_and_has_no_turn(self, office: Office) -> None:
        top = an_agency("青禾县人民政府办公室")
        below = an_office("青禾县水文监测中心")
        below.agency.parent = top
        below.agency.save()
        item = a_case(below)
        a_case(office)
        supervisor = a_user(Role.SUPERVISOR, top, "监督人")
        assert seen(supervisor) == {item}
        assert turn(supervisor) == []

    def test_administrators_see_no_case(self, office: Office) -> None:
        a_case(office)
        for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
            assert seen(a_user(role, office.agency, "系统员")) == set()

    def test_a_successor_sees_the_cases_of_whom_it_took_over(self, office: Office) -> None:
        old = an_office("青禾县河长制工作处")
        item = a_case(old)
        assert seen(office.users["clerk"]) == set()
        merge_agency(SYSTEM, old.agency, into=[office.agency], on=date(2026, 6, 1))
        assert seen(office.users["clerk"]) == {item}


@pytest.mark.django_db
class TestTurn:
    """My turn is what my role, my unit or I have to do next."""

    def test_a_new_case_is_the_clerk_s(self, office: Office) -> None:
        item = a_case(office)
        assert turn(office.users["clerk"]) == [item]
        assert turn(office.users["head"]) == []

    def test_what_was_given_out_is_each_unit_s_until_it_comes_back(self, office: Office) -> None:
        item = given_out(office)
        assert turn(office.users["clerk"]) == []
        assert turn(office.users["unit_handler"]) == turn(office.users["section_head"]) == [item]

    def test_a_letter_under_review_is_the_reviewer_s(self, office: Office) -> None:
        item = a_case(office)
        with at(MONDAY):
            submit_notice(
                office.actor("clerk"), draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS)
            )
        assert turn(office.users["office_head"]) == [item]
        assert turn(office.users["clerk"]) == []
        counts = queries.counted(authority(office.users["office_head"]), office.users["office_head"].person_id, MONDAY)
        assert (counts.turn, counts.reviews, counts.waiting, counts.all) == (1, 1, 0, 1)

    def test_what_was_entered_from_paper_is_anybody_s_who_may_compare_it_but_who_entered_it(
        self, office: Office
    ) -> None:
        item, head = a_case(office), a_user(Role.HEAD, office.agency, "孙立").person
        window, clerk = (office.users[role].person for role in ("window_clerk", "clerk"))
        assert head is not None
        assert window is not None
        assert clerk is not None
        appoint(SYSTEM, head, Role.OFFICE_HEAD, agency=office.agency, from_on=MONDAY)
        with at(MONDAY):
            notice = submit_notice(
                office.actor("clerk"), draft_notice(office.actor("clerk"), item, "clarification", fields=FIELDS)
            )
            review_notice(office.actor("clerk"), notice, is_agreed=True, for_person=head)
        item.refresh_from_db()
        assert (state_of(item), turn_of(item)) == ("待核对", "第二人核对")
        found = {role for role, user in office.users.items() if turn(user) == [item]}
        assert found == {"office_head", "window_clerk", "seal_keeper"}
        assert turn(an_office("青禾县林业局").users["office_head"]) == []
        counts = queries.counted(authority(office.users["clerk"]), office.users["clerk"].person_id, MONDAY)
        assert (counts.turn, counts.waiting) == (0, 1)
        with at(MONDAY):
            for other in (clerk, office.users["deputy_head"].person):
                with pytest.raises(ActionRefused, match="接手的人不是可以核对的另一人"):
                    hand_over(item.public_id, window.public_id, other.public_id)  # type: ignore[union-attr]  # both are people
            hand_over(item.public_id, window.public_id, head.public_id)
        assert [turn(office.users[role]) for role in ("window_clerk", "seal_keeper")] == [[], []]

    def test_what_was_handed_to_one_person_is_not_the_other_s(self, office: Office) -> None:
        item, colleague = a_case(office), a_user(Role.CLERK, office.agency, "经办人乙")
        assert turn(office.users["clerk"]) == turn(colleague) == [item]
        assert colleague.person is not None
        assert office.users["clerk"].person is not None
        hand_over(item.public_id, office.users["clerk"].person.public_id, colleague.person.public_id)
        assert turn(colleague) == [item]
        assert turn(office.users["clerk"]) == []

    def test_the_most_urgent_comes_first_and_what_has_no_due_day_last(self, office: Office) -> None:
        later, first = a_case(office, on=date(2026, 3, 5)), a_case(office, on=MONDAY)
        waiting = a_case(office, on=MONDAY)
        Item.objects.filter(pk=waiting.pk).update(due_on=None)
        assert turn(office.users["clerk"]) == [first, later, waiting]

    def test_the_first_page_tells_the_number_and_state_with_the_due_day(self, office: Office) -> None:
        item, person = a_case(office), office.users["clerk"].person
        assert person is not None
        (work,) = queries.open_work_of(person.public_id, MONDAY)
        assert (work.title, work.due_on, work.key) == ("2026-1 办理中", date(2026, 3, 30), item.public_id)
        assert APPLICANT.name not in str(work)


@pytest.mark.django_db
class TestFound:
    """Numbers and words; an applicant only by the whole name, and only for who may open identities."""

    @pytest.mark.parametrize(
        ("words", "is_found"),
        [
            ("2026-1", True),
            ("2026-2", False),
            ("2026-1-1", False),
            ("饮水 资金", True),
            ("饮水 河道", False),
            ("周明远", False),
        ],
    )
    def test_by_number_and_words(self, office: Office, words: str, is_found: bool) -> None:
        item = a_case(office)
        assert list(queries.found(words, authority(office.users["clerk"]))) == ([item] if is_found else [])

    def test_nothing_foreign_is_found(self, office: Office) -> None:
        a_case(an_office("青禾县林业局"))
        assert not queries.found("2026-1", authority(office.users["clerk"]))
        assert not queries.of_applicant(APPLICANT.name, authority(office.users["clerk"]))

    @pytest.mark.parametrize(("role", "may"), [("clerk", True), ("window_clerk", True), ("head", False)])
    def test_an_applicant_by_the_whole_name_or_number(self, office: Office, role: str, may: bool) -> None:
        item = a_case(office)
        for words in (APPLICANT.name, APPLICANT.identity):
            found = list(queries.of_applicant(words, authority(office.users[role])))
            assert found == ([item] if may else [])
        assert not queries.of_applicant(APPLICANT.name[:2], authority(office.users[role]))


@pytest.mark.django_db
class TestDuplicates:
    """The same applicant, or much the same text, at the same agency within two years."""

    def test_alike_texts_and_the_same_applicant_are_told_apart(self, office: Office) -> None:
        stranger = replace(APPLICANT, identity="000000198001010000", name="吴芳")
        item = a_case(office)
        alike = a_case(office, text="2025年农村饮水工程建设资金安排文件", parties=(stranger,))
        same = a_case(office, text="柳溪镇河道采砂许可")
        a_case(office, text="防汛物资采购合同", parties=(stranger,))
        a_case(an_office("青禾县林业局"))
        with at(MONDAY):
            found = queries.likely_duplicates(item, MONDAY)
        assert {(one.item, one.is_same_applicant, one.is_alike) for one in found} == {
            (alike, False, True),
            (same, True, False),
        }

    def test_what_is_older_than_two_years_is_left_out(self, office: Office) -> None:
        a_case(office, on=date(2024, 2, 28))
        assert not queries.likely_duplicates(a_case(office), MONDAY)

    def test_a_letter_without_identity_is_nobody_s_double(self, office: Office) -> None:
        nameless = replace(APPLICANT, identity="")
        a_case(office, text="甲", parties=(nameless,))
        assert not queries.likely_duplicates(a_case(office, text="乙", parties=(nameless,)), MONDAY)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    a, b = queries._pairs(one), queries._pairs(other)
    assert 0 <= queries._likeness(a, b) == queries._likeness(b, a) <= 1
    assert queries._likeness(a, a) in ({1} if a else {0})


@pytest.mark.django_db
def test_a_unit_is_shown_its_own_day_and_the_clerk_that_of_the_law() -> None:
    office = an_office()
    item = a_case(office)
    with at(date(2026, 3, 3)):
        assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 9))
        handler = office.users["unit_handler"].person
        assert handler is not None
        assert [work.due_on for work in queries.open_work_of(handler.public_id, date(2026, 3, 3))] == [date(2026, 3, 9)]


@pytest.mark.django_db
def test_a_file_that_is_to_go_out_waits_for_the_secrecy_reviewer_beside_the_clerk(office: Office) -> None:
    item = a_case(office)
    with at(MONDAY):
        release = add_release(
            office.actor("clerk"),
            item,
            file=inspect_made("资金安排".encode(), name="资金安排.txt", purpose=Purpose.CASE),
        )
        assert turn(office.users["secrecy_reviewer"]) == turn(office.users["clerk"]) == [item]
        review_release(office.actor("secrecy_reviewer"), release, is_cleared=True, review="可以公开")
        assert turn(office.users["secrecy_reviewer"]) == []
        assert turn(office.users["clerk"]) == [item]
