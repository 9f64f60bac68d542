"""Reminders: each at its day, to whom it concerns, once; nothing personal in them; what was missed is told later."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from tests.agencies.people import SYSTEM, an_agency, signed_in
from tests.inforequests.cases import Office, a_case, a_letter, an_office
from tests.inforequests.issuing import decided
from tests.inforequests.situations import ASKED, NOW, asked_for_reasons

from gongkai.agencies.actions.office import set_office
from gongkai.agencies.mailboxes import PERSON
from gongkai.inforequests.actions.approving import confirm_paper, review_notice
from gongkai.inforequests.actions.drafting import submit_notice
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import enter_request, file_request, split_request
from gongkai.inforequests.actions.opening import see_request
from gongkai.inforequests.choices import Channel
from gongkai.inforequests.models import Item
from gongkai.inforequests.reminders import remind
from gongkai.inforequests.telling import PARTY
from gongkai.kernel.clock import SHANGHAI, at
from gongkai.law.workdays import calendar
from gongkai.outbox.models import Message

pytestmark = pytest.mark.django_db
MONDAY, DUE = date(2026, 3, 2), date(2026, 3, 30)


def told(on: date) -> dict[str, set[str]]:
    """What is written on a day: the texts, and to which people."""
    before = set(Message.objects.values_list("pk", flat=True))
    with at(on):
        remind(datetime.combine(on, time(9), SHANGHAI))
    found: dict[str, set[str]] = {}
    for message in Message.objects.exclude(pk__in=before):
        found.setdefault(message.template.removeprefix("inforequests."), set()).add(message.recipient)
    return found


def people(office: Office, *roles: str) -> set[str]:
    persons = (office.users[role].person for role in roles)
    return {person.public_id for person in persons if person is not None}


def a_seen_case(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    with at(MONDAY):
        see_request(office.actor("clerk"), item.request)
    told(MONDAY)
    return item


def test_the_office_is_told_of_reasons_once_a_day_however_many_things_they_are_about() -> None:
    office = an_office()
    item = a_seen_case(office)
    with at(MONDAY):
        first, second = split_request(office.actor("clerk"), item.request, texts=["甲文件", "乙文件"])
    asked_for_reasons(first, second)
    told(ASKED)
    with at(NOW):
        record_explanation(None, second, on=NOW, text="编写水利志")
        record_explanation(None, first, on=NOW, text="也要编写年鉴")
    assert told(NOW)["explained"] == people(office, "clerk", "office_head")
    assert Message.objects.filter(template="inforequests.explained").count() == 2
    assert "explained" not in told(NOW)
    with at(NOW + timedelta(days=1)):
        record_explanation(office.actor("clerk"), first, on=NOW, text="来信补充")
    assert "explained" not in told(NOW + timedelta(days=1))


def test_the_office_is_told_of_a_letter_at_once_and_the_applicant_that_it_came() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY, is_registered=False)
    found = told(MONDAY)
    assert found["arrived"] == people(office, "clerk", "office_head")
    assert found["taken"] == {item.request.parties.get().public_id}
    assert told(MONDAY) == {}


def test_a_letter_that_waits_for_its_confirmation_is_told_as_such() -> None:
    office = an_office()
    with at(MONDAY):
        enter_request(office.actor("clerk"), a_letter(office.agency, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY))
    assert set(told(MONDAY)) == {"unconfirmed"}


def test_what_nobody_looked_at_reaches_the_head_after_a_working_day() -> None:
    office = an_office()
    a_case(office, on=MONDAY, is_registered=False)
    told(MONDAY)
    assert "unread" not in told(MONDAY + timedelta(days=1))
    assert told(MONDAY + timedelta(days=2))["unread"] == people(office, "clerk", "office_head", "head")


@pytest.mark.parametrize(
    ("left", "text"),
    [(6, None), (5, "due_soon"), (4, None), (2, "due_soon"), (1, None), (0, "due_today"), (-1, "overdue")],
)
def test_the_due_day_is_told_five_two_and_no_working_days_before_and_after(left: int, text: str | None) -> None:
    office = an_office()
    a_seen_case(office)
    on = MONDAY
    while on < _day(left):
        on += timedelta(days=1)
        found = told(on)
    on_the_day = {key for key in found if key in ("due_soon", "due_today", "overdue")}
    assert on_the_day == ({text} if text else set())
    if text == "overdue":
        assert found["overdue"] == people(office, "clerk", "office_head", "head")


def _day(left: int) -> date:
    """The working day from which so many are left to the due day."""
    days = calendar()
    if left < 0:
        return days.add(DUE, -left)
    day = DUE
    for _ in range(left):
        day = days.on_or_before(day - timedelta(days=1))
    return day


def test_after_a_week_without_a_worker_only_the_nearest_is_told() -> None:
    a_seen_case(an_office())
    assert {key for key in told(DUE) if key.startswith("due")} == {"due_today"}


def test_the_last_day_for_the_one_clarification_is_told_before_it_passes() -> None:
    office = an_office()
    a_seen_case(office)
    assert "clarify_soon" not in told(date(2026, 3, 6))
    assert told(date(2026, 3, 9))["clarify_soon"] == people(office, "clerk", "office_head")
    assert "clarify_soon" not in told(date(2026, 3, 10))


def test_the_extension_is_thought_of_before_the_due_day() -> None:
    a_seen_case(an_office())
    assert "extend_soon" in told(_day(2))


def test_a_unit_is_told_the_day_before_its_internal_limit() -> None:
    office = an_office()
    item = a_seen_case(office)
    with at(MONDAY):
        assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 6))
    assert "unit_due" not in told(date(2026, 3, 4))
    assert told(date(2026, 3, 5))["unit_due"] == people(office, "unit_handler", "section_head")


def test_no_message_tells_anything_of_anybody() -> None:
    office = an_office()
    a_seen_case(office)
    told(DUE + timedelta(days=1))
    for message in Message.objects.all():
        assert message.recipient_kind in (PERSON, PARTY)
        assert set(message.facts) <= {"number", "day"}
        assert message.facts["number"] == "2026-1"


def test_each_link_leads_to_a_page_that_is_there() -> None:
    office = an_office()
    item = a_seen_case(office)
    with at(MONDAY):
        assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 6))
    told(date(2026, 3, 5))
    handler = signed_in(office.users["unit_handler"])
    message = Message.objects.filter(template="inforequests.unit_due").first()
    assert message is not None
    assert handler.get(reverse("case", args=[message.target])).status_code == 200


def test_who_does_an_agencys_work_is_told_of_its_letters() -> None:
    """The county's office answers for the county's government, which has no clerk of its own."""
    office, government = an_office("青禾县人民政府办公室"), an_agency("青禾县人民政府")
    set_office(SYSTEM, government, from_on=government.from_on, unit=office.unit, name="政务公开科")
    with at(MONDAY):
        file_request(a_letter(government))
    assert told(MONDAY)["arrived"] == people(office, "clerk", "office_head")


def test_nobody_is_called_to_review_while_a_signature_on_paper_is_not_compared() -> None:
    office = an_office()
    item, clerk = a_seen_case(office), office.actor("clerk")
    with at(MONDAY):
        notice = submit_notice(clerk, decided(office, item, "already_public_end"))
        place = review_notice(clerk, notice, is_agreed=True, for_person=office.users["office_head"].person, on=MONDAY)
    assert "review" not in told(MONDAY)
    with at(MONDAY):
        confirm_paper(office.actor("window_clerk"), place)
    assert told(MONDAY)["review"] == people(office, "deputy_head")
