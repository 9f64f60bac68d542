"""What is done by two at once on PostgreSQL: of a form sent twice the second waits, and finds the row of the first."""

from collections.abc import Callable
from datetime import date

import pytest
from tests import racing
from tests.agencies.people import SYSTEM, an_agency
from tests.inforequests.cases import APPLICANT, Office, a_case, a_letter, an_office
from tests.inforequests.situations import asked_for_reasons

from gongkai.agencies.actions.office import set_office
from gongkai.agencies.actions.people import add_person
from gongkai.agencies.models import Person
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.handling import add_release, record_search, review_release
from gongkai.inforequests.actions.intake import file_request
from gongkai.inforequests.actions.opening import find_applicant
from gongkai.inforequests.actions.settings import set_notice
from gongkai.inforequests.models import Handling, Item, NoticeSetting, Release, SearchRecord
from gongkai.kernel.adding import NewRow
from gongkai.kernel.clock import at
from gongkai.kernel.ids import public_id
from gongkai.kernel.models import Record
from gongkai.kernel.reasons import ActionRefused, Reason

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 3, 4)
Add = Callable[[Office, Item, NewRow], Record]


def _search(office: Office, item: Item, new: NewRow) -> Record:
    told = {"place": "档案室", "terms": "饮水", "searched_on": DAY, "is_found": False, "outcome": "没有查到"}
    return record_search(office.actor(Role.CLERK), item, new=new, **told)


def _release(office: Office, item: Item, new: NewRow) -> Record:
    file = inspect_made("一、柳溪镇".encode(), name="清单.txt", purpose=Purpose.CASE)
    return add_release(office.actor(Role.CLERK), item, file=file, new=new)


def _explanation(office: Office, item: Item, new: NewRow) -> Record:
    return record_explanation(None, item, on=DAY, text="编写县志", new=new)


def _person(office: Office, _item: Item, new: NewRow) -> Record:
    return add_person(office.actor(Role.CLERK), office.agency, name="赵清", new=new)


@pytest.mark.parametrize(
    ("model", "act", "add"),
    [
        (SearchRecord, "inforequests.record_search", _search),
        (Release, "inforequests.add_release", _release),
        (Handling, "inforequests.explained", _explanation),
        (Person, "agencies.add_person", _person),
    ],
    ids=["search", "release", "explanation", "person"],
)
def test_of_two_clicks_the_second_finds_what_the_first_added(model: type[Record], act: str, add: Add) -> None:
    office = an_office()
    item, given = a_case(office), public_id()
    asked_for_reasons(item)
    rows, entries = model._default_manager.count(), Entry.objects.filter(act=act).count()

    def second() -> None:
        new = NewRow(given)
        row = add(office, item, new)
        raise ActionRefused([Reason("found" if new.is_used else "added", row.public_id)])

    told = racing.refusal(lambda: add(office, item, NewRow(given)), second, on=DAY)
    assert [(reason.id, reason.message) for reason in told] == [("found", given)]
    assert model._default_manager.count() == rows + 1
    assert Entry.objects.filter(act=act).count() == entries + 1


def test_of_two_reviews_of_a_file_the_second_is_told() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        releases = [
            add_release(office.actor(Role.CLERK), item, file=None, note=note, is_pointer=True)
            for note in ("一号柜", "二号柜")
        ]

    def review(role: str) -> Callable[[], object]:
        return lambda: review_release(office.actor(role), releases[0], is_cleared=False, review=role)

    told = racing.refusal(review(Role.SECRECY_REVIEWER), review(Role.OFFICE_HEAD), on=DAY)
    assert [reason.id for reason in told] == ["reviewed"]
    assert Release.objects.get(pk=releases[0].pk).review == Role.SECRECY_REVIEWER


def test_two_who_look_for_applicants_of_two_agencies_at_once_both_find_them() -> None:
    office = an_office()
    government = an_agency("青禾县人民政府")
    set_office(SYSTEM, government, from_on=government.from_on, unit=office.unit, name="政务公开工作办公室")
    with at(DAY):
        a_case(office)
        file_request(a_letter(government))

    def second() -> None:
        found = find_applicant(office.actor(Role.WINDOW_CLERK), APPLICANT.name)
        raise ActionRefused([Reason("found", str(len(found)))])

    told = racing.refusal(lambda: find_applicant(office.actor(Role.CLERK), APPLICANT.name), second, on=DAY)
    assert [reason.message for reason in told] == ["2"]
    assert Entry.objects.filter(act="inforequests.find_applicant").count() == 4


def test_of_two_settings_at_once_there_is_one() -> None:
    office = an_office()

    def set_so() -> None:
        set_notice(
            office.actor(Role.OFFICE_HEAD),
            office.agency,
            "granted",
            secrecy=True,
            legality=True,
            signer=Role.HEAD,
            reason="局务会议定",
        )

    def second() -> None:
        set_so()
        raise ActionRefused([Reason("same", "")])

    assert [reason.id for reason in racing.refusal(set_so, second, on=DAY)] == ["same"]
    assert NoticeSetting.objects.count() == 1
    assert Entry.objects.filter(act="inforequests.set_notice").count() == 1
