"""How a letter comes in: filed on the web, or entered by an officer; confirmed, registered, split.

Taking in is one act on a self-contained `Letter`, so that a carrier between separated networks can bring it as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.audit.actions import Author
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.inforequests.actions.acting import hold_request, journal, note, person_id_of, person_of, told
from gongkai.inforequests.choices import Channel, HandlingKind, LetterKind, Part
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Item, Party, Request, Step
from gongkai.inforequests.permissions import ENTER, HANDLE
from gongkai.inforequests.receiving import receipt_of
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.inforequests.steps import counting_steps, is_correction, project, received, record
from gongkai.kernel.clock import now, today
from gongkai.kernel.ids import public_id as new_public_id
from gongkai.kernel.inserting import insert_together
from gongkai.kernel.models import next_number
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.law.clock import Act as LawAct
from gongkai.law.errors import OutsideCodedLaw

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

APPLICANT = Author("applicant")
_ORAL = "申请人书写确有困难，口头提出，由本机关代为填写"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """Who asks, or his agent; the first applicant decides the kind that is counted."""

    kind: str
    name: str
    identity_kind: str
    identity: str
    part: str = Part.APPLICANT
    representative: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it came (Article 29): who, what, in which form, by which way; `arrived_on` and confirmation as known.

    `public_id` is that of the draft whose files belong to it, or a new one; the same is taken in once, with its `code`.
    `is_oral`: told by somebody who can't write, put down by the office (条例第二十九条第一款).
    """

    agency: "Agency"
    channel: str
    text: str
    medium: str
    way: str
    parties: Sequence[PartyFacts]
    description: str = ""
    kind: str = LetterKind.INFORMATION
    sent_at: datetime | None = None
    arrived_on: date | None = None
    confirmed_on: date | None = None
    is_unreachable: bool = False
    is_oral: bool = False
    public_id: str = field(default_factory=new_public_id)
    code: str = field(default_factory=new_code)


@dataclass(frozen=True, slots=True)
class Filed:
    """A letter that was taken in, and its query code, which is nowhere else; empty where it was taken in before."""

    request: Request
    code: str


@transaction.atomic(savepoint=False)
def file_request(letter: Letter) -> Filed:
    """Takes in what a citizen filed on the web: confirmed by the system at once, received that day (申请提交).

    Sent twice it is one letter. Raises ActionRefused for an agency that is merged or takes none.
    """
    before = Request.objects.filter(public_id=letter.public_id).first()
    return file_draft(letter) if before is None else Filed(before, "")


def file_draft(letter: Letter) -> Filed:
    """The same for a letter that can't have been taken in: the caller holds its draft, which goes with it."""
    taken = replace(letter, channel=Channel.INTERNET, arrived_on=today(), sent_at=letter.sent_at or now())
    return _take_in(taken, Actor(None), APPLICANT, "file")


@transaction.atomic
def enter_request(actor: Actor, letter: Letter, *, files: Sequence[Inspected] = ()) -> Filed:
    """Enters a letter, a fax or what was handed in at the window (登记来信来访), with a query code for its sender.

    `files` are what came with it. Entered twice it is one letter. Raises ActionRefused for days that can't be.
    """
    author = actor.author(ENTER, letter.agency)
    arrived = letter.arrived_on or today()
    refuse_for(_against_days(arrived, letter.confirmed_on))
    before = Request.objects.filter(public_id=letter.public_id).first()
    if before is not None:
        return Filed(before, "")
    for file in files:
        store(file, owner=letter.public_id, subject=letter.public_id)
    return _take_in(replace(letter, arrived_on=arrived), actor, author, "enter")


@transaction.atomic
def confirm_request(actor: Actor, request: Request, *, on: date) -> None:
    """Notes that a person of the office confirmed the letter with its sender (双方确认): the clock starts.

    On the web the system has confirmed already: then the officer's confirmation is noted beside it.
    """
    items = hold_request(request)
    refuse_for(reasons_against(CASE_ACTS["confirm"], items[0], actor, today()))
    author = actor.author(HANDLE, request.agency)
    request.refresh_from_db()
    if on > today() or on < request.arrived_on:
        raise ActionRefused([Reason("day", "确认日期应在到达日期和今天之间", "请核对日期")])
    request.confirmed_on, request.confirmed_at = on, now()
    _receive(request, items, actor, str(author.role))
    request.save(update_fields=["confirmed_on", "confirmed_at", "received_on"])
    journal("confirm", author, request, told(confirmed_on=on, received_on=request.received_on))


@transaction.atomic
def register_request(actor: Actor, request: Request, *, opinion: str = "") -> None:
    """Registers a letter (登记): from now on it can be worked on. `opinion` tells how it should be (拟办)."""
    items = hold_request(request)
    refuse_for(reasons_against(CASE_ACTS["register"], items[0], actor, today()))
    author = actor.author(HANDLE, request.agency)
    request.refresh_from_db()
    request.registered_at = now()
    request.save(update_fields=["registered_at"])
    for item in items:
        note(item, HandlingKind.REGISTERED, actor, author.role, opinion=opinion)
        project(item)
    journal("register", author, request)


@transaction.atomic
def split_request(actor: Actor, request: Request, *, texts: Sequence[str]) -> list[Item]:
    """Makes of a letter as many items as it asks things (拆分); each inherits the steps so far."""
    items = hold_request(request)
    refuse_for(reasons_against(CASE_ACTS["split"], items[0], actor, today()))
    wanted = [text.strip() for text in texts if text.strip()]
    if len(wanted) < 2:
        raise ActionRefused([Reason("few", "拆分后至少要有两件", "请把每样信息分别写一行")])
    author = actor.author(HANDLE, request.agency)
    first = items[0]
    first.order, first.text = 1, wanted[0]
    first.save(update_fields=["order", "text"])
    made = [first]
    for order, text in enumerate(wanted[1:], 2):
        item = Item(request=request, agency=request.agency, order=order, text=text)
        item.save()
        Step.objects.bulk_create(_copied(step, item) for step in counting_steps(first))
        project(item)
        made.append(item)
    for item in made:
        note(item, HandlingKind.REGISTERED, actor, author.role, opinion="拆分")
    journal("split", author, request, told(items=len(made)))
    return made


def _take_in(letter: Letter, actor: Actor, author: Author, act: str) -> Filed:
    """The letter with its number, parties and item, received where nothing is left to confirm; the journal last."""
    _require_open(letter)
    request = _request_of(letter, actor)
    try:
        found = receipt_of(request)
    except OutsideCodedLaw as error:
        raise ActionRefused([Reason("law", str(error), "请核对到达日期")]) from error
    request.received_on = found.received_on
    request.year = (found.received_on or request.arrived_on).year
    request.number = next_number(f"inforequests.{letter.agency.public_id}.{request.year}")
    item = Item(request=request, agency=letter.agency, text=letter.text)
    rows = [request, *_parties_of(request, letter.parties), item]
    if found.received_on is not None and not is_correction(item):
        proof = "；".join(found.proof)
        step = received(item, on=found.received_on, person_id=person_id_of(actor), role=author.role, evidence=proof)
        insert_together(*rows, step)
    else:
        insert_together(*rows)
        project(item)
    if letter.is_oral:
        note(item, HandlingKind.REGISTERED, actor, author.role, opinion=_ORAL)
    facts = told(number=request.register_number, channel=request.get_channel_display(), arrived_on=request.arrived_on)
    journal(act, author, request, facts, is_first=True)
    return Filed(request, letter.code)


def _request_of(letter: Letter, actor: Actor) -> Request:
    """The letter as it is kept, but for its receipt and number."""
    assert letter.arrived_on is not None
    return Request(
        public_id=letter.public_id,
        agency=letter.agency,
        kind=letter.kind,
        channel=letter.channel,
        text=letter.text,
        description=letter.description,
        medium=letter.medium,
        way=letter.way,
        applicant_kind=letter.parties[0].kind,
        sent_at=letter.sent_at,
        taken_at=now(),
        arrived_on=letter.arrived_on,
        confirmed_on=letter.confirmed_on,
        confirmed_at=now() if letter.confirmed_on is not None else None,
        is_unreachable=letter.is_unreachable,
        entered_by=person_of(actor),
        code_index=code_index(letter.code),
    )


def _require_open(letter: Letter) -> None:
    if letter.agency.to_on is not None and letter.agency.to_on <= today():
        raise ActionRefused([Reason("closed", "该机关已撤销，不再受理", "请向承继其职责的机关申请")])
    if letter.arrived_on is not None and letter.arrived_on < letter.agency.from_on:
        raise ActionRefused([Reason("day", "到达日期早于该机关设立", "请核对日期")])


def _against_days(arrived_on: date, confirmed_on: date | None) -> list[Reason]:
    """What is wrong with the days that somebody entered."""
    if arrived_on > today():
        return [Reason("future", "到达日期还没有到", "请核对日期")]
    if confirmed_on is not None and not arrived_on <= confirmed_on <= today():
        return [Reason("confirmed", "与申请人确认的日期应在到达日期和今天之间", "请核对日期")]
    return []


def _parties_of(request: Request, parties: Sequence[PartyFacts]) -> Iterator[Party]:
    orders: dict[str, int] = {}
    for facts in parties:
        orders[facts.part] = orders.get(facts.part, 0) + 1
        yield Party(request=request, order=orders[facts.part], **asdict(facts))


def _receive(request: Request, items: Sequence[Item], actor: Actor, role: str) -> None:
    """Records the receipt of each item where the law has one; else they wait for the confirmation.

    For a correction no reply clock runs: it has no such step.
    """
    found = receipt_of(request)
    request.received_on = found.received_on
    for item in items:
        item.request = request
        if found.received_on is not None and not is_correction(item) and not item.steps.exists():
            proof = "；".join(found.proof)
            record(
                item, LawAct.RECEIVED, on=found.received_on, person_id=person_id_of(actor), role=role, evidence=proof
            )
        else:
            project(item)


def _copied(step: Step, item: Item) -> Step:
    """A step that counts, for an item that is split off: what was corrected stays with the first alone."""
    return Step(
        item=item,
        act=step.act,
        happened_on=step.happened_on,
        key=step.key,
        argument=step.argument,
        recorded_at=step.recorded_at,
        person_id=step.person_id,
        role=step.role,
        evidence=step.evidence,
        reason=step.reason,
    )
