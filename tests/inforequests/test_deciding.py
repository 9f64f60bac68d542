"""From the questions to the reply, and the reply on its whole way."""

from datetime import date

import pytest
from tests.inforequests.cases import a_case, an_office
from tests.inforequests.issuing import decided, served

from gongkai.inforequests.choices import CaseState, Stage, Way
from gongkai.inforequests.models import Step
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db


def test_a_request_is_granted_signed_sealed_and_served() -> None:
    office = an_office()
    item = a_case(office)
    with at(date(2026, 3, 10)):
        notice = decided(office, item)
        served(office, notice, Way.WINDOW)
    item.refresh_from_db()
    notice.refresh_from_db()
    assert (notice.stage, notice.number, notice.signed_on) == (Stage.SERVED, "青水公开〔2026〕1号", date(2026, 3, 10))
    assert (item.state, item.result, item.closed_on) == (CaseState.ENDED, "granted", date(2026, 3, 10))
    assert list(Step.objects.values_list("act", flat=True)) == ["received", "decided", "delivered"]
    assert item.turn_role == ""
