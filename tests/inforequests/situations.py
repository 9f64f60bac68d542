"""Cases brought to each situation that the rules tell apart, by recording what led there."""

from collections.abc import Callable
from datetime import date

from tests.inforequests.cases import Office, a_case, a_letter

from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.handling import assign
from gongkai.inforequests.actions.intake import enter_request, file_request, register_request
from gongkai.inforequests.actions.progress import reopen, withdraw
from gongkai.inforequests.choices import Channel, ConsultationKind, LetterKind, Stage, Way
from gongkai.inforequests.models import Consultation, Item, Notice, Payment, Release, Service, Step
from gongkai.inforequests.steps import project, record
from gongkai.kernel.clock import at, now
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Ground

MONDAY, ASKED, NOW = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9)
"""The day of receipt, the day on which something was asked, the day on which one looks."""


def happened(item: Item, act: LawAct, on: date, **more: object) -> Step:
    """A step of that day, recorded the same day."""
    with at(on):
        return record(item, act, on=on, **more)  # type: ignore[arg-type]  # key, argument, notice


def a_notice(item: Item, kind: str, stage: str = Stage.DRAFT, **values: object) -> Notice:
    """A notice of a case, brought to a stage without the acts that lead there."""
    notice = Notice.objects.create(
        agency=item.agency, kind=kind, addressee="周明远", body="", stage=stage, drafted_at=now(), **values
    )
    notice.items.add(item)
    return notice


def consulted(
    item: Item, kind: str = ConsultationKind.THIRD_PARTY, act: LawAct = LawAct.THIRD_PARTY_ASKED, key: str = "A"
) -> Consultation:
    """A party that was asked on Wednesday."""
    consultation = Consultation.objects.create(item=item, kind=kind, key=key, name="青禾建材公司", content="合同")
    notice = a_notice(item, "third_party_consultation", Stage.SERVED, consultation=consultation)
    happened(item, act, ASKED, key=key, notice=notice)
    return consultation


def a_fee(item: Item) -> Payment:
    """A fee that was asked for on Wednesday."""
    payment = Payment.objects.create(item=item, method="items", count=12, yuan=200)
    happened(item, LawAct.FEE_NOTICED, ASKED)
    return payment


def _unconfirmed(office: Office) -> Item:
    letter = a_letter(office.agency, channel=Channel.ORDINARY_MAIL, arrived_on=MONDAY)
    with at(MONDAY):
        return Item.objects.get(request=enter_request(office.actor(Role.CLERK), letter).request)


def _given_out(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    with at(ASKED):
        assign(office.actor(Role.CLERK), item, units=[office.unit], due_on=NOW)
    return item


def _clarifying(office: Office, days: str = "") -> Item:
    item = a_case(office, on=MONDAY)
    happened(item, LawAct.CLARIFICATION_ASKED, ASKED, argument=days)
    return item


def _lapsed(office: Office) -> Item:
    item = _clarifying(office, "2")
    with at(NOW):
        project(item)
    return item


def _consulting(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    consulted(item)
    return item


def _charged(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    a_fee(item)
    return item


def _replying(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    a_notice(item, "granted", Stage.REVIEW)
    return item


def _decided(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    happened(item, LawAct.DECIDED, ASKED, notice=a_notice(item, "granted", Stage.SENT))
    return item


def _ended(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    with at(ASKED):
        withdraw(office.actor(Role.CLERK), item, on=ASKED, evidence="撤回申请书")
    return item


def _reopened(office: Office) -> Item:
    item = _ended(office)
    with at(NOW):
        reopen(office.actor(Role.OFFICE_HEAD), item, on=NOW, ground=Ground.OWN, evidence="内部核查")
    return item


def asked_for_reasons(item: Item, *others: Item) -> Notice:
    """The letter that asked for reasons on Wednesday, and reached the applicant the same day."""
    notice = a_notice(item, "reasons", Stage.SERVED, fields={"excess": "一个月内提出四十件申请"})
    notice.items.add(*others)
    Service.objects.create(notice=notice, way=Way.DOWNLOAD, sent_on=ASKED, received_on=ASKED, recorded_at=now())
    for one in (item, *others):
        happened(one, LawAct.REASONS_ASKED, ASKED, notice=notice)
    return notice


def _explaining(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    asked_for_reasons(item)
    return item


def _correction(office: Office) -> Item:
    letter = a_letter(office.agency, kind=LetterKind.CORRECTION, text="更正我的户籍登记日期")
    with at(MONDAY):
        request = file_request(letter).request
        register_request(office.actor(Role.CLERK), request)
    return Item.objects.get(request=request)


def _with_files(office: Office) -> Item:
    item = a_case(office, on=MONDAY)
    Release.objects.create(item=item, is_pointer=True, note="机要室三号柜", added_at=now())
    return item


SITUATIONS: dict[str, Callable[[Office], Item]] = {
    "unconfirmed": _unconfirmed,
    "unregistered": lambda office: a_case(office, on=MONDAY, is_registered=False),
    "running": lambda office: a_case(office, on=MONDAY),
    "with_files": _with_files,
    "given_out": _given_out,
    "clarifying": _clarifying,
    "lapsed": _lapsed,
    "consulting": _consulting,
    "charged": _charged,
    "replying": _replying,
    "decided": _decided,
    "ended": _ended,
    "reopened": _reopened,
    "explaining": _explaining,
    "correction": _correction,
}
