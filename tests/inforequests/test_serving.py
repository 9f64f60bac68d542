"""Service: by which way a notice reaches its reader when, what fails and is done again, what may be downloaded."""

from datetime import date, timedelta

import pytest
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, agreed, decided, sealed, served

from gongkai.files.inspection import Inspected
from gongkai.files.models import File
from gongkai.files.purposes import Purpose
from gongkai.files.queries import pieces_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.drafting import Consulted, draft_notice
from gongkai.inforequests.actions.handling import add_release, review_release
from gongkai.inforequests.actions.progress import record_opinion, reopen
from gongkai.inforequests.actions.serving import (
    DOWNLOAD_DAYS,
    fetch,
    record_failed,
    record_received,
    serve_notice,
    served_files,
)
from gongkai.inforequests.choices import CaseState, Opinion, Stage, Way
from gongkai.inforequests.models import Fetch, Item, Notice, Service
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Ground
from gongkai.law.replies import hold_until
from gongkai.law.workdays import calendar

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
CONTENT = "青禾县2025年农村饮水工程建设资金安排".encode()


def acts(item: Item) -> list[tuple[str, date]]:
    return list(item.steps.order_by("id").values_list("act", "happened_on"))[1:]


def a_file() -> Inspected:
    return inspect_made(CONTENT, name="资金安排.txt", purpose=Purpose.CASE)


def with_release(office: Office, item: Item, *, is_cleared: bool = True) -> None:
    release = add_release(office.actor("clerk"), item, file=a_file())
    review_release(office.actor("secrecy_reviewer"), release, is_cleared=is_cleared, review="已核对")


def replied(office: Office, item: Item) -> Notice:
    """A reply that needs no files, sealed."""
    return sealed(office, decided(office, item, "already_public_end"))


@pytest.mark.parametrize("way", [Way.DOWNLOAD, Way.WINDOW, Way.READING])
def test_what_reaches_its_reader_at_once(way: Way) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        service = served(office, decided(office, item, "already_public_end"), way)
    item.refresh_from_db()
    assert acts(item) == [("decided", DAY), ("delivered", DAY)]
    assert (item.state, service.received_on, service.notice.stage) == (CaseState.ENDED, DAY, Stage.SERVED)


def test_the_post_is_sent_on_one_day_and_received_on_another() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        service = served(office, decided(office, item, "already_public_end"), Way.POST)
        item.refresh_from_db()
        assert (item.state, service.received_on, service.notice.stage) == (CaseState.ENDED, None, Stage.SENT)
    later = date(2026, 3, 13)
    with at(later):
        record_received(office.actor("clerk"), service, on=later, proof="投递回执")
    assert acts(item) == [("decided", DAY), ("dispatched", DAY), ("delivered", later)]


def test_a_courier_does_not_send_a_reply_in_law_until_it_is_received() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = replied(office, item)
        service = serve_notice(
            office.actor("clerk"), notice, way=Way.POST, sent_on=DAY, tracking="SF100", is_courier=True
        )
        item.refresh_from_db()
        assert item.state == CaseState.DECIDED
    with at(date(2026, 3, 12)):
        record_received(office.actor("clerk"), service, on=date(2026, 3, 12), proof="签收")
    item.refresh_from_db()
    assert (item.state, acts(item)[-1]) == (CaseState.ENDED, ("delivered", date(2026, 3, 12)))
    assert "邮政企业以外" in item.handlings.filter(kind="served").first().opinion  # type: ignore[union-attr]


def test_what_came_back_is_served_again_and_the_day_of_posting_stays() -> None:
    office = an_office()
    item = a_case(office)
    clerk = office.actor("clerk")
    with at(DAY):
        service = served(office, decided(office, item, "already_public_end"), Way.POST)
    with at(date(2026, 3, 16)):
        record_failed(clerk, service, on=date(2026, 3, 16), failure="地址不详")
        item.refresh_from_db()
        assert item.turn_role == "clerk"
        with pytest.raises(ActionRefused):
            record_received(clerk, service, on=date(2026, 3, 16), proof="回执")
        notice = Notice.objects.get()
        serve_notice(clerk, notice, way=Way.WINDOW, sent_on=date(2026, 3, 16), proof="本人签收")
    assert acts(item) == [("decided", DAY), ("dispatched", DAY), ("delivered", date(2026, 3, 16))]
    item.refresh_from_db()
    assert item.turn_role == ""


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"way": Way.WINDOW, "sent_on": date(2026, 3, 11), "proof": "签收"}, "还没有到"),
        ({"way": Way.WINDOW, "sent_on": date(2026, 3, 9), "proof": "签收"}, "早于签发日期2026年3月10日"),
        ({"way": Way.WINDOW, "sent_on": DAY}, "由谁签收"),
        ({"way": Way.READING, "sent_on": DAY}, "由谁签收"),
        ({"way": Way.POST, "sent_on": DAY}, "邮件号码"),
    ],
)
def test_what_is_not_served_so(values: dict[str, object], message: str) -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = replied(office, item)
        with pytest.raises(ActionRefused, match=message):
            serve_notice(office.actor("clerk"), notice, **values)  # type: ignore[arg-type]
    assert Service.objects.count() == 0


def test_a_download_is_of_today() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = replied(office, item)
    with at(date(2026, 3, 12)), pytest.raises(ActionRefused, match="以当日为准"):
        serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=DAY)


def test_nothing_is_served_before_the_seal_or_twice() -> None:
    office = an_office()
    clerk = office.actor("clerk")
    with at(DAY):
        notice = agreed(office, decided(office, a_case(office), "already_public_end"))
        with pytest.raises(ActionRefused, match="还没有用印"):
            serve_notice(clerk, notice, way=Way.WINDOW, sent_on=DAY, proof="签收")
        service = served(office, decided(office, a_case(office), "already_public_end"))
        with pytest.raises(ActionRefused, match="经办人甲刚刚办了“送达”，这份文书现在是“已送达”"):
            serve_notice(clerk, service.notice, way=Way.WINDOW, sent_on=DAY, proof="签收")


@pytest.mark.parametrize(("on", "is_ok"), [(DAY, True), (date(2026, 3, 9), False), (date(2026, 3, 14), False)])
def test_a_receipt_lies_between_posting_and_today(on: date, is_ok: bool) -> None:
    office = an_office()
    with at(DAY):
        service = served(office, decided(office, a_case(office), "already_public_end"), Way.POST)
    with at(date(2026, 3, 13)):
        for act in (
            lambda: record_failed(office.actor("clerk"), service, on=on, failure="退回"),
            lambda: record_received(office.actor("clerk"), service, on=on, proof="回执"),
        ):
            if is_ok:
                act()
                break
            with pytest.raises(ActionRefused, match="的日期应在发出日期2026年3月10日和今天之间"):
                act()


def test_a_third_party_has_no_code_to_download_with() -> None:
    office = an_office()
    consulted = Consulted("third_party", "青禾县丰收水务有限公司", "柳溪镇二号", "单价")
    with at(DAY):
        notice = draft_notice(
            office.actor("clerk"), a_case(office), "third_party_consultation", fields=FIELDS, consultation=consulted
        )
        with pytest.raises(ActionRefused, match="收件人没有查询码"):
            served(office, notice, Way.DOWNLOAD)


def test_files_go_out_with_the_answer_as_they_were_stored_and_each_download_is_counted() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with_release(office, item)
        service = served(office, decided(office, item), Way.DOWNLOAD)
        letter, release = served_files(service.notice)
        assert release.name == "资金安排"
        for file in (letter, release, release):
            found = fetch(service, file.public_id)
        assert b"".join(pieces_of(found.public_id, owner=found.owner)) == CONTENT
        with pytest.raises(ActionRefused, match="没有这份文件"):
            fetch(service, "2222222222")
    assert Fetch.objects.count() == 3


def test_a_download_ends() -> None:
    office = an_office()
    with at(DAY):
        service = served(office, decided(office, a_case(office), "already_public_end"), Way.DOWNLOAD)
    file = served_files(service.notice)[0].public_id
    with at(DAY + timedelta(days=DOWNLOAD_DAYS)):
        fetch(service, file)
    with at(DAY + timedelta(days=DOWNLOAD_DAYS + 1)), pytest.raises(ActionRefused, match="下载期限到2026年9月6日为止"):
        fetch(service, file)


def test_what_was_not_served_by_download_is_not_downloaded() -> None:
    office = an_office()
    with at(DAY):
        service = served(office, decided(office, a_case(office), "already_public_end"), Way.WINDOW)
        with pytest.raises(ActionRefused, match="不是以网上下载的方式送达"):
            fetch(service, served_files(service.notice)[0].public_id)


def test_no_file_goes_out_that_was_not_reviewed_or_not_cleared() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with_release(office, item, is_cleared=False)
        notice = sealed(office, decided(office, item))
        with pytest.raises(ActionRefused, match="没有审查同意公开的文件可以下载"):
            serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=DAY)
        assert len(served_files(notice)) == 1
        item.releases.update(reviewed_at=None)
        with pytest.raises(ActionRefused, match="还没有审查"):
            serve_notice(office.actor("clerk"), notice, way=Way.WINDOW, sent_on=DAY, proof="本人签收")


def test_a_secret_is_refused_with_a_pointer_and_no_file() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        add_release(office.actor("clerk"), item, file=None, note="机要室保密柜三号", is_pointer=True)
        service = served(office, decided(office, item, "refused_state_secret"), Way.DOWNLOAD)
    assert len(served_files(service.notice)) == 1
    item.refresh_from_db()
    assert item.result == "refused_state_secret"


def test_a_file_that_was_changed_in_the_store_is_not_served() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = replied(office, item)
        File.objects.filter(public_id=notice.sealed_file).update(digest="0" * 64)
        with pytest.raises(ActionRefused, match="与存入时不一致"):
            serve_notice(office.actor("clerk"), notice, way=Way.DOWNLOAD, sent_on=DAY)


def test_what_a_third_party_objects_to_is_told_him_and_held_back() -> None:
    office = an_office()
    item = a_case(office)
    clerk = office.actor("clerk")
    consulted = Consulted("third_party", "李四", "青禾县柳溪镇二号", "单价")
    with at(date(2026, 3, 4)):
        letter = draft_notice(clerk, item, "third_party_consultation", fields=FIELDS, consultation=consulted)
        served(office, letter)
        assert letter.consultation is not None
        record_opinion(clerk, letter.consultation, on=date(2026, 3, 4), opinion=Opinion.REFUSES, reply="不愿意")
    with at(DAY):
        with_release(office, item)
        notice = sealed(office, decided(office, item, "granted_against_third_party"))
        with pytest.raises(ActionRefused, match="还没有书面告知第三方"):
            serve_notice(clerk, notice, way=Way.DOWNLOAD, sent_on=DAY)
        served(office, draft_notice(clerk, item, "third_party_disclosure", fields=FIELDS))
        service = serve_notice(clerk, notice, way=Way.DOWNLOAD, sent_on=DAY)
        answer, release = served_files(notice)
        fetch(service, answer.public_id)
        with pytest.raises(ActionRefused, match="第三方不同意公开，这份文件在2026年3月31日以后提供"):
            fetch(service, release.public_id)
    last = hold_until(DAY, calendar=calendar()).last_on
    with at(last), pytest.raises(ActionRefused):
        fetch(service, release.public_id)
    with at(last + timedelta(days=1)):
        assert fetch(service, release.public_id) == release


def test_a_letter_that_comes_too_late_is_not_sent_by_the_system_but_a_posted_one_is_recorded() -> None:
    office = an_office()
    clerk = office.actor("clerk")
    with at(date(2026, 3, 11)):
        notices = [sealed(office, draft_notice(clerk, a_case(office), "clarification", fields=FIELDS)) for _ in "12"]
    with at(date(2026, 3, 12)):
        with pytest.raises(ActionRefused, match="告知补正的最后一日是"):
            serve_notice(clerk, notices[0], way=Way.DOWNLOAD, sent_on=date(2026, 3, 12))
        serve_notice(clerk, notices[1], way=Way.POST, sent_on=date(2026, 3, 11), tracking="1234567890123")
    assert acts(notices[0].items.get()) == []
    assert acts(notices[1].items.get()) == [("clarification-asked", date(2026, 3, 11))]


def test_what_a_courier_brings_back_was_never_sent_in_law() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        notice = replied(office, item)
        clerk = office.actor("clerk")
        service = serve_notice(clerk, notice, way=Way.POST, sent_on=DAY, tracking="SF100", is_courier=True)
    with at(date(2026, 3, 16)):
        record_failed(clerk, service, on=date(2026, 3, 16), failure="查无此人")
    item.refresh_from_db()
    assert (item.state, item.turn_role, acts(item)) == (CaseState.DECIDED, "clerk", [("decided", DAY)])


def test_what_is_cleared_in_a_later_round_does_not_go_out_with_the_first_answer() -> None:
    office = an_office()
    item = a_case(office)
    with at(DAY):
        with_release(office, item)
        service = served(office, decided(office, item), Way.DOWNLOAD)
        before = served_files(service.notice)
    with at(date(2026, 3, 20)):
        reopen(office.actor("office_head"), item, on=date(2026, 3, 20), ground=Ground.ORDER, evidence="复议决定书")
        with_release(office, item)
        assert item.releases.filter(is_cleared=True).count() == 2
        assert served_files(service.notice) == before
        newest = item.releases.order_by("id").last()
        assert newest is not None
        with pytest.raises(ActionRefused, match="没有这份文件"):
            fetch(service, newest.file)
        again = served(office, decided(office, item), Way.DOWNLOAD)
        assert newest.file in [one.public_id for one in served_files(again.notice)]


def test_each_third_party_that_did_not_consent_is_told_before_anything_is_disclosed() -> None:
    office = an_office()
    item = a_case(office)
    clerk = office.actor("clerk")
    parties = []
    with at(date(2026, 3, 4)):
        for name in ("李四", "王五", "赵六"):
            whom = Consulted("third_party", name, "青禾县柳溪镇二号", "单价")
            letter = draft_notice(clerk, item, "third_party_consultation", fields=FIELDS, consultation=whom)
            served(office, letter)
            assert letter.consultation is not None
            parties.append(letter.consultation)
        for party, opinion in zip(parties, (Opinion.REFUSES, Opinion.PARTLY, Opinion.CONSENTS), strict=True):
            record_opinion(clerk, party, on=date(2026, 3, 4), opinion=opinion, reply="见来函")
    with at(DAY):
        with_release(office, item)
        notice = sealed(office, decided(office, item, "granted_against_third_party"))
        for party in parties[:2]:
            with pytest.raises(ActionRefused, match="还没有书面告知第三方"):
                serve_notice(clerk, notice, way=Way.DOWNLOAD, sent_on=DAY)
            served(office, draft_notice(clerk, item, "third_party_disclosure", fields=FIELDS, consultation=party))
        serve_notice(clerk, notice, way=Way.DOWNLOAD, sent_on=DAY)


def test_a_service_that_is_no_more_is_told_and_not_an_error() -> None:
    office = an_office()
    with at(DAY):
        service = served(office, decided(office, a_case(office), "already_public_end"), Way.POST)
        gone = Service(pk=service.pk + 1, notice=service.notice)
        with pytest.raises(ActionRefused, match="这份文书现在是"):
            record_failed(office.actor("clerk"), gone, on=DAY, failure="查无此人")
        with pytest.raises(ActionRefused, match="这份文书现在是"):
            record_received(office.actor("clerk"), gone, on=DAY, proof="本人签收")
