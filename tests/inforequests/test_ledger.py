"""The monthly ledger: what was received, closed, or is open, without names, as a workbook that reads back."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from tests.inforequests.cases import APPLICANT, a_case, an_office

from gongkai.inforequests.ledger import ledger
from gongkai.inforequests.models import Decision, Item
from gongkai.inforequests.steps import record
from gongkai.kernel.clock import at, now
from gongkai.law.clock import Act

pytestmark = pytest.mark.django_db


def rows_of(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    return [[str(value) if value is not None else "" for value in row] for row in sheet.iter_rows(values_only=True)]


def close(item: Item, on: date) -> None:
    with at(on):
        Decision.objects.create(item=item, answers=[], outcome="granted", result="granted", decided_at=now())
        record(item, Act.DECIDED, on=on)
        record(item, Act.DELIVERED, on=on)


def test_a_month_lists_what_came_what_was_answered_and_what_is_open() -> None:
    office = an_office()
    earlier = a_case(office, on=date(2026, 2, 2))
    a_case(office, on=date(2026, 3, 2))
    a_case(office, on=date(2026, 4, 1))
    close(earlier, date(2026, 3, 3))
    rows = rows_of(ledger(office.agency, date(2026, 3, 15), date(2026, 4, 10)))
    cells = [row for row in rows if row[0].startswith("2026-")]
    assert [row[0] for row in cells] == ["2026-1", "2026-2"]
    assert "（一）予以公开" in cells[0]
    assert ("按期" in cells[0], "已逾期" in cells[1]) == (True, True)
    told = "".join("".join(row) for row in rows)
    assert "本月收到1件，办结1件，月末在办1件" in told
    assert APPLICANT.name not in told


@pytest.mark.parametrize(
    ("sent_on", "told"), [(None, "已逾期"), (date(2026, 3, 30), "按期"), (date(2026, 3, 31), "逾期")]
)
def test_an_answer_is_in_time_by_the_day_on_which_it_went_out(sent_on: date | None, told: str) -> None:
    office = an_office()
    item = a_case(office, on=date(2026, 3, 2))
    with at(date(2026, 3, 31)):
        record(item, Act.DECIDED, on=date(2026, 3, 27))
        if sent_on is not None:
            record(item, Act.DISPATCHED, on=sent_on)
    rows = rows_of(ledger(office.agency, date(2026, 3, 15), date(2026, 4, 10)))
    assert next(row for row in rows if row[0] == "2026-1")[10] == told
