"""A notice follows its corrected steps: the days of its service, its stage, its end; what can't be kept consistent is refused."""

from datetime import date

import pytest
from tests.inforequests.cases import Office, a_case
from tests.inforequests.issuing import FIELDS, decided, path_to, sealed, served
from tests.inforequests.situations import happened

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.deciding import PointFacts, decide_together
from gongkai.inforequests.actions.drafting import discard_notice, draft_notice
from gongkai.inforequests.actions.intake import split_request
from gongkai.inforequests.actions.progress import correct_step
from gongkai.inforequests.actions.serving import record_received, serve_notice
from gongkai.inforequests.choices import CaseState, HandlingKind, Stage, Way
from gongkai.inforequests.models import Item, Notice, Service, Step
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act

pytestmark = pytest.mark.django_db
SENT, EARLIER, LATER, NOW = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 20)


def counting(notice: Notice, act: Act) -> Step:
    return notice.steps.get(act=act, item=notice.items.first(), voids=None, corrections=None, voidings=None)


def corrected(office: Office, step: Step, **values: object) -> None:
    with at(NOW):
        correct_step(office.actor(Role.OFFICE_HEAD), step, **{"reason": "登记有误", **values})  # type: ignore[arg-type]  # rows of tables


def refused(office: Office, step: Step, **values: object) -> list[str]:
    before = Service.objects.values_list("sent_on", "received_on", "failed_on")
    seen = list(before)
    with pytest.raises(ActionRefused) as caught:
        corrected(office, step, **values)
    assert list(before.all()) == seen
    return [reason.id for reason in caught.value.reasons]


def a_posted_reply(office: Office, *, is_received: bool = True) -> Service:
    """Signed on the 9th, posted on the 10th, received on the 12th."""
    with at(EARLIER):
        notice = sealed(office, decided(office, a_case(office), "already_public_end"))
    with at(SENT):
        service = serve_notice(office.actor(Role.CLERK), notice, way=Way.POST, sent_on=SENT, tracking="EA1")
    if is_received:
        with at(LATER):
            record_received(office.actor(Role.CLERK), service, on=LATER, proof="本人签收")
    return service


def days(service: Service) -> tuple[date, date | None, date | None, str]:
    service.refresh_from_db()
    service.notice.refresh_from_db()
    return service.sent_on, service.received_on, service.failed_on, service.notice.stage


def test_the_days_of_post_follow_their_steps(office: Office) -> None:
    service = a_posted_reply(office)
    corrected(office, counting(service.notice, Act.DISPATCHED), on=EARLIER)
    corrected(office, counting(service.notice, Act.DELIVERED), on=date(2026, 3, 11))
    assert days(service) == (EARLIER, date(2026, 3, 11), None, Stage.SERVED)
    assert refused(office, counting(service.notice, Act.DISPATCHED), on=LATER) == ["order"]
    assert refused(office, counting(service.notice, Act.DELIVERED), on=date(2026, 3, 6)) == ["before"]
    assert refused(office, counting(service.notice, Act.DISPATCHED), void=True) == ["received"]


def test_a_receipt_that_never_was_is_waited_for_again_and_recorded_again(office: Office) -> None:
    service = a_posted_reply(office)
    corrected(office, counting(service.notice, Act.DELIVERED), void=True)
    assert days(service) == (SENT, None, None, Stage.SENT)
    with at(NOW):
        record_received(office.actor(Role.CLERK), service, on=NOW, proof="物业代收后转交")
    assert days(service) == (SENT, NOW, None, Stage.SERVED)
    assert counting(service.notice, Act.DELIVERED).happened_on == NOW


def test_what_was_never_sent_is_sealed_still_and_sent_again(office: Office) -> None:
    service = a_posted_reply(office, is_received=False)
    corrected(office, counting(service.notice, Act.DISPATCHED), void=True)
    assert days(service) == (SENT, None, NOW, Stage.SEALED)
    assert service.failure == "撤销发出：登记有误"
    with at(NOW):
        again = serve_notice(office.actor(Role.CLERK), service.notice, way=Way.POST, sent_on=NOW, tracking="EA2")
    assert days(again) == (NOW, None, None, Stage.SENT)
    assert counting(service.notice, Act.DISPATCHED).happened_on == NOW


def test_what_was_handed_over_has_one_day(office: Office) -> None:
    with at(EARLIER):
        notice = sealed(office, decided(office, a_case(office), "already_public_end"))
    with at(LATER):
        service = serve_notice(office.actor(Role.CLERK), notice, way=Way.WINDOW, sent_on=LATER, proof="本人签收")
    corrected(office, counting(notice, Act.DELIVERED), on=SENT)
    assert days(service) == (SENT, SENT, None, Stage.SERVED)


def test_the_day_of_a_download_is_not_typed(office: Office) -> None:
    with at(SENT):
        service = served(office, decided(office, a_case(office), "already_public_end"), Way.DOWNLOAD)
    assert refused(office, counting(service.notice, Act.DELIVERED), on=LATER) == ["download"]
    corrected(office, counting(service.notice, Act.DELIVERED), void=True)
    assert days(service) == (SENT, None, None, Stage.SENT)


def test_a_letter_without_a_receipt_of_its_own_is_taken_back_whole(office: Office) -> None:
    with at(SENT):
        service = served(office, draft_notice(office.actor(Role.CLERK), a_case(office), "extension", fields=FIELDS))
    told = counting(service.notice, Act.EXTENDED_SERVED)
    assert refused(office, counting(service.notice, Act.EXTENDED), void=True) == ["sent"]
    corrected(office, told, void=True)
    assert days(service) == (SENT, None, NOW, Stage.SEALED)
    corrected(office, counting(service.notice, Act.EXTENDED), void=True)
    assert days(service)[3] == Stage.WITHDRAWN


def test_a_voided_signature_ends_the_notice_with_a_note_and_the_case_is_decided_anew(office: Office) -> None:
    with at(EARLIER):
        notice = sealed(office, decided(office, a_case(office), "already_public_end"))
    signed = counting(notice, Act.DECIDED)
    assert refused(office, signed, on=date(2026, 3, 6)) == ["signed"]
    corrected(office, signed, void=True)
    notice.refresh_from_db()
    item = Item.objects.get(pk=signed.item_id)
    assert (notice.stage, item.state, item.result) == (Stage.WITHDRAWN, CaseState.RUNNING, "")
    assert item.handlings.filter(kind=HandlingKind.DISCARDED, notice=notice, opinion="撤销签发：登记有误").exists()
    with at(NOW):
        sealed(office, decided(office, item, "already_public_end"))


def test_a_sent_reply_is_taken_back_step_by_step(office: Office) -> None:
    service = a_posted_reply(office)
    for act in (Act.DELIVERED, Act.DISPATCHED, Act.DECIDED):
        corrected(office, counting(service.notice, act), void=True)
    assert days(service) == (SENT, None, NOW, Stage.WITHDRAWN)


def test_a_letter_that_was_never_sent_can_be_discarded(office: Office) -> None:
    with at(SENT):
        service = served(
            office, draft_notice(office.actor(Role.CLERK), a_case(office), "clarification", fields=FIELDS), Way.POST
        )
    corrected(office, counting(service.notice, Act.CLARIFICATION_ASKED), void=True)
    with at(NOW):
        assert discard_notice(office.actor(Role.CLERK), service.notice, reason="不再需要").stage == Stage.WITHDRAWN


def test_a_notice_about_several_things_is_corrected_for_all(office: Office) -> None:
    first, clerk = a_case(office), office.actor(Role.CLERK)
    with at(SENT):
        items = split_request(clerk, first.request, texts=["甲文件", "乙文件", "丙文件"])
        together = items[:2]
        points = {item.pk: [PointFacts(item.text, "已在网站公开")] for item in together}
        answers = path_to("already_public_end")
        service = served(
            office, decide_together(clerk, together, answers=answers, points=points, fields=FIELDS), Way.POST
        )
    with at(NOW):
        record_received(clerk, service, on=NOW, proof="本人签收")
    corrected(office, counting(service.notice, Act.DELIVERED), on=LATER)
    rows = Step.objects.filter(act=Act.DELIVERED, corrections=None).values_list("item", "happened_on")
    assert sorted(rows) == [(item.pk, LATER) for item in together]
    assert days(service) == (SENT, LATER, None, Stage.SERVED)
    for act in (Act.DELIVERED, Act.DISPATCHED, Act.DECIDED):
        corrected(office, counting(service.notice, act), void=True)
    states = Item.objects.filter(pk__in=[item.pk for item in items]).values_list("state", flat=True)
    assert set(states) == {CaseState.RUNNING}


LETTERS = [
    ("clarification", Act.CLARIFICATION_ASKED, "10", "15", "文书写的是“10个工作日内补正”"),
    ("deferral", Act.DEFERRED, "2026-04-20", "2026-05-20", "文书写的是“延迟至2026年4月20日"),
    ("extension", Act.EXTENDED, "15", "20", "已经签发，步骤不能与文书的落款日期和内容不同"),
]
"""A kind of letter, the step that it makes, the days or the date that it tells, others, and the reason against them."""


@pytest.mark.parametrize(("kind", "act", "told", "other", "why"), LETTERS, ids=[row[0] for row in LETTERS])
@pytest.mark.parametrize("moved", [{}, {"on": EARLIER}], ids=["alone", "with its day"])
def test_a_step_says_what_its_letter_told(
    office: Office, kind: str, act: Act, told: str, other: str, why: str, moved: dict[str, date]
) -> None:
    item, clerk = a_case(office), office.actor(Role.CLERK)
    with at(EARLIER):
        if kind == "deferral":
            happened(item, Act.REASONS_ASKED, EARLIER)
        notice = sealed(office, draft_notice(clerk, item, kind, fields=FIELDS, argument=told))
    with at(SENT):
        serve_notice(clerk, notice, way=Way.WINDOW, sent_on=SENT, proof="本人签收")
    step = counting(notice, act)
    with at(NOW), pytest.raises(ActionRefused, match=why):
        correct_step(office.actor(Role.OFFICE_HEAD), step, argument=other, reason="登记有误", **moved)
    item.refresh_from_db()
    notice.refresh_from_db()
    assert (counting(notice, act), step.argument, notice.argument) == (step, told, told)
    if act != Act.EXTENDED:
        corrected(office, step, on=EARLIER)
        assert counting(notice, act).argument == told


def test_a_letter_sent_again_says_what_it_told_before(office: Office) -> None:
    item, clerk = a_case(office), office.actor(Role.CLERK)
    with at(EARLIER):
        letter = draft_notice(clerk, item, "clarification", fields=FIELDS, argument="15")
        service = served(office, letter, Way.POST)
    corrected(office, counting(service.notice, Act.CLARIFICATION_ASKED), void=True)
    with at(NOW):
        serve_notice(clerk, service.notice, way=Way.POST, sent_on=SENT, tracking="EA2")
    assert counting(service.notice, Act.CLARIFICATION_ASKED).argument == "15"
