"""An import that stops goes on where it stopped, and never writes anything twice."""

from collections.abc import Iterator

import pytest
from tests.agencies.organisations import DAY, SYSTEM
from tests.agencies.people import a_user, an_agency
from tests.agencies.workbooks import Line, a_name_line, an_agency_line, workbook_of

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.actions.people import change_person
from gongkai.agencies.actions.tree import change_agency, open_unit
from gongkai.agencies.exchange import applying, batches
from gongkai.agencies.exchange.applying import apply, done_batches, planned
from gongkai.agencies.exchange.book import Book
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.models import Agency, Appointment, Person, Succession, Unit
from gongkai.agencies.roles import Role
from gongkai.audit.models import Chain, Entry
from gongkai.audit.queries import chains, proof
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
COUNT = 12


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(batches, "_BATCH_LINES", 5)
    with at(DAY):
        yield


@pytest.fixture
def book() -> Book:
    """Agencies with a unit and two people each; the last one has ended."""
    codes = [f"NX-{number:02}" for number in range(COUNT)]
    sheets: dict[str, list[Line]] = {
        "机构": [an_agency_line(code) for code in codes],
        "名称沿革": [a_name_line(code, f"宁溪县{code}局") for code in codes],
        "承继": [{"原机构编码": codes[-1], "承继机构编码": codes[0], "承继日期": "2025-04-01"}],
        "内设机构": [{"机构编码": code, "名称": "办公室", "设立日期": "2019-03-01", "撤销日期": ""} for code in codes],
        "人员": [
            {"编号": f"{code}-{n}", "登记机关编码": code, "姓名": "王敏", "办公电话": ""}
            for code in codes
            for n in "甲乙"
        ],
        "任用": [
            {
                "机构编码": code,
                "人员编号": f"{code}-{n}",
                "姓名": "",
                "角色": "经办人",
                "起始日期": "2020-01-01",
                "终止日期": "",
            }
            for code in codes
            for n in "甲乙"
        ],
    }
    sheets["机构"][-1]["撤销日期"] = "2025-04-01"
    for line in sheets["内设机构"][-1:]:
        line["撤销日期"] = "2025-04-01"
    for line in sheets["任用"][-2:]:
        line["终止日期"] = "2025-04-01"
    return read_book(workbook_of(sheets))


def counted() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Agency, Succession, Unit, Person, Appointment))


WHOLE = (COUNT, 1, COUNT, 2 * COUNT, 2 * COUNT)


def test_it_goes_on_where_the_time_was_over(book: Book) -> None:
    rounds = 0
    while not (progress := apply(SYSTEM, book, seconds=0)).is_done and rounds < 50:
        rounds += 1
        assert progress.written > 0
    assert rounds > 5
    assert counted() == WHOLE
    assert not planned(book).is_needed


def test_it_goes_on_after_it_broke(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    write, calls = applying.record_many, []

    def breaking(*args: object, **options: object) -> None:
        calls.append(args)
        if len(calls) == 4:
            raise OSError("disk full")
        write(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(applying, "record_many", breaking)
    with pytest.raises(OSError, match="disk full"):
        apply(SYSTEM, book)
    assert done_batches(book.digest) == {0, 1, 2}
    assert counted() < WHOLE
    assert apply(SYSTEM, book).is_done
    assert counted() == WHOLE


def test_what_was_changed_meanwhile_is_left_alone(book: Book) -> None:
    for _ in range(4):
        apply(SYSTEM, book, seconds=0)
    person = Person.objects.earliest("pk")
    assert person.agency is not None
    change_person(SYSTEM, person, person.agency, name="王鸣", phone="8051234")
    assert apply(SYSTEM, book).is_done
    person.refresh_from_db()
    assert (person.name, person.phone) == ("王鸣", "8051234")
    assert counted() == WHOLE


def test_the_journal_of_an_ended_agency_is_closed_when_all_is_written(book: Book) -> None:
    apply(SYSTEM, book, seconds=0)
    last = Agency.objects.get(code=f"NX-{COUNT - 1:02}")
    assert Chain.objects.get(key=last.public_id).closed_at is None
    assert apply(SYSTEM, book).is_done
    assert Chain.objects.get(key=last.public_id).closed_at is not None
    assert [finding for chain in chains() for finding in proof(chain, values=True)] == []


def test_each_row_is_in_its_agencys_journal_with_its_line(book: Book) -> None:
    apply(SYSTEM, book)
    row = Appointment.objects.filter(agency__code="NX-00").earliest("pk")
    entry = Entry.objects.get(subject=row.public_id)
    assert (entry.chain_id, entry.act) == (row.agency and row.agency.public_id, "agencies.appoint")
    assert "source" in entry.macs
    entries = Entry.objects.filter(act=applying.BATCH)
    assert set(entries.values_list("chain", flat=True)) == {"installation"}


def test_somebody_who_was_faster_is_seen(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    apply(SYSTEM, book, seconds=0)
    hold, agency = applying._hold, Agency.objects.get(code="NX-00")
    met = []

    def faster(*args: object) -> None:
        if not met:
            met.append(open_unit(SYSTEM, agency, name="办公室", from_on=agency.from_on))
        hold(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(applying, "_hold", faster)
    apply(SYSTEM, book)
    assert Unit.objects.filter(agency=agency).count() == 1


def test_only_the_system_administrator_may(book: Book) -> None:
    user = a_user(Role.OFFICE_HEAD, an_agency())
    with pytest.raises(ActionRefused):
        apply(Actor(user), book)
    assert Agency.objects.count() == 1


def test_a_file_that_was_wholly_imported_changes_nothing_again(book: Book) -> None:
    apply(SYSTEM, book)
    agency = Agency.objects.get(code="NX-00")
    change_agency(SYSTEM, agency, functions="管水")
    assert not planned(book).is_needed
