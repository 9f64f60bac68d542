"""The hold for a third party that objects (条例第三十二条): its documents wait, by whatever way; the answer does not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, decided, sealed, served
from tests.inforequests.notice_pages import at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.drafting import Consulted, draft_notice
from gongkai.inforequests.actions.handling import add_release, archive, review_release
from gongkai.inforequests.actions.progress import record_opinion
from gongkai.inforequests.actions.providing import provide_files
from gongkai.inforequests.actions.serving import record_failed, serve_notice
from gongkai.inforequests.choices import CaseState, Opinion, Stage, Way
from gongkai.inforequests.models import Item, Notice, Reminder, Service
from gongkai.inforequests.notice_rules import NOTICE_ACTS
from gongkai.inforequests.public_case import shown
from gongkai.inforequests.reminders import remind
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused
from gongkai.outbox.models import Message

pytestmark = pytest.mark.django_db
TOLD = date(2026, 3, 10)
LAST = date(2026, 3, 31)
"""The 15th working day after it."""
AFTER = LAST + timedelta(days=1)
PHYSICAL = [Way.POST, Way.WINDOW, Way.READING]
ALONE = [Way.POST, Way.WINDOW]
"""The ways by which an answer reaches its reader without the documents."""


@pytest.fixture
def case(office: Office) -> Item:
    return a_case(office)


@pytest.fixture
def notice(office: Office, case: Item) -> Notice:
    """The sealed answer that grants against a third party's objection, of which it was told."""
    clerk = office.actor(Role.CLERK)
    with at(date(2026, 3, 4)):
        whom = Consulted("third_party", "李四", "青禾县柳溪镇二号", "单价")
        letter = draft_notice(clerk, case, "third_party_consultation", fields=FIELDS, consultation=whom)
        served(office, letter)
        assert letter.consultation is not None
        record_opinion(clerk, letter.consultation, on=date(2026, 3, 4), opinion=Opinion.REFUSES, reply="不愿意")
    with at(TOLD):
        file = inspect_made("合同单价".encode(), name="合同.txt", purpose=Purpose.CASE)
        release = add_release(clerk, case, file=file)
        review_release(office.actor(Role.SECRECY_REVIEWER), release, is_cleared=True, review="已核对")
        answer = sealed(office, decided(office, case, "granted_against_third_party"))
        served(office, draft_notice(clerk, case, "third_party_disclosure", fields=FIELDS))
    return answer


def serve(office: Office, notice: Notice, way: Way, on: date, **more: bool) -> Service:
    tracking, proof = ("EA1", "") if way == Way.POST else ("", "本人签收")
    return serve_notice(office.actor(Role.CLERK), notice, way=way, sent_on=on, tracking=tracking, proof=proof, **more)


def provide(office: Office, notice: Notice, on: date, way: Way = Way.WINDOW, proof: str = "本人签收") -> Service:
    return provide_files(office.actor(Role.CLERK), notice, way=way, on=on, proof=proof)


def refusal(do: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(ActionRefused) as caught:
        do()
    (reason,) = caught.value.reasons
    return reason.id, reason.message, reason.basis


@pytest.mark.parametrize("on", [TOLD, LAST])
@pytest.mark.parametrize("way", PHYSICAL)
def test_the_documents_do_not_go_out_before_the_day(office: Office, notice: Notice, way: Way, on: date) -> None:
    with at(on):
        rule, message, basis = refusal(lambda: serve(office, notice, way, on))
    assert rule == "held"
    assert message.startswith("第三方不同意公开，所附文件在2026年3月31日以后才能")
    assert basis.endswith("第三十二条")
    assert not notice.services.exists()


@pytest.mark.parametrize("way", PHYSICAL)
def test_from_the_day_after_they_go_out_with_the_answer(office: Office, notice: Notice, case: Item, way: Way) -> None:
    with at(AFTER):
        service = serve(office, notice, way, AFTER)
        case.refresh_from_db()
        found = NOTICE_ACTS["provide"].against(service.notice, AFTER)
    assert (service.is_letter_only, case.turn_role) == (False, "")
    assert [reason.id for reason in found] == ["nothing_held"]


def test_what_went_out_too_early_is_not_recorded_later_as_done(office: Office, notice: Notice) -> None:
    with at(AFTER):
        assert refusal(lambda: serve(office, notice, Way.POST, LAST))[0] == "held"
        serve(office, notice, Way.POST, LAST, is_letter_only=True)
        assert refusal(lambda: provide(office, notice, LAST))[0] == "held"


@pytest.mark.parametrize("way", ALONE)
def test_the_answer_goes_out_by_itself_in_time(office: Office, notice: Notice, case: Item, way: Way) -> None:
    with at(TOLD):
        serve(office, notice, way, TOLD, is_letter_only=True)
        case.refresh_from_db()
        assert (case.state, case.turn_role) == (CaseState.ENDED, "clerk")
        (told,) = shown(case, TOLD)["notices"]
    assert "“合同”在2026年3月31日（周二）以后提供" in told["text"]


def test_the_office_is_reminded_once_that_the_documents_may_follow(office: Office, notice: Notice) -> None:
    def told(on: date) -> set[str]:
        Message.objects.all().delete()
        with at(on):
            remind(now())
        return set(Message.objects.filter(template="inforequests.files_due").values_list("recipient", flat=True))

    with at(TOLD):
        serve(office, notice, Way.POST, TOLD, is_letter_only=True)
    people = {office.users[role].person.public_id for role in (Role.CLERK, Role.OFFICE_HEAD)}
    assert [told(on) for on in (LAST, AFTER, AFTER)] == [set(), people, set()]
    with at(AFTER):
        provide(office, notice, AFTER)
    Reminder.objects.filter(kind="files").delete()
    assert told(AFTER) == set()


def test_a_case_is_not_filed_before_its_documents_have_followed(office: Office, notice: Notice, case: Item) -> None:
    with at(TOLD):
        serve(office, notice, Way.POST, TOLD, is_letter_only=True)
        assert refusal(lambda: archive(office.actor(Role.CLERK), case))[0] == "files"
    with at(AFTER):
        provide(office, notice, AFTER)
        archive(office.actor(Role.CLERK), case)


def test_nobody_reads_on_the_spot_what_is_held_back(office: Office, notice: Notice) -> None:
    with at(TOLD):
        refused = refusal(lambda: serve(office, notice, Way.READING, TOLD, is_letter_only=True))
    assert refused[:2] == ("held", "第三方不同意公开，所附文件在2026年3月31日以后才能查阅")


def test_a_download_holds_each_file_back_by_itself(office: Office, notice: Notice, case: Item) -> None:
    with at(TOLD):
        service = serve(office, notice, Way.DOWNLOAD, TOLD)
        case.refresh_from_db()
    assert (service.is_letter_only, case.turn_role) == (False, "")


@pytest.mark.parametrize("way", PHYSICAL)
def test_the_documents_follow_from_the_day_after_and_it_is_kept(
    office: Office, notice: Notice, case: Item, way: Way
) -> None:
    with at(TOLD):
        serve(office, notice, Way.POST, TOLD, is_letter_only=True)
    with at(LAST):
        assert refusal(lambda: provide(office, notice, LAST, way))[:2] == (
            "held",
            "第三方不同意公开，所附文件在2026年3月31日以后才能提供",
        )
    with at(AFTER):
        service = provide(office, notice, AFTER, way)
        case.refresh_from_db()
        assert (service.files_on, case.turn_role) == (AFTER, "")
        assert refusal(lambda: provide(office, notice, AFTER, way))[:2] == ("overtaken", service_told(office))
    handling = case.handlings.last()
    assert handling is not None
    assert (handling.kind, handling.opinion) == ("provided", f"{way.label}；2026年4月1日；本人签收")
    assert case.steps.filter(happened_on=AFTER).count() == 0


def service_told(office: Office) -> str:
    person = office.users[Role.CLERK].person
    return f"{person}刚刚办了“提供文件”，这份文书现在是“{Stage.SENT.label}”"


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"on": AFTER + timedelta(days=1)}, "future"),
        ({"proof": " "}, "proof"),
        ({"way": Way.DOWNLOAD}, "way"),
    ],
)
def test_what_is_wrong_with_a_handing_over(
    office: Office, notice: Notice, values: dict[str, object], rule: str
) -> None:
    with at(TOLD):
        serve(office, notice, Way.WINDOW, TOLD, is_letter_only=True)
    with at(AFTER):
        assert refusal(lambda: provide(office, notice, **{"on": AFTER, **values}))[0] == rule  # type: ignore[arg-type]


def test_nothing_is_kept_back_that_is_not_held(office: Office, case: Item) -> None:
    with at(TOLD):
        answer = sealed(office, decided(office, case, "already_public_end"))
        assert refusal(lambda: serve(office, answer, Way.POST, TOLD, is_letter_only=True))[0] == "nothing_held"
        serve(office, answer, Way.POST, TOLD)
        assert refusal(lambda: provide(office, answer, TOLD))[0] == "nothing_held"


def test_an_answer_that_came_back_goes_out_again_with_the_documents(office: Office, notice: Notice, case: Item) -> None:
    with at(TOLD):
        service = serve(office, notice, Way.POST, TOLD, is_letter_only=True)
    with at(AFTER):
        record_failed(office.actor(Role.CLERK), service, on=AFTER, failure="地址不详")
        assert refusal(lambda: provide(office, notice, AFTER))[0] == "nothing_held"
        serve(office, notice, Way.WINDOW, AFTER)
    case.refresh_from_db()
    assert case.turn_role == ""


def test_the_pages_tell_what_waits_until_when_and_do_it_from_then_on(office: Office, notice: Notice) -> None:
    with at(TOLD):
        client = browser_of(office, Role.CLERK)
        page = client.get(at_page(notice, "serve")).content.decode()
        assert "所附文件在2026年3月31日以后才能提供" in page
        assert 'name="is_letter_only"' in page
        sent = {"way": "post", "sent_on": TOLD.isoformat(), "tracking": "EA1"}
        refused = client.post(at_page(notice, "serve"), sent)
        assert refused.status_code == 422
        assert "请勾选“只送达告知书”" in refused.content.decode()
        assert client.post(at_page(notice, "serve"), {**sent, "is_letter_only": "on"}).status_code == 302
        case = client.get(reverse("case", args=[notice.items.get().public_id])).content.decode()
        assert "告知书已经送达，所附文件暂缓提供" in case
        page = client.get(at_page(notice)).content.decode()
        assert "只送达告知书，所附文件尚未提供" in page
        assert "第三方不同意公开，所附文件在2026年3月31日以后才能提供" in page
        assert at_page(notice, "provide") not in page
        given = {"way": "window", "on": TOLD.isoformat(), "proof": "本人签收"}
        assert client.post(at_page(notice, "provide"), given).status_code == 422
    with at(AFTER):
        client = browser_of(office, Role.CLERK)
        assert at_page(notice, "provide") in client.get(at_page(notice)).content.decode()
        assert "合同" in client.get(at_page(notice, "provide")).content.decode()
        assert client.post(at_page(notice, "provide"), {**given, "on": AFTER.isoformat()}).status_code == 302
        assert "2026年4月1日（周三）提供了所附文件" in client.get(at_page(notice)).content.decode()
        case = client.get(reverse("case", args=[notice.items.get().public_id])).content.decode()
        assert "所附文件暂缓提供" not in case


def test_nobody_is_asked_whether_to_keep_back_what_is_not_held(office: Office, case: Item) -> None:
    with at(TOLD):
        answer = sealed(office, decided(office, case, "already_public_end"))
        page = browser_of(office, Role.CLERK).get(at_page(answer, "serve")).content.decode()
    assert 'name="is_letter_only"' not in page
