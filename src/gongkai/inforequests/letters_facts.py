"""From what is on record to what a letter tells (`notices.Facts`), its findings, and its document."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.agencies import queries as agencies
from gongkai.agencies.reviewing import related_ids, reviewing
from gongkai.documents.writing import write
from gongkai.files.queries import NoSuchFile, file_of
from gongkai.findings import Finding
from gongkai.inforequests.choices import LetterKind, Part
from gongkai.inforequests.models import Decision, Item, Notice, Payment, Release
from gongkai.inforequests.notices.checking import check
from gongkai.inforequests.notices.facts import Facts, PartAnswer
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.notices.layout import blocks, letter_of
from gongkai.inforequests.notices.letters import fields_for
from gongkai.inforequests.notices.redress import remedy_paragraphs
from gongkai.inforequests.notices.wording import compose, fee_lines, written
from gongkai.inforequests.steps import law_steps, letter_for
from gongkai.kernel.clock import today
from gongkai.kernel.workdays import calendar
from gongkai.law import clock as law
from gongkai.law.fees import Fee, Method, fee_of_request
from gongkai.law.notices import NOTICES
from gongkai.law.questions import OUTCOMES
from gongkai.law.receipt import Channel

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

_LAPSES = {"clarification_lapsed": "clarification", "fee_unpaid": "fee"}
"""The letters that end what the applicant did not answer, and what he did not answer."""
_ANSWERED_BY = {"clarification": law.Act.CLARIFIED, "fee": law.Act.FEE_PAID}
_LONGEST_PERSONAL_NAME = 4
"""Characters; a longer name without the dot of names in other scripts is that of an organisation."""


def facts_of(notice: Notice, *, on: date | None = None) -> Facts:
    """What a notice tells, by the names and the law of a day: that of its signature, else today."""
    day = on or notice.signed_on or today()
    items = items_of(notice)
    item = items[0]
    request = item.request
    decision = notice.decisions.order_by("-id").first()
    agency = agencies.acting_for(notice.agency, day)
    office = agencies.office(agency, day)
    reviewer, court = _redress(agency, day)
    fee = _fee(items) if notice.kind == "fee" else None
    return Facts(
        kind=notice.kind,
        agency=agencies.name_of(agency, day),
        office=office.name if office is not None else "",
        office_contact="，".join(filter(None, (office.address, office.phone))) if office is not None else "",
        addressee=notice.addressee,
        to_organization=_is_organization(notice, item),
        applicants=tuple(applicants_of(item)),
        register_number=item.register_number if len(items) == 1 else request.register_number,
        received_on=item.received_on,
        channel=Channel(request.channel),
        request_text="；".join(dict.fromkeys(one.text for one in items)),
        number=notice.number,
        dated_on=notice.signed_on,
        due_on=item.due_on,
        due_is_provisional=item.is_provisional,
        new_due_on=_new_due(notice, item, day),
        answer_days=int(notice.argument) if notice.kind == "clarification" and notice.argument else None,
        fee_lines=fee_lines(fee) if fee is not None else (),
        fee_yuan=fee.yuan if fee is not None else None,
        reviewer=reviewer,
        court=court,
        remedies=_remedies(notice, decision, reviewer, court, day),
        result=decision.result if decision is not None else "",
        withheld=_withheld(decision),
        answers=_answers(notice),
        delivery=request.get_way_display(),
        attachments=tuple(_attachments(notice, items)),
        fields=notice.fields,
    )


def composed(notice: Notice) -> str:
    """The words of a notice as they follow from what is on record; the clerk may change them."""
    return compose(facts_of(notice))


def document_of(notice: Notice, *, to: str = "pdf") -> bytes:
    """The notice as a document of a format of `documents.writing`. A draft bears neither number nor date."""
    letter = letter_of(facts_of(notice), notice.body)
    return write(blocks(letter), to=to, title=letter.title)


def findings_of(notice: Notice) -> list[Finding]:
    """What the check before issue finds in a notice as it stands."""
    facts = facts_of(notice)
    day = notice.signed_on or today()
    own = agencies.acting_for(notice.agency, day).pk
    others = [row.name for row in agencies.named(agencies.existing(day), day) if row.agency.pk != own]
    is_draft = notice.signed_on is None
    return check(letter_of(facts, notice.body), facts, others=others, is_draft=is_draft)


def items_of(notice: Notice) -> list[Item]:
    """The things asked that a notice is about, in their order."""
    return list(notice.items.select_related("request", "agency").order_by("id"))


def applicants_of(item: Item) -> list[str]:
    """The names of those who ask, the first applicant first."""
    parties = item.request.parties.filter(part=Part.APPLICANT).order_by("order")
    return [party.name for party in parties]


def fee_of(item: Item, method: str, count: int) -> Fee:
    """What a thing asked costs: so many items beside those counted before it in the month, or so many pages.

    Raises `law.errors.RuleError` where it can't be reckoned.
    """
    assert item.received_on is not None
    if method == Method.PAGES:
        return fee_of_request(on=item.received_on, pages=count)
    return fee_of_request(on=item.received_on, items=count, already=counted_before(item))


def counted_before(item: Item) -> int:
    """How many things the same applicant asked the agency for before, in the calendar month of receipt (办法第四条).

    The identity document tells who is the same; an agent counts for his principal.
    """
    month = item.received_on
    assert month is not None
    identities = [
        bytes(index)
        for index in item.request.parties.filter(part=Part.APPLICANT).values_list("identity_index", flat=True)
        if index is not None
    ]
    rows = Item.objects.filter(
        Q(received_on__lt=month) | Q(received_on=month, pk__lt=item.pk),
        agency=item.agency_id,
        received_on__year=month.year,
        received_on__month=month.month,
        request__kind=LetterKind.INFORMATION,
        request__parties__part=Part.APPLICANT,
        request__parties__identity_index__in=identities,
    )
    return rows.distinct().count()


def prefilled(item: Item, kind: str) -> dict[str, str]:
    """What the fields of a letter hold before the clerk types: what is on record already."""
    told = {
        "search_record": _searches(item),
        "earlier_notice": _earlier_notice(item, _LAPSES[kind]) if kind in _LAPSES else "",
        "withdrawal": _withdrawal(item),
    }
    known = {spec.key for spec in fields_for(kind)}
    return {key: text for key, text in told.items() if key in known and text}


def _searches(item: Item) -> str:
    rows = item.searches.order_by("id")
    return "；".join(f"{written(row.searched_on)}以“{row.terms}”检索了{row.place}，{row.outcome}" for row in rows)


def _earlier_notice(item: Item, kind: str) -> str:
    """The letter that the applicant did not answer: its number, when it was served, the last day to answer."""
    notice = Notice.objects.filter(items=item, kind=kind, steps__isnull=False).order_by("-id").first()
    service = notice.services.exclude(received_on=None).order_by("-id").first() if notice is not None else None
    letter = letter_for(item, _ANSWERED_BY[kind], on=today())
    last = letter.limit(calendar()) if letter is not None else None
    if notice is None or service is None or service.received_on is None or last is None:
        return ""
    served = written(service.received_on)
    return f"{notice.number}{KINDS[kind].name}于{served}送达，期限于{written(last)}届满"


def _withdrawal(item: Item) -> str:
    step = item.steps.filter(act=law.Act.WITHDRAWN, voidings=None).order_by("-id").first()
    return f"{written(step.happened_on)}，{step.evidence}" if step is not None else ""


def _fee(items: Sequence[Item]) -> Fee | None:
    """The fee that a letter notices: of all its things together, those counted before them left out.

    Of each thing the newest counts: one that was noticed by mistake before, or in an earlier round, is another matter.
    """
    newest = {row.item_id: row for row in Payment.objects.filter(item__in=items).order_by("id")}
    payments = list(newest.values())
    return fee_of(items[0], payments[0].method, sum(row.count for row in payments)) if payments else None


def _new_due(notice: Notice, item: Item, on: date) -> date | None:
    """The day that an extension or a deferral leads to."""
    if notice.kind == "deferral" and notice.argument:
        return date.fromisoformat(notice.argument)
    if notice.kind != "extension" or not notice.argument:
        return None
    steps = law_steps(item)
    if not notice.steps.exists():
        steps.append(law.Step(law.Act.EXTENDED, on, argument=int(notice.argument)))
    return law.clock(steps, on=on).due


def _redress(agency: "Agency", on: date) -> tuple[str, str]:
    """Whom to turn to against the agency: the reviewing organ and the court, empty where not on record."""
    name = agencies.name_of(agency, on)
    found = reviewing(agency, name, agencies.names_on(related_ids(agency), on))
    return found.reviewer, found.court


def _remedies(notice: Notice, decision: Decision | None, reviewer: str, court: str, on: date) -> tuple[str, ...]:
    if NOTICES[notice.kind].remedy is None or not reviewer or not court:
        return ()
    key = decision.result if decision is not None else ""
    return remedy_paragraphs(key, _withheld(decision), on=on, reviewer=reviewer, court=court)


def _withheld(decision: Decision | None) -> tuple[str, ...]:
    withheld = OUTCOMES[decision.outcome].withheld if decision is not None else None
    return (withheld.key,) if withheld is not None else ()


def _answers(notice: Notice) -> tuple[PartAnswer, ...]:
    """The points of the newest decision of each thing asked."""
    newest = {row.item_id: row for row in notice.decisions.order_by("id")}
    return tuple(
        PartAnswer(point.point, point.answer, point.ground)
        for row in newest.values()
        for point in row.points.order_by("order")
    )


def _attachments(notice: Notice, items: Iterable[Item]) -> Iterable[str]:
    if KINDS[notice.kind].releases:
        for item in items:
            for row in item.releases.filter(Q(reviewed_at=None) | Q(is_cleared=True), is_pointer=False):
                yield name_of_release(row, item)


def name_of_release(release: Release, item: Item) -> str:
    """What a released file is called: by its note, else by its own name without the extension."""
    if release.note:
        return release.note
    try:
        name = file_of(release.file, owner=item.public_id).name
    except NoSuchFile:
        return "（文件已清除）"
    return name.rpartition(".")[0] or name


def _is_organization(notice: Notice, item: Item) -> bool:
    if KINDS[notice.kind].to is Addressee.APPLICANT:
        return bool(item.request.applicant_kind != "natural_person")
    consultation = notice.consultation
    return consultation is None or consultation.is_organization


def looks_like_organization(name: str) -> bool:
    """What a party most likely is, by its name alone; who consults it may say otherwise."""
    return "·" not in name and len(name) > _LONGEST_PERSONAL_NAME
