"""A letter sent twice at once, or sent while it is thrown away, on PostgreSQL: one letter, or a clear word."""

from datetime import date

import pytest
from tests import racing
from tests.inforequests.applying import Citizen, an_open_agency

from gongkai.inforequests import applying, drafts
from gongkai.inforequests.codes import new_code
from gongkai.inforequests.models import Draft, Request
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused, Reason

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
MONDAY = date(2026, 3, 2)


def a_finished_draft() -> Draft:
    with at(MONDAY):
        Citizen().fill(an_open_agency())
    return Draft.objects.get()


def test_of_two_clicks_the_second_finds_the_letter_of_the_first() -> None:
    draft = a_finished_draft()

    def second() -> None:
        filed = applying.file(draft.public_id, new_code())
        raise ActionRefused([Reason("found", filed.request.public_id + filed.code)])

    assert (
        racing.refusal(lambda: applying.file(draft.public_id, new_code()), second, on=MONDAY)[0].message
        == draft.public_id
    )
    assert Request.objects.count() == 1


def test_a_letter_that_is_being_thrown_away_is_not_filed() -> None:
    draft = a_finished_draft()
    told = racing.refusal(
        lambda: drafts.throw_away(draft), lambda: applying.file(draft.public_id, new_code()), on=MONDAY
    )
    assert [reason.id for reason in told] == ["draft_gone"]
    assert not Request.objects.exists()
