"""Which act is refused in which situation, and for whom: what the page shows is what the server says."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import FIELDS, served
from tests.inforequests.situations import ASKED, MONDAY, NOW, SITUATIONS, a_notice, consulted, happened

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.roles import Role
from gongkai.inforequests.actions import drafting, handling, progress
from gongkai.inforequests.actions.deciding import decide
from gongkai.inforequests.actions.drafting import Consulted, FeeFacts, draft_notice
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.intake import confirm_request, register_request, split_request
from gongkai.inforequests.choices import ConsultationKind, Opinion, Stage
from gongkai.inforequests.models import Consultation, Item, Release
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.inforequests.steps import clock_of, record
from gongkai.kernel.clock import at, now
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Ground

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 3, 12)

TABLE = {
    "unconfirmed": "confirm register:unconfirmed split:unconfirmed assign:unconfirmed answer:unconfirmed"
    " search:unconfirmed release:unconfirmed clear:unconfirmed clarify:unconfirmed clarified:unconfirmed"
    " consult:unconfirmed consulted:unconfirmed extend:unconfirmed reasons:unconfirmed explained:unconfirmed defer:unconfirmed"
    " charge:unconfirmed paid:unconfirmed decide:unconfirmed withdraw:unconfirmed reopen:not_received"
    " correct:no_steps archive:open",
    "unregistered": "confirm:confirmed register split assign:unregistered answer:unregistered search:unregistered"
    " release:unregistered clear:unregistered clarify:unregistered clarified:unregistered consult:unregistered"
    " consulted:unregistered extend:unregistered reasons:unregistered explained:unregistered defer:unregistered charge:unregistered"
    " paid:unregistered decide:unregistered withdraw reopen:open correct archive:open",
    "running": "confirm:confirmed register:registered split assign answer:not_assigned search release"
    " clear:no_release clarify clarified:no_letter consult consulted:no_letter extend reasons"
    " explained:no_letter defer:C-DEFER-UNASKED charge paid:no_fee decide withdraw reopen:open correct archive:open",
    "with_files": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release clear"
    " clarify clarified:no_letter consult consulted:no_letter extend reasons explained:no_letter defer:C-DEFER-UNASKED charge"
    " paid:no_fee decide withdraw reopen:open correct archive:open",
    "given_out": "confirm:confirmed register:registered split:begun assign answer search release clear:no_release"
    " clarify clarified:no_letter consult consulted:no_letter extend reasons explained:no_letter defer:C-DEFER-UNASKED charge"
    " paid:no_fee decide:assigned withdraw reopen:open correct archive:open",
    "clarifying": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release"
    " clear:no_release clarify:waiting clarified consult:waiting consulted:no_letter extend:waiting"
    " reasons:waiting explained:no_letter defer:waiting charge:waiting paid:no_fee decide:waiting withdraw reopen:open correct"
    " archive:open",
    "lapsed": "confirm:confirmed register:registered split:begun assign:lapsed answer:not_assigned search"
    " release:lapsed clear:no_release clarify:C-LAPSED+C-CLARIFY-TWICE clarified consult:C-LAPSED"
    " consulted:no_letter extend:C-LAPSED reasons:C-LAPSED explained:no_letter defer:C-LAPSED+C-DEFER-UNASKED charge:C-LAPSED"
    " paid:no_fee decide withdraw reopen correct archive:open",
    "consulting": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release"
    " clear:no_release clarify clarified:no_letter consult consulted extend reasons explained:no_letter defer:C-DEFER-UNASKED charge"
    " paid:no_fee decide:consulting withdraw reopen:open correct archive:open",
    "charged": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release"
    " clear:no_release clarify:waiting clarified:no_letter consult:waiting consulted:no_letter extend:waiting"
    " reasons:waiting explained:no_letter defer:waiting charge:waiting paid decide:waiting withdraw reopen:open correct archive:open",
    "replying": "confirm:confirmed register:registered split:begun assign:reply answer:not_assigned search"
    " release:reply clear:no_release clarify:reply clarified:no_letter consult:reply consulted:no_letter"
    " extend:reply reasons:reply explained:no_letter defer:reply charge:reply paid:no_fee decide:under_way withdraw reopen:open correct"
    " archive:open",
    "decided": "confirm:confirmed register:registered split:begun assign:decided answer:not_assigned search:decided"
    " release:decided clear:decided clarify:decided clarified:no_letter consult:decided consulted:no_letter"
    " extend:decided reasons:decided explained:decided defer:decided charge:decided paid:no_fee decide:decided withdraw:decided"
    " reopen:open correct archive:open",
    "ended": "confirm:confirmed register:registered split:begun assign:ended answer:ended search:ended release:ended"
    " clear:ended clarify:ended clarified:ended consult:ended consulted:ended extend:ended reasons:ended"
    " explained:ended defer:ended charge:ended paid:ended decide:ended withdraw:ended reopen correct archive",
    "reopened": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release"
    " clear:no_release clarify clarified:no_letter consult consulted:no_letter extend reasons"
    " explained:no_letter defer:C-DEFER-UNASKED charge paid:no_fee decide withdraw reopen:open correct archive:open",
    "explaining": "confirm:confirmed register:registered split:begun assign answer:not_assigned search release"
    " clear:no_release clarify clarified:no_letter consult consulted:no_letter extend reasons explained defer charge"
    " paid:no_fee decide withdraw reopen:open correct archive:open",
    "correction": "confirm:confirmed register:registered split assign answer:not_assigned search release"
    " clear:no_release clarify:correction clarified:no_letter consult:correction consulted:no_letter"
    " extend:correction reasons:correction explained:no_letter defer:correction charge:correction paid:no_fee decide withdraw"
    " reopen:correction correct:no_steps archive:open",
}
"""By situation, each act, with the reasons behind a colon where it is refused."""


def _expected(situation: str) -> dict[str, list[str]]:
    parted = (word.partition(":") for word in TABLE[situation].split())
    return {act: reasons.split("+") if reasons else [] for act, _, reasons in parted}


LETTERS = ("decide", "clarify", "consult", "extend", "reasons", "charge")
"""Letters and decisions ask for more than the case; what they need is tested with them."""
WITHOUT_OBJECT = ("correct:no_steps", "clear:no_release")
"""There is nothing that the act could be done to."""


def _ids(rows: list[tuple[str, str]]) -> list[Any]:
    return [pytest.param(*row, id="-".join(row)) for row in rows]


REFUSED = [
    (situation, word.partition(":")[0])
    for situation, row in TABLE.items()
    for word in row.split()
    if ":" in word and word not in WITHOUT_OBJECT
]
ALLOWED = [
    (situation, act)
    for situation, row in TABLE.items()
    for act in row.split()
    # The office has one unit, which has the case.
    if ":" not in act and act not in LETTERS and (situation, act) != ("given_out", "assign")
]


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """One office for all tests of the table, which only ever write cases."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield an_office()
        transaction.set_rollback(True)


def the_case(office: Office, situation: str) -> Item:
    """The case as an act would read it."""
    made = SITUATIONS[situation](office)
    return Item.objects.select_related("request", "agency").get(pk=made.pk)


@pytest.mark.parametrize("situation", TABLE)
def test_what_is_refused_in_a_situation_and_why(office: Office, situation: str) -> None:
    item = the_case(office, situation)
    with at(NOW):
        found = {act.id: [reason.id for reason in act.against(item, NOW)] for act in CASE_ACTS.values()}
    assert found == _expected(situation)


@pytest.mark.parametrize("situation", TABLE)
def test_every_reason_says_what_is_in_the_way_and_what_to_do_instead(office: Office, situation: str) -> None:
    item = the_case(office, situation)
    with at(NOW):
        found = [reason for act in CASE_ACTS.values() for reason in act.against(item, NOW)]
    assert all(reason.message and reason.instead for reason in found)


def _letter(kind: str, argument: str = "", **more: object) -> Callable[[Actor, Item], object]:
    return lambda actor, item: draft_notice(actor, item, kind, fields={}, argument=argument, **more)  # type: ignore[arg-type]  # consultation, fee


def _review_a_file(actor: Actor, item: Item) -> object:
    release = Release.objects.create(item=item, is_pointer=True, note="机要室", added_at=now())
    return handling.review_release(actor, release, is_cleared=False, review="属于国家秘密")


def _record_an_opinion(actor: Actor, item: Item) -> object:
    row = item.consultations.first() or Consultation.objects.create(
        item=item, kind=ConsultationKind.THIRD_PARTY, key="Z", name="青禾建材公司", content="合同"
    )
    return progress.record_opinion(actor, row, on=NOW, opinion=Opinion.CONSENTS)


def _search(actor: Actor, item: Item) -> object:
    return handling.record_search(
        actor, item, place="档案室", terms="饮水", searched_on=NOW, is_found=False, outcome="没有查到"
    )


def _correct(actor: Actor, item: Item) -> object:
    step = item.steps.first()
    assert step is not None
    return progress.correct_step(actor, step, on=ASKED, reason="收到日期记错")


DONE: dict[str, tuple[str, Callable[[Actor, Item], object]]] = {
    "confirm": (Role.CLERK, lambda actor, item: confirm_request(actor, item.request, on=NOW)),
    "register": (Role.CLERK, lambda actor, item: register_request(actor, item.request)),
    "split": (Role.CLERK, lambda actor, item: split_request(actor, item.request, texts=["甲", "乙"])),
    "answer": (Role.UNIT_HANDLER, lambda actor, item: handling.answer_assignment(actor, item, opinion="建议公开")),
    "search": (Role.CLERK, _search),
    "release": (
        Role.CLERK,
        lambda actor, item: handling.add_release(actor, item, file=None, note="机要室", is_pointer=True),
    ),
    "clear": (Role.SECRECY_REVIEWER, _review_a_file),
    "clarify": (Role.CLERK, _letter("clarification")),
    "clarified": (Role.CLERK, lambda actor, item: progress.record_clarified(actor, item, on=NOW, text="只要2025年的")),
    "consult": (
        Role.CLERK,
        _letter(
            "third_party_consultation",
            consultation=Consulted(ConsultationKind.THIRD_PARTY, "青禾建材公司", "青禾县", "合同"),
        ),
    ),
    "consulted": (Role.CLERK, _record_an_opinion),
    "extend": (Role.CLERK, _letter("extension")),
    "reasons": (Role.CLERK, _letter("reasons")),
    "explained": (Role.CLERK, lambda actor, item: record_explanation(actor, item, on=NOW, text="编写县志")),
    "defer": (Role.CLERK, _letter("deferral", "2026-06-01")),
    "charge": (Role.CLERK, _letter("fee", fee=FeeFacts("items", 40))),
    "paid": (Role.CLERK, lambda actor, item: progress.record_payment(actor, item, on=NOW, proof="票据一号")),
    "decide": (Role.CLERK, lambda actor, item: decide(actor, item, answers=[], points=[], fields={})),
    "withdraw": (Role.CLERK, lambda actor, item: progress.withdraw(actor, item, on=NOW, evidence="撤回申请书")),
    "reopen": (
        Role.CLERK,
        lambda actor, item: progress.reopen(actor, item, on=NOW, ground=Ground.OWN, evidence="内部核查"),
    ),
    "correct": (Role.OFFICE_HEAD, _correct),
    "archive": (Role.ARCHIVIST, handling.archive),
}


def _assign(office: Office) -> Callable[[Actor, Item], object]:
    return lambda actor, item: handling.assign(actor, item, units=[office.unit], due_on=NOW)


def _done(office: Office, act: str) -> tuple[Actor, Callable[[Actor, Item], object]]:
    if act == "assign":
        return office.actor(Role.CLERK), _assign(office)
    role, do = DONE[act]
    return Actor(None) if role in (Role.UNIT_HANDLER, Role.ARCHIVIST) else office.actor(role), do


@pytest.mark.parametrize(("situation", "act"), _ids(REFUSED))
def test_the_server_refuses_what_the_page_shows_as_refused(office: Office, situation: str, act: str) -> None:
    item = the_case(office, situation)
    actor, do = _done(office, act)
    with at(NOW):
        shown = CASE_ACTS[act].against(item, NOW)
        with pytest.raises(ActionRefused) as caught:
            do(actor, item)
    assert list(caught.value.reasons) == shown


@pytest.mark.parametrize(("situation", "act"), _ids(ALLOWED))
def test_the_server_does_what_the_page_offers(office: Office, situation: str, act: str) -> None:
    item = the_case(office, situation)
    actor, do = _done(office, act)
    with at(NOW):
        do(actor, item)


OWN = {
    Role.CLERK: "confirm register split assign search release clarify clarified consult consulted extend reasons"
    " explained defer charge paid decide withdraw reopen archive",
    Role.OFFICE_HEAD: "confirm register split assign search release clear clarify clarified consult consulted extend"
    " reasons explained defer charge paid decide withdraw reopen correct archive",
    Role.SECRECY_REVIEWER: "clear",
    Role.UNIT_HANDLER: "answer search release",
    Role.SECTION_HEAD: "answer search release",
    **dict.fromkeys((Role.DEPUTY_HEAD, Role.HEAD, Role.LEGALITY_REVIEWER, Role.SEAL_KEEPER, Role.WINDOW_CLERK), ""),
}


@pytest.mark.parametrize("role", OWN)
def test_whose_acts_they_are(role: str) -> None:
    office, other = an_office(), an_office("青禾县林业局")
    item = the_case(office, "given_out")
    with at(NOW):
        refused = {
            act.id: [reason.id for reason in reasons_against(act, item, office.actor(role), NOW)]
            for act in CASE_ACTS.values()
        }
        foreign = [act.id for act in CASE_ACTS.values() if not reasons_against(act, item, other.actor(role), NOW)]
    assert {act for act, reasons in refused.items() if "role" not in reasons} == set(OWN[role].split())
    assert foreign == []


def test_a_unit_has_no_more_authority_once_it_has_answered() -> None:
    office = an_office()
    item = the_case(office, "given_out")
    handler = office.actor(Role.UNIT_HANDLER)
    with at(NOW):
        assert reasons_against(CASE_ACTS["search"], item, handler, NOW) == []
        handling.answer_assignment(handler, item, opinion="建议公开")
        found = {act: reasons_against(CASE_ACTS[act], item, handler, NOW)[0].id for act in ("answer", "search")}
    assert found == {"answer": "returned", "search": "returned"}


def test_a_consultation_of_an_earlier_round_holds_nothing_up() -> None:
    office = an_office()
    item = the_case(office, "consulting")
    clerk = office.actor(Role.CLERK)
    with at(NOW):
        progress.withdraw(clerk, item, on=NOW, evidence="撤回申请书")
        progress.reopen(clerk, item, on=NOW, ground=Ground.OWN, evidence="内部核查")
        item = Item.objects.get(pk=item.pk)
        assert CASE_ACTS["decide"].against(item, NOW) == []
        consulted_again = consulted(item, key="B")
        item = Item.objects.get(pk=item.pk)
        assert [reason.id for reason in CASE_ACTS["decide"].against(item, NOW)] == ["consulting"]
    assert consulted_again.opinion == ""


def test_a_consultation_whose_letter_never_went_out_holds_nothing_up() -> None:
    office = an_office()
    item = the_case(office, "consulting")
    with at(NOW):
        asked = item.steps.get(act=LawAct.THIRD_PARTY_ASKED)
        progress.correct_step(office.actor(Role.OFFICE_HEAD), asked, void=True, reason="信没有寄出")
        item = Item.objects.get(pk=item.pk)
        assert [reason.id for reason in CASE_ACTS["decide"].against(item, NOW)] == ["under_way"]
        drafting.discard_notice(office.actor(Role.CLERK), asked.notice, reason="不再征求")
        item = Item.objects.get(pk=item.pk)
        assert CASE_ACTS["decide"].against(item, NOW) == []


def test_another_letter_of_a_kind_waits_until_the_first_is_done() -> None:
    item = a_case(an_office(), on=MONDAY)
    a_notice(item, "extension", Stage.DRAFT)
    with at(NOW):
        found = CASE_ACTS["extend"].against(Item.objects.get(pk=item.pk), NOW)
    assert [(reason.id, reason.instead) for reason in found] == [("under_way", "请在“文书”中继续")]


def test_the_law_says_until_when_and_on_what_basis() -> None:
    item = a_case(an_office(), on=MONDAY)
    happened(item, LawAct.REASONS_ASKED, ASKED)
    with at(THURSDAY):
        (found,) = CASE_ACTS["clarify"].against(Item.objects.get(pk=item.pk), THURSDAY)
    assert (found.id, found.basis) == ("C-CLARIFY-LATE", "《中华人民共和国政府信息公开条例》第三十条")
    assert "2026-03-11" in found.message
    with at(NOW):
        assert CASE_ACTS["defer"].against(Item.objects.get(pk=item.pk), NOW) == []


def test_who_may_be_harmed_is_consulted_also_when_the_answer_is_overdue() -> None:
    office, late = an_office(), date(2026, 4, 1)
    item, clerk = a_case(office, on=MONDAY), office.actor(Role.CLERK)
    party = Consulted(ConsultationKind.THIRD_PARTY, "青禾建材公司", "青禾县人民路9号", "合同单价")
    with at(late):
        served(office, draft_notice(clerk, item, "third_party_consultation", fields=FIELDS, consultation=party))
        item = Item.objects.get(pk=item.pk)
        told = clock_of(item, on=late)
        assert [reason.id for reason in CASE_ACTS["decide"].against(item, late)] == ["consulting"]
    assert item.due_on == date(2026, 3, 30)
    assert told is not None
    assert [one.rule for one in told.findings] == ["C-CONSULT-LATE"]


def test_nothing_lengthens_the_time_of_an_overdue_case() -> None:
    item = a_case(an_office(), on=MONDAY)
    late = date(2026, 4, 1)
    with at(late):
        offered = {act.id for act in CASE_ACTS.values() if not act.against(Item.objects.get(pk=item.pk), late)}
        inner = {"split", "assign", "search", "release", "correct"}
        assert inner <= offered
        assert offered - inner == {"consult", "reasons", "decide", "withdraw"}
        record(item, LawAct.DECIDED, on=late)
