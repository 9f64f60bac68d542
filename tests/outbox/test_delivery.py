"""Delivery against a real mail server: once each, one digest a day, retried with growing pauses, given up in the end."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from tests.outbox.samples import (
    DUE,
    PEOPLE,
    PUBLISHED,
    SECONDS,
    Sink,
    announce,
    free_port,
    mail_server,
    point_to,
    tell,
)

from gongkai.config.ticking import tick
from gongkai.kernel.clock import SHANGHAI, at
from gongkai.kernel.ids import public_id
from gongkai.kernel.registry import ticks
from gongkai.outbox import delivery
from gongkai.outbox.actions import next_digest, try_again
from gongkai.outbox.delivery import MOST_TRIES, PAUSES, STALE_AFTER, Tally, deliver_due
from gongkai.outbox.models import Fault, Message, State
from gongkai.outbox.queries import findings, waiting_count

announce()
pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=SHANGHAI)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WANG, LI = "wangwangwangwang".replace("g", "h"), "s" * 16
ADDRESS = "min.wang@office.example"


@pytest.fixture(autouse=True)
def _people() -> Iterator[None]:
    PEOPLE.update({WANG: ADDRESS, LI: "li@office.example"})
    with at(NOON):
        yield
    PEOPLE.clear()


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with mail_server(settings) as server:
        yield server


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


def test_an_urgent_message_goes_at_once_and_once(sink: Sink) -> None:
    tell(WANG, DUE, urgent=True, target=LI, number="2026-0012", day=date(2026, 12, 1))
    assert deliver_due(NOON) == Tally(sent=1)
    assert deliver_due(NOON + MINUTE) == Tally()
    (letter,) = sink.letters
    assert sink.recipients == [ADDRESS]
    assert letter["Subject"] == "有一件事项快要到期"
    assert letter["Auto-Submitted"] == "auto-generated"
    lines = str(letter.get_content()).splitlines()
    assert lines[0] == "登记编号 2026-0012 的事项将于 2026年12月1日 到期，请办理。"
    assert lines[2] == f"https://office.example/office/accounts/{LI}/"
    assert states() == [State.SENT]


def test_a_public_page_is_linked_on_the_public_face(sink: Sink) -> None:
    tell(WANG, PUBLISHED, urgent=True, target=LI)
    deliver_due(NOON)
    assert f"https://www.example/agencies/{LI}/guide/" in sink.texts()[0]


def test_a_person_gets_one_digest_a_day(sink: Sink) -> None:
    for count in (1, 2, 3):
        tell(WANG, count=count)
    tell(LI, count=4)
    assert deliver_due(NOON) == deliver_due(MORNING - MINUTE) == Tally()
    assert deliver_due(MORNING) == Tally(sent=2)
    assert sink.letters[0]["Subject"] == "政府信息公开工作提醒（3 条）"
    assert [f"{n}. 您有 {n} 项待办。\n   https://office.example/office/" in sink.texts()[0] for n in (1, 2, 3)] == [
        True
    ] * 3
    assert sink.letters[1]["Subject"] == "待办提醒", "a single message needs no list"
    with at(MORNING + MINUTE):
        tell(WANG, count=5)
    assert deliver_due(MORNING + 10 * MINUTE) == Tally()
    assert deliver_due(MORNING + DAY) == Tally(sent=1)


def test_a_message_that_comes_late_for_todays_digest_waits_for_tomorrows(sink: Sink) -> None:
    tell(WANG, count=1)
    deliver_due(MORNING)
    tell(WANG, count=2)  # written before the digest, committed after it
    assert deliver_due(MORNING + MINUTE) == Tally()
    assert Message.objects.get(state=State.WAITING).due_at == MORNING + DAY
    assert deliver_due(MORNING + DAY) == Tally(sent=1)


def test_an_urgent_message_does_not_wait_for_the_digest(sink: Sink) -> None:
    tell(WANG, count=1)
    tell(WANG, urgent=True, count=2)
    assert deliver_due(NOON) == Tally(sent=1)
    assert deliver_due(MORNING) == Tally(sent=1)
    assert ["您有 2 项" in sink.texts()[0], "您有 1 项" in sink.texts()[1]] == [True, True]


@pytest.mark.parametrize("when", ["00:00", "08:29", "08:30", "23:59"])
def test_the_next_digest_is_the_next_half_past_eight_in_shanghai(when: str) -> None:
    hour, minute = map(int, when.split(":"))
    digest = next_digest(datetime(2026, 11, 24, hour, minute, tzinfo=SHANGHAI))
    assert digest == (MORNING if when < "08:30" else MORNING + DAY)


FAULTS = {
    "refused": ({"answer": "550 no such mailbox min.wang@office.example"}, Fault.REFUSED),
    "greylisted": ({"answer": "451 try again later"}, Fault.REFUSED),
    "letter refused": ({"to_data": "554 spam"}, Fault.REFUSED),
    "too slow": ({"pause": 600.0}, Fault.TOO_SLOW),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_server_does_not_take_is_tried_again(name: str, sink: Sink, settings: Any) -> None:
    behaviour, fault = FAULTS[name]
    vars(sink).update(behaviour)
    if fault == Fault.TOO_SLOW:
        settings.EMAIL_TIMEOUT = 1
    tell(WANG, urgent=True)
    assert deliver_due(NOON) == Tally(failed=1)
    settings.EMAIL_TIMEOUT = SECONDS
    message = Message.objects.get()
    assert (message.state, message.fault, message.tries, message.due_at) == (State.WAITING, fault, 1, NOON + MINUTE)
    vars(sink).update({"answer": "250 OK", "to_data": "250 OK", "pause": 0.0})
    sink.letters.clear()
    assert deliver_due(NOON) == Tally(), "not before its pause is over"
    assert deliver_due(NOON + MINUTE) == Tally(sent=1)
    assert len(sink.letters) == 1


@pytest.mark.parametrize("wanted", ["EMAIL_HOST_USER", "EMAIL_USE_TLS"])
def test_a_sign_in_or_encryption_that_the_server_has_not_is_told(wanted: str, sink: Sink, settings: Any) -> None:
    settings.EMAIL_HOST_PASSWORD = "secret"
    setattr(settings, wanted, True if wanted == "EMAIL_USE_TLS" else "gongkai")
    tell(WANG, urgent=True)
    assert deliver_due(NOON) == Tally(failed=1)
    assert Message.objects.get().fault == Fault.SIGN_IN


def test_what_joins_a_failing_digest_is_not_given_up_with_it(settings: Any) -> None:
    point_to(settings, free_port())
    tell(WANG, count=1)
    Message.objects.update(tries=MOST_TRIES - 1)
    tell(WANG, count=2)
    assert deliver_due(MORNING) == Tally(failed=1, given_up=1)
    assert states() == [State.GIVEN_UP, State.WAITING]
    assert list(Message.objects.order_by("id").values_list("tries", flat=True)) == [MOST_TRIES, 1]
    with mail_server(settings) as server:
        assert deliver_due(MORNING + MINUTE) == Tally(sent=1)
    assert "您有 2 项" in server.texts()[0]


def test_one_refused_person_does_not_keep_the_others_waiting(sink: Sink) -> None:
    async def picky(_server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address == ADDRESS:
            return "550 no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    sink.handle_RCPT = picky  # type: ignore[method-assign]  # the server of this test
    tell(WANG, urgent=True)
    tell(LI, urgent=True)
    assert deliver_due(NOON) == Tally(sent=1, failed=1)
    assert sink.recipients == ["li@office.example"]


def test_a_server_that_is_down_is_asked_once_a_run_and_all_goes_out_when_it_is_back(settings: Any) -> None:
    point_to(settings, free_port())
    for person in (WANG, LI, WANG):
        tell(person, urgent=True)
    assert deliver_due(NOON) == Tally(failed=1)
    assert list(Message.objects.order_by("id").values_list("fault", "tries")) == [
        (Fault.UNREACHABLE, 1),
        ("", 0),
        ("", 0),
    ]
    with mail_server(settings) as server:
        assert deliver_due(NOON + MINUTE) == Tally(sent=3)
    assert len(server.letters) == 3


def test_pauses_grow_and_in_the_end_it_is_given_up_and_told(settings: Any) -> None:
    point_to(settings, free_port())
    tell(WANG, urgent=True)
    when, tries = NOON, 0
    while Message.objects.get().state == State.WAITING:
        deliver_due(when)
        tries += 1
        when = Message.objects.get().due_at
    assert tries == MOST_TRIES == 10
    assert list(PAUSES) == sorted(PAUSES)
    assert when - NOON > timedelta(days=2)
    (finding,) = findings(when)
    assert (finding.rule, finding.found) == ("O-GIVEN-UP", 1)
    assert "连接不上邮件服务器" in finding.message
    assert deliver_due(when + DAY) == Tally()
    with mail_server(settings), at(when + DAY):
        assert try_again() == 1
        assert deliver_due(when + DAY) == Tally(sent=1)
    assert findings(when) == []


def test_a_digest_that_failed_is_tried_again_the_same_day(sink: Sink) -> None:
    tell(WANG, count=1)
    sink.answer = "451 later"
    assert deliver_due(MORNING) == Tally(failed=1)
    sink.answer = "250 OK"
    assert deliver_due(MORNING + MINUTE) == Tally(sent=1)


def test_without_a_server_messages_wait_and_nothing_fails(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    tell(WANG, urgent=True)
    assert deliver_due(NOON) == Tally()
    assert waiting_count() == 1
    assert [one.rule for one in findings(NOON)] == ["O-NO-SERVER"]
    with mail_server(settings) as server:
        assert deliver_due(NOON + DAY) == Tally(sent=1)
    assert len(server.letters) == 1


def test_what_waited_for_weeks_is_not_sent_any_more(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    tell(WANG, urgent=True)
    with mail_server(settings) as server:
        assert deliver_due(NOON + STALE_AFTER + MINUTE) == Tally()
    assert (server.letters, states()) == ([], [State.STALE])


@pytest.mark.parametrize("address", ["", "not an address", "a@b.example\nBcc: all@b.example"])
def test_who_has_no_address_is_told_to_the_administrator(address: str, sink: Sink) -> None:
    PEOPLE[WANG] = address
    tell(WANG, urgent=True)
    tell(LI, urgent=True)
    assert deliver_due(NOON) == Tally(sent=1)
    assert states() == [State.NO_ADDRESS, State.SENT]
    assert [(one.rule, one.found) for one in findings(NOON)] == [("O-NO-ADDRESS", 1)]
    assert findings(NOON + 8 * DAY) == []


def test_a_text_that_an_upgrade_took_away_holds_nothing_up(sink: Sink) -> None:
    tell(WANG, urgent=True)
    Message.objects.update(template="tests.gone")
    tell(LI, urgent=True)
    assert deliver_due(NOON) == Tally(sent=1)
    assert states() == [State.STALE, State.SENT]


def test_nothing_but_ids_is_logged(sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    sink.answer = f"550 {ADDRESS} is unknown"
    caplog.set_level(logging.DEBUG)
    tell(WANG, urgent=True)
    deliver_due(NOON)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("gongkai")]
    assert any(Message.objects.get().public_id in line for line in told)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's own
    assert not any(ADDRESS in line for line in ours)


def test_the_same_messages_make_the_same_letter_id() -> None:
    tell(WANG, count=1)
    tell(WANG, count=2)
    both = list(Message.objects.all())
    assert delivery.letter_of(both).id == delivery.letter_of(both[::-1]).id
    assert delivery.letter_of(both).id != delivery.letter_of(both[:1]).id


def test_a_worker_that_died_while_sending_is_followed_by_another(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: Any, **_options: Any) -> None:
        raise SystemExit

    tell(WANG, count=1)
    with monkeypatch.context() as patch:
        patch.setattr("gongkai.outbox.channels.Mail.send", killed)
        with pytest.raises(SystemExit):
            deliver_due(MORNING)
    assert deliver_due(MORNING + MINUTE) == Tally(), "the claim of the first still holds"
    assert deliver_due(MORNING + timedelta(minutes=16)) == Tally(sent=1)


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_every_letter_once(sink: Sink) -> None:
    people = [public_id() for _ in range(10)]
    PEOPLE.update({person: f"{person}@office.example" for person in people})
    for person in people:
        tell(person, urgent=True, count=1)
        tell(person, count=2)
        tell(person, count=3)
    gate = Barrier(4)

    def work(_number: int) -> int:
        gate.wait(SECONDS)
        try:
            return deliver_due(MORNING).sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 20, "one urgent letter and one digest for each"
    assert sorted(sink.recipients) == sorted(2 * [PEOPLE[person] for person in people])
    assert set(states()) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_a_worker_never_waits_for_another_one_that_is_slow(sink: Sink) -> None:
    tell(WANG, urgent=True)
    first = delivery._claimed(NOON)
    assert first is not None
    assert delivery._claimed(NOON) is None
    tell(LI, urgent=True)
    assert deliver_due(NOON) == Tally(sent=1)
    later = delivery._claimed(NOON + timedelta(minutes=16))
    assert later is not None
    delivery._settle(first, state=State.SENT)
    assert Message.objects.get(recipient=WANG).state == State.WAITING, "the claim passed to another"


def test_the_worker_is_told_to_deliver() -> None:
    assert ticks["outbox.deliver"] is deliver_due


@pytest.mark.django_db(transaction=True)
def test_the_minute_of_the_worker_sends_what_is_due_once(sink: Sink) -> None:
    tell(WANG, urgent=True)
    assert tick().failed == ()
    assert tick().failed == ()
    assert len(sink.letters) == 1
