"""Two officers at once on PostgreSQL: the second waits, sees what the first did, and is told."""

from collections.abc import Callable
from datetime import date

import pytest
from tests import racing
from tests.agencies.people import a_user
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, sealed, stamped

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.approving import review_notice
from gongkai.inforequests.actions.drafting import change_notice, discard_notice, draft_notice, submit_notice
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.actions.serving import serve_notice
from gongkai.inforequests.choices import Way
from gongkai.inforequests.models import Notice, Service
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 3, 4)


@pytest.fixture
def office() -> Office:
    return an_office()


def told(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What the second is told."""
    return "；".join(reason.message for reason in racing.refusal(first, second, on=DAY))


def clarifying(office: Office) -> Notice:
    with at(DAY):
        return draft_notice(office.actor("clerk"), a_case(office), "clarification", fields=FIELDS)


def test_one_of_two_decides(office: Office) -> None:
    item = a_case(office)
    second = Actor(a_user(Role.CLERK, office.agency, "孙立"))
    twin = Office(office.agency, office.unit, {"clerk": second.user})  # type: ignore[dict-item]
    assert "“予以公开告知书”还没有办完" in told(
        lambda: decided(office, item), lambda: decided(twin, item, "petition_end")
    )
    assert Notice.objects.count() == 1


def test_one_of_two_signs_and_there_is_one_number(office: Office) -> None:
    second = Actor(a_user(Role.OFFICE_HEAD, office.agency, "孙立"))
    with at(DAY):
        notice = submit_notice(office.actor("clerk"), clarifying(office))

    def other() -> object:
        return review_notice(second, Notice.objects.get(pk=notice.pk), is_agreed=False, opinion="不同意")

    said = told(lambda: review_notice(office.actor("office_head"), notice, is_agreed=True), other)
    assert said == "政府信息公开工作机构负责人甲刚刚办了“编文号”，这份文书现在是“待用印”"
    with at(DAY):
        assert agreed(office, clarifying(office)).number == "青水公开〔2026〕2号"


def test_one_submits_while_another_changes(office: Office) -> None:
    notice = clarifying(office)
    copy = Notice.objects.get(pk=notice.pk)
    said = told(
        lambda: submit_notice(office.actor("clerk"), notice),
        lambda: change_notice(office.actor("office_head"), copy, body=copy.body + "\n另"),
    )
    assert said == "经办人甲刚刚办了“送审”，这份文书现在是“审批”"


def test_one_discards_while_another_submits(office: Office) -> None:
    notice = clarifying(office)
    said = told(
        lambda: discard_notice(office.actor("clerk"), notice, reason="写错了"),
        lambda: submit_notice(office.actor("office_head"), notice),
    )
    assert said == "经办人甲刚刚办了“作废”，这份文书现在是“已作废”"


def test_it_is_served_once(office: Office) -> None:
    with at(DAY):
        notice = sealed(office, clarifying(office))

    def serve() -> object:
        return serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=DAY)

    assert told(serve, serve) == "经办人甲刚刚办了“送达”，这份文书现在是“已送达”"
    assert Service.objects.count() == 1


def test_what_is_served_is_not_sealed_anew(office: Office) -> None:
    with at(DAY):
        notice = sealed(office, clarifying(office))
        file = stamped(notice)
    said = told(
        lambda: serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=DAY),
        lambda: seal_notice(office.actor("seal_keeper"), notice, file=file),
    )
    assert "现在是“已送达”" in said
